"""Time travel: the verdicts of chip and data law on four days are those that the windows say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.errors import Where
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.policies import PolicySet, read_policies
from planner.verification import Facts, judge, judge_set

MARCH_2025, OCTOBER_2025 = date(2025, 3, 1), date(2025, 10, 15)
JUNE_2026, TODAY = date(2026, 6, 1), date(2026, 11, 23)


@pytest.fixture(scope="module")
def law() -> PolicySet:
    faults = Collector()
    found = read_policies(Library.shipped(), None, Path(), Where("policies"), faults)
    faults.raise_errors()
    return found


def answer(law: PolicySet, rule: str, day: date, facts: Facts) -> str:
    return judge(law.rules[rule], facts, day, day, law.vocabulary, law.lists, day).answer


def live(law: PolicySet, rule: str) -> list[bool]:
    """Whether a rule is in force on each of the four days."""
    days = (MARCH_2025, OCTOBER_2025, JUNE_2026, TODAY)
    return [law.rules[rule].in_force_between(day, day) for day in days]


def test_personal_data_could_leave_malaysia_until_section_129_was_amended(law: PolicySet) -> None:
    abroad = Facts(verb="process", places=frozenset({"SG"}), items=(("personal", "MY", ()),))
    assert answer(law, "my-pdpa-s129", MARCH_2025, abroad) == "not_applicable"
    assert answer(law, "my-pdpa-s129", OCTOBER_2025, abroad) == "deny"
    assert answer(law, "my-pdpa-s129", TODAY, abroad) == "deny"


def test_the_h20_needed_a_letter_only_between_april_and_july_2025(law: PolicySet) -> None:
    assert live(law, "us-h20-letter") == [False, False, False, False]
    assert law.rules["us-h20-letter"].in_force_between(date(2025, 5, 1), date(2025, 5, 1))
    assert live(law, "us-h20-licensed") == [False, True, True, True]


def test_the_affiliates_rule_has_its_gap_and_a_return_that_is_open_to_dispute(law: PolicySet) -> None:
    assert live(law, "us-affiliates-50") == [False, True, False, False]
    assert live(law, "us-affiliates-50-return") == [False, False, False, True]


def test_both_readings_of_the_return_are_shipped_and_neither_is_settled(law: PolicySet) -> None:
    for rule in ("us-affiliates-50-return", "us-affiliates-50-extended"):
        assert law.rules[rule].status.value != "enacted"


def test_vietnam_changes_its_cybersecurity_law_in_july_2026(law: PolicySet) -> None:
    assert live(law, "vn-d53-local-copy")[:3] == [True, True, True]
    assert live(law, "vn-cyber-local-copy") == [False, False, False, True]


@pytest.mark.parametrize(
    ("operator", "day", "licence"),
    [
        (("g42",), TODAY, "not_applicable"),
        (("g42",), date(2027, 4, 6), "not_applicable"),
        (("g42",), date(2027, 4, 7), "deny"),
        (("alibaba",), TODAY, "deny"),
        (None, TODAY, "deny"),
    ],
)
def test_named_operators_of_the_emirates_need_no_licence_until_their_entry_ends(
    law: PolicySet, operator: tuple[str, ...] | None, day: date, licence: str
) -> None:
    facts = Facts(
        "install", frozenset({"AE"}), operator=operator, operator_parent_in=("AE",), chip_control=("3A090.a",)
    )
    said = dict(judge_set(law.rules.values(), (), facts, day, day, law.vocabulary, law.lists, day))
    assert said["us-uae-entities"].answer == licence


@pytest.mark.parametrize(
    ("persons", "binding"),
    [
        ({"cn-persons": 99999, "cn-sensitive-persons": 0}, set()),
        ({"cn-persons": 100000, "cn-sensitive-persons": 0}, {"cn-pipl-export"}),
        ({"cn-persons": 5, "cn-sensitive-persons": 1}, {"cn-pipl-export"}),
        ({"cn-persons": 1000000, "cn-sensitive-persons": 0}, {"cn-pipl-export", "cn-pipl-export-large"}),
        ({"cn-persons": 5, "cn-sensitive-persons": 10000}, {"cn-pipl-export", "cn-pipl-export-large"}),
        ({}, {"cn-pipl-export", "cn-pipl-export-large"}),
    ],
)
def test_the_number_of_people_decides_how_personal_data_leave_china(
    law: PolicySet, persons: dict[str, int], binding: set[str]
) -> None:
    items = (("behavioural", "CN", tuple(sorted(persons.items()))),)
    sent = Facts("store", frozenset({"HK"}), established_in=("CN",), items=items)
    names = ("cn-pipl-export", "cn-pipl-export-sensitive", "cn-pipl-export-large")
    assert {name for name in names if answer(law, name, TODAY, sent) == "deny"} == binding


def test_new_accelerators_of_a_chinese_parent_need_a_licence_in_johor(law: PolicySet) -> None:
    def hall(parent: str) -> Facts:
        return Facts(
            verb="install",
            places=frozenset({"MY", "MY-01"}),
            chip=("H100-SXM",),
            chip_control=("3A090.a",),
            operator_parent_in=(parent,),
        )

    assert answer(law, "us-ear-adv-compute-headquarters", TODAY, hall("CN")) == "deny"
    assert answer(law, "us-ear-adv-compute-headquarters", TODAY, hall("MY")) == "not_applicable"
