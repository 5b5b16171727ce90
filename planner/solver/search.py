"""Search: from candidates to an outcome and a plan: solve, settle ties, prove infeasibility, read back."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Candidates
from planner.model.outcome import Outcome, SolverState
from planner.model.plan import Plan
from planner.model.program import Arrays, Program
from planner.model.scenario import Scenario
from planner.model.units import CENT, MICRO
from planner.solver.calm import calmest, solve_calm
from planner.solver.draft import Draft
from planner.solver.elastic import VIOLATED, least_violation
from planner.solver.formulate import formulate
from planner.solver.highs import Options, Progress, relax
from planner.solver.nearness import closest
from planner.solver.next_best import with_next_best
from planner.solver.parts import solve_parts
from planner.solver.pulp_door import solve_with_pulp
from planner.solver.quarters import extract_all
from planner.solver.ranking import formulate_ranked
from planner.solver.tie_break import ranks, with_cost_rows, with_integers_fixed
from planner.solver.ties import with_ties


def search(
    scenario: Scenario,
    candidates: Candidates,
    *,
    solver: str = "highs",
    progress: Progress | None = None,
    ties: bool = True,
) -> tuple[Plan | None, Outcome]:
    """The cheapest plan found and the outcome that says what was proved.

    Args:
        scenario: the question; `scenario.solver` gives gap and time limit.
        candidates: tables of the same scenario.
        solver: `highs`, or `pulp:NAME` for any solver that PuLP knows.
        progress: called with seconds, best cost and bound while HiGHS searches.
        ties: whether to seek the regions that cost the same (only where the optimum is proved at gap 0).
    """
    started = time.perf_counter()
    options = _options(scenario, progress)
    draft = formulate_ranked(scenario, candidates, options)
    program = draft.finish()
    plan, outcome = _first(draft, _solve(draft, program, options, solver), options)
    if plan is None:
        return None, outcome
    if draft.layers and not options.gap:
        plan = calmest(draft, program, plan, outcome, _left(options, started))
    elif outcome.state is SolverState.OPTIMAL and not options.gap:
        outcome, plan = _canonical(draft, program, outcome, plan, options, started, solver)
        in_time = options.time_limit is None or time.perf_counter() - started < options.time_limit / 4
        if ties and solver == "highs" and in_time:
            plan = _with_alternatives(draft, program.arrays, plan)
    return replace(plan, status=outcome.state.value), outcome


def _with_alternatives(draft: Draft, arrays: Arrays, plan: Plan) -> Plan:
    """The plan with the places that cost the same, and the next best ones with what they cost at least."""
    relaxation = relax(arrays)
    plan = with_ties(draft, arrays, plan, relaxation)
    return plan if relaxation is None else with_next_best(draft, arrays, plan, relaxation)


def search_near(scenario: Scenario, candidates: Candidates, present: Plan) -> tuple[Plan | None, Outcome]:
    """As `search`; of equally cheap plans the one that moves least of a present plan."""
    if len(candidates.periods) > 1:
        return search(scenario, candidates, ties=False)
    options = _options(scenario, None)
    draft = formulate_ranked(scenario, candidates, options)
    program = draft.finish()
    plan, outcome = _first(draft, solve_parts(program.arrays, options), options)
    if plan is not None and outcome.values is not None and outcome.state is SolverState.OPTIMAL:
        plan = closest(draft, program, plan, outcome.values, present, options)
    return plan and replace(plan, status=outcome.state.value), outcome


def _first(draft: Draft, outcome: Outcome, options: Options) -> tuple[Plan | None, Outcome]:
    """What a first solve found, with a state that says no more than was proved."""
    if outcome.state is SolverState.INFEASIBLE:
        return None, _proved(outcome, draft.scenario, draft.candidates, options)
    if outcome.values is None:
        return None, outcome
    plan = extract_all(draft, outcome)
    return plan, _honest(outcome, plan, options)


def plan_from_values(scenario: Scenario, candidates: Candidates, values: NDArray[np.float64]) -> Plan:
    """The plan that column values of the scenario's program describe; nothing is proved about its cost."""
    draft = formulate(scenario, candidates)
    outcome = Outcome(SolverState.FEASIBLE, values, math.nan, -math.inf, "values given")
    return extract_all(draft, outcome)


def _options(scenario: Scenario, progress: Progress | None) -> Options:
    limit = scenario.solver.time_limit
    return Options(float(scenario.solver.gap), None if limit is None else float(limit), progress=progress)


def _solve(draft: Draft, program: Program, options: Options, solver: str) -> Outcome:
    if solver.startswith("pulp:"):
        return solve_with_pulp(program, solver.removeprefix("pulp:"), options)
    return solve_calm(draft, program, options) if draft.layers and options.gap else solve_parts(program.arrays, options)


def _honest(outcome: Outcome, plan: Plan, options: Options) -> Outcome:
    """`optimal` only where the bound proves it for the exact cost of the plan."""
    near = float(plan.total_usd - plan.bound) * MICRO <= CENT
    proved = near or float(plan.gap) <= options.gap
    return replace(outcome, state=SolverState.OPTIMAL if proved else SolverState.FEASIBLE)


def _proved(outcome: Outcome, scenario: Scenario, candidates: Candidates, options: Options) -> Outcome:
    """`infeasible` is said only when the elastic program confirms it."""
    violation = least_violation(scenario, candidates, options.time_limit)
    if math.isnan(violation) or violation <= VIOLATED:
        return replace(outcome, state=SolverState.UNSOLVED, bound=-math.inf, least_violation=violation)
    return replace(outcome, least_violation=violation)


def _canonical(
    draft: Draft, program: Program, outcome: Outcome, plan: Plan, options: Options, started: float, solver: str
) -> tuple[Outcome, Plan]:
    """Among equally cheap plans the one with the least sum of hashes; kept only when its exact cost is the same."""
    rank = ranks(program, draft.candidates)
    exact = Fraction(plan.total_usd) * MICRO
    left = _left(options, started).time_limit
    first = outcome.values
    if solver != "highs" or first is None or not np.any(rank):
        word = "not needed" if solver == "highs" else "not sought"
        return replace(outcome, tie_break=word), _settled(plan, word)
    bounded = with_cost_rows(program, math.ceil(exact), first).arrays
    second = solve_parts(bounded, replace(options, time_limit=left, progress=None), rank)
    if second.values is not None and second.state is SolverState.OPTIMAL:
        # The cost row leaves half a unit of room, which shares would use: they are settled at least cost afterwards.
        settled = solve_parts(with_integers_fixed(program.arrays, second.values), replace(options, progress=None))
        values = second.values if settled.values is None else settled.values
        other = extract_all(draft, replace(outcome, values=values))
        if other.total_usd == plan.total_usd:
            return replace(outcome, values=values, tie_break="completed"), _settled(other, "completed")
    return replace(outcome, tie_break="not completed"), _settled(plan, "not completed")


def _left(options: Options, started: float) -> Options:
    """The same without progress, in the time that is left."""
    limit = options.time_limit
    left = None if limit is None else max(limit - (time.perf_counter() - started), 0.1)
    return replace(options, time_limit=left, progress=None)


def _settled(plan: Plan, word: str) -> Plan:
    """The plan with its evidence saying how ties were settled."""
    return replace(plan, evidence=replace(plan.evidence, tie_break=word))
