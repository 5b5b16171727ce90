"""README and docs tell the truth."""

from __future__ import annotations

import re
from pathlib import Path

from planner import plan, program, read_back, read_scenario
from planner.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def test_ci_runs_the_readmes_test_command_word_for_word() -> None:
    command = re.search(r"^python3 -m venv .* -m pytest .*$", README, re.MULTILINE)
    assert command
    assert command[0] in (ROOT / ".ci" / "run").read_text()


def test_the_readmes_answer_is_the_answer() -> None:
    text = str(plan(read_scenario(ROOT / "scenarios" / "tng-ewallet.yaml")))
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown
    for line in shown[1].strip().splitlines():
        assert line in text


def test_every_command_of_the_readme_exists() -> None:
    for name in re.findall(r"`planner ([a-z]+)", README):
        assert name in COMMANDS


def test_the_readmes_own_constraint_gives_a_verified_plan() -> None:
    scenario = read_scenario(ROOT / "scenarios" / "tng-ewallet.yaml")
    problem = program(scenario).to_pulp()
    lp = problem.problem
    lp += problem.variable("data/lakehouse", "alibaba:ap-southeast-8") == 1
    problem.solve()
    mine = read_back(problem)
    lakehouse = mine.placements[mine.placements["component"] == "data/lakehouse"]
    assert set(lakehouse["region"]) == {"alibaba:ap-southeast-8"}
    assert mine.total_usd >= plan(scenario).total_usd
