"""The brute force where rules require, are about administration, or are lifted; answers worked out by hand.

A vcpu costs 730 USD a month unless a test says so; r1 is in MY, r2 in SG.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.law import Unless, Verb
from planner.model.question import CopySpec, Hold
from planner.model.vocabulary import Mechanism, Scope
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require

from .brute_force import cheapest
from .meaning_of_items import NOT_COUNTED, component_items
from .small_world import component, dataset, flow, mechanism, region, rule, scenario, should, storing, with_words

ABROAD: dict[str, Any] = {"country": "SG"}


@pytest.mark.parametrize(
    ("effect", "sites", "lawful"),
    [
        (Confine(("MY",)), ("MY",), True),
        (Confine(("MY",)), ("MY", "IN"), False),
        (Confine(("MY",)), None, False),
        (Confine(("MY",)), (), True),
        (Forbid(("IN",)), ("MY", "IN"), False),
        (Forbid(("IN",)), ("MY",), True),
        (Forbid(("IN",)), None, False),
        (Forbid(()), None, True),
        (Confine(("MY",)), ("MY-14",), True),
        (Forbid(("MY",)), ("MY-14",), False),
        (Forbid(("MY-14",)), ("MY",), True),
    ],
)
def test_administration_goes_by_the_sites(effect: object, sites: tuple[str, ...] | None, lawful: bool) -> None:
    law = rule(effect, verbs=(Verb.ADMINISTER,))
    world = scenario([component("a")], [region("r1", admin_sites=sites)], rules=(law,))
    assert cheapest(world) == (730 if lawful else None)


def test_for_administration_a_mechanism_for_a_destination_is_held_for_the_operator() -> None:
    law = rule(Confine(("MY",)), Unless(holds=("yes",)), verbs=(Verb.ADMINISTER,))
    world = scenario(
        [component("a")], [region("r1")], rules=(law,), mechanisms=[mechanism("yes", Scope.DESTINATION, 1000)]
    )
    assert cheapest(world) == 830
    assert cheapest(replace(world, holds=(Hold("yes", "e", destination="MY"),))) == 830
    assert cheapest(replace(world, holds=(Hold("yes", "e", operator="p"),))) == 730


def test_a_destination_lifts_administration_when_every_site_lies_there() -> None:
    law = rule(Confine(("MY",)), Unless(destination_in=("SG",)), verbs=(Verb.ADMINISTER,))
    for sites, answer in ((("SG",), 730), (("SG", "MY"), None), (None, None)):
        assert cheapest(scenario([component("a")], [region("r1", admin_sites=sites)], rules=(law,))) == answer


@pytest.mark.parametrize(("offered", "lawful"), [(None, False), ((), False), (("a",), False), (("a", "c"), True)])
def test_isolation_is_met_by_a_stronger_level(offered: tuple[str, ...] | None, lawful: bool) -> None:
    law = rule(Require(isolation="b"))
    world = scenario([component("a")], [region("r1", isolation=offered)], rules=(law,))
    assert cheapest(with_words(world, isolation=("a", "b", "c"))) == (730 if lawful else None)


@pytest.mark.parametrize(
    ("mode", "keys", "lawful"),
    [
        ("customer_held", "customer_held", True),
        ("customer_held", "independent_custodian", True),
        ("independent_custodian", "customer_held", False),
        ("customer_held", "provider_held", False),
        ("customer_held", None, False),
    ],
)
def test_keys_are_asked_of_datasets_and_make_technical_mechanisms_hold(mode: Any, keys: Any, lawful: bool) -> None:
    parts, data = [component("a", reads=("d",))], (dataset("d", keys=keys),)
    asked = scenario(parts, [region("r1")], datasets=data, rules=(rule(Require(keys=mode)),))
    assert cheapest(asked) == (730 if lawful else None)
    sealed = Mechanism(id="sealed", kind="technical", scope=Scope.ENTITY, holds_if={"keys": mode})
    law = rule(Forbid(("*",)), Unless(holds=("sealed",)))
    lifted = scenario(parts, [region("r1")], datasets=data, rules=(law,), mechanisms=[sealed])
    assert cheapest(lifted) == (730 if lawful else None)
    assert cheapest(replace(lifted, refused=frozenset({"sealed"}))) == (730 if lawful else None)


def test_a_technical_mechanism_does_not_hold_for_a_component_without_data() -> None:
    sealed = Mechanism(id="sealed", kind="technical", scope=Scope.ENTITY, holds_if={"keys": "customer_held"})
    law = rule(Forbid(("*",)), Unless(holds=("sealed",)))
    assert cheapest(scenario([component("a")], [region("r1")], rules=(law,), mechanisms=[sealed])) is None


def test_one_copy_of_any_role_is_the_local_copy() -> None:
    # a GB costs 5 at home and 1 abroad; with a backup, that one stays home: 1 + 5
    home = [storing(region("r1"), "5"), storing(region("r2", **ABROAD), "1")]
    law = rule(Require(local_copy=LocalCopy(("MY",))))
    one = dataset("d", size=Decimal(1))
    two = replace(one, copies=(CopySpec("primary"), CopySpec("backup")))
    parts = [component("a", 0)]
    for data, hard, soft in ((one, 5, 4), (two, 6, 5)):
        world = scenario(parts, home, datasets=(data,), rules=(law,))
        assert cheapest(world) == hard
        assert cheapest(replace(world, rules=(should(law, "3"),))) == soft


def test_a_duty_on_copies_goes_by_where_the_primary_is() -> None:
    # what is primary in MY must have a copy in SG: 2 there and 9 elsewhere; a primary in SG is free of it
    home = [storing(region("r1"), "1"), storing(region("r2", **ABROAD), "9")]
    law = rule(Require(local_copy=LocalCopy(("SG",))), located_in=("MY",))
    two = dataset("d", size=Decimal(1), copies=(CopySpec("primary"), CopySpec("backup")))
    world = scenario([component("a", 0)], home, datasets=(two,), rules=(law,))
    assert cheapest(world) == 10
    assert cheapest(replace(world, rules=(replace(law, verbs=(Verb.PROCESS,)),))) == 2


def test_some_other_copy_stands_as_far_away_as_asked() -> None:
    # r2 is 1110.4 km away at 7 a GB; a lone primary has no other copy, not even at 0 km
    home = [storing(region("r1"), "1"), storing(region("r2", lat=Decimal(3), lon=Decimal(110)), "7")]
    two = dataset("d", size=Decimal(1), copies=(CopySpec("primary"), CopySpec("backup")))
    one = replace(two, copies=(CopySpec("primary"),))
    answers = ((two, "1110", 8), (two, "1111", None), (two, "0", 2), (one, "0", None))
    for data, km, answer in answers:
        law = rule(Require(copies_apart_km=Decimal(km)))
        assert cheapest(scenario([component("a", 0)], home, datasets=(data,), rules=(law,))) == answer


def test_a_record_asks_nothing_of_places() -> None:
    assert cheapest(scenario([component("a")], [region("r1")], rules=(rule(Require(record=("a register",))),))) == 730


def test_a_transform_maps_a_class_and_its_children_and_keeps_the_subject() -> None:
    data = dataset("d", classes=("health", "public"), subjects=("MY",))
    flows = [flow("dataset:d", "a", 1), flow("a", "b", 1, transform="t")]
    world = scenario([component("a"), component("b")], [], flows=flows, datasets=(data,))
    masked = with_words(world, transforms={"t": {"personal": "public"}})
    assert component_items(masked)["w/b"] == {("public", "MY", NOT_COUNTED)}
    nearest = with_words(world, transforms={"t": {"personal": "public", "health": "personal"}})
    assert component_items(nearest)["w/b"] == {("personal", "MY", NOT_COUNTED), ("public", "MY", NOT_COUNTED)}


def test_a_hold_for_a_dataset_or_a_shipment() -> None:
    home = [region("r1", **ABROAD)]
    parts = [component("a", 0)]
    law = rule(Confine(("MY",)), Unless(holds=("yes",)), verbs=(Verb.STORE,))
    for scope, hold, answer in (
        (Scope.WORKLOAD, {"workload": "dataset:d"}, 0),
        (Scope.WORKLOAD, {"workload": "w"}, 100),
        (Scope.SHIPMENT, {"operator": "p"}, 0),
        (Scope.SHIPMENT, {"operator": "q"}, 100),
    ):
        world = scenario(
            parts, home, datasets=(dataset("d"),), rules=(law,), mechanisms=[mechanism("yes", scope, 1000)]
        )
        assert cheapest(replace(world, holds=(Hold("yes", "e", **hold),))) == Fraction(answer)
