"""Which slips of the pen are made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planner.authoring.mutants import mutants_of
from planner.model.calendar import Window
from planner.model.law import Box, Level, Rule, Then, Unless, Verb, When
from planner.model.thresholds import Threshold
from planner.model.vocabulary import Vocabulary
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from tests.authoring.worlds import lifted, rule


def changes(of: Rule) -> list[str]:
    words = Vocabulary(isolation=("shared", "dedicated", "sealed"), thresholds={"heads": Threshold((10, 100, 1000))})
    return [mutant.change for mutant in mutants_of(of, words)]


def test_every_word_of_a_list_and_every_key_is_dropped_once() -> None:
    found = changes(rule(When(regulated_by=("BNM", "MAS"), sector=("bank",), critical=True)))
    assert {c for c in found if c.startswith("when")} == {
        "when without regulated_by",
        "when.regulated_by without BNM",
        "when.regulated_by without MAS",
        "when without sector",
        "when without critical",
        "when.critical is false",
    }


def test_the_box_that_is_subtracted_is_dropped_and_changed() -> None:
    found = changes(rule(When(sector=("bank",), not_=Box(regulated_by=("BNM", "MAS"), critical=True))))
    assert {c for c in found if "not" in c} == {
        "when without not",
        "when.not without regulated_by",
        "when.not.regulated_by without BNM",
        "when.not.regulated_by without MAS",
        "when.not without critical",
        "when.not.critical is false",
    }


def test_a_head_count_is_turned_round_and_moved_to_the_steps_beside_it() -> None:
    found = changes(rule(When(persons=("heads>=100", "heads<10"))))
    assert {c for c in found if c.startswith("when")} == {
        "when without persons",
        "when.persons without heads>=100",
        "when.persons without heads<10",
        "when.persons has heads<100 instead of heads>=100",
        "when.persons has heads>=10 instead of heads>=100",
        "when.persons has heads>=1000 instead of heads>=100",
        "when.persons has heads>=10 instead of heads<10",
        "when.persons has heads<100 instead of heads<10",
    }


def test_verbs_are_dropped_but_never_the_last_one() -> None:
    assert "verbs without store" in changes(rule())
    assert not [c for c in changes(rule(verbs=(Verb.STORE,))) if c.startswith("verbs")]


def test_confine_becomes_forbid_and_the_only_place_gives_way_to_another() -> None:
    found = changes(rule(then=Then(Confine(("MY",)))))
    assert "forbid in place of confine" in found
    assert "in names AQ instead of MY" in found
    assert "in without SG" in changes(rule(then=Then(Forbid(("MY", "SG")))))


def test_ways_out_and_their_words_are_dropped() -> None:
    found = changes(
        rule(then=Then(Confine(("MY",)), (*lifted("consent", "approval"), Unless(destination_in=("SG", "ID")))))
    )
    assert {c for c in found if c.startswith(("unless", "destination"))} == {
        "unless without the alternative 1 (consent, approval)",
        "unless without consent",
        "unless without approval",
        "unless without the alternative 2 (SG, ID)",
        "destination_in without SG",
        "destination_in without ID",
    }


def test_each_edge_of_each_window_moves_a_day_both_ways_and_windows_are_dropped() -> None:
    windows = (Window(date(2025, 1, 1), date(2025, 6, 30)), Window(date(2026, 1, 1)))
    assert {c for c in changes(rule(in_force=windows)) if c.startswith("in_force")} == {
        "in_force without the window from 2025-01-01",
        "in_force without the window from 2026-01-01",
        "in_force from 2024-12-31 instead of 2025-01-01",
        "in_force from 2025-01-02 instead of 2025-01-01",
        "in_force to 2025-06-29 instead of 2025-06-30",
        "in_force to 2025-07-01 instead of 2025-06-30",
        "in_force from 2025-12-31 instead of 2026-01-01",
        "in_force from 2026-01-02 instead of 2026-01-01",
    }


def test_a_level_is_exchanged_for_the_other() -> None:
    assert "level is should" in changes(rule())
    assert "level is must" in changes(rule(level=Level.SHOULD, penalty_usd_month=Decimal(5)))


def test_every_part_of_a_requirement_is_dropped_and_changed() -> None:
    asked = Require(LocalCopy(("VN", "LA")), Decimal(60), "dedicated", "customer_held", ("a log",))
    assert set(changes(rule(then=Then(asked)))) >= {
        "require without local_copy",
        "local_copy.in without VN",
        "require without copies_apart_km",
        "copies_apart_km is 59",
        "copies_apart_km is 61",
        "isolation is shared",
        "isolation is sealed",
        "keys is independent_custodian",
    }
