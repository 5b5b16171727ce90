"""Measurements: what a plan embeds as measured is one figure a pair, and no signal was faster than light in fibre."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from planner.model.catalogue import Measurement, Region
from planner.model.plan import Breach
from planner.model.question import DemandPoint
from planner.model.scenario import Scenario
from planner.verification.round_trips import find_distance, find_floor_us

PLACE_KM: Final = 25
"""A place of users stands for everybody within so many km."""


def find_measurement_breaches(scenario: Scenario) -> Iterator[Breach]:
    """Measurements that contradict each other, that are none, or that physics rules out."""
    ends: dict[str, Region | DemandPoint] = {point.place: point for group in scenario.users for point in group.points}
    ends |= scenario.region
    found: dict[frozenset[str], Measurement] = {}
    for row in scenario.measurements:
        first = found.setdefault(frozenset((row.src, row.dst)), row)
        if first.rtt_ms != row.rtt_ms:
            text = f"it is measured as {first.rtt_ms} ms and as {row.rtt_ms} ms"
            yield Breach("measurement", f"{row.src} to {row.dst}", text)
        yield from _impossible(row, ends)


def _impossible(row: Measurement, ends: Mapping[str, Region | DemandPoint]) -> Iterator[Breach]:
    if row.src not in ends or row.dst not in ends:
        return
    src, dst = ends[row.src], ends[row.dst]
    floor = find_floor_us(max(find_distance(src, dst) - _slack(src) - _slack(dst), 0.0))
    if row.rtt_ms <= 0 or row.rtt_ms * 1000 < floor:
        text = f"{row.rtt_ms} ms is faster than light in fibre, which takes {floor / 1000} ms"
        yield Breach("measurement", f"{row.src} to {row.dst}", text)


def _slack(end: Region | DemandPoint) -> float:
    """How far from its coordinates an end may stand, km."""
    return float(PLACE_KM if isinstance(end, DemandPoint) else end.accuracy_km or 0)
