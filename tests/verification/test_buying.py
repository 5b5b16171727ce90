"""Purchases of accelerators: by whom, for what, at which price, and under which law."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Horizon, Window
from planner.model.law import Exemption, Rule, Then, Unless, When
from planner.model.plan import OneOff, Plan, Purchase
from planner.model.question import Hold
from planner.rules.forbid import Forbid

from .chip_world import BOUGHT, BUYS, HALL, IN_HALL, PAID, TODAY, Q, causes, figures, groups, hall, plan, rule, scenario

D = Decimal
AT = "o:d"


def buying(*rows: Any, **more: Any) -> Plan:
    return plan(IN_HALL, *BUYS.placements, bought=rows, one_offs=(PAID,), **more)


def test_an_entity_buys_chips_for_its_own_hall() -> None:
    assert causes(BUYS, scenario()) == set()


@pytest.mark.parametrize(
    ("tampered", "breach"),
    [
        (buying(replace(BOUGHT, entity="x")), ("purchase", AT)),
        (buying(replace(BOUGHT, entity="y")), ("entity", AT)),
        (buying(replace(BOUGHT, cash_usd=D(287999))), ("purchase", AT)),
        (buying(replace(BOUGHT, cash_usd=D("NaN"))), ("figure", AT)),
        (buying(BOUGHT, replace(BOUGHT, units=0, zone="o:c", cash_usd=D(0))), ("purchase", "o:c")),
        (buying(BOUGHT, replace(BOUGHT, units=-8, zone="o:c", cash_usd=D(-288000))), ("purchase", "o:c")),
        (buying(BOUGHT, BOUGHT), ("purchase", AT)),
        (buying(replace(BOUGHT, period="2026Q3")), ("period", AT)),
        (buying(replace(BOUGHT, period="2026Q3")), ("stock: H200", AT)),
        (buying(replace(BOUGHT, zone="o:e")), ("zone", "o:e")),
        (buying(replace(BOUGHT, region="o:x")), ("region", AT)),
        (buying(replace(BOUGHT, accelerator="H100")), ("unknown: H100 purchase price", AT)),
        (buying(replace(BOUGHT, region="p:sg", zone="p:a")), ("purchase", "p:a")),
        (plan(IN_HALL, *BUYS.placements, bought=(BOUGHT,)), ("cost: one-off", PAID.what)),
        (plan(IN_HALL, *BUYS.placements, one_offs=(PAID,)), ("cost: one-off", PAID.what)),
        (replace(BUYS, one_offs=(replace(PAID, cash_usd=D(1)),)), ("cost: one-off", PAID.what)),
        (replace(BUYS, one_offs=(replace(PAID, months=12),)), ("cost: one-off", PAID.what)),
        (replace(BUYS, one_offs=(replace(PAID, charged_usd=D(1)),)), ("cost: one-off", PAID.what)),
    ],
)
def test_a_tampered_purchase_is_refused_by_name(tampered: Plan, breach: tuple[str, str]) -> None:
    assert breach in causes(tampered, scenario())


def test_chips_are_bought_for_own_halls_alone_at_a_known_price() -> None:
    assert ("purchase", AT) in causes(BUYS, scenario(regions=hall(kind="dedicated")))
    unpriced = hall(prices=replace(HALL.prices, purchases={}))
    assert ("unknown: H200 purchase price", AT) in causes(BUYS, scenario(regions=unpriced))
    nobodys = tuple(replace(entity, operates=()) for entity in scenario().entities)
    assert ("purchase", AT) in causes(BUYS, scenario(entities=nobodys))


def test_any_entity_that_operates_the_hall_may_buy_for_it() -> None:
    both = tuple(replace(entity, operates=("o",)) for entity in scenario().entities)
    assert causes(buying(replace(BOUGHT, entity="x")), scenario(entities=both)) == set()


def test_unused_chips_may_be_bought_and_are_paid_for_together_with_those_of_other_zones() -> None:
    more = (BOUGHT, replace(BOUGHT, zone="o:c", units=1, cash_usd=D(36000)))
    paid = replace(PAID, cash_usd=D(324000), charged_usd=D(9000))
    assert causes(plan(IN_HALL, *BUYS.placements, bought=more, one_offs=(paid,)), scenario()) == set()
    assert causes(buying(*more), scenario()) == {("cost: one-off", PAID.what)}


def test_the_charge_of_each_chip_is_rounded_and_then_multiplied() -> None:
    tenth = hall(prices=replace(HALL.prices, purchases=figures(H200="0.10")))  # 0.10 / 36 = 0.002778, not 0.00277...
    row = replace(BOUGHT, cash_usd=D("0.80"))
    for charged, breaches in (("0.022224", set()), ("0.022222", {("cost: one-off", PAID.what)})):
        paid = OneOff(PAID.what, Q, D("0.80"), 36, D(charged))
        one = plan(IN_HALL, *BUYS.placements, bought=(row,), one_offs=(paid,))
        assert causes(one, scenario(regions=tenth)) == breaches


def test_cash_is_charged_over_the_months_of_the_horizon() -> None:
    year = replace(PAID, months=12, charged_usd=D(24000))
    bought = plan(IN_HALL, *BUYS.placements, bought=(BOUGHT,), one_offs=(year,))
    assert causes(bought, scenario(horizon=Horizon(Q, amortise=D(12)))) == set()
    assert causes(bought, scenario()) == {("cost: one-off", PAID.what)}


def test_bought_chips_serve_every_component_of_the_hall() -> None:
    one = scenario().components[0]
    twin = replace(one, id="w/twin", accelerators=(replace(one.accelerators[0], units=8),))
    row = replace(groups("o:d", 1, "15294.96"), component="w/twin", share=Fraction(1))
    lines = {**IN_HALL, "accelerator w/twin": "14629.2", "electricity w/twin": "665.76"}
    paid = replace(PAID, cash_usd=D(576000), charged_usd=D(16000))
    sixteen = replace(BOUGHT, units=16, cash_usd=D(576000))
    both = plan(lines, *BUYS.placements, row, bought=(sixteen,), one_offs=(paid,))
    assert causes(both, scenario(components=(one, twin))) == set()


REFUSED = {("law", AT)}
GATE = Then(Forbid(("*",)), (Unless(holds=("licence", "letter")),))


def law(then: Then = GATE, when: When = When(), **more: Any) -> Rule:  # noqa: B008
    return rule(then, "install", when, **more)


def test_a_rule_without_a_way_out_forbids_the_purchase() -> None:
    assert causes(BUYS, scenario(law(Then(Forbid(("*",)))))) == REFUSED
    assert causes(BUYS, scenario(law(Then(Forbid(("SG",)))))) == set()


def test_a_purchase_is_judged_by_the_facts_of_its_buyer() -> None:
    for when, breaches in (
        (When(chip_control=("3A090.a",)), REFUSED),
        (When(chip_control=("4A090.a",)), set()),
        (When(operator_parent_in=("MY",)), REFUSED),
        (When(operator_parent_in=("CN",)), set()),
        (When(sector=("retail",)), set()),
        (When(critical=True), REFUSED),
        (When(data_class=("personal",)), set()),
    ):
        assert causes(BUYS, scenario(law(when=when))) == breaches


def test_a_purchase_is_judged_on_the_day_the_period_begins() -> None:
    for window, breaches in (
        (Window(TODAY), REFUSED),
        (Window(TODAY + timedelta(days=1)), set()),
        (Window(TODAY - timedelta(days=9), TODAY - timedelta(days=1)), set()),
    ):
        assert causes(BUYS, scenario(law(in_force=(window,)))) == breaches


def test_a_licence_that_is_bought_or_held_by_the_buyer_for_the_provider_lifts_it() -> None:
    licence = Purchase("licence", "e", "o", Q, TODAY, D(360))
    cost = OneOff("mechanism:licence/e/o", Q, D(360), 36, D(10))
    bought = plan(IN_HALL, *BUYS.placements, bought=(BOUGHT,), one_offs=(PAID, cost), mechanisms=(licence,))
    assert causes(BUYS, scenario(law())) == REFUSED
    assert causes(bought, scenario(law())) == set()
    for row in (replace(licence, key="p"), replace(licence, entity="x")):
        strange = replace(cost, what=f"mechanism:licence/{row.entity}/{row.key}")
        wrong = replace(bought, mechanisms=(row,), one_offs=(PAID, strange))
        assert causes(wrong, scenario(law())) == REFUSED
    assert causes(BUYS, scenario(law(), holds=(Hold("licence", "e", operator="o"),))) == set()
    for hold in (Hold("licence", "x", operator="o"), Hold("licence", "e", operator="p")):
        assert causes(BUYS, scenario(law(), holds=(hold,))) == REFUSED


def test_what_is_held_for_one_workload_lifts_no_purchase() -> None:
    assert causes(BUYS, scenario(law(), holds=(Hold("letter", "e", workload="w"),))) == REFUSED


def test_should_rules_on_installs_cost_nothing() -> None:
    assert causes(BUYS, scenario(law(penalty_usd_month=D(5)))) == set()


def test_exemptions_and_overriders_silence_the_rule() -> None:
    exempt = Exemption("ex", "law", When(chip=("H200",)), "mitigated", "r", "a", TODAY, TODAY, "t")
    assert causes(BUYS, scenario(law(), exemptions=(exempt,))) == set()
    special = rule(Then(Forbid(("SG",))), "install", name="special", overrides=("law",))
    assert causes(BUYS, scenario(law(), special)) == set()


def test_every_zone_is_judged_by_itself() -> None:
    other = replace(BOUGHT, zone="o:c", units=1, cash_usd=D(36000))
    paid = replace(PAID, cash_usd=D(324000), charged_usd=D(9000))
    both = plan(IN_HALL, *BUYS.placements, bought=(BOUGHT, other), one_offs=(paid,))
    assert causes(both, scenario(law())) == {("law", "o:c"), ("law", "o:d")}
