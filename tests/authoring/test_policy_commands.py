"""The commands: words in, words out, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from planner.cli.main import cli
from planner.cli.policy import TOOLS
from planner.errors import InputFaults
from planner.reading import library
from tests.authoring.small_world import SCENARIO
from tests.authoring.worlds import RULE_TEXT, policy_folder

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `planner policy …` in a folder with its own small law; gives exit code and output."""
    policy_folder(tmp_path / "policies")
    (tmp_path / "regions").mkdir()
    (tmp_path / "small.yaml").write_text(SCENARIO)
    monkeypatch.setattr(library, "data_root", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str]:
        code = cli.main(["policy", *words], standalone_mode=False)
        return code or 0, capsys.readouterr().out

    return call


def write(text: str) -> None:
    Path("policies/law/my.yaml").write_text(text)


def pasted(text: str) -> list[str]:
    """The lines of suggestions as an author would paste them."""
    return [line for line in text.splitlines() if line.startswith("      ")]


def test_help_lists_every_tool(run: Run) -> None:
    text = run("--help")[1]
    assert all(name in text for name in TOOLS)


def test_cases_that_pass_exit_with_zero_and_a_failing_one_with_one(run: Run) -> None:
    assert run("test") == (0, "2 passed, 0 failed\n")
    write(RULE_TEXT.replace("expect: allow", "expect: deny"))
    code, text = run("test")
    assert code == 1
    assert "policies/law/my.yaml:15: my-one: at home: expected deny, found allow" in text


def test_a_mutant_that_survives_exits_with_one_and_suggestions_make_it_zero(run: Run) -> None:
    code, text = run("test", "--mutate")
    assert code == 1
    assert "SURVIVES policies/law/my.yaml:4: my-one: when without regulated_by" in text
    _, text = run("test", "--suggest")
    write(RULE_TEXT + "\n".join(pasted(text)) + "\n")
    assert run("test", "--mutate")[0] == 0


def test_every_format_of_test_parses(run: Run) -> None:
    document = json.loads(run("test", "--suggest", "--format", "json")[1])
    assert document["mutants"]["survive"] == len(document["survivors"]) > 0
    assert ElementTree.fromstring(run("test", "--mutate", "--format", "junit")[1]).tag == "testsuite"
    assert run("test", "--mutate", "--format", "github")[1].startswith("::error file=policies/law/my.yaml,line=4")
    assert "| where | finding |" in run("test", "--mutate", "--format", "markdown")[1]


def test_lint_exits_with_one_on_errors_alone(run: Run) -> None:
    code, text = run("lint", "--as-of", "2026-11-23")
    assert code == 1
    assert "R111" in text
    assert json.loads(run("lint", "--format", "sarif")[1])["version"] == "2.1.0"
    assert "::notice" in run("lint", "--format", "github")[1]
    write(RULE_TEXT + "\n".join(pasted(run("test", "--suggest")[1])) + "\n")
    code, text = run("lint")
    assert code == 0
    assert text.count("note[R115]") == 2  # no rule names one of the two data classes
    assert text.splitlines()[-1] == "0 errors, 0 warnings, 3 notes"


def test_explain_names_the_fact_and_the_source(run: Run) -> None:
    code, text = run("explain", "small.yaml", "--component", "dataset:book", "--region", "toy:sg", "--verb", "store")
    assert code == 0
    assert "my-one: refuses to store dataset:book in toy:sg" in text
    assert "regulated_by BNM met: it is BNM" in text
    assert "An Act [secondary, checked 2026-11-23] (policies/law/my.yaml:4:5)" in text
    assert (
        "1 more do not bear"
        in run("explain", "small.yaml", "--component", "w/db", "--region", "toy:sg", "--verb", "process")[1]
    )


def test_table_has_a_mark_for_each_reason(run: Run) -> None:
    text = run("table", "small.yaml")[1]
    assert "deny: my-one" in text
    assert len(json.loads(run("table", "small.yaml", "--format", "json")[1])["cells"]) == 4
    assert run("table", "small.yaml", "--format", "csv")[1].splitlines()[0].startswith("thing,region,answer")


def test_diff_is_silent_about_layout_and_prices_an_edit(run: Run, tmp_path: Path) -> None:
    policy_folder(tmp_path / "edited", RULE_TEXT.replace("[{from: 2025-01-01}]", "[ {from: 2025-01-01} ]"))
    assert run("diff", "policies", "edited", "--exit-code") == (0, "no change in meaning\n")
    policy_folder(tmp_path / "edited", RULE_TEXT.replace("confine: {in: [MY]}", "confine: {in: [MY, SG]}"))
    code, text = run("diff", "policies", "edited", "--exit-code", "--scenario", "small.yaml")
    assert code == 1
    assert "deny → allow: {verb: store, located_in: SG, regulated_by: BNM}" in text
    assert "USD -10.00 a month, USD +0.00 once" in text
    assert "moves dataset:book/primary: toy:my → toy:sg" in text
    assert "| `my-one` | changed | deny | allow |" in run("diff", "policies", "edited", "--format", "markdown")[1]


def test_fmt_checks_writes_and_then_has_nothing_to_do(run: Run) -> None:
    write(RULE_TEXT.replace("[{from: 2025-01-01}]", "[ {from: 2025-01-01} ]"))
    assert run("fmt", "policies", "--check")[0] == 1
    assert run("fmt", "policies")[0] == 0
    assert Path("policies/law/my.yaml").read_text() == RULE_TEXT
    assert run("fmt", "policies", "--check")[0] == 0


NEW = (
    "--title",
    "A cage",
    "--law-of",
    "MY",
    "--when",
    "regulated_by=BNM",
    "--effect",
    "confine MY",
    "--cite",
    "An Act",
)


def test_new_writes_a_rule_that_passes_its_two_cases_and_never_overwrites(run: Run) -> None:
    assert run("new", "cage.yaml", *NEW)[0] == 0
    assert run("test", "cage.yaml")[1] == "2 passed, 0 failed\n"
    with pytest.raises(click.UsageError, match="is there already"):
        run("new", "cage.yaml", *NEW)


def test_new_refuses_a_word_that_is_not_known(run: Run) -> None:
    wrong = [word.replace("BNM", "BNX") for word in NEW]
    with pytest.raises(InputFaults, match="did you mean 'BNM'"):
        run("new", "cage.yaml", *wrong)
    assert not Path("cage.yaml").exists()


def test_stale_lists_old_checks(run: Run) -> None:
    assert run("stale", "--as-of", "2026-12-01", "--exit-code")[0] == 0
    code, text = run("stale", "--as-of", "2027-12-01", "--exit-code")
    assert code == 1
    assert "An Act [secondary, checked 2026-11-23], 373 days ago" in text
