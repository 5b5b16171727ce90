"""`planner verify` refuses every planted breach by name, and passes an honest plan however it is serialised."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
TNG = ROOT / "scenarios" / "tng-ewallet.yaml"
Document = dict[str, Any]

SERVICE = """
scenario: agents
question: Where does the agent run?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: []
entities: [{id: e, established_in: MY}]
regions:
  - {provider: p, id: r1, lat: 3.1, lon: 101.7, country: MY, zones: [{id: a}], services: [{id: sandbox}]}
  - {provider: p, id: r2, lat: 1.3, lon: 103.8, country: SG, zones: [{id: b}]}
workloads: [{id: w, entity: e, components: [{id: c, services: [sandbox]}]}]
quotes: [{component: w/c, place: "p:r1", cost: 9 USD/month}, {component: w/c, place: "p:r2", cost: 9 USD/month}]
objectives: [cost]
"""


def run(*words: str) -> int:
    """The exit code of the command line."""
    old, sys.argv = sys.argv, ["planner", *words]
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    finally:
        sys.argv = old
    return 0


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    assert run("plan", str(TNG), "-o", str(path)) == 0
    document: Document = json.loads(path.read_text())
    return document


def verify(document: Document, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    path = folder / "plan.json"
    path.write_text(json.dumps(document))
    code = run("verify", str(path))
    return code, capsys.readouterr().out


def copy_of(document: Document) -> Document:
    twin: Document = json.loads(json.dumps(document))
    return twin


def test_an_honest_plan_passes_with_its_bound(
    plan: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = verify(plan, tmp_path, capsys)
    assert code == 0
    assert "recomputed bound USD 114098.427641" in out


def test_the_same_plan_with_its_keys_in_another_order_passes(
    plan: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan, sort_keys=True, indent=4, ensure_ascii=True))
    assert run("verify", str(path)) == 0


def move_the_ledger_abroad(document: Document) -> None:
    row = next(c for c in document["copies"] if (c["dataset"], c["role"]) == ("ledger", "backup"))
    row["region"], row["provider"] = "alibaba:ap-southeast-1", "alibaba"


def drop_a_zone(document: Document) -> None:
    row = next(p for p in document["placements"] if p["component"] == "payments/ledger")
    document["placements"].remove(row)


def add_a_unit(document: Document) -> None:
    next(p for p in document["placements"] if p["component"] == "payments/risk")["units"] += 1


def lower_a_cost(document: Document) -> None:
    line = next(c for c in document["cost_lines"] if c["of"] == "data/lakehouse")
    line["usd_month"] = "36000.00"


def raise_the_bound(document: Document) -> None:
    document["bound"] = "114200.00"


def forget_the_consultation(document: Document) -> None:
    document["mechanisms"], document["one_offs"] = [], []


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (move_the_ledger_abroad, "dataset:ledger"),
        (drop_a_zone, "payments/ledger"),
        (add_a_unit, "payments/risk"),
        (lower_a_cost, "data/lakehouse"),
        (raise_the_bound, "bound"),
        (forget_the_consultation, "my-rmit-cloud-gate"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_planted_breach_is_refused_by_name(
    plant: Callable[[Document], None],
    named: str,
    plan: Document,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tampered = copy_of(plan)
    plant(tampered)
    code, out = verify(tampered, tmp_path, capsys)
    assert code == 1
    assert named in out


def test_the_ledger_abroad_is_refused_by_the_rule_that_forbids_it(
    plan: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tampered = copy_of(plan)
    move_the_ledger_abroad(tampered)
    assert "my-pdpa-s129" in verify(tampered, tmp_path, capsys)[1]


def test_a_service_that_is_not_on_offer_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agents.yaml").write_text(SERVICE)
    assert run("plan", str(tmp_path / "agents.yaml"), "-o", str(tmp_path / "honest.json")) == 0
    document = json.loads((tmp_path / "honest.json").read_text())
    row = document["placements"][0]
    row["region"], row["zone"] = "p:r2", "p:b"
    capsys.readouterr()
    code, out = verify(document, tmp_path, capsys)
    assert code == 1
    assert "w/c: service: sandbox" in out


def test_an_edited_question_is_noticed(plan: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tampered = copy_of(plan)
    tampered["inputs"]["rules"] = []
    code, out = verify(tampered, tmp_path, capsys)
    assert code == 1
    assert "inputs_sha256" in out


def test_something_that_is_no_plan_is_a_usage_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text("{}")
    assert run("verify", str(tmp_path / "x.json")) == 2
    assert "format_version" in capsys.readouterr().err
