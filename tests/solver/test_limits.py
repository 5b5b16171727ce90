"""Stopped early, directly or through PuLP: nothing is called proved that is not."""

from __future__ import annotations

from decimal import Decimal

import pulp
import pytest

from planner.candidates.find import find_candidates
from planner.errors import Unsolved
from planner.model.outcome import Outcome, SolverState
from planner.model.program import Program
from planner.model.question import SolverSettings
from planner.planning import plan
from planner.solver.formulate import program_of
from planner.solver.highs import Options, solve
from planner.solver.pulp_door import solve_with_pulp
from tests.solver.hard_world import hard_world

CENT = 10_000
"""Micro-dollars."""

SEED = 5
DOORS = ["highs", *(f"pulp:{name}" for name in pulp.listSolvers(onlyAvailable=True))]
SHORT = Options(time_limit=0.2)


@pytest.fixture(scope="module")
def hard() -> Program:
    world = hard_world(SEED)
    return program_of(world, find_candidates(world))


@pytest.fixture(scope="module")
def longer(hard: Program) -> Outcome:
    """What more time finds: its cost is above the optimum, its bound below."""
    outcome = solve(hard.arrays, Options(time_limit=4.0))
    assert outcome.values is not None
    return outcome


def through(door: str, program: Program, options: Options) -> Outcome:
    return solve(program.arrays, options) if door == "highs" else solve_with_pulp(program, door[5:], options)


@pytest.mark.parametrize("door", DOORS)
def test_a_search_cut_short_is_not_called_optimal(door: str, hard: Program, longer: Outcome) -> None:
    outcome = through(door, hard, SHORT)
    proved = outcome.bound >= outcome.objective - CENT
    assert outcome.state is not SolverState.INFEASIBLE
    assert outcome.state is not SolverState.OPTIMAL or proved
    if outcome.values is not None:
        assert outcome.bound <= longer.objective + CENT


@pytest.mark.parametrize("door", DOORS)
def test_a_gap_that_is_allowed_does_not_raise_the_bound(door: str, hard: Program, longer: Outcome) -> None:
    outcome = through(door, hard, Options(gap=0.3))
    assert outcome.values is not None
    assert outcome.objective >= longer.bound - CENT
    assert outcome.bound <= longer.objective + CENT


def test_a_plan_found_before_the_limit_is_kept_through_either_door(hard: Program) -> None:
    options = Options(time_limit=1.0)
    direct, behind_pulp = solve(hard.arrays, options), solve_with_pulp(hard, "HiGHS", options)
    assert direct.state is SolverState.FEASIBLE
    assert behind_pulp.state is SolverState.FEASIBLE


@pytest.mark.parametrize("door", DOORS)
def test_a_plan_of_a_search_cut_short_says_what_was_proved(door: str) -> None:
    world = hard_world(SEED, SolverSettings(time_limit=Decimal("0.2")))
    try:
        found = plan(world, solver=door).plan
    except Unsolved:
        return
    assert found.status != "optimal" or found.bound >= found.total_usd - Decimal("0.01")
