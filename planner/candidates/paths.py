"""Paths: which region pairs a flow may take, what its volume costs there, and how far users are."""

from __future__ import annotations

import numpy as np

from planner.geography.round_trips import point_round_trips, region_round_trips
from planner.model.candidates import Paths
from planner.model.exclusions import Mask, Whole
from planner.model.question import Flow, Users
from planner.model.scenario import Scenario
from planner.objectives.egress import EgressPrices


def find_paths(scenario: Scenario) -> Paths:
    """Tables of every flow and of the replication of every copy."""
    region_rtt = region_round_trips(scenario.regions, scenario.measurements)
    point_rtt = {g.id: point_round_trips(g.points, scenario.regions) for g in scenario.users}
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
            slow_matters = group.latency != "none"
            fast = _fast(flow, point_rtt[group.id]) if slow_matters else np.ones_like(point_rtt[group.id], dtype=bool)
            allowed[index] = prices.internet_known(volumes) & fast
            cost[index] = prices.internet_cost(volumes)
    copy_allowed, copy_cost = _replication(scenario, prices)
    return Paths(region_rtt, point_rtt, allowed, cost, copy_allowed, copy_cost)


def group_of(flow: Flow, scenario: Scenario) -> Users | None:
    """The user group at one end of a flow, if there is one."""
    for end in (flow.from_, flow.to):
        if end.startswith("users:"):
            return scenario.user_group[end[6:]]
    return None


def _fast(flow: Flow, rtt: Whole) -> Mask:
    if flow.max_rtt is None:
        return np.ones_like(rtt, dtype=bool)
    return np.asarray(rtt <= int(flow.max_rtt * 1000))


def _replication(scenario: Scenario, prices: EgressPrices) -> tuple[dict[int, Mask], dict[int, Whole]]:
    allowed: dict[int, Mask] = {}
    cost: dict[int, Whole] = {}
    for index, (number, copy) in enumerate(scenario.copies):
        if copy.role != "primary":
            change = scenario.datasets[number].change
            allowed[index] = prices.pair_known(change)
            cost[index] = prices.pair_cost(change)
    return allowed, cost
