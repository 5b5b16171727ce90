"""Repairs: the fewest changes after which a plan exists, each as small as it can be, and what the plan then costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.answers.exempting import exemption_step, places_of_rule
from planner.answers.repair_steps import steps_of
from planner.answers.steps import Step, Steps
from planner.candidates.find import find_candidates
from planner.errors import VerificationFailed
from planner.model.candidates import Candidates
from planner.model.conflict import Repair
from planner.model.outcome import SolverState
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.solver.formulate import formulate
from planner.solver.highs import Options, solve
from planner.solver.repairing import Item, lightest
from planner.solver.search import search
from planner.solver.suspects import Suspects
from planner.verification import find_breaches

MOST = 8
EXEMPTIONS = 3
"""So many repairs are offered, and so many that only exempt."""


@dataclass(frozen=True)
class _Offer:
    """Something that may be changed, with its sizes."""

    item: Item
    steps: Steps


def find_repairs(scenario: Scenario, suspects: Suspects) -> tuple[Repair, ...]:
    """Ways out, cheapest first: none with an exemption stands before one without.

    Fewest changes first, then the least total_usd. A `must` gives way only by a mechanism that the scenario calls
    refused, or by an exemption, which is offered as such; without exemptions a repair may not exist.
    """
    candidates = suspects.draft.candidates
    engineered = list(_engineering(scenario, suspects, candidates))
    exempting = list(_exempting(scenario, suspects, 1))
    options = Options(time_limit=None if scenario.solver.time_limit is None else float(scenario.solver.time_limit))
    found = list(_repairs(scenario, suspects, engineered, options, MOST))
    found += _repairs(scenario, suspects, exempting, options, EXEMPTIONS)
    if not found:
        heavy = [replace(o, item=replace(o.item, weight=len(engineered) + 1)) for o in exempting]
        found = list(_repairs(scenario, suspects, [*engineered, *heavy], options, MOST))
    return tuple(sorted(found, key=lambda r: (r.exempts, len(r.changes), r.total_usd, [c.text for c in r.changes])))


def _engineering(scenario: Scenario, suspects: Suspects, candidates: Candidates) -> Iterator[_Offer]:
    for cause in suspects.claims:
        steps = steps_of(cause, scenario, candidates)
        if len(steps):
            yield _Offer(Item(cause, " ".join(filter(None, cause)), 1), steps)


def _exempting(scenario: Scenario, suspects: Suspects, weight: int) -> Iterator[_Offer]:
    """Each rule, in each country or area in which it shuts something."""
    for cause, claim in suspects.claims.items():
        if cause[0] != "rule":
            continue
        rule = next(rule for rule in scenario.rules if rule.id == cause[1])
        touched = {r for r in (*claim.column_regions, *claim.row_regions) if r >= 0}
        for code, regions in places_of_rule(scenario, touched):
            steps = Steps([code], lambda place, rule=rule: exemption_step(rule, place, scenario))  # type: ignore[misc]
            yield _Offer(Item(cause, f"{rule.id} in {code}", weight, regions), steps)


def _repairs(
    scenario: Scenario, suspects: Suspects, offers: Sequence[_Offer], options: Options, most: int
) -> Iterator[Repair]:
    """One repair for each set of fewest changes; those whose plan is not found in time are left out."""
    if not offers:
        return
    for chosen in lightest(suspects, [offer.item for offer in offers], options, most):
        steps = _smallest(scenario, [offers[n].steps for n in sorted(chosen)], options)
        repair = None if steps is None else _planned(scenario, steps)
        if repair is not None:
            yield repair


def _smallest(scenario: Scenario, offered: Sequence[Steps], options: Options) -> list[Step] | None:
    """Each change in turn as small as it can be while those after it are as large as they can be."""
    chosen = [steps[len(steps) - 1] for steps in offered]
    for number, steps in enumerate(offered):
        others = [each for n, each in enumerate(chosen) if n != number]

        def enough(size: int, steps: Steps = steps, others: list[Step] = others) -> bool:
            return _feasible(_edited(scenario, [*others, steps[size]]), options)

        size = _first(enough, len(steps), ordered=steps.ordered)
        if size is None:
            return None
        chosen[number] = steps[size]
    return chosen


def _first(enough, count: int, *, ordered: bool) -> int | None:  # type: ignore[no-untyped-def]
    """The first size that is enough; by halving where every larger one is enough too."""
    if not ordered:
        return next((size for size in range(count) if enough(size)), None)
    if not enough(count - 1):
        return None
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _edited(scenario: Scenario, steps: Sequence[Step]) -> Scenario:
    for step in steps:
        scenario = step.edit(scenario)
    return scenario


def _feasible(scenario: Scenario, options: Options) -> bool:
    arrays = formulate(scenario, find_candidates(scenario)).finish().arrays
    return solve(replace(arrays, cost=0 * arrays.cost), options).state is SolverState.OPTIMAL


def _planned(scenario: Scenario, steps: Sequence[Step]) -> Repair | None:
    """The repair with the verified plan it leads to."""
    mended = _edited(scenario, steps)
    plan, outcome = search(mended, find_candidates(mended), ties=False)
    if plan is None:
        return None
    breaches = find_breaches(plan, mended)
    if breaches:
        raise VerificationFailed(breaches)
    changes = tuple(step.change for step in steps)
    return Repair(changes, outcome.state.value, plan.total_usd_month, plan.total_usd, _buys(plan, mended))


def _buys(plan: Plan, scenario: Scenario) -> tuple[str, ...]:
    mechanisms = scenario.vocabulary.mechanisms
    return tuple(
        f"buy {m.id} for {m.entity}"
        + (f" ({m.key})" if m.key else "")
        + f": USD {m.cash_usd:,.0f}, {mechanisms[m.id].lead_days} days"
        for m in plan.mechanisms
        if not m.held
    )
