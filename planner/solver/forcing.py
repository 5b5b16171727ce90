"""Forcing: the cheapest plan that has one component in one region, otherwise close to the present plan."""

from __future__ import annotations

import numpy as np

from planner.errors import NoLawfulPlan
from planner.model.candidates import Candidates
from planner.model.outcome import SolverState
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.solver.draft import Draft, Entries
from planner.solver.extraction import extract
from planner.solver.formulate import formulate
from planner.solver.highs import Options
from planner.solver.nearness import closest
from planner.solver.parts import solve_parts
from planner.solver.ranking import limit_breaches


def search_forced(scenario: Scenario, candidates: Candidates, component: str, region: str, present: Plan) -> Plan:
    """The optimum with the component in the region; raises NoLawfulPlan when nothing remains.

    Among equally cheap plans the one that moves the fewest components and copies of the present plan.
    """
    draft = formulate(scenario, candidates)
    _force(draft, candidates.components.index(component), candidates.regions.index(region))
    if scenario.ranks_breaches:
        limit_breaches(draft, Options())
    program = draft.finish()
    outcome = solve_parts(program.arrays)
    if outcome.state is not SolverState.OPTIMAL or outcome.values is None:
        raise NoLawfulPlan(outcome)
    return closest(draft, program, extract(draft, outcome), outcome.values, present, Options())


def _force(draft: Draft, component: int, region: int) -> None:
    column = draft.tables["x"][component, region]
    entries = [Entries([0], np.array([column]))] if column >= 0 else []
    draft.add_rows("forced", {"component": [component], "region": [region]}, entries, lower=1, cause="forced")
