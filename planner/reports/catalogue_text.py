"""The catalogue as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from planner.model.accelerators import Arrival, Stock
from planner.model.catalogue import Figure, Offering, Operator, Processing, Region
from planner.model.figures import UNITS, figures_of
from planner.model.places import EVERYWHERE
from planner.reports.page import Page


def regions_text(regions: Iterable[Region], *, width: int = 80) -> str:
    """One line a region: `~` before a number of zones says that their ids are assumed, `?` that it is unknown."""
    page = Page(width)
    rows = [[r.key, r.country, zone_count(r), r.status, r.kind, r.name or ""] for r in regions]
    columns = [("region", False), ("in", False), ("zones", True), ("status", False), ("kind", False), ("name", False)]
    page.table(columns, rows)
    page.line(f"{len(rows)} region{'' if len(rows) == 1 else 's'}")
    return page.text


def library_text(regions: Iterable[Region], counts: Iterable[tuple[int, str]], *, width: int = 80) -> str:
    """What a catalogue holds: a line a provider, then other things counted."""
    by_provider: dict[str, list[Region]] = {}
    for region in regions:
        by_provider.setdefault(region.provider, []).append(region)
    page = Page(width)
    columns = [("provider", False), ("regions", True), ("open", True), ("compute price", True), ("accelerators", True)]
    page.table(columns, [_provider(name, found) for name, found in sorted(by_provider.items())])
    page.line(", ".join(f"{count:,} {what}" for count, what in counts))
    return page.text


def _provider(name: str, regions: list[Region]) -> list[str]:
    is_open = sum(r.status == "active" for r in regions)
    priced, chips = sum(bool(r.prices.rates) for r in regions), sum(bool(r.prices.accelerators) for r in regions)
    return [name, str(len(regions)), str(is_open), str(priced), str(chips)]


def zone_count(region: Region) -> str:
    """How many zones a region has, and how surely."""
    if region.zone_ids == "unknown":
        return "?"
    return ("~" if region.zone_ids == "assumed" else "") + str(len(region.zones))


def region_text(region: Region, operator: Operator | None, *, width: int = 80) -> str:
    """One region with every figure and where it comes from."""
    lines = [f"{region.key}  {region.name or ''}".rstrip()]
    for head, origin in (*_facts(region, operator), ("", "")):
        lines += _entry(head, origin, width)
    sections = (
        ("services", _services(region)),
        ("accelerators in place", _chips(region)),
        ("figures", _figures(region)),
    )
    for title, entries in sections:
        found = list(entries)
        lines += [f"{title}: {'' if found else 'none known'}".rstrip()]
        for head, origin in found:
            lines += _entry(f"  {head}", origin, width)
    return "\n".join(lines) + "\n"


def _entry(head: str, origin: str, width: int) -> list[str]:
    """A line, and under it, further in, where it is from; words are never cut."""
    indent = len(head) - len(head.lstrip())
    out = textwrap.wrap(
        head, width, subsequent_indent=" " * (indent + 4), break_long_words=False, break_on_hyphens=False
    )
    more = " " * (indent + 4)
    return (out or [""]) + textwrap.wrap(
        origin, width, initial_indent=more, subsequent_indent=more, break_long_words=False, break_on_hyphens=False
    )


def _facts(region: Region, operator: Operator | None) -> Iterator[tuple[str, str]]:
    off = f" (within {region.accuracy_km} km)" if region.accuracy_km is not None else ""
    place = f"{region.city or ''} {region.country} at {region.lat}, {region.lon}{off}".lstrip()
    yield f"{place}; {region.kind}, {region.status}{_dates(region)}", _origin(region, region.note)
    ids = {"stated": "", "assumed": " (ids assumed)", "unknown": " (stands for an unknown number of zones)"}
    yield f"zones: {', '.join(z.id for z in region.zones)}{ids[region.zone_ids]}", ""
    if operator:
        listed = {True: ", on an entity list", False: ", on no entity list", None: ""}[operator.entity_listed]
        parent = f"ultimate parent in {operator.ultimate_parent_in or 'unknown'}"
        yield f"operator: {operator.name}, {parent}{listed}", _origin(operator, operator.note)


def _dates(region: Region) -> str:
    dates = (("opened", region.launched), ("opens", region.opens), ("closed on", region.closed_on))
    return "".join(f", {word} {day}" for word, day in dates if day is not None)


def _origin(noun: Region | Operator | Offering | Stock | Arrival | Figure, note: str | None) -> str:
    """Source, date and confidence, then the note."""
    where = ", ".join(filter(None, (noun.source, noun.as_of, noun.confidence))) or "no source"
    return f"{where}; {note}" if note else where


def _services(region: Region) -> Iterator[tuple[str, str]]:
    for each in sorted(region.services, key=lambda s: s.id):
        dates = "".join(f", {word} {day}" for word, day in (("from", each.from_), ("to", each.to)) if day)
        yield f"{each.id}{dates}; works on data: {scope_text(each.processing)}", _origin(each, each.note)


def scope_text(scope: Processing | None) -> str:
    """Where a service may work on what it is sent, in words."""
    if scope is None:
        return "not established"
    if scope.not_in is not None:
        return f"anywhere but {', '.join(scope.not_in)}"
    return "anywhere" if EVERYWHERE in (scope.in_ or ()) else f"in {', '.join(scope.in_ or ())}"


def _chips(region: Region) -> Iterator[tuple[str, str]]:
    for zone in region.zones:
        for stock in zone.stock:
            since = f", in place before {stock.installed_before}" if stock.installed_before else ""
            yield _counted(stock, zone.id, since), _origin(stock, stock.note)
        for arrival in zone.arrivals:
            yield _counted(arrival, zone.id, f", {arrival.status} for {arrival.on}"), _origin(arrival, arrival.note)


def _counted(each: Stock | Arrival, zone: str, when: str) -> str:
    why = "; ".join(filter(None, (each.basis, each.arithmetic)))
    return f"{each.units:,} {each.accelerator} in {zone}{when}" + (f" ({why})" if why else "")


def _figures(region: Region) -> Iterator[tuple[str, str]]:
    """Each figure; those that differ only in what they name are told together."""
    alike: dict[tuple[str, Figure], list[str]] = {}
    for kind, to, figure in figures_of(region):
        alike.setdefault((kind, figure), []).append(to)
    for (kind, figure), named in alike.items():
        to = ", ".join(filter(None, named))
        said = {"egress_internet_gb": f" from {to} GB a month", "carbon_g_kwh": f" by {to}"}.get(kind, f" {to}")
        marks = (
            figure.stand_in and "stand-in",
            figure.copied_from and f"copied from {figure.copied_from}",
            figure.note,
        )
        note = "; ".join(str(mark) for mark in marks if mark)
        yield f"{kind}{said if to else ''}: {figure.value:f} {UNITS[kind]}".rstrip(), _origin(figure, note)
