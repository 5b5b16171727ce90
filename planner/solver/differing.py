"""Differing: among plans that cost at most so much, one that stands elsewhere in as many things as possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Candidates
from planner.model.outcome import SolverState
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.solver.draft import Draft, Entries
from planner.solver.extraction import extract
from planner.solver.formulate import formulate
from planner.solver.highs import Options
from planner.solver.parts import solve_parts

Found = tuple[Plan, int] | None


def most_different(scenario: Scenario, candidates: Candidates, plans: Sequence[Plan], most: int) -> Found:
    """The cheapest plan among those that cost at most `most` micro-USD and differ most from each plan given.

    The difference of two plans is the number of places (component or copy, and region) of the first that the second
    leaves. Returns the plan with the least of its differences; None where every plan stands as one of them does.
    """
    draft = formulate(scenario, candidates)
    cost = draft.finish().arrays.cost
    places = [_places(draft, plan) for plan in plans]
    far = draft.add_columns("far", {"rank": [0]}, upper=min(len(each) for each in places), integer=True)
    for number, columns in enumerate(places):
        # Σ (1 − x) over its places ≥ far
        entries = [Entries([0] * len(columns), columns), Entries([0], far)]
        draft.add_rows("differs", {"plan": [number]}, entries, upper=len(columns))
    draft.add_rows(
        "within", {"rank": [0]}, [Entries(np.zeros(len(cost), dtype=np.int64), np.arange(len(cost)), cost)], upper=most
    )
    arrays = draft.finish().arrays
    furthest = np.zeros(len(arrays.cost))
    furthest[far[0]] = -1.0
    first = solve_parts(arrays, Options(), furthest)
    if first.values is None or first.state is not SolverState.OPTIMAL:
        return None
    distance = round(float(first.values[far[0]]))
    if distance < 1:
        return None
    return _cheapest_so_far(draft, int(far[0]), distance), distance


def _places(draft: Draft, plan: Plan) -> NDArray[np.int64]:
    """Columns x and b that a plan has chosen."""
    names = draft.candidates
    component, copy, region = (
        {n: i for i, n in enumerate(each)} for each in (names.components, names.copies, names.regions)
    )
    runs = [draft.tables["x"][component[p.component], region[p.region]] for p in plan.placements]
    rests = [draft.tables["b"][copy[f"{c.dataset}/{c.role}"], region[c.region]] for c in plan.copies]
    found = np.unique(np.array([*runs, *rests], dtype=np.int64))
    return found[found >= 0]


def _cheapest_so_far(draft: Draft, far: int, distance: int) -> Plan:
    """The cheapest plan that differs at least so much."""
    arrays = draft.finish().arrays
    lower = arrays.lower.copy()
    lower[far] = distance
    outcome = solve_parts(replace(arrays, lower=lower))
    assert outcome.values is not None
    return extract(draft, outcome)
