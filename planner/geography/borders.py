"""Borders: on whose land a point stands; shapely is imported where a point is looked up.

Outlines are kept in km on a Mercator plane. It keeps angles, so that within 10 km of a point a distance on the plane
times the cosine of its latitude is the distance on the Earth to better than one per cent. Nothing is sought across the
180th meridian, on which outlines are cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planner.geography.distances import EARTH_RADIUS_KM
from planner.model.borders import SNAP_KM, Standing

Numbers = NDArray[np.float64]
MOST_LATITUDE: Final = 85.0


class Borders:
    """The land of every country, found by a tree of its polygons."""

    def __init__(self, countries: Mapping[str, Iterable[Sequence[Any]]]) -> None:
        """Take polygons by code: lists of rings of (lon, lat) in degrees, the first ring the rim, the others holes."""
        from shapely import STRtree

        self._codes: list[str] = []
        self._parts: list[Any] = []
        for code, polygons in sorted(countries.items()):
            shapes = [_polygon(rings) for rings in polygons]
            self._parts += shapes
            self._codes += [code] * len(shapes)
        self._tree: Any = STRtree(self._parts)
        self.codes = frozenset(self._codes)

    def standings(self, lats: Iterable[float], lons: Iterable[float]) -> list[Standing]:
        """Where each point stands: the countries with land within 10 km of it, nearest first.

        Args:
            lats: degrees, one a point.
            lons: degrees, as many.

        Returns:
            one a point, in their order; of two countries as near the one with the smaller code comes first.
        """
        from shapely import distance, points

        lat, lon = np.array([*lats], dtype=float), np.array([*lons], dtype=float)
        here = points(*plane(lon, lat))
        reach = SNAP_KM / _shrinking(lat)
        at, of = self._tree.query(here, predicate="dwithin", distance=reach)
        away = distance(here[at], np.array(self._parts, dtype=object)[of]) * _shrinking(lat)[at]
        found: list[dict[str, float]] = [{} for _ in lat]
        for point, part, km in zip(at.tolist(), of.tolist(), away.tolist(), strict=True):
            code = self._codes[part]
            found[point][code] = min(km, found[point].get(code, km))
        return [Standing(tuple(sorted(each.items(), key=lambda item: (item[1], item[0])))) for each in found]

    def land_in(self, west: float, south: float, east: float, north: float) -> list[tuple[str, Any]]:
        """The polygons that touch a frame on the plane, each with its country, sorted by country.

        Args:
            west: km on the Mercator plane, as the others.
            south: the lower edge.
            east: the right edge.
            north: the upper edge.
        """
        from shapely import box

        found = sorted(self._tree.query(box(west, south, east, north), predicate="intersects").tolist())
        return [(self._codes[part], self._parts[part]) for part in found]

    def middles(self, code: str) -> tuple[list[tuple[float, float]], float]:
        """The middles of a country, (lat, lon) in degrees, and its size, km: the side of a square as large.

        They are those of all its land, of its largest part, and of the frame around that. No land = no middles.
        """
        from shapely import MultiPolygon, area, transform

        own = [part for part, of in zip(self._parts, self._codes, strict=True) if of == code]
        if not own:
            return [], 0.0
        flat = transform(own, _to_degrees)
        largest = flat[int(np.argmax(area(flat)))]
        west, south, east, north = largest.bounds
        frame = ((west + east) / 2, (south + north) / 2)
        at = [MultiPolygon([*flat]).centroid.coords[0], largest.centroid.coords[0], frame]
        size = np.sqrt(area(transform(own, _to_equal_area)).sum())
        return [(float(lat), float(lon)) for lon, lat in at], float(size)


def _polygon(rings: Sequence[Any]) -> Any:
    from shapely import Polygon

    rim, *holes = (np.column_stack(plane(*np.array(ring, dtype=float).T)) for ring in rings)
    return Polygon(rim, holes)


def plane(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    """Points on the Mercator plane: km to the right of the Greenwich meridian, km above the equator."""
    up = np.arcsinh(np.tan(np.radians(np.clip(lat, -MOST_LATITUDE, MOST_LATITUDE))))
    return EARTH_RADIUS_KM * np.radians(lon), EARTH_RADIUS_KM * up


def _to_degrees(plane: Numbers) -> Numbers:
    """Longitude and latitude of points on the plane, shape [n, 2]."""
    across, up = (plane / EARTH_RADIUS_KM).T
    return np.asarray(np.degrees(np.column_stack([across, np.arctan(np.sinh(up))])))


def _to_equal_area(plane: Numbers) -> Numbers:
    """Points on the plane moved to one on which areas are those on the Earth, km, shape [n, 2]."""
    return np.column_stack([plane[:, 0], EARTH_RADIUS_KM * np.tanh(plane[:, 1] / EARTH_RADIUS_KM)])


def _shrinking(lat: Numbers) -> Numbers:
    return np.cos(np.radians(np.clip(lat, -MOST_LATITUDE, MOST_LATITUDE)))
