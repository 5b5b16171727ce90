"""Slips of the pen planted into every shipped region, and how many of them are found."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import cos, radians, sin

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
    """Plant a slip into all regions at a time; what is known of a city from the region itself does not count."""
    planted = [list(plant(right)) for right in REGIONS]
    missed: set[str] = set()
    total = found = named = 0
    for n in range(max(map(len, planted))):
        wrong = [each[n] for each in planted if n < len(each)]
        told = {each.key: each.slip for each in misplaced(wrong)}
        total, found, named = total + len(wrong), found + len(told), named + [*told.values()].count(slip)
        missed |= {each.key for each in wrong} - told.keys()
    return Recall(total, found, named, frozenset(missed))


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


PUBLISHED = {
    "AU": (-25.274398, 133.775136),
    "BR": (-14.235004, -51.92528),
    "CA": (56.130366, -106.346771),
    "CN": (35.86166, 104.195397),
    "DE": (51.165691, 10.451526),
    "FR": (46.227638, 2.213749),
    "GB": (55.378051, -3.435973),
    "ID": (-0.789275, 113.921327),
    "IN": (20.593684, 78.96288),
    "JP": (36.204824, 138.252924),
    "KR": (35.907757, 127.766922),
    "MY": (4.210484, 101.975766),
    "PH": (12.879721, 121.774017),
    "SA": (23.885942, 45.079162),
    "TH": (15.870032, 100.992541),
    "TW": (23.69781, 120.960515),
    "US": (37.09024, -95.712891),
    "VN": (14.058324, 108.277199),
}
"""Middles of countries as they go round in public tables; recalled."""


def a_published_middle(right: Placed) -> list[Placed]:
    at = PUBLISHED.get(right.country)
    return [replace(right, lat=at[0], lon=at[1])] if at else []


def without_city(plant: Callable[[Placed], list[Placed]]) -> Callable[[Placed], list[Placed]]:
    """The same slip in a list that names no city."""
    return lambda right: [replace(each, city="") for each in plant(right)]


def the_country_next_door(right: Placed) -> list[Placed]:
    """The country whose land is nearest but for its own, sought in growing rings."""
    for km in (5, 15, 40, 100, 250, 600, 1500, 4000):
        ring = [_away(right, km, degrees) for degrees in range(0, 360, 10)]
        standings = BORDERS.standings([lat for lat, _ in ring], [lon for _, lon in ring])
        others = sorted({each.country for each in standings} - {"", right.country})
        if others:
            return [replace(right, country=others[0])]
    return []


def _away(place: Placed, km: float, degrees: float) -> tuple[float, float]:
    up, across = km * cos(radians(degrees)) / 111.2, km * sin(radians(degrees)) / 111.2 / cos(radians(place.lat))
    return max(-84.0, min(84.0, place.lat + up)), (place.lon + across + 180) % 360 - 180
