"""The program in a notebook: ranked breaches hold there too."""

from __future__ import annotations

from pathlib import Path

from planner import plan, program, read_back, read_scenario
from planner.desk.scenarios import Scenario
from tests.solver.test_should_rules import RULE, WORLD


def ranked(folder: Path) -> Scenario:
    (folder / "wish.yaml").write_text(RULE.replace("PENALTY", "1"))
    (folder / "world.yaml").write_text(WORLD.replace("objectives: [cost]", "objectives: [should-breaches, cost]"))
    return read_scenario(folder / "world.yaml")


def test_a_notebooks_own_problem_has_no_free_breaches(tmp_path: Path) -> None:
    world = ranked(tmp_path)
    problem = program(world).to_pulp()
    problem.solve()
    mine = read_back(problem)
    assert mine.total_usd == plan(world).total_usd == 200
    assert set(mine.placements["region"]) == {"p:home"}
