"""The small fact space notices whatever the full product of facts notices, and no more."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest

from planner.authoring.fact_space import FactSpace
from planner.authoring.mutants import mutants_of
from planner.model.law import Box, Given, Level, PolicyCase, Rule, Then, Unless, Verb, When
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from tests.authoring.worlds import LANGUAGE, TODAY, lifted, rule

WORDS: dict[str, list[Any]] = {
    "regulated_by": ["BNM", "MAS", "OJK"],
    "established_in": ["SE", "FI", "NZ", "MY"],
    "data_class": ["personal", "health", "genes", "public"],
    "subjects_in": ["SE", "FI", "NZ", "MY"],
    "located_in": ["SE", "FI", "NZ", "MY"],
    "operator": ["ali", "aws", "gcp"],
    "persons": ["heads>=10", "heads<100", "heads>=100", "wards>=5"],
}
COUNTS: list[dict[str, int]] = [
    {name: n for name, n in (("heads", heads), ("wards", wards)) if n is not None}
    for heads, wards in product((None, 0, 9, 10, 99, 100, 5000), (None, 4, 5))
]
MANY = ("regulated_by", "established_in", "located_in")


def space(one: Rule, other: Rule) -> FactSpace:
    return FactSpace(one, other, TODAY, LANGUAGE, LANGUAGE)


def test_a_word_under_a_parent_that_is_named_too_means_nothing() -> None:
    one = rule(When(data_class=("personal", "health")))
    assert space(one, rule(When(data_class=("personal",)))).difference() is None


def test_a_country_that_a_named_list_holds_too_means_nothing() -> None:
    one = rule(then=Then(Confine(("list:far", "SE"))))
    assert space(one, rule(then=Then(Confine(("list:far",))))).difference() is None


def test_a_country_that_joins_a_list_later_means_something_before_that() -> None:
    found = space(
        rule(then=Then(Confine(("bloc:NORTH", "FI")))), rule(then=Then(Confine(("bloc:NORTH",))))
    ).difference()
    assert found is not None
    assert found.as_of is not None
    assert found.as_of < date(2027, 1, 1)
    assert found.given.located_in == ("FI",)


def test_what_is_subtracted_shows_only_on_a_thing_with_two_regulators() -> None:
    one = rule(When(regulated_by=("BNM",), not_=Box(regulated_by=("MAS",))))
    found = space(one, rule(When(regulated_by=("BNM",)))).difference()
    assert found is not None
    assert set(found.given.regulated_by or ()) == {"BNM", "MAS"}


def test_a_site_outside_shows_only_beside_a_site_inside() -> None:
    admin = {"verbs": (Verb.ADMINISTER,)}
    one = rule(then=Then(Confine(("MY",)), (Unless(destination_in=("SG",)),)), **admin)
    other = rule(then=Then(Confine(("MY", "SG"))), **admin)
    found = space(one, other).difference()
    assert found is not None
    assert set(found.given.located_in or ()) == {"MY", "SG"}


def test_the_plainest_case_has_no_unknown_fact_where_a_known_one_tells() -> None:
    found = space(rule(When(regulated_by=("BNM", "MAS"))), rule(When(regulated_by=("BNM",)))).difference()
    assert found is not None
    assert found.given.regulated_by == ("MAS",)
    assert found.given.located_in == ("MY",)
    assert found.expect == "allow"


def test_a_count_moved_by_one_step_shows_on_a_number_between_the_two() -> None:
    one, other = (rule(When(persons=(f"heads>={step}",))) for step in (10, 100))
    found = space(one, other).difference()
    assert found is not None
    assert found.given.persons == {"heads": 10}


def test_two_counts_in_one_list_show_that_one_may_be_unknown_while_the_other_decides() -> None:
    soft = {"level": Level.SHOULD, "penalty_usd_month": Decimal(1)}
    one = rule(When(persons=("heads>=10", "wards>=5")), **soft)
    found = space(one, rule(When(persons=("heads>=10",)), **soft)).difference()
    assert found is not None
    assert found.given.persons.get("wards") == 5


def test_an_operator_that_leaves_a_list_means_something_after_that() -> None:
    one, other = (rule(When(operator=words)) for words in (("list:frame",), ("aws", "gcp")))
    found = space(one, other).difference()
    assert found is not None
    assert found.as_of is not None
    assert (found.given.operator, found.as_of > date(2026, 12, 31)) == (("gcp",), True)


@pytest.mark.parametrize("seed", range(20))
def test_it_agrees_with_the_full_product_of_facts(seed: int) -> None:
    draw = random.Random(seed)
    one = random_rule(draw)
    mutants = mutants_of(one, LANGUAGE.vocabulary)
    for mutant in draw.sample(mutants, min(2, len(mutants))):
        assert (space(one, mutant.rule).difference() is None) == equal_everywhere(one, mutant.rule), mutant.change


def random_rule(draw: random.Random) -> Rule:
    keys = draw.sample(sorted(WORDS), 2)
    box = {key: words_for(draw, key) for key in keys}
    inner = {key: words_for(draw, key) for key in draw.sample(sorted(WORDS), 1)} if draw.random() < 0.6 else None
    when = When(**box, not_=Box(**inner) if inner else None)
    effect = draw.choice([Confine(("MY", "list:far")), Forbid(("SE", "NZ")), Forbid(("*",)), Confine(("bloc:NORTH",))])
    then = Then(effect, draw.choice([(), lifted("consent", "own-keys"), (Unless(destination_in=("NZ", "MY")),)]))
    if draw.random() < 0.2:
        then = Then(Require(LocalCopy(("SE", "MY")), keys="customer_held"))
    verbs = tuple(draw.sample([Verb.STORE, Verb.PROCESS, Verb.ADMINISTER], 2))
    return rule(when, then, verbs=verbs)


def words_for(draw: random.Random, key: str) -> tuple[str, ...]:
    lists = ["list:far", "bloc:NORTH"] if key in ("established_in", "subjects_in", "located_in") else []
    lists += ["list:frame"] if key == "operator" else []
    return tuple(draw.sample([*WORDS[key], *lists], draw.choice([1, 2])))


def equal_everywhere(one: Rule, other: Rule) -> bool:
    for given, day in all_cases(one, other):
        case = PolicyCase("", given, "allow", day)
        if FactSpace.answer(one, case, LANGUAGE) != FactSpace.answer(other, case, LANGUAGE):
            return False
    return True


def all_cases(one: Rule, other: Rule) -> Iterator[tuple[Given, date]]:
    """Every combination of facts that a case could state about the keys that either rule names."""
    keys = [key for key in WORDS if any(names(r, key) for r in (one, other)) or key == "located_in"]
    axes = [
        COUNTS
        if k == "persons"
        else [
            *((w,) for w in WORDS[k]),
            *(combinations(WORDS[k], 2) if k in MANY else ()),
            ("zz",) if k in ("regulated_by", "operator") else ("BR",) if k != "data_class" else ("other",),
            None,
        ]
        for k in keys
    ]
    requires = isinstance(one.then.effect, Require)
    beside: list[dict[str, Any]] = [{}, {"holds": ("consent",)}, {"holds": ("own-keys",)}, {"keys": "customer_held"}]
    if not one.then.unless:
        beside = [{}]
    if requires:
        beside = [
            {"keys": k, "copies_in": c}
            for k in (None, "customer_held", "independent_custodian", "provider_held")
            for c in (None, ("SE",), ("MY",), ("BR",))
        ]
    days = {date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2), TODAY, date(2027, 1, 1)}
    for verb, day, extra in product({*one.verbs, *other.verbs}, sorted(days), beside):
        for facts in product(*axes):
            yield Given(verb=(verb.value,), **dict(zip(keys, facts, strict=True)), **extra), day


def names(of: Rule, key: str) -> bool:
    return getattr(of.when, key) is not None or (of.when.not_ is not None and getattr(of.when.not_, key) is not None)


def test_a_mutant_of_the_level_shows_only_on_an_unknown_fact() -> None:
    one = rule()
    softer = next(m.rule for m in mutants_of(one) if m.change == "level is should")
    found = space(one, softer).difference()
    assert found is not None
    assert found.given.regulated_by is None or found.given.located_in is None
    assert space(one, replace(one, title="another title")).difference() is None
