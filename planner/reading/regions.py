"""Regions: the shipped catalogue and the user's own folders, as nouns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast

from planner.errors import InputFaults
from planner.model.catalogue import Confidence, Figure, Measurement, Operator, Prices, Region
from planner.model.places import is_country, is_place
from planner.model.question import DemandPoint
from planner.reading.csv_files import number, read_rows
from planner.reading.faults import Collector, nearest, read_noun
from planner.reading.library import Library, label
from planner.reading.yaml_files import load_document

FIGURES = ("vcpu_hour", "memory_gib_hour", "storage_gb_month", "egress_internet_gb", "egress_pair_gb")
_FIGURE_COLUMNS = ("region", "figure", "to", "usd", "stand_in", "copied_from", "source", "as_of", "confidence", "note")


@dataclass(frozen=True, slots=True)
class ProviderFile:
    """One YAML file of regions/: a provider, who runs it, and its regions; figures lie in a CSV beside it."""

    schema: Literal["residency-regions/1"]
    provider: str
    name: str
    operator: Operator
    regions: tuple[Region, ...]
    figures: str | None = None
    note: str | None = None


@dataclass(slots=True)
class Catalogue:
    """Everything the catalogue folders hold."""

    regions: dict[str, Region] = field(default_factory=dict)
    operators: dict[str, Operator] = field(default_factory=dict)
    demand: dict[str, list[DemandPoint]] = field(default_factory=dict)
    measurements: list[Measurement] = field(default_factory=list)


def read_catalogue(library: Library, faults: Collector) -> Catalogue:
    """Read every catalogue folder; faults are collected."""
    catalogue = Catalogue()
    for folder in library.regions:
        for path in sorted(folder.glob("*.yaml")):
            read_provider(path, catalogue, faults)
        if (folder / "demand.csv").exists():
            _read_demand(folder / "demand.csv", catalogue, faults)
        if (folder / "rtt.csv").exists():
            catalogue.measurements += read_measurements(folder / "rtt.csv", faults)
    return catalogue


def read_provider(path: Path, catalogue: Catalogue, faults: Collector) -> None:
    """Read one provider file and its figures into the catalogue; faults are collected."""
    try:
        document = load_document(path, label(path))
    except InputFaults as error:
        faults.faults += error.faults
        return
    if isinstance(document.data, dict) and isinstance(document.data.get("regions"), list):
        for entry in document.data["regions"]:
            if isinstance(entry, dict):
                entry.setdefault("provider", document.data.get("provider"))
    provider: ProviderFile | None = read_noun(ProviderFile, document, faults)
    if provider is None:
        return
    regions = {r.id: replace(r, operator=provider.operator.name) for r in provider.regions}
    if provider.figures:
        prices = _read_figures(path.with_name(provider.figures), provider.provider, regions, faults)
        regions = {key: replace(region, prices=prices.get(key, Prices())) for key, region in regions.items()}
    catalogue.operators[provider.provider] = provider.operator
    add_regions(provider.regions and [regions[r.id] for r in provider.regions], catalogue.regions, faults)


def add_regions(found: Iterable[Region], into: dict[str, Region], faults: Collector) -> None:
    """Add regions to a catalogue; a key that is there already, and impossible facts, are faults."""
    for region in found:
        if region.key in into:
            faults.add(
                region.where, "N002", f"region {region.key} is declared twice", f"first at {into[region.key].where}"
            )
        _check_region(region, faults)
        into[region.key] = region


def _check_region(region: Region, faults: Collector) -> None:
    if not is_country(region.country):
        faults.add(region.where, "N001", f"country {region.country!r} is no ISO 3166-1 code", "write for example MY")
    if region.subdivision and not (is_place(region.subdivision) and region.subdivision.startswith(region.country)):
        faults.add(
            region.where,
            "N001",
            f"subdivision {region.subdivision!r} is not one of {region.country}",
            "write for example MY-01",
        )
    if abs(region.lat) > 90 or abs(region.lon) > 180:
        faults.add(
            region.where, "N003", f"{region.lat}, {region.lon} is no point on Earth", "lat is -90..90, lon is -180..180"
        )
    if not region.zones:
        faults.add(region.where, "N003", f"region {region.key} has no zone", "add `zones: [{id: …}]`")
    names = [zone.id for zone in region.zones]
    for name in sorted({n for n in names if names.count(n) > 1}):
        faults.add(region.where, "N002", f"zone {name!r} is declared twice in {region.key}", "zone ids are unique")


def _read_figures(path: Path, provider: str, regions: Mapping[str, Region], faults: Collector) -> dict[str, Prices]:
    found: dict[str, dict[tuple[str, str], Figure]] = {}
    for where, row in read_rows(path, _FIGURE_COLUMNS, faults):
        value = number(row["usd"], where, "price", faults)
        if row["region"] not in regions:
            faults.unknown(where, "region", row["region"], regions)
        elif row["figure"] not in FIGURES:
            faults.unknown(where, "figure", row["figure"], FIGURES)
        elif row["figure"] == "egress_pair_gb" and row["to"] not in regions:
            faults.unknown(where, "region", row["to"], regions)
        elif value is not None:
            place = found.setdefault(row["region"], {})
            if (row["figure"], row["to"]) in place:
                faults.add(where, "N002", f"figure {row['figure']} of {row['region']} is given twice", "keep one row")
            place[row["figure"], row["to"]] = _figure(row, value)
    return {region: _prices(figures, provider) for region, figures in found.items()}


def _figure(row: Mapping[str, str], value: Decimal) -> Figure:
    confidence = row["confidence"] or None
    return Figure(
        value,
        row["source"],
        row["as_of"],
        cast("Confidence | None", confidence),
        row["note"],
        row["stand_in"] == "true",
        row["copied_from"] or None,
    )


def _prices(figures: Mapping[tuple[str, str], Figure], provider: str) -> Prices:
    rates = {"vcpu": figures.get(("vcpu_hour", "")), "memory": figures.get(("memory_gib_hour", ""))}
    return Prices(
        {name: figure for name, figure in rates.items() if figure is not None},
        figures.get(("storage_gb_month", "")),
        figures.get(("egress_internet_gb", "")),
        {f"{provider}:{to}": figure for (kind, to), figure in figures.items() if kind == "egress_pair_gb"},
    )


def _read_demand(path: Path, catalogue: Catalogue, faults: Collector) -> None:
    columns = ("country", "city", "geonameid", "lat", "lon", "weight", "source", "as_of", "confidence")
    for where, row in read_rows(path, columns, faults):
        weight = number(row["weight"], where, "weight", faults)
        lat, lon = (number(row[axis], where, axis, faults, signed=True) for axis in ("lat", "lon"))
        if weight is None or lat is None or lon is None:
            continue
        point = DemandPoint(f"{row['country']}/{row['city']}", row["country"], weight, lat, lon)
        catalogue.demand.setdefault(row["country"], []).append(point)


def read_measurements(path: Path, faults: Collector) -> list[Measurement]:
    """Measured round trips between regions: columns src, dst (`provider:region-id`), rtt_ms, source, date."""
    out = []
    for where, row in read_rows(path, ("src", "dst", "rtt_ms", "source", "date"), faults):
        rtt = number(row["rtt_ms"], where, "rtt_ms", faults)
        if rtt is not None:
            out.append(Measurement(row["src"], row["dst"], rtt, row["source"], row["date"]))
    return out


def known_region(key: str, regions: Mapping[str, Region]) -> str:
    """A suggestion for a region key that is not known: the nearest key, or the same id at another provider."""
    by_id = sorted(k for k in regions if k.split(":")[-1] == key.split(":")[-1])
    return f"did you mean {by_id[0]!r}?" if by_id else nearest(key, regions)
