"""The same program through PuLP, whichever generation is installed, and directly: the same state and the same cost."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.candidates.find import find_candidates
from planner.errors import NoLawfulPlan
from planner.model.outcome import Outcome, SolverState
from planner.model.program import Program
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.scenarios import read_scenario
from planner.rules.forbid import Forbid
from planner.solver.formulate import program_of
from planner.solver.highs import Options, solve
from planner.solver.pulp_door import read_outcome, solve_with_pulp, solver_named, to_pulp
from tests.oracles.small_world import component, region, rule, scenario
from tests.solver.reading_mps import difference
from tests.solver.worlds import random_world, shipped_scenarios

CENT = 10_000
"""Micro-dollars."""

SHIPPED = shipped_scenarios()


def program_of_world(world: Scenario) -> Program:
    return program_of(world, find_candidates(world))


def agree(one: Outcome, other: Outcome) -> bool:
    same_cost = one.values is None or abs(one.objective - other.objective) <= CENT
    return one.state is other.state and same_cost


@pytest.mark.parametrize("first", range(0, 100, 25))
def test_random_programs_have_one_optimum_through_either_door(first: int, tmp_path: Path) -> None:
    wrong = {}
    for seed in range(first, first + 25):
        program = program_of_world(random_world(seed, tmp_path))
        if program.n_columns:
            direct, through = solve(program.arrays), solve_with_pulp(program, "HiGHS", Options())
            if not agree(direct, through):
                wrong[seed] = (direct.state, direct.objective, through.state, through.objective)
    assert not wrong


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios_have_one_answer_through_either_door(path: Path) -> None:
    world = read_scenario(path)
    program = program_of_world(world)
    assert agree(solve(program.arrays), solve_with_pulp(program, "HiGHS", Options()))
    try:
        direct = plan(world).plan
    except NoLawfulPlan:
        with pytest.raises(NoLawfulPlan):
            plan(world, solver="pulp:HiGHS")
        return
    assert plan(world, solver="pulp:HiGHS").plan.total_usd == direct.total_usd


def test_a_program_without_columns_goes_through_pulp_too() -> None:
    # the only region is refused, so there is nothing to decide and nothing that could be decided
    world = scenario([component("a")], [region("r1")], rules=(rule(Forbid(("*",))),))
    program = program_of_world(world)
    assert program.n_columns == 0
    assert solve(program.arrays).state is SolverState.INFEASIBLE
    assert solve_with_pulp(program, "HiGHS", Options()).state is SolverState.INFEASIBLE


@pytest.mark.parametrize("first", range(0, 100, 25))
def test_what_pulp_writes_as_mps_is_the_program(first: int, tmp_path: Path) -> None:
    programs = {seed: program_of_world(random_world(seed, tmp_path)) for seed in range(first, first + 25)}
    mps = tmp_path / "program.mps"
    wrong = {seed: text for seed, each in programs.items() if each.n_columns and (text := difference(each, mps))}
    assert not wrong


# asean-2026 is all the others together and its text alone takes a minute; it is solved through PuLP above.
@pytest.mark.parametrize("path", [p for p in SHIPPED if p.stem != "asean-2026"], ids=lambda path: path.stem)
def test_a_shipped_scenario_survives_mps(path: Path, tmp_path: Path) -> None:
    assert difference(program_of_world(read_scenario(path)), tmp_path / "program.mps") == ""


def test_a_constraint_added_to_the_pulp_problem_binds() -> None:
    program = program_of_world(scenario([component("a")], [region("r1"), region("r2", "2")]))
    built = to_pulp(program)
    problem, in_r1 = built.problem, built.variables[built.names.index("x[0,0]")]
    problem += in_r1 == 0, "not_in_r1"
    result = problem.solve(solver_named("HiGHS", Options()))
    outcome = read_outcome(built, result, "HiGHS", 0.0, Options())
    assert outcome.objective == pytest.approx(2 * 730 * 1e6)
