"""A thousand random small scenarios: the planner finds what trying everything finds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from planner.errors import NoLawfulPlan
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.verification import find_breaches
from tests.oracles.brute_force import cheapest
from tests.solver.worlds import random_world

CHUNK = 100
ROUNDING = Fraction(3, 10**6)
"""Each cost line of a plan is rounded to 10⁻⁶ USD, the brute force does not round."""


@pytest.mark.parametrize("first", range(0, 1000, CHUNK))
def test_the_plan_costs_what_trying_everything_costs(first: int, tmp_path: Path) -> None:
    wrong = {seed: text for seed in range(first, first + CHUNK) if (text := _compared(random_world(seed, tmp_path)))}
    assert not wrong


def _compared(world: Scenario) -> str:
    """What is wrong with the plan of a world; nothing when nothing is."""
    found, least = _planned(world), cheapest(world)
    if found is None or least is None:
        return "" if found is None and least is None else f"planned {found and found.total_usd}, least {least}"
    if found.status != "optimal" or abs(Fraction(found.total_usd) - least) > ROUNDING:
        return f"{found.status} at {found.total_usd}, least {float(least)}"
    return "; ".join(map(str, find_breaches(found, world)))


def _planned(world: Scenario) -> Plan | None:
    try:
        return plan(world).plan
    except NoLawfulPlan:
        return None
