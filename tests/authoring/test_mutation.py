"""Mutants run against a rule's own cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.authoring.mutation import mutate, mutate_rule, reading_day
from planner.model.law import Rule, When
from tests.authoring.worlds import LANGUAGE, TODAY, case, rule

HOME = case("allow", verb="store", located_in="MY", regulated_by="BNM")
ABROAD = case("deny", verb="store", located_in="SG", regulated_by="BNM")
BACKUP = case("deny", verb="backup", located_in="SG", regulated_by="BNM")
OTHERS = case("not_applicable", verb="store", located_in="SG", regulated_by="MAS")
UNKNOWN = case("deny", verb="store", located_in="SG")
FIRST_DAY = case("deny", as_of=date(2025, 1, 1), verb="store", located_in="SG", regulated_by="BNM")
DAY_BEFORE = case("not_applicable", as_of=date(2024, 12, 31), verb="store", located_in="SG", regulated_by="BNM")
FULL = (HOME, ABROAD, BACKUP, OTHERS, UNKNOWN, FIRST_DAY, DAY_BEFORE)


def survivors(of: Rule) -> set[str]:
    return {survivor.change for survivor in mutate_rule(of, LANGUAGE).survivors}


def test_a_rule_whose_cases_touch_every_word_and_edge_leaves_no_survivor() -> None:
    found = mutate_rule(rule(tests=FULL), LANGUAGE)
    assert found.survivors == ()
    assert found.killed == 8


def test_without_a_case_on_the_first_day_the_later_window_goes_unnoticed() -> None:
    cases = tuple(c for c in FULL if c is not FIRST_DAY)
    assert survivors(rule(tests=cases)) == {"in_force from 2025-01-02 instead of 2025-01-01"}


def test_a_rule_without_cases_is_noticed_by_nobody() -> None:
    assert len(survivors(rule())) == 8


def test_a_case_that_fails_notices_nothing() -> None:
    wrong = replace(ABROAD, expect="allow")
    assert survivors(rule(tests=(wrong,))) == survivors(rule())


def test_a_word_that_its_parent_covers_is_told_apart_from_a_slip() -> None:
    found = mutate_rule(rule(When(data_class=("personal", "health"))), LANGUAGE)
    assert found.equivalent == ("when.data_class without health",)
    assert "when.data_class without personal" in {s.change for s in found.survivors}


def test_cases_are_read_on_the_day_that_most_of_them_name() -> None:
    assert reading_day(rule(tests=FULL)) == TODAY
    assert reading_day(rule()) == date(2025, 1, 1)


def test_rules_come_in_order_of_id() -> None:
    found = mutate([rule(id="b"), rule(id="a")], LANGUAGE)
    assert [m.rule.id for m in found] == ["a", "b"]
