"""Latency: medians of round trips between users and the regions that serve them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.model.units import Milliseconds, Ratio


@dataclass(frozen=True, slots=True)
class MaxRtt:
    """`max_rtt: {to: GROUP, rtt: 40 ms}`: a region is shut out if any place of the group is slower."""

    kind: ClassVar[str] = "max_rtt"
    to: str
    rtt: Milliseconds


@dataclass(frozen=True, slots=True)
class Within:
    """`within: {users: 95 %, rtt: 25 ms}`: that part of the demand weight it serves is served within rtt."""

    kind: ClassVar[str] = "within"
    users: Ratio
    rtt: Milliseconds
