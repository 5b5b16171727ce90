"""Corners of the rule language that random worlds seldom meet: the planner, its verifier and the brute force agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from planner.errors import NoLawfulPlan
from planner.model.law import Box, Rule, Unless, Verb, When
from planner.model.question import Hold
from planner.model.scenario import Scenario
from planner.model.thresholds import Threshold
from planner.model.vocabulary import Mechanism, Member, PlaceList, Scope
from planner.planning import plan
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from tests.oracles.brute_force import cheapest
from tests.oracles.small_world import (
    AS_OF,
    component,
    dataset,
    flow,
    region,
    rule,
    scenario,
    should,
    storing,
    users,
    with_words,
)

HOME_OR_AWAY = [storing(region("r1"), "2"), storing(region("r2", country="SG"), "1")]


MANY = {"thresholds": {"heads": Threshold((100, 1000)), "wards": Threshold((1,))}}


def sent(counts: dict[str, int], *, carries: tuple[str, ...] | None = None, **law: Any) -> Scenario:
    """Component a reads data about so many people, b gets them from a, and who processes them stays at home for 1460."""
    stay = rule(Confine(("MY",)), verbs=(Verb.PROCESS,), **{"persons": ("heads>=100",), **law})
    parts = [component("a", reads=("d",)), component("b")]
    data = dataset("d", classes=("personal",), subjects=("MY",), persons=counts)
    regions = [region("r1", "2"), region("r2", country="SG")]
    flows = [flow("a", "b", 0, carries=carries)]
    return with_words(scenario(parts, regions, flows=flows, datasets=(data,), rules=(stay,)), **MANY)


@pytest.mark.parametrize(
    ("persons", "home"),
    [({"heads": 99}, 0), ({"heads": 100}, 2), ({}, 2), ({"wards": 5}, 2), ({"heads": 0, "wards": 5}, 0)],
)
def test_a_head_count_belongs_to_the_data_and_travels_with_them(persons: dict[str, int], home: int) -> None:
    assert agreed(sent(persons)) == 2 * 730 + home * 730
    soft = sent(persons)
    soft = replace(soft, rules=(should(soft.rules[0], "1"),))
    assert agreed(soft) == 2 * 730 + (home if persons.get("heads") else 0)


def test_what_a_flow_declares_to_carry_is_about_as_many_people_as_its_source_holds() -> None:
    # a holds personal data of 100 people at home; what b gets of them is about 100 people too, or about 99
    for heads, usd in ((100, 4 * 730), (99, 2 * 730)):
        assert agreed(sent({"heads": heads}, carries=("public",))) == usd
    named = {"data_class": ("public",), "subjects_in": ("MY",)}
    assert agreed(sent({"heads": 100}, carries=("public",), **named)) == 3 * 730
    masked = sent({"heads": 100}, data_class=("public",))
    masked = with_words(masked, transforms={"t": {"personal": "public"}})
    work = masked.workloads[0]
    work = replace(work, flows=(replace(work.flows[0], transform="t"),))
    assert agreed(replace(masked, workloads=(work,))) == 3 * 730


def test_of_two_counts_in_a_list_the_one_that_is_met_decides_and_an_unknown_one_leaves_it_open() -> None:
    both = ("heads>=1000", "wards>=1")
    for persons, usd in (({"heads": 999, "wards": 1}, 4), ({"heads": 999, "wards": 0}, 2), ({"heads": 999}, 4)):
        assert agreed(sent(persons, persons=both)) == usd * 730


def test_users_say_how_many_they_are() -> None:
    law = rule(Confine(("MY",)), verbs=(Verb.PROCESS,), persons=("heads>=100",))
    for persons, usd in (({"heads": 99}, 730), ({"heads": 100}, 1460), ({}, 1460)):
        group = users("u", (3, 100, 1), carries=("personal",), persons=persons)
        home = [region("r1", "2"), region("r2", country="SG")]
        world = scenario([component("a")], home, flows=[flow("users:u", "a", 0)], users=(group,), rules=(law,))
        assert agreed(with_words(world, **MANY)) == usd


@pytest.mark.parametrize(
    ("named", "usd"),
    [(("p",), 1460), (("q",), 730), (("list:frame",), 1460), (("list:left",), 730), (("q", "list:frame"), 1460)],
)
def test_an_operator_is_named_by_itself_or_by_a_list_of_the_day(named: tuple[str, ...], usd: int) -> None:
    # p runs the cheap region
    lists = {
        "list:frame": PlaceList("list:frame", (Member("p", to=AS_OF),), "operators"),
        "list:left": PlaceList("list:left", (Member("p", to=AS_OF - timedelta(1)),), "operators"),
    }
    home = [region("r1"), region("r2", "2", provider="q")]
    law = rule(Forbid(("*",)), operator=named, located_in=("MY",))
    law = replace(law, when=replace(law.when, not_=Box(operator=("q",))))
    assert agreed(scenario([component("a")], home, rules=(law,), lists=lists)) == usd


def technical(**holds_if: str) -> Mechanism:
    return Mechanism(id="t", kind="technical", scope=Scope.ENTITY, holds_if=holds_if)


def gate(verb: Verb) -> Rule:
    return rule(Forbid(("*",)), Unless(holds=("t",)), verbs=(verb,))


def agreed(world: Scenario) -> Decimal | None:
    """The cost that both find, None where both find nothing."""
    try:
        found = plan(world).plan.total_usd
    except NoLawfulPlan:
        assert cheapest(world) is None
        return None
    assert cheapest(world) == found
    return found


def test_a_technical_mechanism_about_something_else_than_keys_never_holds() -> None:
    world = scenario([component("a")], [region("r1")], rules=(gate(Verb.STORE),), datasets=(dataset("d"),))
    assert (
        agreed(replace(world, vocabulary=replace(world.vocabulary, mechanisms={"t": technical(custody="x")}))) is None
    )


def test_a_technical_mechanism_is_not_held_by_saying_so() -> None:
    mechanisms = [technical(keys="customer_held")]
    said = (Hold("t", "e"),)
    assert (
        agreed(
            scenario([component("a")], [region("r1")], rules=(gate(Verb.PROCESS),), mechanisms=mechanisms, holds=said)
        )
        is None
    )


@pytest.mark.parametrize(("keys", "penalty"), [("customer_held", 0), ("provider_held", 7)])
def test_a_flow_from_a_dataset_counts_for_how_its_keys_are_held(keys: str, penalty: int) -> None:
    world = scenario(
        [component("a")],
        [region("r1")],
        rules=(should(gate(Verb.PROCESS), "7"),),
        datasets=(dataset("d", keys=keys),),
        flows=[flow("dataset:d", "a", 1)],
        mechanisms=[technical(keys="customer_held")],
    )
    assert agreed(world) == 730 + penalty


@pytest.mark.parametrize("box", [When(), When(located_in=("SG",))])
def test_a_duty_of_two_verbs_survives_when_one_is_overridden(box: When) -> None:
    duty = rule(Require(local_copy=LocalCopy(("MY",))), verbs=(Verb.STORE, Verb.BACKUP))
    over = replace(rule(Forbid(()), verbs=(Verb.STORE,)), id="o", overrides=("r",), when=box)
    assert (
        agreed(
            scenario([component("a", 0)], HOME_OR_AWAY, rules=(duty, over), datasets=(dataset("d", size=Decimal(1)),))
        )
        == 2
    )


def test_a_subject_in_a_subdivision_lies_in_its_country() -> None:
    law = rule(Forbid(("*",)), verbs=(Verb.STORE,), subjects_in=("MY",))
    data = dataset("d", classes=("health",), subjects=("MY-14",))
    assert agreed(scenario([component("a", 0)], [region("r1")], rules=(law,), datasets=(data,))) is None
