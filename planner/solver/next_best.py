"""Next best: for each component the cheapest open region besides its own, with a proved bound on the regret.

The regret of a region is what total_usd rises by when the component has to live there. The relaxation bounds it from
below for every region at once (reduced costs), and more closely for one region at a time (the region forced).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor, inf

from planner.errors import NoLawfulPlan
from planner.model.candidates import Candidates
from planner.model.exact import usd_of
from planner.model.plan import NextBest, Plan
from planner.model.program import Arrays
from planner.model.scenario import Scenario
from planner.model.units import MICRO
from planner.solver.blocks.presence import presence_cost
from planner.solver.bounds import safe_bound
from planner.solver.draft import Draft
from planner.solver.forcing import search_forced
from planner.solver.formulate import formulate
from planner.solver.highs import Relaxation, relax

MOST_WORK = 400_000
"""Components × columns: beyond it reduced costs are all; a count, so that the answer is repeatable."""


@dataclass(frozen=True)
class _Elsewhere:
    """The other open regions of one component.

    Attributes:
        least: total_usd with the component there is at least so many micro-USD.
        own, chosen: what the component itself pays in each, and in its own region, micro-USD a month.
    """

    component: int
    least: dict[int, Fraction]
    own: dict[int, int]
    chosen: int


def with_next_best(draft: Draft, arrays: Arrays, plan: Plan, relaxation: Relaxation) -> Plan:
    """The plan whose evidence bounds the regret of each component's cheapest region besides its own.

    Where breaches are ranked first nothing is bounded: a forced region may need more of them, whatever it costs.
    """
    if draft.scenario.ranks_breaches:
        return plan
    few = len(draft.scenario.components) * len(arrays.lower) <= MOST_WORK
    found = []
    for each in _elsewhere(draft, arrays, plan, relaxation):
        region = min(each.own, key=lambda r: (each.own[r], draft.candidates.regions[r]))
        least = max(each.least[region], _forced(draft, arrays, each.component, region) if few else Fraction(0))
        found.append(_next_best(draft, plan, each, region, least))
    return replace(plan, evidence=replace(plan.evidence, next_best=tuple(found)))


def _elsewhere(draft: Draft, arrays: Arrays, plan: Plan, relaxation: Relaxation) -> Iterator[_Elsewhere]:
    bound, own, x = safe_bound(arrays, relaxation.row_dual), presence_cost(draft), draft.tables["x"]
    keys = draft.candidates.regions
    homes: dict[str, set[str]] = {}
    for placement in plan.placements:
        homes.setdefault(placement.component, set()).add(placement.region)
    for k, component in enumerate(draft.scenario.components):
        here = homes.get(component.id, set())
        others = [r for r in (x[k] >= 0).nonzero()[0].tolist() if keys[r] not in here]
        if component.divisible or not others:
            continue
        least = {r: bound.with_one(int(x[k, r])) for r in others}
        dearest = max(int(own[k, keys.index(key)]) for key in here)
        yield _Elsewhere(k, least, {r: int(own[k, r]) for r in others}, dearest)


def _forced(draft: Draft, arrays: Arrays, component: int, region: int) -> Fraction:
    """The bound of the relaxation with the component in the region."""
    lower = arrays.lower.copy()
    lower[draft.tables["x"][component, region]] = 1
    forced = replace(arrays, lower=lower)
    relaxation = relax(forced)
    return Fraction(0) if relaxation is None else safe_bound(forced, relaxation.row_dual).cost


def _next_best(draft: Draft, plan: Plan, each: _Elsewhere, region: int, least: Fraction) -> NextBest:
    regret = max(least - Fraction(plan.total_usd) * MICRO, Fraction(0))
    return NextBest(
        draft.scenario.components[each.component].id,
        draft.candidates.regions[region],
        usd_of(each.own[region]),
        usd_of(each.chosen),
        Decimal(floor(regret)).scaleb(-6),
    )


def exact_next_best(scenario: Scenario, candidates: Candidates, plan: Plan) -> tuple[NextBest, ...]:
    """For each component the region of least regret, by re-solving; bounds spare those that cannot be it.

    A component that can live nowhere else is left out.
    """
    draft = formulate(scenario, candidates)
    arrays = draft.finish().arrays
    relaxation = relax(arrays)
    if relaxation is None:
        return ()
    found = (_exact(draft, plan, each) for each in _elsewhere(draft, arrays, plan, relaxation))
    return tuple(each for each in found if each is not None)


def _exact(draft: Draft, plan: Plan, each: _Elsewhere) -> NextBest | None:
    keys, best = draft.candidates.regions, None
    cheapest: Fraction | float = inf
    for region in sorted(each.least, key=lambda r: (each.least[r], keys[r])):
        if each.least[region] >= cheapest and not draft.scenario.ranks_breaches:
            break
        try:
            component = draft.candidates.components[each.component]
            forced = search_forced(draft.scenario, draft.candidates, component, keys[region], plan)
        except NoLawfulPlan:
            continue
        total = Fraction(forced.total_usd) * MICRO
        if total < cheapest:
            cheapest = total
            regret = forced.total_usd - plan.total_usd
            found = _next_best(draft, plan, each, region, total)
            best = replace(found, regret_at_least_usd=regret, regret_usd=regret)
    return best
