"""Divisible components with traffic and limits: the verifier agrees with where they are said to live."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from planner.model.catalogue import Zone
from planner.model.question import Limits, Quote, RegionsLimit
from planner.planning import plan
from tests.oracles.small_world import component, costing, flow, prices, region, scenario, users

NEAR, FAR = region("r1", "2"), region("r2", "1", lat=Decimal(3), lon=Decimal(110))
"""The far region is cheaper, and 22.58 ms away."""

SPLIT = component("d", 1, divisible=True)


def test_a_stand_by_region_that_a_limit_asks_for_is_lived_in_and_paid_for() -> None:
    world = costing(scenario([SPLIT], [NEAR, FAR], limits=Limits(RegionsLimit(at_least=2))), r1="5", r2="7")
    found = plan(world).plan
    assert found.total_usd == 730 + 5 + 7
    assert {p.region: p.share for p in found.placements} == {"p:r1": Fraction(0), "p:r2": Fraction(1)}


def test_shares_follow_the_room_there_is() -> None:
    tight = region("r2", "1", zones=(Zone("b", {"vcpu": Decimal("0.25")}),))
    found = plan(scenario([SPLIT], [NEAR, tight])).plan
    assert {p.region: p.share for p in found.placements} == {"p:r1": Fraction(3, 4), "p:r2": Fraction(1, 4)}


def test_it_lives_where_a_flow_without_volume_must_arrive() -> None:
    # u is near and asks 5 ms of d, but sends nothing that would move d's share there: d stands by in r1
    nearby = (Quote("w/u", "p:r1", Decimal(0)),)
    flows = [flow("u", "d", 0, max_rtt=Decimal(5))]
    found = plan(scenario([component("u"), SPLIT], [NEAR, FAR], flows=flows, quotes=nearby)).plan
    assert found.total_usd == 730


def test_it_lives_where_users_without_volume_must_be_served() -> None:
    # the silent group must be served within 10 ms, all the weight is with the others, who cost nothing anywhere
    groups = (users("silent", (3, 100, 1)), users("loud", (3, 105, 1)))
    flows = [flow("users:silent", "d", 0, max_rtt=Decimal(10)), flow("users:loud", "d", 100)]
    found = plan(scenario([SPLIT], [NEAR, FAR], flows=flows, users=groups)).plan
    assert found.total_usd == 730


def test_its_share_follows_the_flows_into_it() -> None:
    # crossing costs 9 USD a GB, so what comes from a region stays there: 10 and 90 of 100 GB
    costly = prices("1", r1="9", r2="9")
    home = [region("r1", prices=costly), region("r2", prices=costly)]
    quotes = tuple(Quote(f"w/{name}", f"p:{place}", Decimal(0)) for name, place in (("u", "r1"), ("v", "r2")))
    flows = [flow("u", "d", 10), flow("v", "d", 90)]
    found = plan(scenario([component("u"), component("v"), SPLIT], home, flows=flows, quotes=quotes)).plan
    shares = {p.region: p.share for p in found.placements if p.component == "w/d"}
    assert shares == {"p:r1": Fraction(1, 10), "p:r2": Fraction(9, 10)}
