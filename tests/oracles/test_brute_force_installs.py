"""The brute force on installing chips against answers worked out by hand: arrivals that are judged, and purchases.

A chip of kind h costs 730 USD a month to use, and a tenth of what it costs to buy. The period begins on 2026-11-23.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Window
from planner.model.catalogue import Operator, Region
from planner.model.law import Exemption, Rule, Unless, Verb, When
from planner.model.question import Component, Entity, Hold
from planner.model.scenario import Scenario
from planner.model.vocabulary import Scope
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid

from .brute_force import cheapest
from .small_halls import OPERATOR, arrives, hall, kind, runs_on, site, stands, world, zone
from .small_world import component, mechanism, rule, should, with_words

MARCH, TODAY, TOMORROW = date(2025, 3, 1), date(2026, 11, 23), date(2026, 11, 24)
ONE = (runs_on("a", ("h", 1, 1)),)
NOBODY = (Entity(id="e"), Entity(id="e2"))


def gate(*unless: Unless, within: Sequence[Window] = (Window(date(2020, 1, 1)),), **when: Any) -> Rule:
    """Nothing may be installed anywhere."""
    return replace(rule(Forbid(("*",)), *unless, verbs=(Verb.INSTALL,), **when), in_force=tuple(within))


def arrived(*laws: Rule, on: date = MARCH, papers: tuple[str, ...] = (), **changes: Any) -> Scenario:
    """One chip of h is needed, and one arrived in a region that is nobody's own."""
    home = [site("r1", [zone("z", arrives(1, on, holds=papers))], **changes.pop("facts", {}))]
    return world(ONE, home, rules=laws, **{"entities": NOBODY, **changes})


def lawful(found: Scenario) -> bool:
    assert cheapest(found) in (None, 730)
    return cheapest(found) is not None


def test_an_arrival_that_law_refuses_does_not_count() -> None:
    assert lawful(arrived())
    assert not lawful(arrived(gate()))


def test_stock_may_run_on() -> None:
    assert lawful(world(ONE, [site("r1", [zone("z", stands(1))])], rules=(gate(),)))


def test_should_rules_do_not_strike_out_and_cost_nothing() -> None:
    assert lawful(arrived(should(gate(), "100")))


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (MARCH, MARCH, True),
        (date(2020, 1, 1), date(2025, 2, 28), False),
        (date(2025, 3, 2), None, False),
        (TODAY, None, False),
    ],
)
def test_an_arrival_is_judged_on_its_own_day(first: date, last: date | None, refused: bool) -> None:
    assert lawful(arrived(gate(within=[Window(first, last)]))) is not refused


@pytest.mark.parametrize(
    ("when", "refused"),
    [
        ({"chip": ("h",)}, True),
        ({"chip": ("g",)}, False),
        ({"chip_control": ("licensed",)}, False),
        ({"chip_control": ("free",)}, True),
        ({"located_in": ("MY",)}, True),
        ({"located_in": ("SG",)}, False),
        ({"deployment": ("own",)}, False),
        ({"zone_funding": ("state",)}, True),
        ({"operator_parent_in": ("CN",)}, True),
        ({"operator_entity_listed": True}, True),
        ({"established_in": ("SG",)}, True),
        ({"sector": ("bank",)}, True),
        ({"critical": True}, True),
        ({"critical": False}, True),
        ({"purpose": ("training",)}, True),
        ({"data_class": ("personal",)}, False),
        ({"subjects_in": ("MY",)}, False),
    ],
)
def test_what_is_known_of_an_arrival(when: dict[str, Any], refused: bool) -> None:
    assert lawful(arrived(gate(**when))) is not refused


def test_a_chip_is_covered_by_the_name_of_its_family() -> None:
    named = arrived(gate(chip=("hs",)))
    assert lawful(named)
    assert not lawful(with_words(named, chip_families={"hs": ("h",)}))


@pytest.mark.parametrize(("parent", "listed"), [("MY", True), ("CN", False)])
def test_the_operator_is_judged_by_its_record(parent: str, listed: bool) -> None:
    known = {"operators": {"p": Operator(name="p", ultimate_parent_in=parent, entity_listed=listed)}}
    assert lawful(arrived(gate(operator_parent_in=("CN",)), **known)) is (parent != "CN")
    assert lawful(arrived(gate(operator_entity_listed=True), **known)) is not listed


def test_an_entity_that_operates_the_provider_lends_its_facts() -> None:
    seat, parent = gate(established_in=("SG",)), gate(operator_parent_in=("CN",))
    for facts, lets_in in (({"established_in": ("MY",), "ultimate_parent_in": ("MY",)}, True), ({}, False)):
        owner = (Entity(id="e", operates=("p",), **facts),)  # type: ignore[arg-type]
        assert lawful(arrived(seat, entities=owner)) is lets_in
        assert lawful(arrived(parent, entities=owner)) is lets_in
    record = {"p": Operator(name="p", ultimate_parent_in="CN")}
    assert not lawful(arrived(parent, entities=OPERATOR, operators=record))


def test_what_runs_in_a_hall_has_the_same_operator_as_what_is_installed() -> None:
    law = rule(Forbid(("*",)), verbs=(Verb.PROCESS,), operator_parent_in=("CN",))
    for parent, lets_run in (("MY", True), ("CN", False), (None, False)):
        owner = (Entity(id="e", operates=("p",), ultimate_parent_in=parent and (parent,)),)
        assert lawful(world(ONE, [hall("r1")], rules=(law,), entities=owner)) is lets_run


def test_an_arrival_is_lifted_by_its_own_papers_alone() -> None:
    gated = gate(Unless(holds=("yes",)))
    known = {"mechanisms": [mechanism("yes", Scope.ENTITY, 0)], "entities": OPERATOR}
    assert lawful(arrived(gated, papers=("yes",), **known))
    assert not lawful(arrived(gated, papers=("no",), **known))
    assert not lawful(arrived(gated, holds=(Hold("yes", "e"),), **known))


def test_a_destination_lifts_and_confine_asks_for_the_place() -> None:
    assert lawful(arrived(gate(Unless(destination_in=("MY",)))))
    assert not lawful(arrived(gate(Unless(destination_in=("SG",)))))
    for place, lets_in in (("MY", True), ("SG", False)):
        assert lawful(arrived(rule(Confine((place,)), verbs=(Verb.INSTALL,)))) is lets_in


def test_overrides_and_exemptions_hold_on_the_day() -> None:
    for day, lets_in in ((MARCH, True), (TODAY, False)):
        on_that_day = (Window(day, day),)
        special = replace(rule(Forbid(()), verbs=(Verb.INSTALL,)), id="s", overrides=("r",), in_force=on_that_day)
        assert lawful(arrived(gate(), special)) is lets_in
        excused = Exemption("x", "r", When(chip=("h",)), "mitigated", "why", "who", day, day, "T-1")
        assert lawful(arrived(gate(), exemptions=(excused,))) is lets_in


# Buying


def sold(parts: Sequence[Component], *laws: Rule, usd: str = "500", **changes: Any) -> Scenario:
    """A hall of entity e in which nothing stands and a chip of h can be bought."""
    return world(parts, [hall("r1", sale={"h": usd})], rules=laws, **changes)


def test_bought_chips_are_paid_beside_their_use() -> None:
    # two chips: 2 x 730 and 2 x 500 / 10
    assert cheapest(sold([runs_on("a", ("h", 2, 1))])) == 2 * 730 + 100


def test_the_charge_of_one_chip_is_rounded() -> None:
    # 0.000004 / 10 rounds to nothing, though three would be 0.0000012
    assert cheapest(sold([runs_on("a", ("h", 3, 1))], usd="0.000004")) == 3 * 730


def test_only_what_is_missing_in_a_zone_is_bought() -> None:
    # groups of 2 in zones of 3 and 1 chips: z1 holds one group, the other lacks one chip in either zone
    home = [hall("r1", [zone("z1", stands(3)), zone("z2", stands(1))], sale={"h": "500"})]
    assert cheapest(world([runs_on("a", ("h", 4, 2))], home)) == 4 * 730 + 50


def test_bought_chips_serve_every_component_of_the_hall() -> None:
    # 2 and 1 chips
    parts = [runs_on("a", ("h", 2, 1)), runs_on("b", ("h", 1, 1))]
    assert cheapest(sold(parts)) == 3 * 730 + 150


@pytest.mark.parametrize("changes", [{"kind": "public-cloud"}, {"sale": {}}, {"provider": "q"}])
def test_chips_are_bought_only_in_an_own_hall_for_a_known_price(changes: dict[str, Any]) -> None:
    facts = {"kind": "own", "sale": {"h": "500"}} | changes
    assert cheapest(world(ONE, [site("r1", [zone("z", stands(0))], **facts)])) is None


def test_where_chips_are_for_sale_they_are_counted_whatever_law_says() -> None:
    assert cheapest(world(ONE, [hall("r1")])) == 730
    assert cheapest(sold(ONE)) == 780
    assert cheapest(sold(ONE, gate())) is None
    assert cheapest(sold(ONE, should(gate(), "100"))) == 780


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [(TODAY, TODAY, True), (TOMORROW, None, False), (date(2020, 1, 1), date(2026, 11, 22), False)],
)
def test_a_purchase_is_judged_on_the_first_day_of_the_period(first: date, last: date | None, refused: bool) -> None:
    assert cheapest(sold(ONE, gate(within=[Window(first, last)]))) == (None if refused else 780)


@pytest.mark.parametrize(
    ("scope", "hold", "lifted"),
    [
        (Scope.ENTITY, {}, True),
        (Scope.DESTINATION, {"destination": "MY"}, True),
        (Scope.DESTINATION, {"destination": "SG"}, False),
        (Scope.OPERATOR, {"operator": "p"}, True),
        (Scope.SHIPMENT, {"operator": "p"}, True),
        (Scope.SHIPMENT, {"operator": "q"}, False),
    ],
)
def test_a_purchase_asks_for_a_mechanism_once(scope: Scope, hold: dict[str, Any], lifted: bool) -> None:
    # two chips: 1460 + 100, and a mechanism of 300 / 10 unless it is held
    law, offers = gate(Unless(holds=("yes",))), [mechanism("yes", scope, 300)]
    two = sold([runs_on("a", ("h", 2, 1))], law, mechanisms=offers)
    assert cheapest(two) == 1590
    assert cheapest(replace(two, holds=(Hold("yes", "e", **hold),))) == (1560 if lifted else 1590)
    assert cheapest(replace(two, holds=(Hold("yes", "e2", **hold),))) == 1590
    assert cheapest(replace(two, refused=frozenset({"yes"}))) is None


def test_a_mechanism_for_a_workload_lifts_no_purchase() -> None:
    law, offers = gate(Unless(holds=("yes",))), [mechanism("yes", Scope.WORKLOAD, 300)]
    assert cheapest(sold(ONE, law, mechanisms=offers, holds=(Hold("yes", "e", workload="w"),))) is None


def test_one_mechanism_serves_installing_and_running() -> None:
    both = replace(gate(Unless(holds=("yes",))), verbs=(Verb.INSTALL, Verb.PROCESS))
    assert cheapest(sold(ONE, both, mechanisms=[mechanism("yes", Scope.ENTITY, 300)])) == 730 + 50 + 30


def test_renting_and_buying_are_weighed() -> None:
    # q sells h at 1.5 an hour: 1095; the own hall takes 730 and a tenth of the chip, with a licence of 40
    abroad: Region = replace(site("r2", rent={"h": "1.5"}), provider="q")
    law, offers = gate(Unless(holds=("yes",)), operator_parent_in=("CN",)), [mechanism("yes", Scope.ENTITY, 400)]
    for usd, answer in (("3000", 730 + 300 + 40), ("3300", 1095)):
        home = [hall("r1", sale={"h": usd}), abroad]
        assert cheapest(world(ONE, home, rules=(law,), mechanisms=offers)) == Fraction(answer)


def test_what_is_not_established_of_a_chip_is_held_against_it() -> None:
    law = gate(chip_control=("licensed",))
    for control, answer in (("free", 780), (None, None), ("licensed", None)):
        assert cheapest(sold(ONE, law, accelerators={"h": kind("h", control=control)})) == answer


def test_a_chip_is_bought_where_that_leaves_room_for_what_is_divisible() -> None:
    # the chip stands in z1, the only zone with memory; bought for z2, it leaves all 3 vcpu of z1 to d
    home = [hall("r1", [zone("z1", stands(1), vcpu=3), zone("z2", vcpu=2, memory=0)], sale={"h": "500"})]
    group = runs_on("a", ("h", 1, 1), vcpu=2)
    for vcpu, bought in ((3, 50), (1, 0)):
        needs = {"vcpu": Decimal(vcpu), "memory": Decimal(1)}
        rest = component("d", divisible=True, per_replica=needs)
        assert cheapest(world([group, rest], home)) == (1 + 2 + vcpu) * 730 + bought
