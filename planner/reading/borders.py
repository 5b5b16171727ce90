"""Borders: the shipped outlines, who claims the disputed areas, and cities in the middle of their country."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from planner.errors import InputFaults, Where
from planner.geography.borders import Borders
from planner.model.borders import City, Dispute, Disputes
from planner.reading.csv_files import Row, number, read_rows
from planner.reading.faults import Collector, nearest
from planner.reading.library import data_root
from planner.reading.regions import Catalogue

ORIGIN: Final = ("source", "as_of", "confidence")
FRAME: Final = ("west", "south", "east", "north")


def borders_folder() -> Path:
    """Where the shipped borders lie; they are no part of a plan and of no digest of one."""
    return data_root() / "regions" / "borders"


def read_borders() -> Borders:
    """The land of all countries, Natural Earth 1:10m simplified (regions/LICENSE.md)."""
    data = json.loads((borders_folder() / "countries.json").read_text(encoding="utf-8"))
    return Borders({each["properties"]["code"]: each["geometry"]["coordinates"] for each in data["features"]})


def read_disputes(chosen: Iterable[str], option: str = "--disputed") -> Disputes:
    """The disputed areas, and what is chosen for some of them as `AREA=CODE`.

    Raises:
        InputFaults: an area that is not known, or a code that is no party to it; told at `option`.
    """
    faults = Collector()
    areas = {area.area: area for area in _disputes(faults)}
    taken: dict[str, str] = {}
    for each in chosen:
        area, _, code = each.partition("=")
        if area not in areas:
            faults.add(Where(option), "N001", f"disputed area {area!r} is not known", nearest(area, areas))
        elif code not in areas[area].parties:
            text = f"{code!r} is no party to {areas[area].name}"
            faults.add(Where(option), "N001", text, f"known: {', '.join(areas[area].parties)}")
        taken[area] = code
    if faults.faults:
        raise InputFaults(faults.faults)
    return Disputes(tuple(areas.values()), taken)


def _disputes(faults: Collector) -> list[Dispute]:
    columns = ("area", "name", "parties", "accepted", *FRAME, *ORIGIN)
    rows = read_rows(borders_folder() / "disputed.csv", columns, faults, optional=("note",))
    return [_dispute(row, faults) for row in rows]


def _dispute(row: Row, faults: Collector) -> Dispute:
    west, south, east, north = (float(number(row, side, side, faults, signed=True) or 0) for side in FRAME)
    parties, accepted = (tuple(row[column].split()) for column in ("parties", "accepted"))
    return Dispute(row["area"], row["name"], parties, accepted, west, south, east, north)


def read_central_cities() -> tuple[City, ...]:
    """The shipped cities in the middle of their country; raises InputFaults."""
    faults = Collector()
    rows = list(read_rows(borders_folder() / "cities.csv", ("country", "city", "lat", "lon", *ORIGIN), faults))
    lats, lons = ([float(number(row, axis, axis, faults, signed=True) or 0) for row in rows] for axis in ("lat", "lon"))
    faults.raise_errors()
    return tuple(City(row["country"], row["city"], lat, lon) for row, lat, lon in zip(rows, lats, lons, strict=True))


def known_cities(catalogue: Catalogue) -> tuple[City, ...]:
    """Where cities lie: as the regions of a catalogue say, and of the metros where its users are."""
    regions = (
        City(each.country, each.city, float(each.lat), float(each.lon), each.key)
        for each in catalogue.regions.values()
        if each.city
    )
    metros = (
        City(country, point.place.partition("/")[2], float(point.lat), float(point.lon))
        for country, points in catalogue.demand.items()
        for point in points
    )
    return (*regions, *metros)
