"""Alternatives and frontier beside every plan of worlds small enough to list them all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

import pytest

from planner.answers.alternatives import find_alternatives_to
from planner.answers.frontier import find_frontier
from planner.errors import InputFaults
from planner.geography.round_trips import find_round_trips
from planner.model.scenario import Scenario
from planner.planning import plan
from tests.solver.worlds import literal_world

PLACES = ("near", "mid", "far")
HEAD = """
policies: []
regions:
  - {provider: p, id: near, lat: 3, lon: 101, country: MY, zones: [a], prices: {egress_internet_gb: 0}}
  - {provider: p, id: mid, lat: 1, lon: 104, country: SG, zones: [b], prices: {egress_internet_gb: 0}}
  - {provider: p, id: far, lat: -6, lon: 107, country: ID, zones: [c], prices: {egress_internet_gb: 0}}
users: [{id: us, at: {town: {lat: 3, lon: 101.2, country: MY, weight: 1}}}]
"""
Homes = tuple[str, ...]


def world(seed: int, folder: Path) -> Scenario:
    """Two or three components that serve users, at random quotes."""
    draw = Random(seed)
    names = [f"c{n}" for n in range(draw.randint(2, 3))]
    parts = ", ".join(f"{{id: {name}, per_replica: {{vcpu: 1}}}}" for name in names)
    flows = ", ".join(f"{{from: us, to: {name}, volume: {draw.randint(1, 9)} GB/month}}" for name in names)
    quotes = "".join(
        f'  - {{component: w/{name}, place: "p:{place}", cost: {draw.randint(50, 70)} USD/month}}\n'
        for name in names
        for place in PLACES
    )
    work = f"workloads: [{{id: w, entity: e, components: [{parts}], flows: [{flows}]}}]\nquotes:\n{quotes}"
    return literal_world(HEAD + work, folder)


def every_plan(scenario: Scenario) -> Iterator[tuple[Homes, Fraction, int]]:
    """All placements with their cost and mean round trip, whole microseconds."""
    quotes = {(q.component, q.place): Fraction(q.cost) for q in scenario.quotes}
    keys = [r.key for r in scenario.regions]
    (group,) = scenario.users
    trips = find_round_trips(group.points, scenario.regions, scenario.measurements, scenario.latency).median[0]
    volume = {flow.to: Fraction(flow.volume) for flow in scenario.flows}
    names = [c.id for c in scenario.components]
    total = sum(volume.values())
    for homes in product(keys, repeat=len(names)):
        pairs = list(zip(names, homes, strict=True))
        shares = [round(volume[name] / total * 10**6) * int(trips[keys.index(key)]) for name, key in pairs]
        yield homes, sum((quotes[pair] for pair in pairs), Fraction(0)), sum(shares) // 10**6


@pytest.mark.parametrize("seed", range(100))
def test_the_frontier_is_every_plan_that_nothing_beats(seed: int, tmp_path: Path) -> None:
    scenario = world(seed, tmp_path)
    plans = {(usd, slow) for _, usd, slow in every_plan(scenario)}
    unbeaten = {p for p in plans if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in plans)}
    found = find_frontier(plan(scenario), points=200)
    assert found.whole
    assert {(Fraction(p.plan.total_usd), int(p.rtt_ms * 1000)) for p in found.points} == unbeaten


@pytest.mark.parametrize("seed", range(100))
def test_an_alternative_differs_as_much_as_any_plan_within_the_margin(seed: int, tmp_path: Path) -> None:
    scenario = world(seed, tmp_path)
    planned = plan(scenario)
    found = find_alternatives_to(planned, Decimal("0.05"), count=3)
    most = Fraction(planned.plan.total_usd) * Fraction(105, 100)
    affordable = [(homes, usd) for homes, usd, _ in every_plan(scenario) if usd <= most]
    named = [tuple(p.region for p in planned.plan.placements)]
    for each in found.found:
        distance = {homes: min(apart(homes, old) for old in named) for homes, _ in affordable}
        furthest = max(distance.values())
        assert each.differs == furthest
        assert each.usd + planned.plan.total_usd == min(usd for homes, usd in affordable if distance[homes] == furthest)
        named.append(tuple(p.region for p in each.plan.placements))
    if found.exhausted:
        assert {homes for homes, _ in affordable} <= set(named)


def apart(one: Homes, other: Homes) -> int:
    """In how many components they differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))


def test_what_ties_is_an_alternative_at_no_margin(tmp_path: Path) -> None:
    tied = HEAD.partition("users:")[0].replace("{egress_internet_gb: 0}", "{vcpu_hour: 1, memory_gib_hour: 0}")
    work = "workloads: [{id: w, entity: e, components: [{id: a, per_replica: {vcpu: 1}}]}]\n"
    found = find_alternatives_to(plan(literal_world(tied + work, tmp_path)), Decimal(0))
    assert [each.usd for each in found.found] == [0, 0]
    assert found.exhausted


def test_without_users_there_is_no_frontier(tmp_path: Path) -> None:
    alone = HEAD.partition("users:")[0].replace("{egress_internet_gb: 0}", "{vcpu_hour: 1, memory_gib_hour: 0}")
    work = "workloads: [{id: w, entity: e, components: [{id: a, per_replica: {vcpu: 1}}]}]\n"
    with pytest.raises(InputFaults, match="no user's round trip counts"):
        find_frontier(plan(literal_world(alone + work, tmp_path)))
