"""Every survivor gets a case, the case kills it, and it reads back as it was meant."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.authoring.mutation import mutate_rule, notices
from planner.authoring.suggest import suggest
from planner.model.law import Box, Level, Rule, Then, Unless, Verb, When
from planner.reading.yaml_files import parse_document
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from tests.authoring.test_mutation import FULL
from tests.authoring.worlds import LANGUAGE, lifted, rule

words = st.lists(st.sampled_from(["BNM", "MAS", "OJK"]), min_size=1, max_size=2, unique=True).map(tuple)
places = st.lists(
    st.sampled_from(["MY", "SG", "bloc:NORTH", "list:far", "MY-01"]), min_size=1, max_size=2, unique=True
).map(tuple)
classes = st.lists(st.sampled_from(["personal", "health", "public"]), min_size=1, max_size=2, unique=True).map(tuple)
boxes = st.builds(
    When,
    regulated_by=words,
    data_class=st.none() | classes,
    critical=st.sampled_from([None, True, False]),
    located_in=st.none() | places,
    operator=st.none() | st.sampled_from([("aws",), ("list:frame",)]),
    persons=st.none() | st.sampled_from([("heads>=10",), ("heads<100", "wards>=5")]),
    not_=st.none() | st.builds(Box, data_class=classes, sector=st.none() | st.just(("bank",))),
)
ways = st.lists(
    st.sampled_from(
        [Unless(holds=("consent", "own-keys")), Unless(holds=("approval",)), Unless(destination_in=("NZ",))]
    ),
    max_size=2,
    unique=True,
).map(tuple)
effects = (
    st.builds(Then, st.builds(Confine, places) | st.builds(Forbid, places | st.just(("*",))), ways)
    | st.builds(Then, st.builds(Require, st.builds(LocalCopy, places), st.sampled_from([None, Decimal(60)])))
    | st.builds(Then, st.builds(Require, isolation=st.just("dedicated"), keys=st.just("customer_held")))
)
verbs = st.lists(st.sampled_from([Verb.STORE, Verb.PROCESS, Verb.ADMINISTER]), min_size=1, max_size=2, unique=True).map(
    tuple
)
rules = st.builds(
    lambda when, then, named, level: rule(when, then, verbs=named, level=level, penalty_usd_month=None),
    boxes,
    effects,
    verbs,
    st.sampled_from(list(Level)),
)


@settings(max_examples=15, deadline=None)
@given(rules)
def test_the_suggestions_for_a_rule_without_cases_kill_every_mutant_that_means_something(one: Rule) -> None:
    before = mutate_rule(one, LANGUAGE)
    found = suggest(before, LANGUAGE)
    assert {s.change for each in found for s in each.kills} == {s.change for s in before.survivors}
    assert all(notices(each.case, survivor, LANGUAGE) for each in found for survivor in each.kills)
    assert mutate_rule(replace(one, tests=tuple(each.case for each in found)), LANGUAGE).survivors == ()


@pytest.mark.parametrize("lost", range(len(FULL)))
def test_a_case_that_is_taken_away_is_proposed_again_in_other_words(lost: int) -> None:
    left = rule(tests=(*FULL[:lost], *FULL[lost + 1 :]))
    gap = mutate_rule(left, LANGUAGE)
    again = suggest(gap, LANGUAGE)
    # A case that others make superfluous is not missed.
    assert bool(again) == bool(gap.survivors)
    for each in again:
        assert all(notices(FULL[lost], survivor, LANGUAGE) for survivor in each.kills)
    assert mutate_rule(replace(left, tests=(*left.tests, *(each.case for each in again))), LANGUAGE).survivors == ()


def test_the_text_of_a_suggestion_reads_back_as_the_case() -> None:
    one = rule(then=Then(Confine(("bloc:NORTH",)), lifted("consent")), tests=FULL[:1])
    for each in suggest(mutate_rule(one, LANGUAGE), LANGUAGE):
        data = parse_document(each.to_yaml().encode(), "x.yaml").data
        assert data[0]["expect"] == each.case.expect
        verb = data[0]["given"]["verb"]
        assert ([verb] if isinstance(verb, str) else verb) == list(each.case.given.verb)


def test_a_person_is_asked_to_confirm() -> None:
    text = suggest(mutate_rule(rule(), LANGUAGE), LANGUAGE)[0].to_yaml()
    assert "# A person must confirm" in text
    assert "# notices: " in text
