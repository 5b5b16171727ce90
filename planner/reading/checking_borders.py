"""Checking borders: regions against the land they say they stand on, and round trips against the speed of light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import numpy as np

from planner.errors import Where
from planner.geography.distances import great_circle_km
from planner.geography.formulas import floor_us
from planner.geography.misplacing import find_misplaced
from planner.model.borders import Cities, Disputes, Placed, Slip
from planner.model.catalogue import Region
from planner.reading.borders import known_cities, read_borders, read_central_cities
from planner.reading.csv_files import number, read_rows
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.regions import read_catalogue

CODES: Final[dict[Slip, str]] = {
    "sign": "G103",
    "swap": "G104",
    "offshore": "G105",
    "centroid": "G106",
    "country": "G107",
    "city": "G108",
}
"""Codes of the findings."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A region of some list, how far it may stand from its point (km), and where its latitude and country are written.

    `lat` and `lon` are degrees as written, `country` an ISO 3166-1 code.
    """

    key: str
    country: str
    lat: Decimal
    lon: Decimal
    accuracy_km: float
    at_lat: Where
    at_country: Where
    city: str = ""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A stated round trip between two regions, by their keys, and where it is written."""

    src: str
    dst: str
    rtt_ms: Decimal
    where: Where


def check_catalogue_places(library: Library, disputes: Disputes, faults: Collector) -> None:
    """Check the points of all regions and the measured round trips of a library; it is known to be read elsewhere."""
    unheard = Collector()
    catalogue = read_catalogue(library, unheard)
    regions = [_stated(each, unheard) for _, each in sorted(catalogue.regions.items())]
    cities = Cities(read_central_cities(), known_cities(catalogue))
    sound = check_places(regions, disputes, cities, faults)
    tables = (folder / "rtt.csv" for folder in library.regions)
    trips = [trip for path in tables if path.exists() for trip in _round_trips(path)]
    check_round_trips(trips, sound, faults)


def _stated(region: Region, faults: Collector) -> Stated:
    lat, country = (faults.inside(region.where, key) for key in ("lat", "country"))
    accuracy = float(region.accuracy_km or 0)
    return Stated(region.key, region.country, region.lat, region.lon, accuracy, lat, country, region.city or "")


def _round_trips(path: Path) -> Iterator[RoundTrip]:
    """The rows of a table that can be read; what is wrong with the others is told where the table is in use."""
    columns, unheard = ("src", "dst", "rtt_ms", "source", "date"), Collector()
    for row in read_rows(path, columns, unheard, optional=("confidence",)):
        rtt = number(row, "rtt_ms", "rtt_ms", unheard)
        if rtt is not None:
            yield RoundTrip(row["src"], row["dst"], rtt, row.at("rtt_ms"))


def check_places(regions: Sequence[Stated], disputes: Disputes, cities: Cities, faults: Collector) -> dict[str, Stated]:
    """Warn of each region whose point is not where it says.

    Args:
        regions: with keys of their own.
        disputes: which country is accepted in a disputed area.
        cities: to compare points with.
        faults: takes G103 wrong sign, G104 swapped, G105 offshore, G106 the middle of a country, G107 another country,
            G108 far from the named city.

    Returns:
        the others by key: distances from a wrong point would only say the same again.
    """
    sound = {region.key: region for region in regions}
    placed = [Placed(each.key, each.country, float(each.lat), float(each.lon), each.city) for each in regions]
    for found in find_misplaced(placed, read_borders(), disputes, cities):
        region = sound.pop(found.key)
        where = region.at_country if found.slip == "country" else region.at_lat
        faults.warn(where, CODES[found.slip], f"region {region.key}: {found.text}", found.hint)
    return {key: each for key, each in sound.items() if abs(each.lat) <= 90 and abs(each.lon) <= 180}


def check_round_trips(trips: Iterable[RoundTrip], regions: Mapping[str, Stated], faults: Collector) -> None:
    """Refuse round trips faster than light in fibre (N003); ends that are no region are left aside."""
    known = [trip for trip in trips if {trip.src, trip.dst} <= regions.keys()]
    keys = sorted({key for trip in known for key in (trip.src, trip.dst)})
    points = [(regions[key].lat, regions[key].lon) for key in keys]
    slack = np.array([regions[key].accuracy_km for key in keys])
    away = great_circle_km(points, points)
    floors = floor_us(np.maximum(away - slack[:, None] - slack[None, :], 0))
    at = {key: n for n, key in enumerate(keys)}
    for trip in known:
        km, floor = away[at[trip.src], at[trip.dst]], int(floors[at[trip.src], at[trip.dst]])
        if trip.rtt_ms * 1000 < floor:
            text = f"{trip.rtt_ms} ms is faster than light in fibre: {km:,.0f} km take {Decimal(floor).scaleb(-3)} ms"
            faults.add(trip.where, "N003", text, "check the unit (ms) and the two ends")
