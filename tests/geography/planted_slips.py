"""Slips of the pen planted into every shipped region, and how many of them are found."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from planner.geography.borders import Borders
from planner.geography.distances import great_circle_km
from planner.geography.misplacing import find_misplaced
from planner.model.borders import Cities, Disputes, Misplaced, Placed
from planner.reading.borders import known_cities, read_borders, read_central_cities, read_disputes
from planner.reading.inspecting import catalogue_of
from planner.reading.library import Library, data_root

BORDERS: Borders = read_borders()
DISPUTES: Disputes = read_disputes(())
CATALOGUE = catalogue_of(Library.shipped())
CITIES = Cities(read_central_cities(), known_cities(CATALOGUE))
CLOUDS = ("alibaba", "aws", "azure", "gcp", "huawei", "ibm", "oracle", "tencent")
REGIONS = [
    Placed(key, each.country, float(each.lat), float(each.lon), each.city or "")
    for key, each in sorted(CATALOGUE.regions.items())
    if each.provider in CLOUDS
]


@dataclass(frozen=True)
class Recall:
    """How many slips were planted, found, and found with their right name; and the regions where one was missed."""

    planted: int
    found: int
    named: int
    missed: frozenset[str]


def misplaced(places: Iterable[Placed]) -> list[Misplaced]:
    return find_misplaced(list(places), BORDERS, DISPUTES, CITIES)


def recall(slip: str, plant: Callable[[Placed], Iterable[Placed]]) -> Recall:
    """Plant all of a slip at once under keys of their own."""
    planted = [replace(wrong, key=f"{right.key}#{n}") for right in REGIONS for n, wrong in enumerate(plant(right))]
    found = {each.key: each for each in misplaced(planted)}
    named = sum(each.slip == slip for each in found.values())
    missed = {each.key.split("#")[0] for each in planted if each.key not in found}
    return Recall(len(planted), len(found), named, frozenset(missed))


def a_sign(right: Placed) -> list[Placed]:
    return [replace(right, lat=-right.lat), replace(right, lon=-right.lon)]


def a_swap(right: Placed) -> list[Placed]:
    return [replace(right, lat=right.lon, lon=right.lat)]


def nearest_at_sea(right: Placed) -> list[Placed]:
    """The nearest of the waypoints that the graph of cables has at sea."""
    with (data_root() / "regions" / "corridors-places.csv").open(encoding="utf-8") as file:
        points = [(float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file) if r["kind"] == "waypoint"]
    away = great_circle_km([(right.lat, right.lon)], points)[0]  # type: ignore[arg-type, list-item]
    lat, lon = points[int(away.argmin())]
    return [replace(right, lat=lat, lon=lon)]


def the_middles(right: Placed) -> list[Placed]:
    return [replace(right, lat=lat, lon=lon) for lat, lon in BORDERS.middles(right.country)[0]]


def every_other_country(right: Placed) -> list[Placed]:
    return [replace(right, country=code) for code in sorted({each.country for each in REGIONS} - {right.country})]
