"""The catalogue as text."""

from __future__ import annotations

from collections.abc import Iterable

from planner.model.catalogue import Figure, Operator, Region
from planner.reports.text import Page


def regions_text(regions: Iterable[Region], *, width: int = 80) -> str:
    """One line a region."""
    page = Page(width)
    rows = [[r.key, r.country, str(len(r.zones)), r.status, r.kind, r.name or ""] for r in regions]
    columns = [("region", False), ("in", False), ("zones", True), ("status", False), ("kind", False), ("name", False)]
    page.table(columns, rows)
    return page.text


def region_text(region: Region, operator: Operator | None, *, width: int = 80) -> str:
    """One region with every figure and where it comes from."""
    page = Page(width)
    page.line(f"{region.key}  {region.name or ''}", "bold")
    page.line(f"{region.city or ''} {region.country} at {region.lat}, {region.lon}; {region.kind}, {region.status}")
    page.line(f"zones: {', '.join(z.id for z in region.zones)}")
    page.line(f"services: {', '.join(sorted(s.id for s in region.services)) or 'none known'}")
    if operator:
        page.line(f"operator: {operator.name}, ultimate parent in {operator.ultimate_parent_in or 'unknown'}")
    page.line()
    columns = [("figure", False), ("USD", True), ("source", False), ("as of", False), ("confidence", False)]
    page.table(columns, [_row(name, figure) for name, figure in _figures(region)])
    return page.text


def _figures(region: Region) -> list[tuple[str, Figure]]:
    prices = region.prices
    out = [(f"{name} an hour", figure) for name, figure in sorted(prices.rates.items())]
    out += [
        (name, f) for name, f in (("storage GB-month", prices.storage), ("internet egress GB", prices.internet)) if f
    ]
    return out + [(f"egress GB to {key}", figure) for key, figure in sorted(prices.pairs.items())]


def _row(name: str, figure: Figure) -> list[str]:
    marks = [
        m for m in (figure.stand_in and "stand-in", figure.copied_from and f"copied from {figure.copied_from}") if m
    ]
    source = f"{figure.source} ({', '.join(map(str, marks))})" if marks else figure.source
    return [name, f"{figure.value:f}", source, figure.as_of, figure.confidence or ""]
