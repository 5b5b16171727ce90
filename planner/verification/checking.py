"""Checking: a plan beside the scenario it answers, recomputed from the meaning, never from the linear program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from planner.model.plan import Breach, Plan
from planner.model.scenario import Scenario
from planner.verification.accelerators import find_accelerator_breaches
from planner.verification.bounds import find_bound_breaches
from planner.verification.buying import find_purchase_breaches
from planner.verification.capacity import find_capacity_breaches
from planner.verification.claim import Claim
from planner.verification.copies import find_copy_breaches
from planner.verification.costs import find_cost_breaches, find_total_breaches
from planner.verification.halls import find_hall_breaches
from planner.verification.lawfulness import find_unlawful
from planner.verification.measurements import find_measurement_breaches
from planner.verification.mechanisms import find_mechanism_breaches
from planner.verification.one_offs import find_one_off_breaches
from planner.verification.presence import find_presence_breaches
from planner.verification.routes import find_route_breaches
from planner.verification.rows import find_figures_that_are_none, find_row_breaches
from planner.verification.shares import find_share_breaches
from planner.verification.stock import find_stock_breaches
from planner.verification.users import find_user_breaches

CHECKS: Final[tuple[Callable[[Claim], Iterator[Breach]], ...]] = (
    find_presence_breaches,
    find_accelerator_breaches,
    find_hall_breaches,
    find_stock_breaches,
    find_purchase_breaches,
    find_capacity_breaches,
    find_copy_breaches,
    find_user_breaches,
    find_share_breaches,
    find_route_breaches,
    find_mechanism_breaches,
    find_unlawful,
    find_cost_breaches,
    find_one_off_breaches,
)


def find_breaches(plan: Plan, scenario: Scenario) -> tuple[Breach, ...]:
    """Everything the plan gets wrong, sorted; empty when the plan is what it says it is.

    A wrong row is a breach, never an exception. A plan with figures that are no numbers is not added up.
    """
    broken = tuple(find_figures_that_are_none(plan))
    if broken:
        return tuple(sorted(set(broken)))
    return tuple(sorted(set(_find_all(plan, scenario))))


def _find_all(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    if len(scenario.periods) != 1:
        # Cost lines, one-offs and mechanisms have a meaning for one period alone so far: fail closed.
        yield Breach("horizon", "plan", f"{len(scenario.periods)} periods are planned, the verifier can check 1")
    yield from find_row_breaches(plan, scenario)
    yield from find_measurement_breaches(scenario)
    for period in scenario.periods:
        claim = Claim(scenario, plan, period)
        for check in CHECKS:
            yield from check(claim)
    yield from find_total_breaches(plan)
    yield from find_bound_breaches(plan, scenario)
