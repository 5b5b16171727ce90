"""Bounds: status, bound and gap say the same thing about the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.model.plan import Breach, Plan
from planner.model.scenario import Scenario
from planner.verification.amounts import TOLERANCE, plain

CENT: Final = Fraction(1, 100)
WRITTEN: Final = Fraction(1, 10**6)
"""How exactly a gap must be written."""


def find_bound_breaches(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    """A bound above the total, a gap that is not theirs, or a status that they do not bear out."""
    if plan.status not in ("optimal", "feasible"):
        yield Breach("status", "plan", f"a plan whose status is {plan.status} places nothing that can be verified")
        return
    if not plan.bound.is_finite() or not plan.gap.is_finite():
        # A search that stopped before any bound was found may say so; it may not claim a proof.
        if plan.status == "optimal" or plan.bound != Decimal("-Infinity"):
            yield Breach("bound", "plan", f"the bound {plan.bound} and the gap {plan.gap} prove nothing")
        return
    yield from _bounded(plan, Fraction(scenario.solver.gap))
    if plan.lawful_from is not None and len(scenario.periods) == 1:
        granted = max((row.lawful_from for row in plan.mechanisms if not row.held), default=plan.lawful_from)
        if plan.lawful_from < granted:
            text = f"the plan calls itself lawful from {plan.lawful_from}, its last mechanism is granted on {granted}"
            yield Breach("lawful_from", "plan", text)


def _bounded(plan: Plan, asked: Fraction) -> Iterator[Breach]:
    total, bound, written = Fraction(plan.total_usd), Fraction(plan.bound), Fraction(plan.gap)
    if bound > total + CENT:
        yield Breach("bound", "plan", f"the bound {plain(bound)} USD exceeds the total {plain(total)} USD")
    gap = max(Fraction(0), total - bound) / max(abs(total), CENT)
    # Under a cent a relative gap says nothing, and its divisor is a matter of taste.
    if abs(total) >= CENT and abs(max(written, Fraction(0)) - gap) > WRITTEN * max(gap, Fraction(1)):
        yield Breach("gap", "plan", f"the plan says {plain(written)}, total and bound give {plain(gap)}")
    if plan.status == "optimal" and bound < total - CENT and gap > asked + TOLERANCE:
        text = f"it is called optimal with a gap of {plain(gap)}, {plain(asked)} is asked for"
        yield Breach("status", "plan", text)
