"""Regions: the shipped catalogue and the user's own folders, as nouns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, cast, get_args

from planner.model.accelerators import Accelerator
from planner.model.catalogue import Confidence, Figure, Measurement, Operator, Prices, Region
from planner.model.places import COUNTRIES, is_country, is_place
from planner.model.question import DemandPoint
from planner.reading.csv_files import Row, number, read_rows
from planner.reading.faults import Collector, nearest
from planner.reading.library import Library
from planner.reading.nouns import read_file

MODELS: Final = "models.yaml"
FIGURES = ("vcpu_hour", "memory_gib_hour", "storage_gb_month", "egress_internet_gb", "egress_pair_gb")
_FIGURE_COLUMNS = ("region", "figure", "to", "usd", "stand_in", "copied_from", "source", "as_of", "confidence", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedRegion(Region):
    """A region of a provider file: the provider is the file's."""

    provider: str = ""


@dataclass(frozen=True, slots=True)
class ProviderFile:
    """One YAML file of regions/: a provider, who runs it, and its regions; figures lie in a CSV beside it."""

    schema: Literal["residency-regions/1"]
    provider: str
    name: str
    operator: Operator
    regions: tuple[ShippedRegion, ...]
    figures: str | None = None
    note: str | None = None


@dataclass(slots=True)
class Catalogue:
    """Everything the catalogue folders hold."""

    regions: dict[str, Region] = field(default_factory=dict)
    operators: dict[str, Operator] = field(default_factory=dict)
    accelerators: dict[str, Accelerator] = field(default_factory=dict)
    demand: dict[str, list[DemandPoint]] = field(default_factory=dict)
    measurements: list[Measurement] = field(default_factory=list)


def read_catalogue(library: Library, faults: Collector) -> Catalogue:
    """Read every catalogue folder; faults are collected."""
    catalogue = Catalogue()
    for folder in library.regions:
        for path in sorted(folder.glob("*.yaml")):
            if path.name != MODELS:
                read_provider(path, catalogue, faults)
        if (folder / "demand.csv").exists():
            _read_demand(folder / "demand.csv", catalogue, faults)
        if (folder / "rtt.csv").exists():
            catalogue.measurements += read_measurements(folder / "rtt.csv", faults)
    return catalogue


def read_provider(path: Path, catalogue: Catalogue, faults: Collector) -> None:
    """Read one provider file and its figures into the catalogue; faults are collected."""
    file: ProviderFile | None = read_file(path, ProviderFile, faults)
    if file is None:
        return
    for region in file.regions:
        if region.provider not in ("", file.provider):
            faults.unknown(faults.inside(region.where, "provider"), "provider", region.provider, [file.provider])
    prices: Mapping[str, Prices] = {}
    if file.figures:
        prices = _read_figures(path.parent / file.figures, file.provider, {r.id for r in file.regions}, faults)
    catalogue.operators[file.provider] = file.operator
    regions = [_as_region(region, file, prices.get(region.id, region.prices)) for region in file.regions]
    add_regions(regions, catalogue.regions, faults)


def _as_region(shipped: ShippedRegion, file: ProviderFile, prices: Prices) -> Region:
    same = {each.name: getattr(shipped, each.name) for each in fields(Region)}
    return Region(**{**same, "provider": file.provider, "operator": file.operator.name, "prices": prices})


def add_regions(found: Iterable[Region], into: dict[str, Region], faults: Collector) -> None:
    """Add regions to a catalogue; a key that is there already, and impossible facts, are faults."""
    for region in found:
        if region.key in into:
            where = faults.inside(region.where, "id")
            faults.add(where, "N002", f"region {region.key} is declared twice", f"first at {into[region.key].where}")
        _check_place(region, faults)
        _check_zones(region, faults)
        _check_prices(region, faults)
        into.setdefault(region.key, region)


def _check_place(region: Region, faults: Collector) -> None:
    where, country, part = region.where, region.country, region.subdivision
    if not is_country(country):
        near = nearest(country, [code for code in COUNTRIES if code[0] == country[:1].upper()])
        faults.add(faults.inside(where, "country"), "N001", f"country {country!r} is no ISO 3166-1 code", near)
    elif part and not (is_place(part) and part.startswith(f"{country}-")):
        text = f"subdivision {part!r} is not one of {country}"
        faults.add(faults.inside(where, "subdivision"), "N001", text, f"write for example {country}-01")
    for axis, value, most in (("lat", region.lat, 90), ("lon", region.lon, 180)):
        if abs(value) > most:
            text = f"{axis} {value} is no point on Earth"
            faults.add(faults.inside(where, axis), "N003", text, f"{axis} is from -{most} to {most}")


def _check_zones(region: Region, faults: Collector) -> None:
    if not region.zones and not faults.is_mended(region.where):
        where = faults.inside(region.where, "zones")
        faults.add(where, "N003", f"region {region.key} has no zone", "add `zones: [{id: …}]`")
    seen: set[str] = set()
    for index, zone in enumerate(region.zones):
        if zone.id in seen:
            where = faults.inside(region.where, "zones", index, "id")
            faults.add(where, "N002", f"zone {zone.id!r} is declared twice in {region.key}", "zone ids are unique")
        seen.add(zone.id)


def _check_prices(region: Region, faults: Collector) -> None:
    prices = region.prices
    pairs = [(f"egress_pairs_gb.{to}", figure) for to, figure in prices.pairs.items()]
    rates = [("vcpu_hour", prices.rates.get("vcpu")), ("memory_gib_hour", prices.rates.get("memory"))]
    for name, figure in (
        *rates,
        ("storage_gb_month", prices.storage),
        ("egress_internet_gb", prices.internet),
        *pairs,
    ):
        if figure is not None and figure.value < 0:
            where = faults.inside(region.where, "prices", *name.split(".", 1))
            faults.add(where, "S003", f"prices.{name} {figure.value} is negative", "write zero or more")


def _read_figures(path: Path, provider: str, regions: Collection[str], faults: Collector) -> dict[str, Prices]:
    found: dict[str, dict[tuple[str, str], Figure]] = {}
    for row in read_rows(path, _FIGURE_COLUMNS, faults):
        value = number(row, "usd", "price", faults)
        if not _figure_known(row, regions, faults) or value is None:
            continue
        place = found.setdefault(row["region"], {})
        if (row["figure"], row["to"]) in place:
            text = f"figure {row['figure']} of {row['region']} is given twice"
            faults.add(row.at("figure"), "N002", text, "keep one row")
        place[row["figure"], row["to"]] = _figure(row, value)
    return {region: _prices(figures, provider) for region, figures in found.items()}


def _figure_known(row: Row, regions: Collection[str], faults: Collector) -> bool:
    known: dict[str, Collection[str]] = {
        "region": regions,
        "figure": FIGURES,
        "confidence": ("", *get_args(Confidence)),
    }
    if row["figure"] == "egress_pair_gb":
        known["to"] = regions
    wrong = [column for column, words in known.items() if row[column] not in words]
    for column in wrong:
        what = "region" if column == "to" else column
        faults.unknown(row.at(column), what, row[column], known[column])
    return not wrong


def _figure(row: Row, value: Decimal) -> Figure:
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
    for row in read_rows(path, columns, faults):
        weight = number(row, "weight", "weight", faults)
        lat, lon = (number(row, axis, axis, faults, signed=True) for axis in ("lat", "lon"))
        if not is_country(row["country"]):
            faults.unknown(row.at("country"), "country", row["country"], COUNTRIES)
        if weight is None or lat is None or lon is None:
            continue
        point = DemandPoint(f"{row['country']}/{row['city']}", row["country"], weight, lat, lon)
        catalogue.demand.setdefault(row["country"], []).append(point)


def read_measurements(path: Path, faults: Collector) -> list[Measurement]:
    """Measured round trips between regions: columns src, dst (`provider:region-id`), rtt_ms, source, date."""
    out = []
    for row in read_rows(path, ("src", "dst", "rtt_ms", "source", "date"), faults):
        rtt = number(row, "rtt_ms", "rtt_ms", faults)
        if rtt is not None:
            out.append(Measurement(row["src"], row["dst"], rtt, row["source"], row["date"]))
    return out


def known_region(key: str, regions: Iterable[str]) -> str:
    """A suggestion for a region key that is not known: the nearest key, or the same id at another provider."""
    keys = list(regions)
    by_id = sorted(k for k in keys if k.split(":")[-1] == key.split(":")[-1])
    return f"did you mean {by_id[0]!r}?" if by_id else nearest(key, keys)
