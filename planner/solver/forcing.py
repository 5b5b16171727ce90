"""Forcing: the cheapest plan that has one component in one region, otherwise close to the present plan."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.errors import NoLawfulPlan
from planner.model.candidates import Candidates
from planner.model.outcome import Outcome, SolverState
from planner.model.plan import Plan
from planner.model.program import Program
from planner.model.scenario import Scenario
from planner.model.units import MICRO
from planner.solver.draft import Draft, Entries
from planner.solver.extraction import extract
from planner.solver.formulate import formulate
from planner.solver.highs import Options, solve
from planner.solver.ranking import limit_breaches
from planner.solver.tie_break import with_cost_row


def search_forced(scenario: Scenario, candidates: Candidates, component: str, region: str, present: Plan) -> Plan:
    """The optimum with the component in the region; raises NoLawfulPlan when nothing remains.

    Among equally cheap plans the one that moves the fewest components of the present plan.
    """
    draft = formulate(scenario, candidates)
    _force(draft, candidates.components.index(component), candidates.regions.index(region))
    if scenario.ranks_breaches:
        limit_breaches(draft, Options())
    program = draft.finish()
    outcome = solve(program.arrays, Options())
    if outcome.state is not SolverState.OPTIMAL:
        raise NoLawfulPlan(outcome)
    cheapest = extract(draft, outcome)
    closest = _closest(draft, program, cheapest, present)
    return closest if closest is not None and closest.total_usd == cheapest.total_usd else cheapest


def _force(draft: Draft, component: int, region: int) -> None:
    column = draft.tables["x"][component, region]
    entries = [Entries([0], np.array([column]))] if column >= 0 else []
    draft.add_rows("forced", {"component": [component], "region": [region]}, entries, lower=1, cause="forced")


def _closest(draft: Draft, program: Program, cheapest: Plan, present: Plan) -> Plan | None:
    bounded = with_cost_row(program, math.ceil(Fraction(cheapest.total_usd) * MICRO))
    second: Outcome = solve(bounded.arrays, Options(), _moves(draft, present))
    return extract(draft, second) if second.state is SolverState.OPTIMAL else None


def _moves(draft: Draft, present: Plan) -> NDArray[np.float64]:
    """Price 1 on every presence that the present plan does not have."""
    homes = {(p.component, p.region) for p in present.placements}
    price = np.zeros(draft.width)
    component, region = np.nonzero(draft.tables["x"] >= 0)
    for k, r in zip(component.tolist(), region.tolist(), strict=True):
        if (draft.candidates.components[k], draft.candidates.regions[r]) not in homes:
            price[draft.tables["x"][k, r]] = 1.0
    return price
