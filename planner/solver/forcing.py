"""Forcing: the cheapest plan that has one component in one region."""

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
from planner.solver.highs import Options, solve


def search_forced(scenario: Scenario, candidates: Candidates, component: str, region: str) -> Plan:
    """The optimum with the component in the region; raises NoLawfulPlan when nothing remains."""
    draft = formulate(scenario, candidates)
    _force(draft, candidates.components.index(component), candidates.regions.index(region))
    outcome = solve(draft.finish().arrays, Options())
    if outcome.state is not SolverState.OPTIMAL:
        raise NoLawfulPlan(outcome)
    return extract(draft, outcome)


def _force(draft: Draft, component: int, region: int) -> None:
    column = draft.tables["x"][component, region]
    entries = [Entries([0], np.array([column]))] if column >= 0 else []
    draft.add_rows("forced", {"component": [component], "region": [region]}, entries, lower=1, cause="forced")
