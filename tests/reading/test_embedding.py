"""Damaged plan documents: a plan file that was edited reads back, or is refused with a place."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import InputFaults, Where
from planner.planning import plan
from planner.reading.embedding import plan_of, read_plan
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.reports import records

ROOT = Path(__file__).resolve().parents[2]
ODD: list[Any] = [None, True, "", "x", "NaN", "1/0", "1e999999999", -1, 0.5, [], [[]], [1], {}, {"a": {}}, "2026-13-01"]


@pytest.fixture(scope="module")
def document() -> str:
    planned = plan(read_scenario(ROOT / "scenarios" / "tiny.yaml"))
    return records.to_json(records.plan_document(planned.plan, planned.scenario))


def inner_values(data: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = []
    for key, value in items:
        found += [(data, key), *inner_values(value)]
    return found


def test_an_honest_document_reads_back(tmp_path: Path, document: str) -> None:
    (tmp_path / "plan.json").write_text(document)
    assert read_plan(tmp_path / "plan.json").plan.status == "optimal"


def test_head_counts_and_lists_of_operators_read_back_as_they_were(tmp_path: Path) -> None:
    asked = read_scenario(ROOT / "scenarios" / "tng-ewallet.yaml", settings=Settings({"datasets.ledger.persons": "{cn-persons: 1300000000}"}))
    planned = plan(asked)
    (tmp_path / "plan.json").write_text(records.to_json(records.plan_document(planned.plan, planned.scenario)))
    found = read_plan(tmp_path / "plan.json").scenario
    assert found.dataset["ledger"].persons == {"cn-persons": 1300000000}
    assert (found.datasets, found.lists, found.vocabulary) == (asked.datasets, asked.lists, asked.vocabulary)


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(at=st.floats(0, 0.999), odd=st.sampled_from(ODD), drop=st.booleans())
def test_an_edited_document_reads_back_or_is_refused(document: str, at: float, odd: Any, drop: bool) -> None:
    data = json.loads(document)
    places = inner_values(data)
    container, key = places[int(at * len(places))]
    if drop:
        del container[key]
    else:
        container[key] = odd
    with suppress(InputFaults):
        plan_of(data, Where("plan.json"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "plan.json:1:1: error[Y002]: not JSON: Expecting value"),
        (b'{"a": 1,\n  b}', "plan.json:2:3: error[Y002]: not JSON"),
        (b"\xff\xfe", "error[Y002]: not JSON"),
        (b"[" * 200_000, "error[Y002]: not JSON"),
        (b"[]", "error[S003]: not a plan document"),
        (b'{"format_version": 2}', "error[S003]: not a plan document"),
        (b'{"format_version": 1, "status": "infeasible"}', "error[N003]: the document holds no plan"),
        (b'{"format_version": 1, "status": "optimal", "inputs": 7}', "error[S003]: the document does not read back"),
    ],
)
def test_what_is_no_plan_document_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(InputFaults) as told:
        read_plan(tmp_path / "plan.json")
    assert says in str(told.value)
