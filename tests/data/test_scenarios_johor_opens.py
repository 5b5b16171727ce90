"""What johor-opens says of eight quarters, each statement beside a twin in which one fact is changed."""

from __future__ import annotations

from typing import Any

from planner.model.plan import Plan
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

FILE = data_root() / "scenarios" / "johor-opens.yaml"
SINGAPORE, JOHOR = "alibaba:ap-southeast-1", "alibaba:ap-southeast-8"
ASSISTANT = ["assistant/front", "assistant/index", "assistant/sandbox"]
FREE_WORK = {"datasets.documents.migration.cost": "0 USD", "datasets.books.migration.cost": "0 USD"}


def planned(**values: Any) -> Plan:
    return plan(read_scenario(FILE, settings=Settings(values=values))).plan


def moves(found: Plan) -> list[tuple[str, str, str]]:
    return [(m.period, m.what, m.dst_region) for m in found.moves]


def test_the_assistant_comes_to_johor_in_the_first_quarter() -> None:
    assert moves(planned()) == [("2027Q1", what, JOHOR) for what in ASSISTANT]


def test_with_one_move_a_quarter_it_takes_three() -> None:
    found = planned(**{"limits.moves.at_most": 1})
    assert moves(found) == [
        ("2027Q1", "assistant/sandbox", JOHOR),
        ("2027Q2", "assistant/index", JOHOR),
        ("2027Q3", "assistant/front", JOHOR),
    ]


def test_in_a_frozen_quarter_it_waits() -> None:
    found = planned(**{"limits.moves.freeze": ["2027Q1", "2027Q4"]})
    assert moves(found) == [("2027Q2", what, JOHOR) for what in ASSISTANT]


def test_data_stay_in_singapore_unless_the_work_of_moving_them_is_free() -> None:
    assert not any(what.startswith("dataset:") for _, what, _ in moves(planned()))
    free = [(period, what) for period, what, _ in moves(planned(**FREE_WORK)) if what.startswith("dataset:")]
    assert free == [("2027Q3", "dataset:books/backup"), ("2027Q3", "dataset:documents/primary")]


def test_what_lets_the_operator_reach_data_is_bought_when_the_old_assessment_ends() -> None:
    assert [(m.id, m.period) for m in planned().mechanisms] == [("my-scc", "2027Q3")]
    longer = [
        {"mechanism": "my-tia-adequate", "entity": "maker", **to} for to in ({"destination": "SG"}, {"operator": "alibaba"})
    ]
    assert planned(holds=longer).mechanisms == ()
