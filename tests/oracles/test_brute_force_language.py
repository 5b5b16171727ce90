"""The brute force under the full rule language, against answers worked out by hand from docs/rule-language.md.

A vcpu costs 730 USD a month unless a test says so; r1 is in MY, r2 in SG.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.model.areas import Area
from planner.model.calendar import Window
from planner.model.law import Box, Exemption, Rule, Unless, Verb, When
from planner.model.question import CopySpec, Entity, Hold, RegionCount
from planner.model.scenario import Scenario
from planner.model.vocabulary import Member, PlaceList, Scope
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid

from .brute_force import cheapest
from .small_world import component, dataset, mechanism, region, rule, scenario, should, storing, with_words

ABROAD: dict[str, Any] = {"country": "SG"}
DEAR_AT_HOME = [region("r1", "2"), region("r2", **ABROAD)]
"""1460 at home, 730 abroad."""


def exemption(when: When, since: date = date(2026, 11, 23), until: date = date(2026, 12, 31)) -> Exemption:
    """An exemption from rule `r` that just covers what is left of the quarter."""
    return Exemption("x", "r", when, "accepted-risk", "?", "A. Person", since, until, "T-1")


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
    home = [storing(dear, "1460"), storing(cheap, "730")]
    data = dataset("d", size=Decimal(1))
    assert cheapest(scenario([*parts, component("other", 0)], home, datasets=(data,), rules=(law,))) == answer


def test_an_area_is_a_place_and_displaces_the_law_around_it() -> None:
    # forbidden in MY and dear elsewhere: the area in MY is not MY
    law = rule(Forbid(("MY",)))
    home = [region("r1", "1", areas=("own",)), region("r2", "2", **ABROAD)]
    world = with_words(scenario([component("a")], home, rules=(law,)), areas={"own": Area("Own", ("MY",))})
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
    costly = replace(world, rules=(should(law, "731"),))
    assert cheapest(costly) == 2 * (730 + 731)  # from where r1 is administered is not known either
    known = [replace(each, admin_sites=(each.country,)) for each in DEAR_AT_HOME]
    assert cheapest(replace(costly, regions=tuple(known))) == 2 * 1460
    both = component("a", regions=RegionCount(2, 2))
    assert cheapest(scenario([both], DEAR_AT_HOME, rules=(law,))) == 1460 + 730 + 100


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
