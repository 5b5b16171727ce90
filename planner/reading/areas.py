"""Area files: GeoJSON features as areas with their outlines; a wrong line is told at its first wrong position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from planner.errors import InputFaults
from planner.geography.areas import find_flaw
from planner.model.areas import Area, Outline, Ring
from planner.reading.documents import Document, Path_, at_path
from planner.reading.faults import Collector, nearest
from planner.reading.json_files import load_json
from planner.reading.library import label
from planner.reading.nouns import read_noun

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_AT: Final = re.compile(r"(.+)\[(\S+) (\S+)\]")
_EARTH: Final = ("CRS84", "4326")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnArea(Area):
    """The properties of one feature: an area, and where its outline comes from."""

    id: str
    source: str
    as_of: date
    confidence: Literal["high", "medium", "low", "memory"]
    accuracy_km: Decimal

    @property
    def as_area(self) -> Area:
        """The area without its id."""
        return Area(**{each.name: getattr(self, each.name) for each in fields(Area)})


@dataclass(frozen=True, slots=True)
class Drawn:
    """One feature that was read; without an outline when its line is wrong."""

    area: DrawnArea
    outline: Outline | None


class _Flaw(Exception):
    """What is wrong with a geometry: where, what, and how to mend it."""

    def __init__(self, path: Path_, text: str, hint: str) -> None:
        super().__init__(text)
        self.path, self.text, self.hint = path, text, hint


def read_areas(path: Path, faults: Collector, *, checked: bool) -> list[Drawn]:
    """The areas of a GeoJSON file; every fault is collected.

    Args:
        path: a FeatureCollection of Polygon or MultiPolygon features in longitude and latitude.
        faults: takes what is wrong, at most one fault about the line of a feature.
        checked: the lines are known not to cross themselves, as those of the shipped files are: shapely stays out.
    """
    try:
        document = load_json(path, label(path), into=faults.faults)
        features = list(_features(document))
    except InputFaults as error:
        faults.faults += error.faults
        faults.lost = True
        return []
    except _Flaw as flaw:
        _tell(flaw, document, faults)
        return []
    document = _without_nulls(document, features)
    found = (_feature(document, at, faults, checked) for at in features)
    return [each for each in found if each is not None]


def _features(document: Document) -> Iterator[Path_]:
    data = document.data
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise _Flaw(("type",), "an area file is a GeoJSON FeatureCollection", 'write {"type": "FeatureCollection", …}')
    if "crs" in data and not any(name in str(data["crs"]) for name in _EARTH):
        raise _Flaw(("crs",), "the coordinates are not in degrees", "export in WGS 84 (EPSG:4326)")
    if not isinstance(data.get("features"), list):
        raise _Flaw(("features",), "`features` is not a list", 'write "features": [ … ]')
    for index, feature in enumerate(data["features"]):
        yield "features", index
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise _Flaw(("features", index), "a member of `features` is no Feature", 'write {"type": "Feature", …}')


def _without_nulls(document: Document, features: list[Path_]) -> Document:
    """The document without properties of null, which tools that draw maps write for nothing."""
    given = ((at, at_path(document.data, at).get("properties")) for at in features)
    items = ((at, key, value) for at, each in given if isinstance(each, dict) for key, value in each.items())
    hollow = {(*at, "properties", key) for at, key, value in items if value is None} - document.broken
    if not hollow:
        return document
    left = document.without(hollow)
    left.broken = document.broken
    return left


def _tell(flaw: _Flaw, document: Document, faults: Collector) -> None:
    faults.add(document.where(flaw.path), "N003", flaw.text, flaw.hint)
    faults.complete = False


def _feature(document: Document, at: Path_, faults: Collector, checked: bool) -> Drawn | None:
    area = _properties(document, at, faults)
    if area is None:
        return None
    if any(path[: len(at)] == at for path in document.broken):
        return Drawn(area, None)
    try:
        outline = _outline(document, at, area)
        if not checked:
            _check_line(outline, at)
    except _Flaw as flaw:
        flaw.text = f"area {area.id!r}: {flaw.text}"
        _tell(flaw, document, faults)
        return Drawn(area, None)
    return Drawn(area, outline)


def _properties(document: Document, at: Path_, faults: Collector) -> DrawnArea | None:
    given = at_path(document.data, at).get("properties")
    if not isinstance(given, dict):
        _tell(_Flaw(at, "a feature without `properties`", 'write "properties": {"id": …, "name": …}'), document, faults)
        return None
    area: DrawnArea | None = read_noun(DrawnArea, document, faults, at=(*at, "properties"))
    if area is None:
        faults.leave_out([], [given])
        return None
    if not _ID.fullmatch(area.id):
        where = faults.inside(area.where, "id")
        faults.add(where, "S003", f"id {area.id!r} of an area", "use small letters, digits and -, such as ae-difc")
    if area.accuracy_km < 0:
        where = faults.inside(area.where, "accuracy_km")
        faults.add(where, "S003", f"area {area.id!r}: accuracy_km {area.accuracy_km} is negative", "write zero or more")
    return area


def _outline(document: Document, at: Path_, area: DrawnArea) -> Outline:
    path = (*at, "geometry")
    geometry = at_path(document.data, at).get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        hint = nearest(str(kind), ("Polygon", "MultiPolygon"))
        raise _Flaw((*path, "type"), f"geometry {kind!r} has no inside", hint)
    path = (*path, "coordinates")
    given = geometry.get("coordinates")
    if kind == "Polygon":
        polygons = [_rings(given, path)]
    else:
        polygons = [_rings(each, (*path, n)) for n, each in enumerate(_list(given, path))]
    return Outline(area.id, tuple(polygons), float(area.accuracy_km), area.country, document.where(path))


def _rings(given: Any, path: Path_) -> tuple[Ring, ...]:
    return tuple(_ring(each, (*path, n)) for n, each in enumerate(_list(given, path)))


def _list(given: Any, path: Path_) -> list[Any]:
    if not isinstance(given, list) or not given:
        raise _Flaw(path, "the coordinates stop short", "a ring is a list of positions, a polygon a list of rings")
    return given


def _ring(given: Any, path: Path_) -> Ring:
    ring = tuple(_position(each, (*path, n)) for n, each in enumerate(_list(given, path)))
    if ring[0] != ring[-1]:
        text = f"the ring is not closed: it begins at {list(ring[0])} and ends at {list(ring[-1])}"
        raise _Flaw((*path, len(ring) - 1), text, "write the first position once more at the end")
    if len(ring) < 4:
        raise _Flaw(path, f"a ring of {len(ring)} positions has no inside", "write at least three, and the first again")
    return ring


def _position(given: Any, path: Path_) -> tuple[float, float]:
    usable = isinstance(given, list) and len(given) >= 2
    if not usable or not all(isinstance(n, int | Decimal) and not isinstance(n, bool) for n in given):
        raise _Flaw(path, "a position is two numbers, longitude and latitude", "write for example [103.75, 1.46]")
    lon, lat = given[:2]
    if abs(lon) <= 90 < abs(lat) <= 180:
        text = f"latitude {lat} is no point on Earth: longitude comes first"
        raise _Flaw(path, text, f"turn every position round: [{lat}, {lon}]")
    if abs(lon) > 180 or abs(lat) > 90:
        raise _Flaw(
            path, f"[{lon}, {lat}] is no point on Earth", "longitude is from -180 to 180, latitude from -90 to 90"
        )
    return float(lon), float(lat)


def _check_line(outline: Outline, at: Path_) -> None:
    reason = find_flaw(outline)
    found = _AT.fullmatch(reason)
    if reason:
        kind, place = (found[1], f" near [{found[2]}, {found[3]}]") if found else (reason, "")
        text = "the line crosses or touches itself" if "elf-intersection" in kind else kind.lower()
        hint = "draw parts that lie apart, each with a line that does not cross itself"
        raise _Flaw((*at, "geometry", "coordinates"), text + place, hint)
