"""Corridors, worked out a second time: the way between two sites over the cables that a plan embeds, in weighted km."""

from __future__ import annotations

from functools import cache
from heapq import heappop, heappush
from math import asin, cos, inf, radians, sin, sqrt
from typing import Final

from planner.model.latency import Curve, LatencyModel

EARTH_RADIUS_KM: Final = 6371.0088
Point = tuple[float, float]


def find_km(one: Point, other: Point) -> float:
    """Great-circle distance, km, by the haversine on a sphere of the mean Earth radius; points in degrees."""
    lat1, lat2 = radians(one[0]), radians(other[0])
    half_lat = (lat2 - lat1) / 2
    half_lon = radians(other[1] - one[1]) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


class Corridors:
    """Shortest ways over the landings of a model."""

    def __init__(self, model: LatencyModel, curve: Curve) -> None:
        """Weigh every cable."""
        self._curve = curve
        self._at = {each.id: (float(each.lat), float(each.lon)) for each in model.landings}
        self._cities = [each.id for each in model.landings if each.joins]
        self._cables: dict[str, list[tuple[str, float]]] = {name: [] for name in self._at}
        weight = {"terrestrial": float(curve.terrestrial), "submarine": float(curve.submarine)}
        for cable in model.corridors:
            km = find_km(self._at[cable.a], self._at[cable.b]) * weight[cable.kind]
            self._cables[cable.a].append((cable.b, km))
            self._cables[cable.b].append((cable.a, km))
        self._from = cache(self._search)
        self._join = cache(self._find_joins)

    def find_way(self, one: Point, other: Point) -> float:
        """The shorter of the way over the graph and, for sites near each other, the straight one."""
        over = min(
            (first + self._from(start).get(end, inf) + last)
            for start, first in self._join(one)
            for end, last in self._join(other)
        )
        straight = find_km(one, other)
        near = straight < float(self._curve.direct_km)
        return min(over, straight * float(self._curve.direct)) if near else over

    def _find_joins(self, site: Point) -> list[tuple[str, float]]:
        """The nearest cities and the weighted km to each."""
        nearest = sorted(self._cities, key=lambda name: find_km(site, self._at[name]))[: self._curve.joins]
        return [(name, find_km(site, self._at[name]) * float(self._curve.join)) for name in nearest]

    def _search(self, start: str) -> dict[str, float]:
        """Weighted km from a landing to every other, by Dijkstra's algorithm."""
        found: dict[str, float] = {}
        waiting = [(0.0, start)]
        while waiting:
            km, name = heappop(waiting)
            if name not in found:
                found[name] = km
                for beyond, more in self._cables[name]:
                    heappush(waiting, (km + more, beyond))
        return found
