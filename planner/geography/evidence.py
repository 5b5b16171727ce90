"""Evidence: what measured pairs nearby say about a pair, carried with a weight that fades with distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from planner.geography.corridors import Points
from planner.geography.distances import great_circle_km
from planner.model.latency import Carrying, LatencyModel

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
SILENT = Carrying(Decimal(1), Decimal(0), Decimal(1), Decimal(0))


@dataclass(frozen=True)
class Carried:
    """What the evidence says of every pair of A × B sites.

    Attributes:
        log: [A, B] what is added to the logarithm of the curve's round trip.
        similarity: [A, B] to the nearest measured pair, 0 to 1.
        twin: [A, B] whether a measured pair has both ends in the same metros.
        spoken: [A, B] whether a measured pair is near enough for anything to be carried.
    """

    log: Numbers
    similarity: Numbers
    twin: Mask
    spoken: Mask

    @classmethod
    def nothing(cls, shape: tuple[int, ...]) -> Carried:
        """No evidence for any pair."""
        no = np.zeros(shape, dtype=bool)
        return cls(np.zeros(shape), np.zeros(shape), no, no)


class Evidence:
    """The measured pairs of a model as matrices over its S measured sites."""

    def __init__(self, model: LatencyModel, carrying: Carrying) -> None:
        """Index the anchors by site."""
        self.carrying = carrying
        self.keys = [site.key for site in model.sites]
        self.points = [(site.lat, site.lon) for site in model.sites]
        index = {key: number for number, key in enumerate(self.keys)}
        self.src = np.array([index[each.src] for each in model.anchors], dtype=np.int64)
        self.dst = np.array([index[each.dst] for each in model.anchors], dtype=np.int64)
        self.weight = np.array([float(each.weight) for each in model.anchors])

    def carry(self, a: Points, b: Points, providers_a: Sequence[str], providers_b: Sequence[str]) -> Carried:
        """What is carried to each pair of sites; only pairs of one provider get the bonus of that provider."""
        away_a, away_b = great_circle_km(a, self.points), great_circle_km(b, self.points)
        near_a, near_b = (np.exp(-away / float(self.carrying.length_km)) for away in (away_a, away_b))
        log = near_a @ self._matrix(self.weight) @ near_b.T
        for provider in sorted(set(providers_a) & set(providers_b)):
            rows, columns = (np.flatnonzero([each == provider for each in p]) for p in (providers_a, providers_b))
            own = np.array([key.partition(":")[0] == provider for key in self.keys])[self.src]
            if own.any():
                bonus = near_a[rows] @ self._matrix(self.weight * own) @ near_b[columns].T
                log[np.ix_(rows, columns)] += float(self.carrying.same_provider) * bonus
        similarity = self._similarity(near_a, near_b)
        metro = float(self.carrying.twin_km)
        paired = self._matrix(np.ones(len(self.src)))
        twin = (away_a < metro).astype(float) @ paired @ (away_b < metro).astype(float).T > 0
        spoken = similarity >= float(self.carrying.least)
        return Carried(np.where(spoken, log, 0.0), similarity, twin & spoken, spoken)

    def _matrix(self, weight: Numbers) -> Numbers:
        out = np.zeros((len(self.keys), len(self.keys)))
        np.add.at(out, (self.src, self.dst), weight)
        np.add.at(out, (self.dst, self.src), weight)
        return out

    def _similarity(self, near_a: Numbers, near_b: Numbers) -> Numbers:
        """The largest product of a measured pair: for each site of a, the best of what each site of b could meet."""
        out = np.zeros((len(near_a), len(near_b)))
        linked = self._matrix(np.ones(len(self.src))) > 0
        for number, row in enumerate(near_a):
            best = np.where(linked, row[:, None], 0.0).max(axis=0, initial=0.0)
            out[number] = (near_b * best).max(axis=1, initial=0.0)
        return out

    def nearest(self, similarity: Numbers, most: int) -> list[int]:
        """Numbers of the anchors that are most similar, the nearest first."""
        order = np.argsort(-similarity, kind="stable")[:most]
        return [int(n) for n in order if similarity[n] >= float(self.carrying.least)]

    def similarity_to(self, a: Points, b: Points) -> Numbers:
        """Similarity of one pair of sites to every anchor."""
        ea, eb = (np.exp(-great_circle_km(p, self.points)[0] / float(self.carrying.length_km)) for p in (a, b))
        return np.asarray(np.maximum(ea[self.src] * eb[self.dst], ea[self.dst] * eb[self.src]))

    def is_twin(self, a: Points, b: Points) -> Mask:
        """Which anchors have both ends in the metros of one pair of sites."""
        na, nb = (great_circle_km(p, self.points)[0] < float(self.carrying.twin_km) for p in (a, b))
        return np.asarray((na[self.src] & nb[self.dst]) | (na[self.dst] & nb[self.src]))


@lru_cache(maxsize=4)
def evidence_of(model: LatencyModel) -> Evidence:
    """The evidence of a model; kept, because every question of a session asks for it again."""
    return Evidence(model, model.carrying or SILENT)
