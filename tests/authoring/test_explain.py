"""What rules say of one thing in one region, and by which fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.authoring.explain import Explained, explain, find_thing
from planner.errors import InputFaults
from tests.authoring.small_world import scenario
from tests.authoring.worlds import RULE_TEXT, VOCABULARY_TEXT


def one(found: list[Explained]) -> Explained:
    assert len(found) == 1
    return found[0]


def test_a_copy_abroad_is_refused_because_of_the_regulator(tmp_path: Path) -> None:
    found = one(explain(scenario(tmp_path, RULE_TEXT), "dataset:book", "toy:sg", "store"))
    assert found.verdict.answer == "deny"
    assert found.decided_by == ("regulated_by BNM met: it is BNM",)
    assert found.verdict.lifts == ()


def test_at_home_the_rule_bears_and_lets_it_pass(tmp_path: Path) -> None:
    assert one(explain(scenario(tmp_path, RULE_TEXT), "dataset:book", "toy:my", "store")).verdict.answer == "allow"


def test_a_rule_that_does_not_bear_says_which_key_was_missed(tmp_path: Path) -> None:
    rules = RULE_TEXT.replace("{regulated_by: [BNM]}", "{sector: [other], regulated_by: [MAS], critical: true}")
    found = one(explain(scenario(tmp_path, rules), "dataset:book", "toy:sg", "store"))
    assert found.verdict.answer == "not_applicable"
    assert set(found.decided_by) == {"sector other not met: it is bank", "regulated_by MAS not met: it is BNM"}


def test_verbs_and_windows_are_reasons_too(tmp_path: Path) -> None:
    found = one(explain(scenario(tmp_path, RULE_TEXT), "w/db", "toy:sg", "process"))
    assert found.decided_by == ("it does not speak of process",)
    later = RULE_TEXT.replace("from: 2025-01-01", "from: 2027-01-01")
    found = one(explain(scenario(tmp_path, later), "dataset:book", "toy:sg", "store"))
    assert found.decided_by == ("it is not in force in 2026Q4",)


def test_the_items_that_meet_a_box_on_data_are_named(tmp_path: Path) -> None:
    rules = RULE_TEXT.replace(
        "{regulated_by: [BNM]}", "{data_class: [personal], subjects_in: [MY], not: {sector: [other]}}"
    )
    found = one(explain(scenario(tmp_path, rules), "dataset:book", "toy:sg", "store"))
    assert found.decided_by == (
        "data_class and subjects_in personal, MY met: it is personal of MY",
        "it is outside its `not`",
    )


def test_how_many_people_decide_is_said_and_who_runs_the_region(tmp_path: Path) -> None:
    rules = RULE_TEXT.replace("{regulated_by: [BNM]}", '{persons: ["heads>=10"], operator: [toy]}')
    words = VOCABULARY_TEXT + "thresholds: {heads: [10, 100]}\noperators: {toy: A toy cloud}\n"
    for count, said in (
        ("heads: 9", "not met: it is personal of MY (heads 9)"),
        ("", "unknown: it is personal of MY (heads unknown)"),
    ):
        found = one(explain(scenario(tmp_path, rules, words, count), "dataset:book", "toy:sg", "store"))
        text = f"persons heads>=10 {said}; personal of SG"
        assert any(reason.startswith(text) for reason in found.decided_by)
    assert found.decided_by[0] == "operator toy met: it is toy"


def test_a_mechanism_that_would_lift_a_refusal_is_named(tmp_path: Path) -> None:
    rules = RULE_TEXT.replace("{confine: {in: [MY]}}", "{confine: {in: [MY]}, unless: [{holds: [approval]}]}")
    found = one(explain(scenario(tmp_path, rules), "dataset:book", "toy:sg", "store"))
    assert found.verdict.lifts == ("approval",)


def test_a_thing_may_be_named_by_its_last_part_and_a_wrong_name_gets_a_suggestion(tmp_path: Path) -> None:
    world = scenario(tmp_path, RULE_TEXT)
    assert find_thing("db", world) == "w/db"
    assert find_thing("dataset:book", world) == "dataset:book"
    with pytest.raises(InputFaults, match="did you mean"):
        find_thing("w/dd", world)
