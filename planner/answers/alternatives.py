"""Alternatives: plans that cost nearly as little as the cheapest and stand somewhere else, as different as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from planner.answers.several import only_one_period
from planner.answers.side_by_side import moves
from planner.errors import Fault, InputFaults, VerificationFailed, Where
from planner.model.differing import Alternative, Alternatives
from planner.model.plan import Plan
from planner.model.units import MICRO
from planner.planning import Planned
from planner.solver.differing import most_different
from planner.verification import find_breaches

Told = Callable[[int, int], None]


def find_alternatives_to(
    planned: Planned, within: Decimal = Decimal("0.02"), count: int = 5, tell: Told | None = None
) -> Alternatives:
    """Up to `count` plans that cost at most `within` (a fraction) more than the optimum.

    Each differs from all before it in as many things as any plan within the margin does, and is the cheapest of those.

    Raises:
        InputFaults: the plan is no proved optimum, or has several periods.
        VerificationFailed: the verifier refused an alternative.
    """
    scenario, base = planned.scenario, planned.plan
    only_one_period(scenario, "alternatives")
    if base.status != "optimal" or base.gap or scenario.ranks_breaches:
        fault = Fault(Where("solver"), "N003", "alternatives need a proved optimum of cost", "use `solver: {gap: 0 %}`")
        raise InputFaults([fault])
    most = int(Fraction(base.total_usd) * (1 + Fraction(within)) * MICRO)
    plans, found, exhausted = [base], list[Alternative](), False
    while len(found) < count and not exhausted:
        if tell is not None:
            tell(len(found), count)
        other = most_different(scenario, planned.candidates, plans, most)
        exhausted = other is None
        if other is not None:
            plans.append(_checked(other[0], planned))
            usd = plans[-1].total_usd - base.total_usd
            found.append(Alternative(plans[-1], usd, other[1], moves(base, plans[-1])))
    return Alternatives(scenario.name, base.total_usd, within, tuple(found), exhausted)


def _checked(found: Plan, planned: Planned) -> Plan:
    """A plan that is lawful and costs what it says; that another one is cheaper is known."""
    base = planned.plan
    gap = (found.total_usd - base.bound) / found.total_usd if found.total_usd else Decimal(0)
    told = replace(found, status="feasible", bound=base.bound, gap=gap)
    if breaches := find_breaches(told, planned.scenario):
        raise VerificationFailed(breaches)
    return told
