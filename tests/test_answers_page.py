"""The page of answers shows what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli.main import COMMANDS, cli

ANSWERS = ("price", "conflict", "flips", "alternatives", "frontier", "readings", "diff")
ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```sh\nplanner (.*?)\n```\n```text\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command.split()[0] for command, _ in SHOWN])
def test_the_lines_shown_are_printed_in_this_order(command: str, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = CliRunner().invoke(cli, shlex.split(command)).output.splitlines()
    at = 0
    for line in output.splitlines():
        assert line in printed[at:], line
        at = printed.index(line, at) + 1


def test_every_answer_has_its_example_and_every_command_named_exists() -> None:
    assert {command.split()[0] for command, _ in SHOWN} == set(ANSWERS)
    assert set(re.findall(r"`planner ([a-z]+)", PAGE)) <= set(COMMANDS)
