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
from planner.verification.quarters import find_quarter_breaches
from planner.verification.routes import find_route_breaches
from planner.verification.rows import find_figures_that_are_none, find_row_breaches
from planner.verification.shares import find_share_breaches
from planner.verification.stock import find_stock_breaches
from planner.verification.users import find_user_breaches

IN_EACH: Final[tuple[Callable[[Claim], Iterator[Breach]], ...]] = (
    find_presence_breaches,
    find_accelerator_breaches,
    find_hall_breaches,
    find_stock_breaches,
    find_capacity_breaches,
    find_copy_breaches,
    find_user_breaches,
    find_share_breaches,
    find_route_breaches,
    find_unlawful,
    find_cost_breaches,
)
"""Checks of a period by itself."""

OF_ONE_ALONE: Final = (find_purchase_breaches, find_mechanism_breaches, find_one_off_breaches)
"""Checks of what is paid once, for a single period; over several it depends on when."""


def find_breaches(plan: Plan, scenario: Scenario) -> tuple[Breach, ...]:
    """Everything the plan gets wrong, sorted; empty when the plan is what it says it is.

    A wrong row is a breach, never an exception. A plan with figures that are no numbers is not added up.
    """
    broken = tuple(find_figures_that_are_none(plan))
    if broken:
        return tuple(sorted(set(broken)))
    return tuple(sorted(set(_find_all(plan, scenario))))


def _find_all(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    yield from find_row_breaches(plan, scenario)
    yield from find_measurement_breaches(scenario)
    if len(scenario.periods) > 1:
        yield from find_quarter_breaches(plan, scenario, IN_EACH)
    else:
        yield from _find_in_one(plan, scenario)
    yield from find_bound_breaches(plan, scenario)


def _find_in_one(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    if plan.quarters or plan.moves:
        yield Breach("quarters", "plan", "a single period is planned, the plan lists several or moves between them")
    claim = Claim(scenario, plan, scenario.periods[0])
    for check in (*IN_EACH, *OF_ONE_ALONE):
        yield from check(claim)
    yield from find_total_breaches(plan)
