"""Latency: round trips between users and the regions that serve them, by their median or the band's upper edge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from planner.model.latency import Estimate
from planner.model.round_trips import RoundTrips
from planner.model.units import Milliseconds, Ratio

Edge = Literal["median", "upper"]


@dataclass(frozen=True, slots=True)
class MaxRtt:
    """`max_rtt: {to: GROUP, rtt: 40 ms, at: upper}`: a region is shut out if any place of the group is slower."""

    kind: ClassVar[str] = "max_rtt"
    to: str
    rtt: Milliseconds
    at: Edge = "median"

    def excludes(self, trips: RoundTrips) -> NDArray[np.bool_]:
        """Vectorised face: regions that are slower than `rtt` to any point; trips are [points, R]."""
        return np.asarray((trips.edge(self.at) > int(self.rtt * 1000)).any(axis=0))

    def looks_at(self, estimate: Estimate) -> Decimal:
        """Scalar face: the figure of one estimate that must not be above `rtt`, ms."""
        return estimate.high_ms if self.at == "upper" else estimate.rtt_ms

    @property
    def edge(self) -> str:
        """Words for a reader about which figure counts."""
        return _words(self.at)


@dataclass(frozen=True, slots=True)
class Within:
    """`within: {users: 95 %, rtt: 25 ms, at: upper}`: that part of the demand weight it serves is served within rtt."""

    kind: ClassVar[str] = "within"
    users: Ratio
    rtt: Milliseconds
    at: Edge = "median"

    def near(self, trips: RoundTrips) -> NDArray[np.bool_]:
        """Vectorised face: pairs (point, region) that count as near; shape as given."""
        return np.asarray(trips.edge(self.at) <= int(self.rtt * 1000))

    def looks_at(self, estimate: Estimate) -> Decimal:
        """Scalar face: the figure of one estimate that must not be above `rtt`, ms."""
        return estimate.high_ms if self.at == "upper" else estimate.rtt_ms

    @property
    def edge(self) -> str:
        """Words for a reader about which figure counts."""
        return _words(self.at)


def _words(at: Edge) -> str:
    return " at the upper edge of the band" if at == "upper" else ""
