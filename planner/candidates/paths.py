"""Paths: which region pairs a flow may take, what its volume costs there, and how far users are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.geography.round_trips import find_round_trips
from planner.model.candidates import Paths
from planner.model.catalogue import Region
from planner.model.exclusions import Mask, Whole
from planner.model.question import DemandPoint, Flow, Users
from planner.model.round_trips import RoundTrips
from planner.model.scenario import Scenario
from planner.objectives.egress import EgressPrices


def find_paths(scenario: Scenario) -> Paths:
    """Tables of every flow and of the replication of every copy."""
    region_rtt = _between(scenario.regions, scenario)
    point_rtt = user_round_trips(scenario)
    prices = EgressPrices(scenario.regions)
    allowed: dict[int, Mask] = {}
    cost: dict[int, Whole] = {}
    for index, flow in enumerate(scenario.flows):
        group = group_of(flow, scenario)
        if group is None:
            allowed[index] = prices.pair_known(flow.volume) & _fast(flow, region_rtt)
            cost[index] = prices.pair_cost(flow.volume)
        else:
            volumes = [flow.volume * point.weight for point in group.points]
            allowed[index] = prices.internet_known(volumes) & _fast(flow, point_rtt[group.id], group.latency != "none")
            cost[index] = prices.internet_cost(volumes)
    copy_allowed, copy_cost = _replication(scenario, prices)
    return Paths(region_rtt, point_rtt, allowed, cost, copy_allowed, copy_cost)


def user_round_trips(scenario: Scenario) -> dict[str, RoundTrips]:
    """For each user group, estimates from its places to all regions."""
    return {group.id: _between(group.points, scenario) for group in scenario.users}


def _between(ends: Sequence[Region | DemandPoint], scenario: Scenario) -> RoundTrips:
    return find_round_trips(ends, scenario.regions, scenario.measurements, scenario.latency)


def group_of(flow: Flow, scenario: Scenario) -> Users | None:
    """The user group at one end of a flow, if there is one."""
    for end in (flow.from_, flow.to):
        if end.startswith("users:"):
            return scenario.user_group[end[6:]]
    return None


def _fast(flow: Flow, trips: RoundTrips, slow_matters: bool = True) -> Mask:
    if flow.max_rtt is None or not slow_matters:
        return np.ones_like(trips.median, dtype=bool)
    return np.asarray(trips.median <= int(flow.max_rtt * 1000))


def _replication(scenario: Scenario, prices: EgressPrices) -> tuple[dict[int, Mask], dict[int, Whole]]:
    allowed: dict[int, Mask] = {}
    cost: dict[int, Whole] = {}
    for index, (number, copy) in enumerate(scenario.copies):
        if copy.role != "primary":
            change = scenario.datasets[number].change
            allowed[index] = prices.pair_known(change)
            cost[index] = prices.pair_cost(change)
    return allowed, cost
