"""Ceilings on round trips: how far each can be raised or lowered before the cheapest plan is another one.

A ceiling lets in whole places: between two round trips nothing changes. The least cost never rises with it, so the
nearest change is found by halving, each question a plan of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from planner.answers.side_by_side import moves
from planner.candidates.find import find_candidates
from planner.errors import VerificationFailed
from planner.model.candidates import Candidates
from planner.model.exact import Whole
from planner.model.flip import Flip, Input, Way
from planner.model.plan import Plan
from planner.model.question import Component, Flow
from planner.model.scenario import Scenario
from planner.planning import Planned
from planner.requirements.latency import MaxRtt, Within
from planner.solver.search import search, search_near
from planner.verification import find_breaches

CENT = Decimal("0.01")
LEAST = Decimal("0.001")
"""Milliseconds in which round trips are counted."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A ceiling as an input, and the round trips (ms, sorted) at which it lets in one more place."""

    input: Input
    steps: tuple[Decimal, ...]


def find_ceilings(scenario: Scenario, candidates: Candidates) -> tuple[Ceiling, ...]:
    """Of every component and flow that has one, by name."""
    paths = candidates.periods[0].paths
    found: list[Ceiling] = []
    for component in scenario.components:
        for kind, requirement in component.requires.items():
            if isinstance(requirement, MaxRtt):
                tables = [paths.point_rtt[requirement.to].edge(requirement.at)]
                found.append(_of_component(scenario, component, kind, requirement, tables))
            elif isinstance(requirement, Within):
                tables = [trips.edge(requirement.at) for trips in paths.point_rtt.values()]
                found.append(_of_component(scenario, component, kind, requirement, tables))
    for flow in scenario.flows:
        if flow.max_rtt:
            group = next((end[6:] for end in (flow.from_, flow.to) if end.startswith("users:")), None)
            trips = paths.region_rtt if group is None else paths.point_rtt[group]
            found.append(_of_flow(scenario, flow, flow.max_rtt, [trips.median]))
    return tuple(sorted((each for each in found if each.input.value), key=lambda each: each.input.name))


def _of_component(
    scenario: Scenario, component: Component, kind: str, requirement: MaxRtt | Within, tables: Iterable[Whole]
) -> Ceiling:
    def changed(value: Decimal) -> Scenario:
        stricter = replace(component, requires={**component.requires, kind: replace(requirement, rtt=value)})
        return _with(scenario, lambda c: stricter if c.id == component.id else c, lambda f: f)

    return _ceiling(f"{component.id} {kind}", requirement.rtt, component.confidence, changed, tables)


def _of_flow(scenario: Scenario, flow: Flow, ceiling: Decimal, tables: Iterable[Whole]) -> Ceiling:
    def changed(value: Decimal) -> Scenario:
        return _with(scenario, lambda c: c, lambda f: replace(f, max_rtt=value) if f.id == flow.id else f)

    return _ceiling(f"{flow.id} max_rtt", ceiling, flow.confidence, changed, tables)


def _with(scenario: Scenario, of: Callable[[Component], Component], to: Callable[[Flow], Flow]) -> Scenario:
    return replace(
        scenario,
        workloads=tuple(
            replace(w, components=tuple(map(of, w.components)), flows=tuple(map(to, w.flows)))
            for w in scenario.workloads
        ),
    )


def _ceiling(
    name: str, value: Decimal, sure: str | None, changed: Callable[[Decimal], Scenario], tables: Iterable[Whole]
) -> Ceiling:
    steps = {int(us) for table in tables for us in np.unique(table).tolist()}
    asked = Input(name, value, "ms", "what the scenario asks for", "", sure or "", "", changed=changed)
    return Ceiling(asked, tuple(Decimal(us).scaleb(-3) for us in sorted(steps)))


def ceiling_flips(planned: Planned, ceiling: Ceiling, most: Decimal) -> Iterator[Flip]:
    """The nearest change downwards, and upwards as far as `most` times the ceiling."""
    value = ceiling.input.value
    lower = [step for step in ceiling.steps if step <= value]
    higher = [step for step in ceiling.steps if value < step <= value * most]
    if lower:
        held = _first(lower, lambda step: _as_cheap(planned, _at(ceiling, step)))
        if held is not None:
            yield _flip(planned, ceiling, "down", held, held - LEAST)
    if higher:
        cheaper = _first(higher, lambda step: _cheaper(planned, _at(ceiling, step)))
        if cheaper is not None:
            yield _flip(planned, ceiling, "up", cheaper, cheaper)


def _first(steps: Sequence[Decimal], holds: Callable[[Decimal], bool]) -> Decimal | None:
    """The least step at which something holds that holds at every later one; None where it never does."""
    if not holds(steps[-1]):
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(steps[middle]) else (middle + 1, high)
    return steps[low]


def _at(ceiling: Ceiling, value: Decimal) -> Plan | None:
    scenario = ceiling.input.changed(value)
    return search(scenario, find_candidates(scenario), ties=False)[0]


def _as_cheap(planned: Planned, other: Plan | None) -> bool:
    return other is not None and other.total_usd <= planned.plan.total_usd + CENT


def _cheaper(planned: Planned, other: Plan | None) -> bool:
    return other is not None and other.total_usd < planned.plan.total_usd - CENT


def _flip(planned: Planned, ceiling: Ceiling, way: Way, step: Decimal, beyond: Decimal) -> Flip:
    """What lives elsewhere with the ceiling just beyond the step; nothing where no plan is left."""
    scenario = ceiling.input.changed(max(beyond, Decimal(0)))
    other, _ = search_near(scenario, find_candidates(scenario), planned.plan)
    factor = (step / ceiling.input.value).quantize(Decimal("0.000001"))
    if other is None:
        return Flip(ceiling.input, way, factor, (), None, step)
    if breaches := find_breaches(other, scenario):
        raise VerificationFailed(breaches)
    usd = other.total_usd - planned.plan.total_usd
    return Flip(ceiling.input, way, factor, moves(planned.plan, other), usd, step)
