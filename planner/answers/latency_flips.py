"""Latency flips: which placements change when round trips are asked at the upper edge of their band."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.answers.side_by_side import moves
from planner.errors import NoLawfulPlan
from planner.model.flip import LatencyFlip
from planner.model.question import Component
from planner.model.scenario import Scenario
from planner.planning import Planned, plan
from planner.requirements.latency import MaxRtt, Within


def find_latency_flips(planned: Planned) -> tuple[LatencyFlip, ...]:
    """All requirements at the upper edge together, then each component's alone; those that ask for it already stay."""
    asking = [c.id for c in planned.scenario.components if any(_median(r) for r in c.requires.values())]
    if not asking:
        return ()
    groups = [("all", asking)] if len(asking) > 1 else []
    return tuple(_flip(planned, of, names) for of, names in (*groups, *((name, [name]) for name in asking)))


def _flip(planned: Planned, of: str, names: Iterable[str]) -> LatencyFlip:
    try:
        other = plan(_at_upper_edge(planned.scenario, frozenset(names))).plan
    except NoLawfulPlan:
        return LatencyFlip(of, "no plan")
    found = moves(planned.plan, other)
    return LatencyFlip(of, "moves" if found else "stays", other.total_usd - planned.plan.total_usd, found)


def _at_upper_edge(scenario: Scenario, names: frozenset[str]) -> Scenario:
    workloads = tuple(
        replace(w, components=tuple(_stricter(c) if c.id in names else c for c in w.components))
        for w in scenario.workloads
    )
    return replace(scenario, workloads=workloads)


def _stricter(component: Component) -> Component:
    return replace(component, requires=dict(_requirements(component)))


def _requirements(component: Component) -> Iterator[tuple[str, object]]:
    for kind, requirement in component.requires.items():
        if isinstance(requirement, MaxRtt | Within):
            yield kind, replace(requirement, at="upper")
        else:
            yield kind, requirement


def _median(requirement: object) -> bool:
    return isinstance(requirement, MaxRtt | Within) and requirement.at == "median"
