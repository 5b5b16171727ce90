"""Repricing: the optimum without some rules, several sets of rules at a time on several cores."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from planner.answers.idle import bound_proves, touched
from planner.answers.side_by_side import moves
from planner.candidates.leaving_out import leave_out, only_widens
from planner.errors import VerificationFailed
from planner.model.candidates import Candidates
from planner.model.exact import usd_of
from planner.model.outcome import Outcome, SolverState
from planner.model.plan import Plan
from planner.model.price import Proof
from planner.model.scenario import Scenario
from planner.model.units import MICRO
from planner.solver.search import search, search_near
from planner.verification import find_breaches

Rules = frozenset[str]
SOLVER_INFINITY = 1e100


@dataclass(frozen=True)
class Base:
    """The scenario with all its rules, and its optimum where it has one.

    Attributes:
        plan: the optimum, or the best plan before a limit.
        bound: a proved lower bound on total_usd; minus infinity when nothing is proved.
    """

    scenario: Scenario
    candidates: Candidates
    plan: Plan | None
    state: SolverState
    bound: Decimal


@dataclass(frozen=True)
class Repriced:
    """The optimum without some rules, in USD.

    Attributes:
        total: its cost, None where there is no plan.
        bound: a proved lower bound on it.
        moves: what lives elsewhere than in the plan with all rules.
        widens: whether every plan with the rules is one without them too.
    """

    state: SolverState
    total: Decimal | None
    bound: Decimal
    proof: Proof
    moves: tuple[str, ...] = ()
    widens: bool = True


def base_of(scenario: Scenario, candidates: Candidates) -> Base:
    """The optimum with all rules, verified; a scenario without a plan has a base too."""
    exact = replace(scenario, solver=replace(scenario.solver, gap=Decimal(0)))
    plan, outcome = search(exact, candidates, ties=False)
    if plan is None:
        return Base(exact, candidates, None, outcome.state, Decimal("-Infinity"))
    _check(plan, exact)
    return Base(exact, candidates, plan, outcome.state, plan.bound)


def reprice(base: Base, rules: Rules) -> Repriced:
    """The optimum without the rules: proved to be the same, or solved."""
    scenario, candidates = leave_out(base.scenario, base.candidates, rules)
    widens = only_widens(base.scenario, rules)
    if widens and base.plan is not None and base.state is SolverState.OPTIMAL:
        cells = touched(base.candidates, candidates, rules)
        total = Fraction(base.plan.total_usd) * MICRO
        if cells is not None and bound_proves(scenario, candidates, cells, total):
            return Repriced(base.state, base.plan.total_usd, base.bound, "bound")
    plan, outcome = _solved(base, scenario, candidates)
    if plan is None:
        least = usd_of(Fraction(outcome.bound)) if abs(outcome.bound) < SOLVER_INFINITY else Decimal("-Infinity")
        return Repriced(outcome.state, None, least, "solved", widens=widens)
    _check(plan, scenario)
    moved = () if base.plan is None or plan.total_usd == base.plan.total_usd else moves(base.plan, plan)
    return Repriced(outcome.state, plan.total_usd, plan.bound, "solved", moved, widens)


def _solved(base: Base, scenario: Scenario, candidates: Candidates) -> tuple[Plan | None, Outcome]:
    if base.plan is None:
        return search(scenario, candidates, ties=False)
    return search_near(scenario, candidates, base.plan)


def _check(plan: Plan, scenario: Scenario) -> None:
    breaches = find_breaches(plan, scenario)
    if breaches:
        raise VerificationFailed(breaches)


_base: Base | None = None
"""In a worker: what all its tasks share. Set before the workers are forked, so that nothing is sent to them."""


def reprice_all(base: Base, sets: Sequence[Rules], workers: int) -> list[Repriced]:
    """One answer a set, in order; the same whatever the number of workers.

    Workers are forked, which only Linux does safely; elsewhere, and for a single set, all is done here.
    """
    global _base
    if workers < 2 or len(sets) < 2 or sys.platform != "linux":
        return [reprice(base, rules) for rules in sets]
    _base = base
    try:
        with ProcessPoolExecutor(min(workers, len(sets)), multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_in_worker, sets))
    finally:
        _base = None


def _in_worker(rules: Rules) -> Repriced:
    assert _base is not None
    return reprice(_base, rules)
