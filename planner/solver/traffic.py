"""Traffic: who serves which users, and what a component's share follows from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import PeriodCandidates
from planner.model.question import Component
from planner.model.scenario import Scenario


@dataclass(frozen=True)
class Serving:
    """A component that serves a user group, over all flows between the two. P points, R regions.

    Attributes:
        whole: the component lives in one region and serves the whole group from it.
        allowed, cost: [P, R] cells every flow allows; micro-USD a month of all of them together.
        weights: exact weight of each point (volume × point weight, or the point weight alone).
        volumes: GB a month of each flow.
    """

    number: int
    component: int
    group: str
    whole: bool
    allowed: NDArray[np.bool_]
    cost: NDArray[np.int64]
    weights: tuple[Fraction, ...]
    volumes: tuple[Fraction, ...]

    @property
    def key(self) -> str:
        """A name for tables and causes."""
        return f"users:{self.group}>{self.number}"

    @property
    def volume(self) -> Fraction:
        """GB a month of all flows together."""
        return sum(self.volumes, Fraction(0))


def find_servings(scenario: Scenario, now: PeriodCandidates) -> tuple[Serving, ...]:
    """Every (component, user group) with a flow between them, sorted."""
    index = {c.id: n for n, c in enumerate(scenario.components)}
    flows: dict[tuple[int, str], list[int]] = {}
    for number, flow in enumerate(scenario.flows):
        for end, other in ((flow.from_, flow.to), (flow.to, flow.from_)):
            if end.startswith("users:"):
                flows.setdefault((index[other], end[6:]), []).append(number)
    loaded = {component for (component, _), ns in flows.items() if any(scenario.flows[n].volume for n in ns)}
    return tuple(
        _serving(position, component, group, numbers, component in loaded, scenario, now)
        for position, ((component, group), numbers) in enumerate(sorted(flows.items()))
    )


def _serving(
    position: int,
    component: int,
    group: str,
    numbers: list[int],
    loaded: bool,
    scenario: Scenario,
    now: PeriodCandidates,
) -> Serving:
    volumes = tuple(Fraction(scenario.flows[n].volume) for n in numbers)
    factor = sum(volumes, Fraction(0)) if loaded else Fraction(1)
    shown: Component = scenario.components[component]
    return Serving(
        position,
        component,
        group,
        not shown.divisible and shown.regions.max == 1,
        np.logical_and.reduce([now.paths.allowed[n] for n in numbers]),
        np.add.reduce([now.paths.cost[n] for n in numbers]),
        tuple(Fraction(p.weight) * factor for p in scenario.user_group[group].points),
        volumes,
    )


@dataclass(frozen=True)
class Inflow:
    """Numbers of the flows from components into each component, with a volume."""

    into: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, scenario: Scenario) -> Inflow:
        """Collected over all flows; reads from datasets do not drive a share."""
        into: dict[str, tuple[int, ...]] = {}
        for number, flow in enumerate(scenario.flows):
            if "/" in flow.from_ and "/" in flow.to and ":" not in flow.id and flow.volume > 0:
                into[flow.to] = (*into.get(flow.to, ()), number)
        return cls(into)
