"""Wrong input through the real command line: one line with the place and a way to mend it, and nothing else happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.main import main
from tests.cli import bases_of_wrong_inputs as bases
from tests.cli.wrong_inputs import ALL, Wrong

LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): error\[(?P<code>[A-Z]\d{3})\]: (?P<message>.+)")
OLD_PLAN = '{"a plan": "of yesterday"}\n'
FILES = {
    "scenario.yaml": bases.SCENARIO,
    "own.yaml": bases.POLICY,
    "vocab.yaml": bases.VOCABULARY,
    "lists/own.yaml": bases.LISTS,
    "extra/hall.yaml": bases.REGION,
    "extra/own.csv": bases.FIGURES,
    "sites.yaml": bases.SITES,
    "quotes.csv": bases.QUOTES,
    "chips.yaml": bases.CHIPS,
    "plan.json": OLD_PLAN,
}


class Desk:
    """A folder with valid files, and the command run in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._patch, self._capsys = folder, monkeypatch, capsys
        (folder / "extra").mkdir()
        (folder / "lists").mkdir()
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
        monkeypatch.chdir(folder)

    def run(self, *words: str) -> tuple[int, str, list[str]]:
        """Exit code, standard output, lines of standard error."""
        self._patch.setattr(sys, "argv", ["planner", *words])
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return int(leaving.value.code or 0), out, err.splitlines()

    def refuse(self, scenario: str, *words: str) -> list[str]:
        """The faults of a scenario; asserts that refusing it changed nothing."""
        code, out, lines = self.run("--regions", "extra", "plan", scenario, "-o", "plan.json", *words)
        assert (code, out) == (2, "")
        assert (self.folder / "plan.json").read_text() == OLD_PLAN
        assert sorted(p.name for p in self.folder.iterdir()) == sorted({name.split("/")[0] for name in FILES})
        return lines

    def change(self, file: str, old: str, new: str) -> tuple[int, int]:
        """Change a file; line and column of the mark § in what is written."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        old = old.replace("§", "")
        assert text.count(old) >= 1
        text = text.replace(old, new, 1)
        before = text.split("§")[0] if "§" in text else ""
        path.write_text(text.replace("§", ""), encoding="utf-8")
        return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, monkeypatch, capsys)


def scenario_that_reads(file: str) -> str:
    if file == "chips.yaml":
        return file
    return "sites.yaml" if file in ("sites.yaml", "quotes.csv") else "scenario.yaml"


@pytest.mark.parametrize("scenario", ["scenario.yaml", "sites.yaml", "chips.yaml"])
def test_the_files_are_right_before_they_are_changed(desk: Desk, scenario: str) -> None:
    code, out, lines = desk.run("--regions", "extra", "plan", scenario)
    assert code == 0
    assert lines == []
    assert "optimal" in out


@pytest.mark.parametrize("wrong", ALL, ids=lambda wrong: f"{wrong.file}: {wrong.name}")
def test_one_change_earns_one_line_at_its_place(desk: Desk, wrong: Wrong) -> None:
    place = desk.change(wrong.file, wrong.old, wrong.new)
    lines = desk.refuse(scenario_that_reads(wrong.file))
    assert len(lines) == 1, "\n".join(lines)
    told = LINE.fullmatch(lines[0])
    assert told, lines[0]
    message, _, mends = told["message"].partition(" — ")
    assert (told["file"], told["code"]) == (wrong.file, wrong.code), lines[0]
    assert wrong.says in message, lines[0]
    assert mends, f"no suggestion: {lines[0]}"
    assert wrong.mends in mends, lines[0]
    if "§" in wrong.new:
        assert (int(told["line"]), int(told["column"])) == place, lines[0]


def test_there_are_more_than_enough() -> None:
    assert len(ALL) > 150
    assert len({(wrong.file, wrong.name) for wrong in ALL}) == len(ALL)


def test_all_faults_of_a_file_are_told_at_once_in_order(desk: Desk) -> None:
    places = []
    for old, new in (
        ("[alibaba]", "[§alibab]"),
        ("sector: e-money", "§secter: e-money"),
        ("42 TB", "§42 Tb"),
        ("writes: [ledger]", "writes: [§legder]"),
        ("{zones: 2}", "{zones: 2}, §recovery: 3"),
        ("{count: 2}", "{count: §two}"),
        ("to: ledger-db", "to: §ledger-bd"),
        ("{my-consent:", "{§my-consnt:"),
    ):
        line, column = desk.change("scenario.yaml", old, new)
        places.append(f"scenario.yaml:{line}:{column}:")
    lines = desk.refuse("scenario.yaml")
    assert [line.split(" ")[0] for line in lines] == places


def test_every_region_without_a_price_that_is_needed_is_told(desk: Desk) -> None:
    desk.change("sites.yaml", "quotes: quotes.csv\n", "")
    lines = desk.refuse("sites.yaml")
    assert [line.split(": region")[0] for line in lines] == [
        "sites.yaml:9:5: error[N004]",
        "sites.yaml:11:5: error[N004]",
    ]
    assert all("has no price of vcpu — add `prices:`" in line for line in lines)


def test_a_part_left_out_is_not_missed_elsewhere(desk: Desk) -> None:
    desk.change("scenario.yaml", "ledger\n    entity: tng\n", "ledger\n")
    desk.change("scenario.yaml", "{id: my-users, at: {MY: 0.99, SG: 0.01}", "{id: my-users")
    lines = desk.refuse("scenario.yaml")
    assert [line.split(": ")[-1] for line in lines] == [
        "key 'entity' is missing — add `entity:`",
        "key 'at' is missing — add `at:`",
    ]


def test_a_word_left_out_of_the_vocabulary_is_told_once(desk: Desk) -> None:
    (desk.folder / "extra" / "vocab.yaml").write_text(
        "schema: residency-vocabulary/1\nsectors: {shop: 1}\nmechanisms:\n"
        "  own-way: {kind: contrct, scope: entity, cost_usd: 3}\n"
    )
    desk.change("own.yaml", "[my-scc]", "[own-way]")
    code, _, lines = desk.run("--policies", "extra", "plan", "scenario.yaml")
    assert code == 2
    assert [line.split(": ")[0] for line in lines] == ["extra/vocab.yaml:2:10", "extra/vocab.yaml:4:19"]


@pytest.mark.parametrize(
    ("words", "says", "mends"),
    [
        (["--without", "my-pdpa-s192"], "--without:1:1: error[N001]: rule 'my-pdpa-s192'", "'my-pdpa-s129'?"),
        (["--include", "anounced"], "--include:1:1: error[N001]: status 'anounced'", "did you mean 'announced'?"),
        (["--set", "limts.regions=1"], "--set limts.regions:1:1: error[S001]: unknown key 'limts'", "'limits'?"),
        (["--set", "limits.regoins=1"], "--set limits.regoins:1:1: error[S001]", "did you mean 'regions'?"),
        (["--set", "limits.regions=two"], "--set limits.regions:1:1: error[S003]", "whole number"),
        (["--set", "limits.regions.x.y=1"], "--set limits.regions.x.y:1:1: error[N001]", "check the path"),
        (["--set", "workloads.pai.entity=tng"], "no member 'pai' in the list", "did you mean 'pay'?"),
        (["--set", "workloads.pay.entity=tgn"], "--set workloads.pay.entity:1:1: error[N001]", "did you mean 'tng'?"),
        (["--set", "workloads.pay.components.api.critical=NO"], "found 'NO'", "write false"),
        (["--set", "limits={regions: [}"], "--set limits:1:", "brackets"),
        (["--set", "limits"], "limits", "PATH=VALUE"),
        (["--as-of", "tomorrow"], "'tomorrow' is not a date", "2026-11-23"),
        (["--gap", "small"], "'small' is not a number", "0.01"),
        (["--gap", "nan"], "'nan' is not a number", "0.01"),
        (["--time-limit", "-5"], "'-5' is not a number", ""),
        (["--solver", "gurobi"], "'gurobi'", "highs"),
        (["--format", "xml"], "'xml'", "json"),
        (["--soler", "highs"], "--soler", "--solver"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_told_and_nothing_is_written(desk: Desk, words: list[str], says: str, mends: str) -> None:
    told = "\n".join(desk.refuse("scenario.yaml", *words))
    assert says in told
    assert mends in told


def test_a_misspelt_command_gets_the_right_one(desk: Desk) -> None:
    code, out, lines = desk.run("paln", "scenario.yaml")
    assert (code, out) == (2, "")
    assert "plan" in lines[-1]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.yaml", b"", "empty.yaml:1:1: error[Y007]: the file is empty"),
        ("comment.yaml", b"# nothing\n", "comment.yaml:1:1: error[Y007]: the file is empty"),
        (
            "binary.yaml",
            b"scenario: x\nquestion: \xff\xfe\x00\x01",
            "binary.yaml:2:11: error[Y003]: the file is not UTF-8",
        ),
        ("nul.yaml", b"scenario: x\nas_of: \x00", "nul.yaml:2:8: error[Y003]: hidden character U+0000"),
        ("control.yaml", "scenario: x\nas_of: \x85\x9f".encode(), "hidden character U+009F"),
        ("large.yaml", b"# " + b"x" * 6_000_000, "large.yaml:1:1: error[Y003]: the file has 6,000,002 bytes"),
        ("many.yaml", b"[" + b"1," * 600_000 + b"1]", "error[Y005]: more than 500,000 YAML nodes"),
        ("deep.yaml", b"[" * 200_000, "deep.yaml:1:31: error[Y005]: nested deeper than 30 levels"),
        ("list.yaml", b"- scenario: x\n", "list.yaml:1:1: error[S003]: the file: expected a mapping, found a list"),
        ("text.yaml", b"hello\n", "text.yaml:1:1: error[S003]: the file: expected a mapping, found 'hello'"),
        ("nothing.yaml", b"~\n", "nothing.yaml:1:1: error[S003]: the file: expected a mapping, found nothing"),
        ("two.yaml", b"scenario: x\n---\nscenario: y\n", "two.yaml:2:1: error[Y002]"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused_at_its_place(
    desk: Desk, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (desk.folder / "extra" / name).write_bytes(content)
    desk._patch.chdir(desk.folder / "extra")
    code, out, lines = desk.run("plan", name, "-o", "../plan.json")
    assert (code, out, len(lines)) == (2, "", 1)
    assert says in lines[0]
    assert " — " in lines[0]
    assert (desk.folder / "plan.json").read_text() == OLD_PLAN


def test_a_scenario_that_is_not_there_names_the_nearest_file(desk: Desk) -> None:
    assert desk.refuse("scenaro.yaml") == [
        "scenaro.yaml:1:1: error[Y001]: cannot read the file: No such file or directory — did you mean 'scenario.yaml'?"
    ]


def test_a_folder_is_no_scenario(desk: Desk) -> None:
    assert desk.refuse("extra") == [
        "extra:1:1: error[Y001]: cannot read the file: Is a directory — files there: hall.yaml"
    ]


def test_norway_is_a_country(desk: Desk) -> None:
    code, out, _ = desk.run("plan", "sites.yaml", "--format", "json")
    assert code == 0
    assert '"country": "NO"' in out


def test_ten_written_with_a_leading_zero_is_ten(desk: Desk) -> None:
    desk.change("sites.yaml", "vcpu: 10}", "vcpu: 010}")
    code, out, _ = desk.run("plan", "sites.yaml", "--format", "json")
    assert code == 0
    assert '"vcpu": "10"' in out


@pytest.mark.parametrize("old", ["scenario.yaml", "sites.yaml"])
def test_a_fresh_process_says_the_same(desk: Desk, old: str) -> None:
    desk.change(old, "as_of: 2026-11-23", "as_of: yesterday")
    command = [sys.executable, "-m", "planner", "plan", old, "-o", "plan.json"]
    run = subprocess.run(command, cwd=desk.folder, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"{old}:3:8: error[S003]: as_of: 'yesterday' is not a date")
    assert (desk.folder / "plan.json").read_text() == OLD_PLAN
