"""`planner price`, `conflict` and `diff`: formats, exit codes and wrong words."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from planner.reading.schemas import schema
from tests.cli.test_plan import TINY, TNG, run

ONE = ("--set", "limits.regions=1")


def test_prices_as_json_name_every_rule_once_and_say_how_each_is_known() -> None:
    done = run("price", TNG, "--group", "law/my", "--format", "json")
    document = json.loads(done.stdout)
    names = [price["name"] for price in document["rules"]]
    assert done.returncode == 0
    assert names == sorted(set(names))
    assert sum(document["proofs"].values()) == len(names) >= 19
    assert all(price["usd_month"] is not None for price in document["rules"])
    (group,) = document["groups"]
    assert Decimal(group["interaction_usd_month"]) == Decimal(group["usd_month"]) - Decimal(group["apart_usd_month"])


def test_prices_as_csv_have_a_row_for_each_rule() -> None:
    rows = list(csv.DictReader(io.StringIO(run("price", TNG, "--rule", "my-pdpa-s129", "--format", "csv").stdout)))
    assert [(row["kind"], row["name"], row["usd_month"]) for row in rows] == [("rule", "my-pdpa-s129", "222.222222")]


def test_a_rule_that_is_not_there_is_told_with_the_nearest() -> None:
    done = run("price", TNG, "--rule", "my-pdpa-s192")
    assert done.returncode == 2
    assert "did you mean 'my-pdpa-s129'" in done.stderr


def test_prices_of_a_question_without_a_plan_exit_3_and_still_parse() -> None:
    done = run("price", TNG, *ONE, "--rule", "my-pdpa-s129", "--format", "json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["status"], document["rules"][0]["state"]) == (3, "infeasible", "no plan")


def test_a_conflict_exits_3_and_a_plan_exits_0() -> None:
    assert run("conflict", TINY).returncode == 0
    done = run("conflict", TINY, *ONE, "--format", "json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["status"]) == (3, "infeasible")
    assert all(each["proved"] and each["causes"] for each in document["conflict"]["sets"])
    assert document["conflict"]["repairs"]


def test_exit_3_of_plan_carries_the_conflict_as_text_and_in_its_document() -> None:
    document = json.loads(run("plan", TINY, *ONE, "--format", "json").stdout)
    jsonschema.validate(document, schema("plan"))
    (each,) = document["conflict"]["sets"]
    assert {cause["kind"] for cause in each["causes"]} == {"capacity", "limit"}
    told = run("plan", TINY, *ONE)
    assert told.returncode == 3
    assert "leave any one out and the others can" in told.stdout
    assert "raise limits.regions at most 1 → 2 (+1)" in told.stdout


def test_the_settings_of_a_repair_are_what_the_command_line_takes() -> None:
    repairs = json.loads(run("conflict", TINY, *ONE, "--format", "json").stdout)["conflict"]["repairs"]
    first = repairs[0]
    chosen = [word for change in first["changes"] for word in ("--set", change["setting"])]
    document = json.loads(run("plan", TINY, *ONE, *chosen, "--format", "json").stdout)
    assert document["total_usd"] == first["total_usd"]


def test_diff_exits_1_only_when_asked_and_something_changed(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    assert run("plan", TINY, "-o", old).returncode == 0
    assert run("diff", old, TINY, "--exit-code").returncode == 0
    crowded = run("diff", old, TINY, *ONE, "--exit-code", "--format", "json")
    assert crowded.returncode == 1
    assert json.loads(crowded.stdout)["new"]["state"] == "infeasible"
    assert run("diff", old, TINY, *ONE).returncode == 0


def test_diff_reads_documents_without_a_plan(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    assert run("plan", TINY, *ONE, "-o", old).returncode == 3
    done = run("diff", old, TINY)
    assert "infeasible → optimal" in done.stdout


def test_two_policy_folders_are_compared_by_meaning_and_by_plan() -> None:
    policies = TINY.parents[1] / "policies"
    done = run("diff", policies, policies, "--scenario", TNG, "--format", "json")
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert (document["rules"], document["plans"]["changed"]) == ([], False)


@pytest.mark.parametrize("words", [("policies", "scenarios/tiny.yaml"), ("scenarios/tiny.yaml", "nowhere.yaml")])
def test_sides_that_cannot_be_compared_are_usage_faults(words: tuple[str, str]) -> None:
    done = run("diff", *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_exact_next_best_is_marked_as_exact() -> None:
    told = run("plan", TINY, "--next-best", "exact").stdout
    assert "= " in told
    assert "≥" not in told.split("else:")[0]
