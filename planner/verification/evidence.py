"""Evidence, worked out a second time: what the measured pairs that a plan embeds say about a pair nearby."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp

from planner.model.latency import BandOf, LatencyModel
from planner.verification.corridors import Point, find_km


@dataclass(frozen=True, slots=True)
class Heard:
    """What is carried to a pair (a logarithm), by how similar a pair, and which kind of estimate that makes."""

    log: float
    similarity: float
    of: BandOf


class Evidence:
    """The measured pairs of a model."""

    def __init__(self, model: LatencyModel) -> None:
        """Keep the model; distances from an end to all measured sites are worked out once."""
        self._model = model
        self._sites = {site.key: (float(site.lat), float(site.lon)) for site in model.sites}
        self._away = cache(self._find_away)

    def hear(self, one: Point, other: Point, provider: str) -> Heard:
        """What the measured pairs say; those of `provider` count more."""
        carrying = self._model.carrying
        if carrying is None:
            return Heard(0.0, 0.0, "modelled")
        away, beyond, length = self._away(one), self._away(other), float(carrying.length_km)
        log = similarity = 0.0
        twin = False
        for anchor in self._model.anchors:
            ways = ((away[anchor.src], beyond[anchor.dst]), (away[anchor.dst], beyond[anchor.src]))
            near = [exp(-a / length) * exp(-b / length) for a, b in ways]
            own = anchor.src.partition(":")[0] == provider
            log += float(anchor.weight) * (1 + float(carrying.same_provider) * own) * sum(near)
            similarity = max(similarity, *near)
            twin = twin or any(max(pair) < float(carrying.twin_km) for pair in ways)
        if similarity < float(carrying.least):
            return Heard(0.0, similarity, "modelled")
        return Heard(log, similarity, "twin" if twin else "interpolated")

    def _find_away(self, end: Point) -> dict[str, float]:
        return {key: find_km(end, at) for key, at in self._sites.items()}
