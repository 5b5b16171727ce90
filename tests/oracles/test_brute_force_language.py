"""The brute force under the full rule language, against answers worked out by hand from docs/rule-language.md.

A vcpu costs 730 USD a month unless a test says so; r1 is in MY, r2 in SG.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Window
from planner.model.law import Area, Box, Exemption, Level, Mechanism, Member, PlaceList, Rule, Scope, Unless, Verb, When
from planner.model.question import CopySpec, Entity, Hold
from planner.model.scenario import Scenario
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require

from .brute_force import cheapest
from .meaning_of_items import component_items
from .small_world import component, dataset, flow, mechanism, region, rule, scenario

ABROAD: dict[str, Any] = {"country": "SG"}
DEAR_AT_HOME = [region("r1", "2"), region("r2", **ABROAD)]
"""1460 at home, 730 abroad."""


def should(law: Rule, penalty: str) -> Rule:
    """The same rule, which may be breached at so many USD a month."""
    return replace(law, level=Level.SHOULD, penalty_usd_month=Decimal(penalty))


def exemption(when: When, since: date = date(2026, 11, 23), until: date = date(2026, 12, 31)) -> Exemption:
    """An exemption from rule `r` that just covers what is left of the quarter."""
    return Exemption("x", "r", when, "accepted-risk", "?", "A. Person", since, until, "T-1")


def with_words(world: Scenario, **words: Any) -> Scenario:
    """The same world with more words in its vocabulary."""
    return replace(world, vocabulary=replace(world.vocabulary, **words))


def test_a_not_box_is_subtracted_item_by_item() -> None:
    # public data may leave; beside health data they may not, because one item is outside the not-box
    law = rule(Confine(("MY",)), not_=Box(data_class=("public",)))
    for classes, answer in ((("public",), 730), (("public", "health"), 1460), ((), 1460), (None, 1460)):
        data = dataset("d", classes=classes, subjects=("MY",))
        world = scenario([component("a", reads=("d",))], DEAR_AT_HOME, datasets=(data,), rules=(law,))
        assert cheapest(world) == answer


def test_an_unknown_fact_in_a_not_box_stays_unknown() -> None:
    # outside the not-box only what is known to be inside it; a should-rule bears on YES alone
    law = rule(Confine(("MY",)), not_=Box(regulated_by=("BNM",)))
    soft = should(law, "10")
    for fact, hard, mild in ((None, 1460, 730), (("BNM",), 730, 730), ((), 1460, 740)):
        world = scenario([component("a")], DEAR_AT_HOME, rules=(law,), entities=(Entity(id="e", regulated_by=fact),))
        assert cheapest(world) == hard
        assert cheapest(replace(world, rules=(soft,))) == mild


@pytest.mark.parametrize(
    ("purposes", "answer"),
    [((("ads",), None), 1460), ((("ads",), ("pay",)), 1460), ((("pay",), ()), 730), ((), 730)],
)
def test_a_dataset_has_the_purposes_of_all_that_touch_it(purposes: tuple[Any, ...], answer: int) -> None:
    # storing for ads stays home, where a GB costs 1460; components are free
    law = rule(Confine(("MY",)), verbs=(Verb.STORE,), purpose=("ads",))
    parts = [component(f"c{n}", 0, reads=("d",), purpose=purpose) for n, purpose in enumerate(purposes)]
    dear, cheap = DEAR_AT_HOME
    home = [_storing(dear, "1460"), _storing(cheap, "730")]
    data = dataset("d", size=Decimal(1))
    assert cheapest(scenario([*parts, component("other", 0)], home, datasets=(data,), rules=(law,))) == answer


def _storing(where: Any, usd: str) -> Any:
    prices = replace(where.prices, storage=replace(where.prices.storage, value=Decimal(usd)))
    return replace(where, prices=prices)


def test_an_area_is_a_place_and_displaces_the_law_around_it() -> None:
    # forbidden in MY and dear elsewhere: the area in MY is not MY
    law = rule(Forbid(("MY",)))
    home = [region("r1", "1", areas=("own",)), region("r2", "2", **ABROAD)]
    world = with_words(scenario([component("a")], home, rules=(law,)), areas={"own": Area("Own", "MY")})
    assert cheapest(world) == 730
    assert cheapest(with_words(world, areas={"own": Area("Own")})) == 1460
    assert cheapest(replace(world, rules=(rule(Forbid(("area:own",))),))) == 1460


def test_everywhere_meets_any_known_place_and_a_seat_lies_in_its_country() -> None:
    lists = {"bloc:B": PlaceList("bloc:B", (Member("MY"),))}
    for named, seats, answer in (
        (("*",), ("SE",), 1460),
        (("*",), (), 730),
        (("MY",), ("MY-14",), 1460),
        (("MY-14",), ("MY",), 730),
        (("bloc:B",), ("MY-14",), 1460),
    ):
        law = rule(Confine(("MY",)), established_in=named)
        world = scenario([component("a")], DEAR_AT_HOME, rules=(law,), entities=(Entity(id="e", established_in=seats),))
        assert cheapest(replace(world, lists=lists)) == answer


def test_a_penalty_is_paid_once_for_a_rule_and_a_component() -> None:
    # two components abroad breach it once each, whatever the number of verbs and places: 2 x (730 + 100)
    law = should(rule(Confine(("MY",)), verbs=(Verb.PROCESS, Verb.ADMINISTER)), "100")
    world = scenario([component("a"), component("b")], DEAR_AT_HOME, rules=(law,))
    assert cheapest(world) == 2 * 830
    assert cheapest(replace(world, rules=(replace(law, penalty_usd_month=Decimal(731)),))) == 2 * 1460 + 2 * 731
    known = [replace(each, admin_sites=(each.country,)) for each in DEAR_AT_HOME]
    assert cheapest(replace(world, rules=(replace(law, penalty_usd_month=Decimal(731)),), regions=tuple(known))) == 2920


def test_a_penalty_is_paid_once_for_a_rule_and_a_dataset() -> None:
    law = should(rule(Forbid(("*",))), "9")
    data = dataset("d", copies=(CopySpec("primary"), CopySpec("replica"), CopySpec("backup")))
    world = scenario([component("a", 0)], [region("r1")], datasets=(data,), rules=(law,))
    assert cheapest(world) == 9 + 9  # the component a is another thing


def test_a_penalty_is_lifted_by_a_purchase_only_when_that_is_cheaper() -> None:
    # approval 1000 / 10 months = 100 a month lifts the penalties of both components abroad
    law = should(rule(Confine(("MY",)), Unless(holds=("yes",))), "60")
    parts = [component("a"), component("b")]
    world = scenario(parts, DEAR_AT_HOME, rules=(law,), mechanisms=[mechanism("yes", Scope.DESTINATION, 1000)])
    assert cheapest(world) == 2 * 730 + 100
    assert cheapest(replace(world, rules=(replace(law, penalty_usd_month=Decimal(49)),))) == 2 * (730 + 49)
    held = (Hold("yes", "e", destination="SG"),)
    assert cheapest(replace(world, holds=held)) == 2 * 730


def test_an_overrider_silences_only_where_its_box_is_certain_and_it_has_the_verb() -> None:
    # the exception for the critical allows abroad
    strict = rule(Confine(("MY",)))
    mild = replace(rule(Forbid(()), critical=True), id="mild", overrides=("r",))
    for critical, answer in ((True, 730), (False, 1460), (None, 1460)):
        assert cheapest(_under(strict, mild, critical=critical)) == answer
    assert cheapest(_under(strict, replace(mild, verbs=(Verb.STORE,)), critical=True)) == 1460
    over = (Window(date(2020, 1, 1), date(2026, 11, 22)),)
    assert cheapest(_under(strict, replace(mild, in_force=over), critical=True)) == 1460


def test_what_is_itself_overridden_still_overrides() -> None:
    strict = rule(Confine(("MY",)))
    mild = replace(rule(Forbid(())), id="mild", overrides=("r",))
    last = replace(rule(Forbid(())), id="last", overrides=("mild",))
    assert cheapest(_under(strict, mild, last)) == 730


def _under(*laws: Rule, critical: bool | None = None) -> Scenario:
    return scenario([component("a", critical=critical)], DEAR_AT_HOME, rules=laws)


@pytest.mark.parametrize(
    ("exempt", "answer"),
    [
        (exemption(When()), 730),
        (exemption(When(), since=date(2026, 11, 24)), 1460),
        (exemption(When(), until=date(2026, 12, 30)), 1460),
        (exemption(When(critical=True)), 1460),
        (exemption(When(deployment=("public-cloud",))), 730),
        (exemption(When(not_=Box(deployment=("public-cloud",)))), 1460),
        (replace(exemption(When()), rule="another"), 1460),
    ],
)
def test_an_exemption_covers_every_day_that_is_left_and_only_what_is_certain(exempt: Exemption, answer: int) -> None:
    world = scenario([component("a")], DEAR_AT_HOME, rules=(rule(Confine(("MY",))),), exemptions=(exempt,))
    assert cheapest(world) == answer


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
    home = [_storing(region("r1"), "5"), _storing(region("r2", **ABROAD), "1")]
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
    home = [_storing(region("r1"), "1"), _storing(region("r2", **ABROAD), "9")]
    law = rule(Require(local_copy=LocalCopy(("SG",))), located_in=("MY",))
    two = dataset("d", size=Decimal(1), copies=(CopySpec("primary"), CopySpec("backup")))
    world = scenario([component("a", 0)], home, datasets=(two,), rules=(law,))
    assert cheapest(world) == 10
    assert cheapest(replace(world, rules=(replace(law, verbs=(Verb.PROCESS,)),))) == 2


def test_some_other_copy_stands_as_far_away_as_asked() -> None:
    # r2 is 1110.4 km away at 7 a GB; a lone primary has no other copy, not even at 0 km
    home = [_storing(region("r1"), "1"), _storing(region("r2", lat=Decimal(3), lon=Decimal(110)), "7")]
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
    assert component_items(masked)["w/b"] == {("public", "MY")}
    nearest = with_words(world, transforms={"t": {"personal": "public", "health": "personal"}})
    assert component_items(nearest)["w/b"] == {("personal", "MY"), ("public", "MY")}


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
