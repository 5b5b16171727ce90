"""Regions: the shipped catalogue and the user's own folders, as nouns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from planner.model.accelerators import Accelerator
from planner.model.catalogue import Figure, Operator, Region
from planner.model.places import COUNTRIES, is_country
from planner.model.question import DemandPoint
from planner.reading.checking_regions import check_region, check_zone_keys
from planner.reading.csv_files import number, read_rows
from planner.reading.faults import Collector, nearest
from planner.reading.figures import Key, read_power
from planner.reading.library import Library
from planner.reading.nouns import read_file
from planner.reading.providers import AcceleratorFile, ProviderFile, regions_of

ACCELERATORS: Final = "accelerators.yaml"
MODELS: Final = "models.yaml"
POWER_TABLE: Final = "power.csv"
_PROVIDER: Final = re.compile(r"^provider:\s*([^\s#]+)", re.MULTILINE)


@dataclass(slots=True)
class Catalogue:
    """Everything the catalogue folders hold.

    Attributes:
        people: of a country, to weigh several by population.
        power: figures of electricity by place.
        providers: also the names of the files that were left unread.
        halls: keys of shipped regions that serve one company or its guests, in play only where they are named.
    """

    regions: dict[str, Region] = field(default_factory=dict)
    operators: dict[str, Operator] = field(default_factory=dict)
    accelerators: dict[str, Accelerator] = field(default_factory=dict)
    demand: dict[str, list[DemandPoint]] = field(default_factory=dict)
    people: dict[str, Decimal] = field(default_factory=dict)
    power: dict[str, dict[Key, Figure]] = field(default_factory=dict)
    providers: set[str] = field(default_factory=set)
    halls: set[str] = field(default_factory=set)


def read_catalogue(library: Library, faults: Collector, only: Collection[str] | None = None) -> Catalogue:
    """Read every catalogue folder; faults are collected.

    Args:
        library: the folders.
        faults: takes what is wrong.
        only: providers whose shipped files are read; the user's own folders are always read whole.
    """
    catalogue = Catalogue()
    for folder in library.regions:
        read_tables(folder, catalogue, faults)
    for folder in library.regions:
        shipped = folder == library.regions[0]
        for path in _provider_files(folder):
            provider = _provider_of(path) if shipped and only is not None else None
            if provider and provider not in (only or ()):
                catalogue.providers.add(provider)
            else:
                read_provider(path, catalogue, faults)
        if shipped:
            catalogue.halls = {key for key, region in catalogue.regions.items() if region.kind in ("own", "dedicated")}
        if (folder / "demand.csv").exists():
            _read_demand(folder / "demand.csv", catalogue, faults)
    return catalogue


def _provider_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*.yaml")) if path.name not in (ACCELERATORS, MODELS))


def _provider_of(path: Path) -> str | None:
    """The provider a file is about, by a look at its text; None when that cannot be told so."""
    try:
        found = _PROVIDER.search(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
    return found[1] if found else None


def read_tables(folder: Path, catalogue: Catalogue, faults: Collector) -> None:
    """Read what all providers of a folder share: kinds of chip, and electricity by place."""
    if (folder / ACCELERATORS).exists():
        read_accelerators(folder / ACCELERATORS, catalogue, faults)
    if (folder / POWER_TABLE).exists():
        read_power(folder / POWER_TABLE, catalogue.power, faults)


def read_accelerators(path: Path, catalogue: Catalogue, faults: Collector) -> None:
    """Read the kinds of chip of one folder into the catalogue; faults are collected."""
    file: AcceleratorFile | None = read_file(path, AcceleratorFile, faults)
    for each in file.accelerators if file else ():
        if each.id in catalogue.accelerators:
            where = faults.inside(each.where, "id")
            faults.twice(where, f"accelerator {each.id!r}", catalogue.accelerators[each.id].where)
        catalogue.accelerators.setdefault(each.id, each)


def read_provider(path: Path, catalogue: Catalogue, faults: Collector) -> ProviderFile | None:
    """Read one provider file and its figures into the catalogue; faults are collected. None where it is unreadable."""
    file: ProviderFile | None = read_file(path, ProviderFile, faults)
    if file is None:
        return None
    catalogue.operators[file.provider] = file.operator
    catalogue.providers.add(file.provider)
    regions = regions_of(file, path.parent, catalogue.accelerators, catalogue.power, faults)
    check_zone_keys([*(r for r in catalogue.regions.values() if r.provider == file.provider), *regions], faults)
    add_regions(regions, catalogue.regions, faults)
    return file


def add_regions(found: Iterable[Region], into: dict[str, Region], faults: Collector) -> None:
    """Add regions to a catalogue; a key that is there already, and impossible facts, are faults."""
    for region in found:
        if region.key in into:
            faults.twice(faults.inside(region.where, "id"), f"region {region.key}", into[region.key].where)
        check_region(region, faults)
        into.setdefault(region.key, region)


def _read_demand(path: Path, catalogue: Catalogue, faults: Collector) -> None:
    columns = ("country", "city", "geonameid", "lat", "lon", "weight", "source", "as_of", "confidence")
    for row in read_rows(path, columns, faults, optional=("country_population",)):
        weight = number(row, "weight", "weight", faults)
        lat, lon = (number(row, axis, axis, faults, signed=True) for axis in ("lat", "lon"))
        if not is_country(row["country"]):
            faults.unknown(row.at("country"), "country", row["country"], COUNTRIES)
        if weight is None or lat is None or lon is None:
            continue
        if row.cells.get("country_population"):
            catalogue.people[row["country"]] = number(row, "country_population", "people", faults) or Decimal(0)
        point = DemandPoint(f"{row['country']}/{row['city']}", row["country"], weight, lat, lon)
        catalogue.demand.setdefault(row["country"], []).append(point)


def known_region(key: str, regions: Iterable[str]) -> str:
    """A suggestion for a region key that is not known: the nearest key, or the same id at another provider."""
    keys = list(regions)
    by_id = sorted(k for k in keys if k.split(":")[-1] == key.split(":")[-1])
    return f"did you mean {by_id[0]!r}?" if by_id else nearest(key, keys)
