"""The brute force under law, against answers worked out by hand. A vcpu costs 730 USD a month unless a test says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Window
from planner.model.law import Unless, Verb
from planner.model.question import Entity, Hold, Quote
from planner.model.vocabulary import Scope
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid

from .brute_force import cheapest
from .meaning_of_items import NOT_COUNTED, component_items
from .small_world import component, dataset, flow, mechanism, region, rule, scenario, users

ABROAD: dict[str, Any] = {"country": "SG"}


@pytest.mark.parametrize(
    ("since", "until", "binds"),
    [
        (date(2020, 1, 1), date(2026, 11, 22), False),
        (date(2020, 1, 1), date(2026, 11, 23), True),
        (date(2026, 12, 31), None, True),
        (date(2027, 1, 1), None, False),
    ],
)
def test_a_rule_binds_when_a_day_of_the_rest_of_the_quarter_is_in_a_window(
    since: date, until: date | None, binds: bool
) -> None:
    # read on 2026-11-23 for 2026Q4: bound to MY at 1460, else abroad at 730
    law = replace(rule(Confine(("MY",))), in_force=(Window(since, until),))
    world = scenario([component("a")], [region("r1", "2"), region("r2", **ABROAD)], rules=(law,))
    assert cheapest(world) == (1460 if binds else 730)


def test_items_go_round_a_circle_of_flows_and_a_transform_keeps_their_subjects() -> None:
    # a gets (health, MY) from the dataset; a -> b carries public, so b holds (public, MY), which returns to a
    data = dataset("d", classes=("health",), subjects=("MY",))
    circle = [flow("dataset:d", "a", 1), flow("a", "b", 1, carries=("public",)), flow("b", "a", 1)]
    world = scenario([component("a"), component("b")], [], flows=circle, datasets=(data,))
    held = {
        "w/a": {("health", "MY", NOT_COUNTED), ("public", "MY", NOT_COUNTED)},
        "w/b": {("public", "MY", NOT_COUNTED)},
    }
    assert component_items(world) == held


def test_a_transform_of_nothing_has_an_unknown_subject() -> None:
    world = scenario([component("a"), component("b")], [], flows=[flow("a", "b", 1, carries=("public",))])
    assert component_items(world) == {"w/a": frozenset(), "w/b": {("public", None, NOT_COUNTED)}}


def test_users_bring_what_they_carry_with_the_countries_of_their_points() -> None:
    group = users("u", (3, 100, 1), carries=("personal",))
    silent = users("v", (3, 100, 1), carries=None)
    flows = [flow("users:u", "a", 1), flow("users:v", "b", 1)]
    world = scenario([component("a"), component("b")], [], flows=flows, users=(group, silent))
    assert component_items(world) == {"w/a": {("personal", "MY", NOT_COUNTED)}, "w/b": {(None, "MY", NOT_COUNTED)}}


def test_a_dataset_is_critical_through_the_component_that_uses_it() -> None:
    # critical data may not be stored in r1 (cheap) at all; a component of unknown criticality counts as critical
    law = rule(Forbid(("MY",)), verbs=(Verb.STORE,), critical=True)
    home = [region("r1"), region("r2", opening_cost=Decimal(9), **ABROAD)]
    for critical, answer in ((True, 739), (None, 739), (False, 730)):
        part = component("a", reads=("d",), critical=critical)
        quotes = (Quote("w/a", "p:r1", Decimal(730)),)
        world = scenario([part], home, datasets=(dataset("d"),), rules=(law,), quotes=quotes)
        assert cheapest(world) == answer


def test_a_rule_binds_the_class_below_it_and_what_flows_carry() -> None:
    # personal data stays in MY (2 USD/h); health is below personal; b gets it through the flow unless it is transformed
    home = [region("r1", "2"), region("r2", **ABROAD)]
    law = rule(Confine(("MY",)), data_class=("personal",), subjects_in=("MY",))
    data = dataset("d", classes=("health",), subjects=("MY", "SG"))
    parts = [component("a", reads=("d",)), component("b")]
    world = scenario(parts, home, flows=[flow("a", "b", 0)], datasets=(data,), rules=(law,))
    assert cheapest(world) == 4 * 730
    harmless = scenario(parts, home, flows=[flow("a", "b", 0, carries=("public",))], datasets=(data,), rules=(law,))
    assert cheapest(harmless) == 3 * 730


def test_an_unknown_fact_is_caught_and_an_empty_one_is_not() -> None:
    # r2 is cheaper and abroad; regulated_by absent = unknown = bound, () = known to have none
    home = [region("r1", "2"), region("r2", **ABROAD)]
    law = rule(Confine(("MY",)), regulated_by=("BNM",))
    for fact, answer in ((None, 1460), ((), 730), (("MAS",), 730), (("BNM",), 1460)):
        world = scenario([component("a")], home, rules=(law,), entities=(Entity(id="e", regulated_by=fact),))
        assert cheapest(world) == answer


def test_a_mechanism_is_bought_once_for_all_that_share_its_key() -> None:
    # SG saves 730 a component; approval for the destination: 1000 / min(10, 6 months) = 166.666667 once
    home = [region("r1", "2"), region("r2", **ABROAD)]
    law = rule(Confine(("MY",)), Unless(holds=("yes",)))
    parts = [component("a"), component("b")]
    for scope, times in ((Scope.DESTINATION, 1), (Scope.ENTITY, 1), (Scope.OPERATOR, 1), (Scope.WORKLOAD, 1)):
        world = scenario(parts, home, rules=(law,), mechanisms=[mechanism("yes", scope, 1000, valid_days=184)])
        assert cheapest(world) == 2 * 730 + times * Fraction("166.666667")
    assert cheapest(replace(world, refused=frozenset({"yes"}))) == 4 * 730
    elsewhere = replace(parts[1], workload="w2")
    apart = scenario([parts[0], elsewhere], home, rules=(law,), mechanisms=[mechanism("yes", Scope.WORKLOAD, 1000)])
    assert cheapest(apart) == 2 * 730 + 2 * 100


def test_one_purchase_may_serve_two_rules_better_than_the_cheapest_of_each() -> None:
    # rule 1: x (30) or both (50); rule 2: y (30) or both (50): one purchase of `both` at 50 a month beats 30 + 30
    home = [region("r1", **ABROAD)]
    laws = (
        rule(Confine(("MY",)), Unless(holds=("x",)), Unless(holds=("both",))),
        rule(Forbid(("*",)), Unless(holds=("y", "both"))),
    )
    offers = [mechanism(name, Scope.ENTITY, cost) for name, cost in (("x", 300), ("y", 300), ("both", 500))]
    assert cheapest(scenario([component("a")], home, rules=laws, mechanisms=offers)) == 730 + 50


@pytest.mark.parametrize(("until", "answer"), [(None, 730), (date(2026, 12, 31), 730), (date(2026, 12, 30), 1460)])
def test_a_hold_counts_when_it_lasts_the_period(until: date | None, answer: int) -> None:
    # held for SG: r2 at 730 instead of r1 at 1460; the purchase is refused
    home = [region("r1", "2"), region("r2", **ABROAD)]
    law = rule(Confine(("MY",)), Unless(holds=("yes",)))
    world = scenario(
        [component("a")],
        home,
        rules=(law,),
        mechanisms=[mechanism("yes", Scope.DESTINATION, 1)],
        refused=frozenset({"yes"}),
        holds=(Hold("yes", "e", destination="SG", until=until),),
    )
    assert cheapest(world) == answer
