"""Latency: medians of round trips between users and the regions that serve them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from planner.model.units import Milliseconds, Ratio


@dataclass(frozen=True, slots=True)
class MaxRtt:
    """`max_rtt: {to: GROUP, rtt: 40 ms}`: a region is shut out if any place of the group is slower."""

    kind: ClassVar[str] = "max_rtt"
    to: str
    rtt: Milliseconds

    def excludes(self, point_rtt_us: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Vectorised face: regions that are slower than `rtt` to any point; point_rtt_us is [points, R]."""
        return np.asarray((point_rtt_us > int(self.rtt * 1000)).any(axis=0))


@dataclass(frozen=True, slots=True)
class Within:
    """`within: {users: 95 %, rtt: 25 ms}`: that part of the demand weight it serves is served within rtt."""

    kind: ClassVar[str] = "within"
    users: Ratio
    rtt: Milliseconds

    def near(self, point_rtt_us: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Vectorised face: pairs (point, region) that count as near; shape as given."""
        return np.asarray(point_rtt_us <= int(self.rtt * 1000))
