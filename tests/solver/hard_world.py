"""A world that is hard to solve to the end: 100 components, each with its own size and price in 20 small regions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from planner.model.catalogue import Zone
from planner.model.question import Quote, SolverSettings
from planner.model.scenario import Scenario
from tests.oracles.small_world import component, region, scenario

REGIONS, COMPONENTS = 20, 100


def hard_world(seed: int, settings: SolverSettings = SolverSettings()) -> Scenario:
    """A generalised assignment problem of type D: what uses much is cheap, and four fifths of the room is needed."""
    draw = Random(seed)
    use = [[draw.randint(1, 100) for _ in range(REGIONS)] for _ in range(COMPONENTS)]
    cost = [[111 - amount + draw.randint(-10, 10) for amount in row] for row in use]
    room = [sum(row[r] for row in use) * 4 // (5 * REGIONS) for r in range(REGIONS)]
    quotes = tuple(
        Quote(f"w/c{k:02}", f"p:r{r:02}", Decimal(cost[k][r]), {"vcpu": Decimal(use[k][r])})
        for k in range(COMPONENTS)
        for r in range(REGIONS)
    )
    regions = [region(f"r{r:02}", zones=(Zone(f"r{r:02}a", {"vcpu": Decimal(room[r])}),)) for r in range(REGIONS)]
    parts = [component(f"c{k:02}") for k in range(COMPONENTS)]
    return replace(scenario(parts, regions, quotes=quotes), solver=settings)
