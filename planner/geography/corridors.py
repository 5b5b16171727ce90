"""Corridors: the length of the way a signal takes between two sites, over a graph of cables, in weighted km."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from planner.geography.distances import great_circle_km
from planner.model.latency import Curve, LatencyModel

Points = Sequence[tuple[Decimal, Decimal]]
Km = NDArray[np.float64]


@dataclass(frozen=True)
class Joins:
    """The cities of the graph that sites join. S sites, J joins.

    Attributes:
        city: [S, J] index of a landing.
        km: [S, J] weighted km to it.
    """

    city: NDArray[np.int64]
    km: Km


class Corridors:
    """Shortest ways over the landings of a model.

    A path is the shorter of two: over the graph, or straight where both ends are near. It depends on nothing but its
    two ends, so that a region more in a scenario changes no other estimate.
    """

    def __init__(self, model: LatencyModel, curve: Curve) -> None:
        """Weigh the edges and measure the ways between all landings."""
        self.curve = curve
        self.names = [each.id for each in model.landings]
        self._points = [(each.lat, each.lon) for each in model.landings]
        self._cities = np.flatnonzero([each.joins for each in model.landings])
        self.km, self._before = shortest_path(self._weights(model), directed=False, return_predecessors=True)

    def _weights(self, model: LatencyModel) -> Km:
        index = {name: number for number, name in enumerate(self.names)}
        between = great_circle_km(self._points, self._points)
        factor = {"terrestrial": float(self.curve.terrestrial), "submarine": float(self.curve.submarine)}
        weights = np.zeros((len(index), len(index)))
        for edge in model.corridors:
            a, b = index[edge.a], index[edge.b]
            weights[a, b] = weights[b, a] = between[a, b] * factor[edge.kind]
        return weights

    def join(self, points: Points) -> Joins:
        """Where sites join the graph: their nearest cities."""
        count = min(self.curve.joins, len(self._cities))
        away = great_circle_km(points, [self._points[n] for n in self._cities])
        nearest = np.argsort(away, axis=1, kind="stable")[:, :count]
        return Joins(self._cities[nearest], np.take_along_axis(away, nearest, 1) * float(self.curve.join))

    def path_km(self, a: Points, b: Points) -> Km:
        """Weighted km from each site of a to each of b, shape [len(a), len(b)]."""
        ends, others = self.join(a), self.join(b)
        way = np.full((len(a), len(b)), np.inf)
        for i in range(ends.city.shape[1]):
            for j in range(others.city.shape[1]):
                over = ends.km[:, i, None] + self.km[np.ix_(ends.city[:, i], others.city[:, j])] + others.km[None, :, j]
                np.minimum(way, over, out=way)
        straight = great_circle_km(a, b)
        near = straight < float(self.curve.direct_km)
        return np.where(near, np.minimum(way, straight * float(self.curve.direct)), way)

    def places_on(self, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]) -> list[str]:
        """The landings on the way between two sites; empty when the way is straight."""
        ends, others = self.join([a]), self.join([b])
        over = ends.km[0, :, None] + self.km[np.ix_(ends.city[0], others.city[0])] + others.km[0][None, :]
        straight = float(great_circle_km([a], [b])[0, 0])
        if straight < float(self.curve.direct_km) and straight * float(self.curve.direct) <= over.min():
            return []
        i, j = np.unravel_index(int(np.argmin(over)), over.shape)
        first, last = int(ends.city[0, i]), int(others.city[0, j])
        back = [last]
        while back[-1] != first:
            back.append(int(self._before[first, back[-1]]))
        return [self.names[n] for n in reversed(back)]


@lru_cache(maxsize=4)
def corridors_of(model: LatencyModel, curve: Curve) -> Corridors:
    """The corridors of a model; kept, because every question of a session asks for them again."""
    return Corridors(model, curve)
