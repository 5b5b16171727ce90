"""Components on accelerators: one kind a region, whole groups, on offer, spread, and what they cost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.model.accelerators import Alternative, Arrival, Stock
from planner.model.catalogue import Prices, Region, Zone
from planner.model.plan import Placement, Plan
from planner.model.question import Component, Quote, RegionCount
from planner.requirements.spread import Spread

from .chip_world import CHAT, CLOUD, SG, causes, figures, groups, plan, scenario

D, F = Decimal, Fraction
LINE = {"accelerator w/chat": "35098.4"}
ONE, TWO = CLOUD.placements


def rows(*placements: Placement) -> Plan:
    return plan(LINE, *placements)


def sg(**changes: object) -> tuple[Region, ...]:
    return (replace(SG, **changes),)  # type: ignore[arg-type]


def test_two_whole_groups_of_one_kind_on_offer_pass() -> None:
    assert causes(CLOUD, scenario()) == set()


def test_the_other_alternative_passes_with_its_own_groups_and_price() -> None:
    usd, kind = "11709.2", "Ascend-910C"  # 16 x 1 USD + 0.04, x 730 h
    ascend = plan({"accelerator w/chat": "23418.4"}, *(groups(zone, 1, usd, kind, 16) for zone in ("p:a", "p:b")))
    assert causes(ascend, scenario()) == set()


@pytest.mark.parametrize(
    ("tampered", "breach"),
    [
        (rows(replace(ONE, accelerator="H20"), replace(TWO, accelerator="H20")), ("accelerator", "w/chat")),
        (rows(replace(ONE, accelerator=None), replace(TWO, accelerator=None)), ("accelerator", "w/chat")),
        (rows(ONE, replace(TWO, accelerator="Ascend-910C", chips=16)), ("accelerator", "w/chat")),
        (rows(ONE, replace(TWO, accelerator=None)), ("accelerator", "w/chat")),
        (rows(replace(ONE, share=F(1))), ("units", "w/chat")),
        (rows(ONE, replace(TWO, units=2, chips=16)), ("units", "w/chat")),
        (rows(ONE, replace(TWO, chips=7)), ("chips", "w/chat")),
        (rows(ONE, replace(TWO, chips=0)), ("chips", "w/chat")),
        (rows(replace(ONE, chips=12), replace(TWO, chips=4)), ("chips", "w/chat")),
        (rows(ONE, replace(TWO, usd_month=D("17549.3"))), ("cost: placement", "w/chat")),
        (plan({"accelerator w/chat": "35098.400001"}, ONE, TWO), ("cost: accelerator", "w/chat")),
        (plan({"compute w/chat": "35098.4"}, ONE, TWO), ("cost: accelerator", "w/chat")),
        (plan({"compute w/chat": "35098.4"}, ONE, TWO), ("cost: compute", "w/chat")),
    ],
)
def test_a_tampered_plan_is_refused_by_name(tampered: Plan, breach: tuple[str, str]) -> None:
    assert breach in causes(tampered, scenario())


def test_two_kinds_in_a_region_are_no_alternative_and_have_no_price() -> None:
    mixed = rows(ONE, replace(TWO, accelerator="Ascend-910C", chips=16))
    found = {("accelerator", "w/chat"), ("cost: accelerator", "w/chat"), ("cost: placement", "w/chat")}
    assert causes(mixed, scenario()) == found


def test_each_region_may_use_another_kind() -> None:
    other = replace(SG, provider="r", id="my", zones=(Zone("z"),))
    both = replace(CHAT, regions=RegionCount(2, 2))
    there = Placement("w/chat", ONE.period, "r", "r:my", "r:z", "Ascend-910C", 2, F(1, 2), D("23418.4"), chips=32)
    here = (replace(ONE, share=F(1, 4)), replace(TWO, share=F(1, 4)))
    mixed = plan({"accelerator w/chat": "58516.8"}, *here, there)
    assert causes(mixed, scenario(components=(both,), regions=(SG, other))) == set()
    short = plan({"accelerator w/chat": "58516.8"}, *here, replace(there, units=1, chips=16))
    assert ("units", "w/chat") in causes(short, scenario(components=(both,), regions=(SG, other)))


def test_a_component_without_accelerators_has_no_kind_and_no_chips() -> None:
    plain = scenario(components=(Component(id="w/chat", workload="w", entity="e"),))
    bare = replace(ONE, units=1, share=F(1), usd_month=D(0), accelerator=None, chips=0)
    assert causes(plan({}, bare), plain) == set()
    assert causes(plan({}, replace(bare, accelerator="H200")), plain) == {("accelerator", "w/chat")}
    assert causes(plan({}, replace(bare, chips=8)), plain) == {("chips", "w/chat")}


H200_HERE = Zone("a", stock=(Stock(accelerator="H200", units=99),))
H200_COMES = Zone("a", arrivals=(Arrival(accelerator="H200", units=99, on=scenario().as_of, status="contracted"),))


@pytest.mark.parametrize(
    ("zone", "cause"),
    [(Zone("a"), "accelerator"), (H200_HERE, "unknown: H200 price"), (H200_COMES, "unknown: H200 price")],
)
def test_a_kind_without_a_price_is_not_on_offer_and_where_it_stands_its_price_is_unknown(
    zone: Zone, cause: str
) -> None:
    in_one = plan({}, replace(ONE, units=2, chips=16, share=F(1), usd_month=D(0)))
    unpriced = sg(zones=(zone,), prices=Prices(figures(vcpu="0.01"), accelerators=figures(H100="1")))
    assert causes(in_one, scenario(regions=unpriced)) == {(cause, "w/chat")}


def test_a_quote_replaces_offer_and_price_and_stands_alone() -> None:
    unpriced = sg(prices=Prices())
    quoted = plan({"quote w/chat": "100"}, *(replace(row, usd_month=D(50)) for row in (ONE, TWO)))
    assert causes(quoted, scenario(regions=unpriced, quotes=(Quote("w/chat", "p:sg", D(100)),))) == set()
    elsewhere = scenario(regions=unpriced, quotes=(Quote("w/chat", "o:hall", D(100)),))
    assert ("quotes", "w/chat") in causes(quoted, elsewhere)
    strange = plan({"quote w/chat": "100"}, *(replace(row, accelerator="H20") for row in quoted.placements))
    assert causes(strange, scenario(regions=unpriced, quotes=(Quote("w/chat", "p:sg", D(100)),))) == {
        ("accelerator", "w/chat")
    }


def test_what_groups_take_besides_their_chips_needs_a_price_too() -> None:
    no_vcpu = sg(prices=replace(SG.prices, rates={}))
    assert ("unknown: vcpu price", "w/chat") in causes(CLOUD, scenario(regions=no_vcpu))


def test_the_line_is_rounded_once_over_all_groups_of_a_region() -> None:
    tiny = sg(prices=Prices(figures(vcpu="0.000000000125"), accelerators=figures(H200="0")))  # 0.365 micro a group
    for usd, breaches in (("0.000001", set()), ("0", {("cost: accelerator", "w/chat")})):
        free = plan({"accelerator w/chat": usd}, *(replace(row, usd_month=D(0)) for row in (ONE, TWO)))
        assert causes(free, scenario(regions=tiny)) == breaches


def test_other_resources_of_a_zone_are_used_by_each_group() -> None:
    in_one = plan(LINE, groups("p:a", 2, "35098.4"))
    for vcpu, breaches in (("8", set()), ("7.999", {("capacity: vcpu", "p:sg")})):
        full = sg(zones=(Zone("a", {"vcpu": D(vcpu)}), Zone("b")))
        assert causes(in_one, scenario(regions=full)) == breaches


def test_spread_counts_zones_with_a_group() -> None:
    apart = scenario(components=(replace(CHAT, requires={"spread": Spread(2)}),))
    assert causes(CLOUD, apart) == set()
    assert causes(plan(LINE, groups("p:a", 2, "35098.4")), apart) == {("spread", "w/chat")}
    wide = scenario(components=(replace(CHAT, requires={"spread": Spread(3)}),))
    assert causes(CLOUD, wide) == {("spread", "w/chat")}


def test_an_even_spread_caps_a_zone_in_groups_not_in_chips() -> None:
    five = replace(
        CHAT, accelerators=(Alternative(id="H200", units=40, group=8),), requires={"spread": Spread(2, even=True)}
    )
    line = {"accelerator w/chat": "87746"}
    for first, second, breaches in ((3, 2, set()), (4, 1, {("spread", "w/chat")})):
        counts = (("p:a", first), ("p:b", second))
        placed = (groups(zone, n, str(D("17549.2") * n), share=F(n, 5)) for zone, n in counts)
        assert causes(plan(line, *placed), scenario(components=(five,))) == breaches
