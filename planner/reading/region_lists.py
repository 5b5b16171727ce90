"""Region lists: a table of regions that a user brings, checked as the catalogue is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from planner.errors import Where
from planner.model.borders import Cities, Disputes
from planner.model.places import COUNTRIES, is_country
from planner.reading.borders import ORIGIN
from planner.reading.checking_borders import RoundTrip, Stated, check_places, check_round_trips
from planner.reading.csv_files import Row, number, read_rows
from planner.reading.faults import Collector
from planner.reading.library import label
from planner.reading.regions import known_region

REQUIRED: Final = ("provider", "region", "country")
LONG: Final = ("latitude", "longitude")
SHORT: Final = ("lat", "lon")
"""Either pair names the coordinates."""
OPTIONAL: Final = ("name", "city", "zones", "launched", "status", "accuracy_km", *ORIGIN, "note")
ROUND_TRIP: Final = "rtt_ms:"
"""A column `rtt_ms:aws:us-east-1` holds round trips, ms, to that region of the list; an empty cell is unknown."""
MOST: Final = (90, 180)


def check_list(path: Path, disputes: Disputes, cities: Cities, faults: Collector) -> int:
    """Check a list of regions; faults are collected.

    Args:
        path: a CSV with the columns `REQUIRED`, `LONG` or `SHORT`, and any of `OPTIONAL` and `ROUND_TRIP`.
        disputes: which country is accepted in a disputed area.
        cities: to compare points with.
        faults: takes errors (a row that cannot be read, a key twice, a round trip faster than light) and warnings
            (a point that is not where the row says).

    Returns:
        how many rows the list has.
    """
    axes = _axes(path)
    rows = list(read_rows(path, (*REQUIRED, *axes), faults, optional=OPTIONAL, prefix=ROUND_TRIP))
    if not rows and faults.complete:
        faults.add(Where(label(path)), "C001", "the list holds no region", "write one row a region")
    regions: dict[str, Stated] = {}
    for row in rows:
        found = _region(row, axes, faults)
        if found is not None and found.key in regions:
            faults.twice(row.at("region"), f"region {found.key}", regions[found.key].at_lat)
        elif found is not None:
            regions[found.key] = found
    sound = check_places(list(regions.values()), disputes, cities, faults)
    check_round_trips(_round_trips(rows, regions, faults), sound, faults)
    return len(rows)


def _axes(path: Path) -> tuple[str, str]:
    """How the header calls latitude and longitude; the long words where it cannot be told."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            header = {cell.strip() for cell in file.readline().split(",")}
    except (OSError, UnicodeDecodeError):
        return LONG
    return SHORT if header >= {*SHORT} else LONG


def _region(row: Row, axes: tuple[str, str], faults: Collector) -> Stated | None:
    sound = [_filled(row, column, faults) for column in ("provider", "region")]
    if not is_country(row["country"]):
        near = [code for code in COUNTRIES if code[0] == row["country"][:1].upper()]
        faults.unknown(row.at("country"), "country", row["country"], near or COUNTRIES)
        return None
    lat, lon = (number(row, axis, axis, faults, signed=True) for axis in axes)
    stated = row.cells.get("accuracy_km")
    accuracy = number(row, "accuracy_km", "accuracy_km", faults) if stated else Decimal(0)
    if lat is None or lon is None or accuracy is None or not all(sound):
        return None
    for axis, most, value in zip(axes, MOST, (lat, lon), strict=True):
        if abs(value) > most:
            hint = f"{axis} is from -{most} to {most}"
            faults.add(row.at(axis), "N003", f"{axis} {value} is no point on Earth", hint)
    key, city = f"{row['provider']}:{row['region']}", row.cells.get("city", "")
    return Stated(key, row["country"], lat, lon, float(accuracy), row.at(axes[0]), row.at("country"), city)


def _filled(row: Row, column: str, faults: Collector) -> bool:
    if not row[column]:
        faults.add(row.at(column), "C002", f"{column} is empty", "a key is provider:region")
    return bool(row[column])


def _round_trips(rows: Sequence[Row], regions: dict[str, Stated], faults: Collector) -> list[RoundTrip]:
    columns = [column for column in (rows[0].cells if rows else ()) if column.startswith(ROUND_TRIP)]
    for column in columns:
        if column.removeprefix(ROUND_TRIP) not in regions:
            at = Where(rows[0].where.file, 1)
            faults.unknown(at, "region", column.removeprefix(ROUND_TRIP), regions, known_region)
    given = [(row, column) for row in rows for column in columns if row[column]]
    read = [(row, column, number(row, column, column, faults)) for row, column in given]
    return [
        RoundTrip(f"{row['provider']}:{row['region']}", column.removeprefix(ROUND_TRIP), rtt, row.at(column))
        for row, column, rtt in read
        if rtt is not None
    ]
