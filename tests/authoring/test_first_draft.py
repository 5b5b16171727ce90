"""A rule from five answers: it reads, and its two cases say what it says."""

from __future__ import annotations

import pytest

from planner.authoring.first_draft import Answers, draft, first_cases, read_effect, read_when, rule_id
from planner.model.law import Then, When
from planner.reading.yaml_files import parse_document
from planner.rules.forbid import Forbid
from tests.authoring.worlds import LANGUAGE, TODAY, lifted, rule


def test_the_id_is_made_of_the_country_and_the_first_words() -> None:
    assert rule_id("MY", "Bank data: stay at home for ever") == "my-bank-data-stay-at"


def test_a_box_is_read_from_one_line_and_a_slip_is_a_sentence() -> None:
    assert read_when("regulated_by=BNM, MAS; critical=true") == {"regulated_by": ("BNM", "MAS"), "critical": True}
    with pytest.raises(ValueError, match="write KEY=WORDS"):
        read_when("regulator=BNM")


def test_an_effect_is_read_from_one_line_and_a_slip_is_a_sentence() -> None:
    assert read_effect("confine MY, SG") == ("confine", ("MY", "SG"))
    with pytest.raises(ValueError, match="confine PLACES"):
        read_effect("allow MY")


def test_the_text_says_what_was_answered_even_with_awkward_words() -> None:
    said = Answers(
        "no-one",
        "It's: a #test",
        "NO",
        {"critical": True},
        ("store",),
        "forbid",
        ("*",),
        "Act, s.1",
        TODAY,
        ("approval",),
    )
    found = parse_document(draft(said).encode(), "x").data["rules"][0]
    assert found["title"] == "It's: a #test"
    assert found["law_of"] == "NO"
    assert found["then"] == {"forbid": {"in": ["*"]}, "unless": [{"holds": ["approval"]}]}
    assert found["cites"][0]["quality"] == "memory"


def test_the_two_cases_are_the_plainest_that_are_refused_and_that_pass() -> None:
    one = rule(When(regulated_by=("BNM",)), Then(Forbid(("*",)), lifted("approval")))
    refused, passes = first_cases(one, LANGUAGE, TODAY)
    assert (refused.expect, refused.given.holds) == ("deny", ())
    assert (passes.expect, passes.given.holds) == ("allow", ("approval",))
