"""Agreeing: whether the planner's plan of a small world costs what trying everything costs."""

from __future__ import annotations

from fractions import Fraction

from planner.errors import NoLawfulPlan, VerificationFailed
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from tests.oracles.brute_force import cheapest

ROUNDING = Fraction(3, 10**6)
"""Each cost line of a plan is rounded to 10⁻⁶ USD, the brute force does not round."""


def compared(world: Scenario) -> str:
    """What is wrong with the plan of a world; nothing when nothing is."""
    least = cheapest(world)
    try:
        found = planned(world)
    except VerificationFailed as failed:
        return f"not verified: {failed}, least {least and float(least)}"
    return difference(found, least)


def difference(found: Plan | None, least: Fraction | None) -> str:
    """How a plan and the least cost differ; nothing when they agree."""
    if found is None or least is None:
        return "" if found is None and least is None else f"planned {found and found.total_usd}, least {least}"
    agreed = found.status == "optimal" and abs(Fraction(found.total_usd) - least) <= ROUNDING
    return "" if agreed else f"{found.status} at {found.total_usd}, least {float(least)}"


def planned(world: Scenario) -> Plan | None:
    """The plan of a world, None when it has none."""
    try:
        return plan(world).plan
    except NoLawfulPlan:
        return None
