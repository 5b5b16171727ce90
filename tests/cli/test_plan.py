"""`planner plan`: formats, files and exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from planner.reading.schemas import schema

ROOT = Path(__file__).resolve().parents[2]
TINY, TNG = ROOT / "scenarios" / "tiny.yaml", ROOT / "scenarios" / "tng-ewallet.yaml"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planner", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def crowded(folder: Path) -> Path:
    """tiny with room for nobody."""
    path = folder / "crowded.yaml"
    path.write_text(TINY.read_text() + "\nexpect: infeasible\n")
    return path


def test_json_parses_and_fits_its_schema() -> None:
    done = run("plan", TNG, "--format", "json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema("plan"))
    assert done.returncode == 0
    assert document["status"] == "optimal"


def test_cost_lines_sum_to_the_monthly_total_and_one_offs_to_the_rest() -> None:
    from decimal import Decimal

    document = json.loads(run("plan", TNG, "--format", "json").stdout)
    monthly = sum(Decimal(line["usd_month"]) for line in document["cost_lines"])
    once = sum(Decimal(o["charged_usd"]) for o in document["one_offs"])
    assert monthly == Decimal(document["total_usd_month"])
    assert monthly + once == Decimal(document["total_usd"])


def test_csv_has_a_row_for_each_placement() -> None:
    rows = list(csv.DictReader(io.StringIO(run("plan", TINY, "--format", "csv").stdout)))
    assert {"store/web", "store/stock", "store/reports"} == {row["component"] for row in rows}


def test_an_infeasible_question_exits_3_and_still_gives_a_document(tmp_path: Path) -> None:
    done = run("plan", crowded(tmp_path), "--set", "limits.regions=0", "--format", "json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema("plan"))
    assert done.returncode == 3
    assert (document["status"], document["placements"]) == ("infeasible", [])


def test_an_infeasible_question_says_what_is_shut_out(tmp_path: Path) -> None:
    done = run("plan", TNG, "--set", "workloads.payments.components.ledger.requires.spread.zones=9")
    assert done.returncode == 3
    assert "spread" in done.stdout
    assert "payments/ledger" in done.stdout


def test_nothing_but_the_result_is_on_standard_output() -> None:
    done = run("plan", TINY, "--format", "json")
    assert done.stdout.startswith("{")
    assert done.stderr == ""


def test_without_a_rule_the_consultation_is_not_bought() -> None:
    document = json.loads(run("plan", TNG, "--format", "json", "--without", "my-rmit-cloud-gate").stdout)
    assert [m["id"] for m in document["mechanisms"]] == ["my-tia-adequate"]


@pytest.mark.parametrize("solver", ["highs", "pulp:HiGHS"])
def test_every_solver_gives_the_same_cost(solver: str) -> None:
    document = json.loads(run("plan", TINY, "--format", "json", "--solver", solver).stdout)
    assert document["total_usd"] == "1164.000000"


def test_a_plan_file_is_whole_or_absent(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    assert run("plan", tmp_path / "missing.yaml", "-o", target).returncode == 2
    assert target.read_text() == "old"
    assert run("plan", TINY, "-o", target).returncode == 0
    assert json.loads(target.read_text())["scenario"]["name"] == "tiny"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["plan.json"]


def test_a_folder_that_is_not_there_is_a_usage_fault(tmp_path: Path) -> None:
    done = run("plan", TINY, "-o", tmp_path / "no" / "plan.json")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
