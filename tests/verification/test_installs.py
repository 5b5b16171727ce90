"""Arrivals are installs: the must-rules of their day strike them out, and the plan says which and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from planner.model.accelerators import Arrival
from planner.model.calendar import Window
from planner.model.catalogue import Operator, Zone
from planner.model.law import Box, Exemption, Rule, Then, Unless, When
from planner.model.plan import Evidence
from planner.model.question import Entity
from planner.model.vocabulary import Member, PlaceList
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require

from .chip_world import (
    CHIPS,
    HALL,
    STANDS,
    TODAY,
    arriving,
    causes,
    hall,
    listed,
    plan,
    rule,
    scenario,
)

D = Decimal
DAY = timedelta(days=1)
BAN = Then(Forbid(("*",)))
COMING = hall(arriving(), HALL.zones[1])
ENTITY = scenario().entities[0]


def law(when: When = When(), **more: Any) -> Rule:  # noqa: B008
    return rule(more.pop("then", BAN), "install", when, **more)


def strikes_out(*rules: Rule, **more: Any) -> bool:
    """Whether the arrival is refused: then a plan that counts on it is wrong, and one that lists it is right."""
    world = scenario(*rules, **{"regions": COMING, **more})
    counts_on_it, lists_it = causes(STANDS, world), causes(replace(STANDS, evidence=listed("law")), world)
    if counts_on_it == set():
        assert lists_it == {("struck out", "o:c")}
        return False
    assert counts_on_it == {("stock: H200", "o:c"), ("struck out", "o:c")}
    assert lists_it == {("stock: H200", "o:c")}
    return True


def test_an_arrival_that_a_rule_refuses_does_not_count_and_is_listed_with_the_rule() -> None:
    assert strikes_out(law())
    assert not strikes_out(law(then=Then(Forbid(("SG",)))))
    assert not strikes_out()


def test_the_list_names_every_rule_that_refuses_and_no_other() -> None:
    rules = (law(name="one"), law(name="two"), law(then=Then(Forbid(("SG",))), name="three"))
    world = scenario(*rules, regions=COMING)
    for names, listed_right in (
        (("one", "two"), True),
        (("two", "one"), True),
        (("one",), False),
        (("two", "three"), False),
    ):
        found = causes(replace(STANDS, evidence=listed(*names)), world)
        assert (("struck out", "o:c") not in found) is listed_right


def test_an_arrival_that_has_not_come_or_is_not_asked_for_is_not_listed() -> None:
    for zone in (arriving(on=TODAY + DAY), arriving(status="announced")):
        world = scenario(law(), regions=hall(zone, HALL.zones[1]))
        on = zone.arrivals[0].on
        assert ("struck out", "o:c") not in causes(STANDS, world)
        assert ("struck out", "o:c") in causes(replace(STANDS, evidence=listed("law", on=on)), world)


def test_two_arrivals_alike_are_listed_twice() -> None:
    twice = replace(HALL.zones[0], arrivals=arriving().arrivals * 2)
    world, once = scenario(law(), regions=hall(twice, HALL.zones[1])), listed("law")
    assert ("struck out", "o:c") in causes(replace(STANDS, evidence=once), world)
    both = Evidence(struck_out=once.struck_out * 2)
    assert causes(replace(STANDS, evidence=both), world) == {("stock: H200", "o:c")}


def test_stock_is_never_judged() -> None:
    enough = Zone("c", stock=HALL.zones[0].stock * 2)
    assert causes(STANDS, scenario(law(), regions=hall(enough, HALL.zones[1]))) == set()


def test_arrivals_of_kinds_that_nobody_uses_are_judged_too() -> None:
    other = replace(HALL.zones[1], arrivals=(Arrival(accelerator="H20", units=4, on=TODAY, status="delivered"),))
    stands = Zone("c", stock=HALL.zones[0].stock * 2)
    assert causes(STANDS, scenario(law(), regions=hall(stands, other))) == {("struck out", "o:d")}


@pytest.mark.parametrize(
    ("when", "refused"),
    [
        (When(chip=("H200",)), True),
        (When(chip=("H100",)), False),
        (When(chip_control=("3A090.a",)), True),
        (When(chip_control=("4A090.a",)), False),
        (When(located_in=("MY",)), True),
        (When(located_in=("SG",)), False),
        (When(deployment=("own",)), True),
        (When(deployment=("public-cloud",)), False),
        (When(zone_funding=("state",)), True),  # unknown
        (When(operator_parent_in=("MY",)), True),  # of the entity that runs the hall
        (When(operator_parent_in=("CN",)), False),
        (When(operator_entity_listed=True), True),  # unknown
        (When(sector=("bank",)), True),
        (When(sector=("retail",)), False),
        (When(regulated_by=("BNM",)), True),  # unknown
        (When(established_in=("MY",)), True),  # unknown
        (When(purpose=("fraud",)), True),  # unknown
        (When(critical=True), True),  # unknown, though the component is critical
        (When(critical=False), True),
        (When(data_class=("personal",)), False),
        (When(subjects_in=("MY",)), False),
        (When(not_=Box(data_class=("personal",))), True),
        (When(not_=Box(chip=("H200",))), False),
        (When(not_=Box(chip=("H100",))), True),
        (When(not_=Box(purpose=("fraud",))), True),
    ],
)
def test_the_facts_of_an_arrival_are_its_chip_its_place_and_its_operator(when: When, refused: bool) -> None:
    assert strikes_out(law(when)) is refused


def test_a_control_class_that_nobody_knows_is_refused() -> None:
    for chips in ({}, {**CHIPS, "H200": replace(CHIPS["H200"], control=None, tdp_w=D(700))}):
        world = scenario(law(When(chip_control=("4A090.a",))), regions=COMING, accelerators=chips)
        assert ("struck out", "o:c") in causes(STANDS, world)


def test_the_record_of_the_operator_comes_before_the_parent_of_the_entity() -> None:
    chinese = {"o": Operator(name="O", ultimate_parent_in="CN", entity_listed=False)}
    assert strikes_out(law(When(operator_parent_in=("CN",))), operators=chinese)
    assert not strikes_out(law(When(operator_parent_in=("MY",))), operators=chinese)
    assert not strikes_out(law(When(operator_entity_listed=True)), operators=chinese)
    silent = {"o": Operator(name="O")}
    assert not strikes_out(law(When(operator_parent_in=("CN",))), operators=silent)


def test_nothing_is_known_of_the_entity_behind_a_provider_that_nobody_of_the_scenario_operates() -> None:
    nobodys = (replace(ENTITY, operates=()),)
    assert strikes_out(law(When(sector=("retail",))), entities=nobodys)
    assert strikes_out(law(When(operator_parent_in=("CN",))), entities=nobodys)


def test_of_several_operators_each_must_be_allowed_to_receive_it() -> None:
    two = (ENTITY, Entity(id="x", sector=("retail",), operates=("o",)))
    assert strikes_out(law(When(sector=("retail",))), entities=two)
    assert not strikes_out(law(When(sector=("energy",))), entities=two)


@pytest.mark.parametrize(
    ("window", "refused"),
    [
        (Window(TODAY), True),
        (Window(TODAY + DAY), False),
        (Window(date(2020, 1, 1), TODAY), True),
        (Window(date(2020, 1, 1), TODAY - DAY), False),
    ],
)
def test_a_rule_binds_on_the_day_of_the_arrival_not_in_the_period(window: Window, refused: bool) -> None:
    assert strikes_out(law(in_force=(window,))) is refused


def test_an_arrival_of_last_year_is_judged_by_the_law_of_last_year() -> None:
    last_year = date(2025, 11, 1)
    regions = hall(arriving(on=last_year), HALL.zones[1])
    over = law(in_force=(Window(date(2025, 9, 29), date(2025, 11, 9)),))
    assert ("struck out", "o:c") in causes(STANDS, scenario(over, regions=regions))
    since = law(in_force=(Window(date(2025, 11, 10)),))
    assert causes(STANDS, scenario(since, regions=regions)) == set()


def test_what_the_arrival_holds_lifts_and_what_the_entity_holds_does_not() -> None:
    gate = law(then=Then(Forbid(("*",)), (Unless(holds=("licence", "letter")),)))
    assert strikes_out(gate)
    for holds in (("licence",), ("letter", "other")):
        assert not strikes_out(gate, regions=hall(arriving(holds=holds), HALL.zones[1]))
    assert strikes_out(gate, regions=hall(arriving(holds=("other",)), HALL.zones[1]))


def test_a_destination_on_a_list_lifts_as_it_stands_on_as_of() -> None:
    gate = law(then=Then(Confine(("SG",)), (Unless(destination_in=("list:friends",)),)))
    for members, refused in (
        ((Member("MY"),), False),
        ((Member("SG"),), True),
        ((Member("MY", to=TODAY - DAY),), True),
    ):
        assert strikes_out(gate, lists={"list:friends": PlaceList("list:friends", members)}) is refused


def test_only_must_rules_on_installs_strike_out() -> None:
    assert not strikes_out(law(penalty_usd_month=D(5)))
    assert not strikes_out(law(then=Then(Require(local_copy=LocalCopy(("SG",))))))
    assert not strikes_out(rule(BAN, "store backup transit"))


def test_overriders_and_exemptions_silence_a_rule_on_that_day() -> None:
    special = rule(Then(Forbid(("SG",))), "install", When(chip=("H200",)), name="special", overrides=("law",))
    assert not strikes_out(law(), special)
    assert strikes_out(law(), replace(special, when=When(chip=("H100",))))
    assert strikes_out(law(), replace(special, when=When(purpose=("fraud",))))
    assert strikes_out(law(), replace(special, in_force=(Window(TODAY + DAY),)))
    box, end = When(chip=("H200",)), date(2027, 1, 1)
    exempt = Exemption("ex", "law", box, "mitigated", "r", "a", TODAY, end, "t")
    assert not strikes_out(law(), exemptions=(exempt,))
    assert strikes_out(law(), exemptions=(replace(exempt, approved_on=TODAY + DAY),))
    assert not strikes_out(law(), exemptions=(replace(exempt, expires_on=TODAY),))


def test_a_plan_without_components_on_chips_lists_refused_arrivals_all_the_same() -> None:
    world = scenario(law(), regions=COMING, components=(), workloads=())
    assert causes(plan({}), world) == {("struck out", "o:c")}
    assert causes(plan({}, evidence=listed("law")), world) == set()
