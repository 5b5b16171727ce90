"""Ties: regions where some plan with a component there costs the same to the cent.

Sought by a re-solve, and only for regions whose cost lines for the component equal those of the chosen one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planner.model.outcome import SolverState
from planner.model.plan import Plan
from planner.model.program import Arrays
from planner.model.units import CENT, MICRO
from planner.solver.blocks.presence import own_cost
from planner.solver.draft import Draft
from planner.solver.highs import Options, Relaxation, solve

Candidate = tuple[str, str, int]
MOST_WORK = 15_000
"""Candidates × columns: beyond it no tie is sought, and the plan says so. A count, so that the answer is repeatable."""


def with_ties(draft: Draft, arrays: Arrays, plan: Plan, relaxation: Relaxation | None) -> Plan:
    """The plan with `tied_with` filled in for components that live in one region."""
    limit = float(plan.total_usd) * MICRO + CENT / 2
    wanted = _not_ruled_out(_candidates(draft, plan), relaxation, limit)
    if len(wanted) * len(arrays.lower) > MOST_WORK:
        said = f"{plan.evidence.tie_break}; ties not sought ({len(wanted)} candidates)"
        return replace(plan, evidence=replace(plan.evidence, tie_break=said))
    tied: dict[str, list[str]] = {}
    for component, region, column in wanted:
        lower = arrays.lower.copy()
        lower[column] = 1
        outcome = solve(replace(arrays, lower=lower), Options())
        if outcome.state is SolverState.OPTIMAL and outcome.objective <= limit:
            tied.setdefault(component, []).append(region)
    placements = tuple(replace(p, tied_with=tuple(tied.get(p.component, ()))) for p in plan.placements)
    return replace(plan, placements=placements)


def _not_ruled_out(wanted: list[Candidate], relaxation: Relaxation | None, limit: float) -> list[Candidate]:
    """Candidates that the relaxation does not already prove dearer: bound + reduced cost stays within the limit."""
    if relaxation is None:
        return wanted
    room = limit - relaxation.objective + CENT
    return [each for each in wanted if relaxation.reduced_cost[each[2]] <= room]


def _candidates(draft: Draft, plan: Plan) -> list[Candidate]:
    """(component, other region, column) with equal own cost."""
    own, x = own_cost(draft), draft.tables["x"]
    regions = {name: n for n, name in enumerate(draft.candidates.regions)}
    homes: dict[str, set[str]] = {}
    for p in plan.placements:
        homes.setdefault(p.component, set()).add(p.region)
    out = []
    for k, component in enumerate(draft.scenario.components):
        here = homes[component.id]
        if component.divisible or len(here) != 1:
            continue
        chosen = regions[next(iter(here))]
        for r in _equal(own[k], x[k], chosen).tolist():
            out.append((component.id, draft.candidates.regions[r], int(x[k, r])))
    return out


def _equal(own: NDArray[np.int64], x: NDArray[np.int64], chosen: int) -> NDArray[np.int64]:
    same = (np.abs(own - own[chosen]) <= CENT // 2) & (x >= 0)
    same[chosen] = False
    return np.flatnonzero(same)
