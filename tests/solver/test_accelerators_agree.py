"""A thousand small scenarios about accelerators: the planner finds what trying everything finds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.errors import NoLawfulPlan, VerificationFailed
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from tests.oracles.accelerator_instances import accelerator_world
from tests.oracles.brute_force import cheapest

CHUNK = 100
ROUNDING = Fraction(3, 10**6)
"""Each cost line of a plan is rounded to 10⁻⁶ USD, the brute force does not round."""


@pytest.mark.parametrize("first", range(0, 1000, CHUNK))
def test_the_plan_on_accelerators_costs_what_trying_everything_costs(first: int) -> None:
    wrong = {seed: text for seed in range(first, first + CHUNK) if (text := _compared(accelerator_world(seed)))}
    assert not wrong


def _compared(world: Scenario) -> str:
    """What is wrong with the plan of a world; nothing when nothing is."""
    least = cheapest(world)
    try:
        found = _planned(world)
    except VerificationFailed as failed:
        return f"not verified: {failed}, least {least and float(least)}"
    if found is None or least is None:
        return "" if found is None and least is None else f"planned {found and found.total_usd}, least {least}"
    agreed = found.status == "optimal" and abs(Fraction(found.total_usd) - least) <= ROUNDING
    return "" if agreed else f"{found.status} at {found.total_usd}, least {float(least)}"


def _planned(world: Scenario) -> Plan | None:
    try:
        return plan(world).plan
    except NoLawfulPlan:
        return None
