"""Nearness: among equally cheap plans the one that moves the fewest components and copies of a present plan."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.outcome import SolverState
from planner.model.plan import Plan
from planner.model.program import Program
from planner.model.units import MICRO
from planner.solver.draft import Draft
from planner.solver.extraction import extract
from planner.solver.highs import Options
from planner.solver.parts import solve_parts
from planner.solver.tie_break import with_cost_rows, with_integers_fixed


def closest(
    draft: Draft, program: Program, cheapest: Plan, values: NDArray[np.float64], present: Plan, options: Options
) -> Plan:
    """A plan as cheap as the cheapest (`values`), exactly, that stays as near to the present one as that allows."""
    bounded = with_cost_rows(program, math.ceil(Fraction(cheapest.total_usd) * MICRO), values)
    second = solve_parts(bounded.arrays, options, _moves(draft, present))
    if second.values is None or second.state is not SolverState.OPTIMAL:
        return cheapest
    # The cost row leaves half a unit of room, which shares would use: they are settled at least cost afterwards.
    settled = solve_parts(with_integers_fixed(program.arrays, second.values), options)
    found = extract(draft, second if settled.values is None else settled)
    return found if found.total_usd == cheapest.total_usd else cheapest


def _moves(draft: Draft, present: Plan) -> NDArray[np.float64]:
    """Price 1 on every presence and every copy that the present plan does not have."""
    names, regions = draft.candidates, draft.candidates.regions
    homes = {(p.component, p.region) for p in present.placements}
    rests = {(f"{c.dataset}/{c.role}", c.region) for c in present.copies}
    price = np.zeros(draft.width)
    for table, things, there in (("x", names.components, homes), ("b", names.copies, rests)):
        index = draft.tables[table]
        thing, region = np.nonzero(index >= 0)
        for k, r in zip(thing.tolist(), region.tolist(), strict=True):
            if (things[k], regions[r]) not in there:
                price[index[k, r]] = 1.0
    return price
