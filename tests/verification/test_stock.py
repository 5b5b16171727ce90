"""Stock: no more chips in use in a zone than stand there, have arrived or are bought; unlimited where nobody counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.model.accelerators import Arrival, Stock
from planner.model.catalogue import Prices, Zone
from planner.model.plan import Evidence, StruckOut
from planner.model.question import Quote

from .chip_world import (
    BUYS,
    CHAT,
    CLOUD,
    HALL,
    IN_HALL,
    PAID,
    SG,
    STANDS,
    TODAY,
    arriving,
    causes,
    figures,
    groups,
    hall,
    plan,
    scenario,
)

D = Decimal
SHORT = {("stock: H200", "o:c")}
DAY = timedelta(days=1)


def of_sixteen(**more: object) -> Zone:
    return Zone("c", stock=(Stock(accelerator="H200", units=16, **more),))  # type: ignore[arg-type]


def test_sixteen_chips_stand_for_two_groups_and_eight_do_not() -> None:
    assert causes(STANDS, scenario(regions=hall(of_sixteen(), HALL.zones[1]))) == set()
    assert causes(STANDS, scenario()) == SHORT


def test_a_zone_that_says_nothing_of_a_counted_kind_holds_none() -> None:
    apart = plan(IN_HALL, groups("o:c", 1, "15294.96"), groups("o:d", 1, "15294.96"))
    assert causes(apart, scenario()) == {("stock: H200", "o:d")}
    assert causes(apart, scenario(regions=hall(of_sixteen(), HALL.zones[1]))) == {("stock: H200", "o:d")}


def test_a_kind_that_nobody_counts_is_not_limited() -> None:
    assert causes(CLOUD, scenario()) == set()
    other = replace(SG.zones[0], stock=(Stock(accelerator="H100", units=1),))
    assert causes(CLOUD, scenario(regions=(HALL, replace(SG, zones=(other, SG.zones[1]))))) == set()
    counted = replace(SG.zones[0], stock=(Stock(accelerator="H200", units=8),))
    regions = (HALL, replace(SG, zones=(counted, SG.zones[1])))
    assert causes(CLOUD, scenario(regions=regions)) == {("stock: H200", "p:b")}


def test_a_hall_that_can_buy_a_kind_counts_it() -> None:
    empty = hall(Zone("c"), Zone("d"))
    assert causes(STANDS, scenario(regions=empty)) == SHORT
    no_offer = hall(Zone("c"), Zone("d"), prices=replace(HALL.prices, purchases={}))
    assert causes(STANDS, scenario(regions=no_offer)) == set()
    nobodys = tuple(replace(entity, operates=()) for entity in scenario().entities)
    assert causes(STANDS, scenario(regions=empty, entities=nobodys)) == set()


def test_several_components_share_what_stands_in_a_zone() -> None:
    twin = replace(CHAT, id="w/twin", accelerators=(replace(CHAT.accelerators[0], units=8),))
    row = replace(groups("o:c", 1, "15294.96"), component="w/twin", share=Fraction(1))
    lines = {**IN_HALL, "accelerator w/twin": "14629.2", "electricity w/twin": "665.76"}
    both = plan(lines, groups("o:c", 2, "30589.92"), row)
    for units, breaches in ((24, set()), (23, SHORT)):
        zone = Zone("c", stock=(Stock(accelerator="H200", units=units),))
        assert causes(both, scenario(regions=hall(zone), components=(CHAT, twin))) == breaches


def test_a_quote_does_not_make_chips() -> None:
    quoted = plan({"quote w/chat": "5"}, groups("o:c", 2, "5"))
    assert causes(quoted, scenario(quotes=(Quote("w/chat", "o:hall", D(5)),))) == SHORT


@pytest.mark.parametrize(
    ("before", "breaches"), [(None, set()), (TODAY, set()), (TODAY - DAY, set()), (TODAY + DAY, SHORT)]
)
def test_stock_counts_when_it_stood_by_the_day_the_period_begins(before: date | None, breaches: set[object]) -> None:
    zones = (of_sixteen(installed_before=before), HALL.zones[1])
    assert causes(STANDS, scenario(regions=hall(*zones))) == breaches


@pytest.mark.parametrize(
    ("on", "status", "announced", "breaches"),
    [
        (TODAY, "delivered", False, set()),
        (TODAY, "contracted", False, set()),
        (TODAY, "announced", False, SHORT),
        (TODAY, "announced", True, set()),
        (TODAY + DAY, "delivered", True, SHORT),
        (date(2020, 1, 1), "announced", True, set()),
    ],
)
def test_an_arrival_counts_when_it_has_come_and_is_sure_or_asked_for(
    on: date, status: str, announced: bool, breaches: set[object]
) -> None:
    regions = hall(arriving(on=on, status=status), HALL.zones[1])
    assert causes(STANDS, scenario(regions=regions, announced=announced)) == breaches


def test_an_arrival_counts_in_its_zone_in_its_number_and_in_its_kind() -> None:
    assert causes(STANDS, scenario(regions=hall(arriving(7), HALL.zones[1]))) == SHORT
    there = replace(HALL.zones[1], arrivals=arriving().arrivals)
    assert causes(STANDS, scenario(regions=hall(HALL.zones[0], there))) == SHORT
    other = replace(HALL.zones[0], arrivals=(Arrival(accelerator="GB200", units=8, on=TODAY, status="delivered"),))
    assert causes(STANDS, scenario(regions=hall(other, HALL.zones[1]))) == SHORT


def test_what_is_bought_counts_in_its_zone() -> None:
    assert causes(BUYS, scenario()) == set()
    moved = replace(BUYS, bought=(replace(BUYS.bought[0], zone="o:c"),))
    assert causes(moved, scenario()) == {("stock: H200", "o:d")}
    fewer = replace(BUYS.bought[0], units=7, cash_usd=D(252000))
    paid = replace(PAID, cash_usd=D(252000), charged_usd=D(7000))
    seven = plan(IN_HALL, *BUYS.placements, bought=(fewer,), one_offs=(paid,))
    assert causes(seven, scenario()) == {("stock: H200", "o:d")}


def test_an_arrival_that_nothing_refuses_may_not_be_struck_out() -> None:
    invented = replace(BUYS, evidence=Evidence(struck_out=(StruckOut("o:c", "H200", 8, TODAY, ("law",)),)))
    assert causes(invented, scenario()) == {("struck out", "o:c")}
    assert causes(invented, scenario(regions=hall(arriving(), HALL.zones[1]))) == {("struck out", "o:c")}


def test_chips_of_unknown_price_that_stand_are_counted_all_the_same() -> None:
    unpriced = hall(HALL.zones[0], prices=Prices(figures(vcpu="0.01")))
    found = causes(plan({}, groups("o:c", 2, "0")), scenario(regions=unpriced))
    assert found == {*SHORT, ("unknown: H200 price", "w/chat")}
