"""Calm: of plans over several periods that cost no more than the one found, one that moves least."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.outcome import Outcome, SolverState
from planner.model.plan import Plan
from planner.model.program import Program
from planner.model.units import MICRO
from planner.solver.draft import Draft
from planner.solver.highs import Options
from planner.solver.links.movers import find_movers
from planner.solver.parts import solve_parts
from planner.solver.quarters import extract_all, rounding
from planner.solver.tie_break import with_cost_rows, with_integers_fixed

LONGEST = 60.0
"""Seconds: a plan that was hard to find is not made calmer for longer than that."""
NUDGE = MICRO
"""Micro-USD that the search counts for a move where a gap is asked for: it breaks ties between like quarters."""


def solve_calm(draft: Draft, program: Program, options: Options) -> Outcome:
    """As `solve_parts`, with a nudge against moves; the bound is made to hold without it."""
    nudged = program.arrays.cost + NUDGE * _entries(program)
    outcome = solve_parts(program.arrays, options, nudged)
    most = sum(
        1 if mover.is_copy else draft.scenario.components[mover.index].regions.max for mover in find_movers(draft)
    )
    return replace(outcome, bound=outcome.bound - NUDGE * most * len(draft.layers))


def calmest(draft: Draft, program: Program, plan: Plan, outcome: Outcome, options: Options) -> Plan:
    """The plan with the fewest entries into regions among those that cost no more; else the plan as it is."""
    rank = _entries(program)
    if outcome.values is None or not rank.any() or not plan.moves:
        return plan
    slack = rounding(draft)
    most = math.ceil(Fraction(plan.total_usd) * MICRO) + slack
    bounded = with_cost_rows(program, most, outcome.values).arrays
    left = LONGEST if options.time_limit is None else min(options.time_limit, LONGEST)
    second = solve_parts(bounded, replace(options, gap=0.0, time_limit=left), rank)
    if second.values is None:
        return _marked(plan, "not completed")
    settled = solve_parts(with_integers_fixed(program.arrays, second.values), options)
    values = second.values if settled.values is None else settled.values
    other = extract_all(draft, replace(outcome, values=values))
    if (other.total_usd - plan.total_usd) * MICRO > slack or len(other.moves) > len(plan.moves):
        return _marked(plan, "not completed")
    done = second.state is SolverState.OPTIMAL
    return _marked(replace(other, status=plan.status), "completed" if done else "not completed")


def _entries(program: Program) -> NDArray[np.float64]:
    return np.concatenate([np.full(block.size, float(block.name == "moved")) for block in program.columns])


def _marked(plan: Plan, word: str) -> Plan:
    return replace(plan, evidence=replace(plan.evidence, tie_break=word))
