"""The brute force against answers worked out by hand. A vcpu costs 730 USD a month unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Horizon
from planner.model.catalogue import Measurement, Offering
from planner.model.law import Verb
from planner.model.question import CopySpec, Limits, Quote, RegionCount, RegionsLimit
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread
from planner.rules.confine import Confine

from .brute_force import cheapest
from .small_world import component, costing, dataset, flow, prices, region, rule, scenario, users, zones

FAR: dict[str, Any] = {"lat": Decimal(3), "lon": Decimal(110), "country": "SG"}
"""Ten degrees of longitude at 3 degrees north are 1110.4 km: 22.58 ms between regions, 23.70 ms from users."""


def test_every_unit_is_paid_at_the_cheapest_region() -> None:
    # 3 units x 2 vcpu x 0.5 USD/h x 730 h = 2190
    world = scenario([component("a", 2, 3)], [region("r1"), region("r2", "0.5")])
    assert cheapest(world) == 2190


def test_unit_costs_are_rounded_half_even_before_they_are_multiplied() -> None:
    # 0.0000000005 USD/h x 730 h = 0.000000365 rounds to 0 a unit, though three units would be 0.000001095
    assert cheapest(scenario([component("a", 1, 3)], [region("r1", "0.0000000005")])) == 0


def test_units_that_fit_in_sum_but_not_in_zones_cannot_stand() -> None:
    # zones of 3 and 3 vcpu hold one unit of 2 each: two units fit, three do not although 6 vcpu suffice
    home = [region("r1", zones=zones(3, 3))]
    assert cheapest(scenario([component("a", 2, 2)], home)) == 2 * 2 * 730
    assert cheapest(scenario([component("a", 2, 3)], home)) is None


def test_two_components_compete_for_the_cheap_region() -> None:
    # r1 at 0.1 USD/h has room for one; the other pays 730 in r2: 73 + 730
    world = scenario([component("a"), component("b")], [region("r1", "0.1", zones=zones(1)), region("r2")])
    assert cheapest(world) == 803


def test_spread_asks_for_zones_in_the_region_and_even_caps_each_zone() -> None:
    # r1 is cheap with 1 zone; r2 has zones of 4 and 1 vcpu: 3 + 1 units are spread over two zones but not even
    home = [region("r1", "0.1"), region("r2", zones=zones(4, 1))]
    spread = component("a", 1, 4, requires={"spread": Spread(2)})
    even = component("a", 1, 4, requires={"spread": Spread(2, even=True)})
    assert cheapest(scenario([spread], home)) == 4 * 730
    assert cheapest(scenario([even], home)) is None


def test_services_and_status_shut_regions_out() -> None:
    # r1 lacks the service from 2027, r2 is announced without a date, r3 opened in January: only r3 at 3 USD/h
    home = [
        region("r1", "1", services=(Offering("svc", to=date(2026, 12, 30)),)),
        region("r2", "2", services=(Offering("svc"),), status="announced"),
        region("r3", "3", services=(Offering("svc"),), status="announced", opens=date(2026, 1, 5)),
    ]
    assert cheapest(scenario([component("a", services=("svc",))], home)) == 3 * 730


def test_a_quote_replaces_compute_and_unit_use_in_its_region() -> None:
    # the quote in r1 is cheaper but a unit uses 5 of 4 vcpu there; in r2 it is 90 for both units together
    quotes = (
        Quote("w/a", "p:r1", Decimal(10), {"vcpu": Decimal(5)}),
        Quote("w/a", "p:r2", Decimal(90)),
    )
    home = [region("r1", zones=zones(4)), region("r2", None, zones=zones(4)), region("r3", "0.001")]
    assert cheapest(scenario([component("a", 2, 2)], home, quotes=quotes)) == 90


def test_a_divisible_component_fills_the_cheap_region_first() -> None:
    # r1 takes 3 of 4 vcpu: 3/4 x 40 + 1/4 x 80 = 50; opening 5 + 7; alone r2 would be 80 + 7
    quotes = (Quote("w/a", "p:r1", Decimal(40)), Quote("w/a", "p:r2", Decimal(80)))
    world = scenario(
        [component("a", 4, divisible=True)],
        [region("r1", zones=zones(1, 2)), region("r2", zones=zones(9))],
        quotes=quotes,
    )
    assert cheapest(costing(world, r1="5", r2="7")) == 62
    assert cheapest(replace(costing(world, r1="5", r2="7"), limits=Limits(RegionsLimit(at_most=1)))) == 87


def test_a_divisible_component_has_its_share_where_its_traffic_is() -> None:
    # far users must be served within 10 ms: their half of the weight is their half of the load, 730 near, 73 far
    group = users("u", (3, 100, 1), (3, 110, 1))
    home = [region("r1", prices=prices("1")), region("r2", "0.1", **FAR)]
    split = component("a", divisible=True)
    near = scenario([split], home, flows=[flow("users:u", "a", 9, max_rtt=Decimal(10))], users=(group,))
    assert cheapest(near) == Fraction(730 + 73, 2)
    # 1 of 4 GB comes from b in r1, 3 from c in r2, and crossing is too slow
    quotes = (Quote("w/b", "p:r1", Decimal(0)), Quote("w/c", "p:r2", Decimal(0)))
    flows = [flow("b", "a", 1, max_rtt=Decimal(10)), flow("c", "a", 3, max_rtt=Decimal(10))]
    fed = scenario([split, component("b"), component("c")], home, flows=flows, quotes=quotes)
    assert cheapest(fed) == Fraction(730 + 3 * 73, 4)


def test_a_stand_by_region_of_a_divisible_component_is_in_use() -> None:
    home = [region("r1", "1"), region("r2", "2")]
    world = scenario([component("a", divisible=True)], home, limits=Limits(RegionsLimit(exactly=2)))
    assert cheapest(costing(world, r1="5", r2="7")) == 730 + 5 + 7


def test_units_are_placed_so_that_a_divisible_component_keeps_the_best_room() -> None:
    # the unit of 2 must take the zone of 2 so that all 3 vcpu of the divisible one stay free in r1 at 30 USD
    quotes = (Quote("w/d", "p:r1", Decimal(30)), Quote("w/d", "p:r2", Decimal(600)), Quote("w/u", "p:r1", Decimal(1)))
    world = scenario(
        [component("d", 3, divisible=True), component("u", 2)],
        [region("r1", zones=zones(3, 2)), region("r2")],
        quotes=quotes,
    )
    assert cheapest(world) == 31


def test_users_are_served_only_over_fast_enough_flows() -> None:
    # r2 is free but 23.70 ms away; the flow asks 10 ms: 1 vcpu in r1 and 100 GB x 0.02
    home = [region("r1", prices=prices(internet="0.02")), region("r2", "0", **FAR)]
    fast = flow("users:u", "a", 100, max_rtt=Decimal(10))
    group = users("u", (3, 100, 1))
    assert cheapest(scenario([component("a")], home, flows=[fast], users=(group,))) == 732
    unhurried = replace(group, latency="none")
    assert cheapest(scenario([component("a")], home, flows=[fast], users=(unhurried,))) == 0


def test_max_rtt_of_a_component_counts_every_point_of_the_group() -> None:
    # a point at each region: either region is 23.70 ms from the other point
    home = [region("r1"), region("r2", **FAR)]
    group = users("u", (3, 100, 1), (3, 110, 1))
    for rtt, answer in ((23, None), (24, 730)):
        wish = component("a", requires={"max_rtt": MaxRtt("u", Decimal(rtt))})
        assert cheapest(scenario([wish], home, users=(group,))) == answer


def test_within_is_met_by_steering_exactly_the_share_asked_for() -> None:
    # both regions are free; r1 (near) sells a GB at 1 USD, r2 at 0.5: 75 % of 100 GB near = 75 + 12.5
    home = [region("r1", prices=prices("0", internet="1")), region("r2", prices=prices("0", internet="0.5"), **FAR)]
    wish = component("a", regions=RegionCount(1, 2), requires={"within": Within(Decimal("0.75"), Decimal(10))})
    world = scenario([wish], home, flows=[flow("users:u", "a", 100)], users=(users("u", (3, 100, 1)),))
    assert cheapest(world) == Fraction("87.5")


def test_a_point_that_may_not_be_split_is_served_whole() -> None:
    # as above, but the only point must be served from the near region: 100
    home = [region("r1", prices=prices("0", internet="1")), region("r2", prices=prices("0", internet="0.5"), **FAR)]
    wish = component("a", regions=RegionCount(1, 2), requires={"within": Within(Decimal("0.75"), Decimal(10))})
    group = users("u", (3, 100, 1), split=False)
    assert cheapest(scenario([wish], home, flows=[flow("users:u", "a", 100)], users=(group,))) == 100


def test_shares_follow_users_and_then_the_flows() -> None:
    # u serves half its users near each region (10 ms each); half of 100 GB crosses to d: 50 x 0.1, units 3 x 730
    home = [region("r1", prices=prices(r2="0.1")), region("r2", prices=prices(r1="0.1"), **FAR)]
    pair = component("u", regions=RegionCount(2, 2))
    flows = [flow("users:g", "u", 10, max_rtt=Decimal(10)), flow("u", "d", 100)]
    group = users("g", (3, 100, 1), (3, 110, 1))
    assert cheapest(scenario([pair, component("d")], home, flows=flows, users=(group,))) == 3 * 730 + 5


def test_without_users_or_flows_the_load_is_shared_equally() -> None:
    # both regions are needed; equal shares send half of 100 GB across at 0.1: 5
    home = [region("r1", "0", prices=prices("0", r2="0.1")), region("r2", "0", prices=prices("0", r1="0.1"))]
    pair = component("u", regions=RegionCount(2, 2))
    assert cheapest(scenario([pair, component("d")], home, flows=[flow("u", "d", 100)])) == 5


def test_a_flow_limit_keeps_components_together_unless_measured_otherwise() -> None:
    # a must be in r1 and d in r2; estimate 22.58 ms > 20 ms, a measurement of the other direction says 19 ms
    home = [region("r1"), region("r2", **FAR)]
    quotes = (Quote("w/a", "p:r1", Decimal(1)), Quote("w/d", "p:r2", Decimal(1)))
    parts = [component("a"), component("d")]
    world = scenario(parts, home, flows=[flow("a", "d", 0, max_rtt=Decimal(20))], quotes=quotes)
    assert cheapest(world) is None
    assert cheapest(replace(world, measurements=(Measurement("p:r2", "p:r1", Decimal(19)),))) == 2


def test_copies_pay_storage_and_replication_and_keep_their_distance() -> None:
    # 100 GB: primary in r1 (1 USD), backup must be 500 km off: r2 at 0.05 = 5, plus 10 GB x 0.2 = 2
    home = [
        region("r1", prices=prices(storage="0.01", r2="0.2")),
        region("r2", prices=prices(storage="0.05", r1="9"), **FAR),
    ]
    two = (CopySpec("primary"), CopySpec("backup", Decimal(500)))
    data = dataset("d", size=Decimal(100), change=Decimal(10), copies=two)
    assert cheapest(scenario([component("a")], home, datasets=(data,))) == 730 + 1 + 5 + 2
    distant = replace(data, copies=(CopySpec("primary"), CopySpec("backup", Decimal(2000))))
    assert cheapest(scenario([component("a")], home, datasets=(distant,))) is None


def test_reads_come_from_any_readable_copy_and_writes_go_to_the_primary() -> None:
    # a is in r1 only (quote); a copy costs 60 in r1, nothing in r2. Both copies in r2: read 50 + write 40 = 90;
    # the replica in r1: 60 + write 40 = 100; the primary in r1: 60 and nothing crosses
    home = [
        region("r1", prices=prices(storage="60", r2="4")),
        region("r2", prices=prices(storage="0", r1="5")),
    ]
    data = dataset("d", size=Decimal(1), copies=(CopySpec("primary"), CopySpec("replica")))
    flows = [flow("dataset:d", "a", 10), flow("a", "dataset:d", 10)]
    world = scenario([component("a")], home, flows=flows, datasets=(data,), quotes=(Quote("w/a", "p:r1", Decimal(0)),))
    assert cheapest(world) == 60
    far_primary = rule(Confine(("SG",)), verbs=(Verb.STORE,))
    singapore = [home[0], replace(home[1], country="SG")]
    assert cheapest(replace(world, regions=tuple(singapore), rules=(far_primary,))) == 90


def test_opening_is_paid_once_for_each_entity_in_a_region() -> None:
    # a and b of e share one opening of 100 + 70/10; c of e2 pays its own; units are free
    parts = [component("a", 0), component("b", 0), component("c", 0, entity="e2")]
    home = [region("r1", opening_cost=Decimal(100), opening_once=Decimal(70))]
    assert cheapest(scenario(parts, home)) == 2 * 107


@pytest.mark.parametrize(
    ("limit", "answer"),
    [
        (RegionsLimit(at_most=1), 4 * 730),
        (RegionsLimit(), 2 * 730),
        (RegionsLimit(exactly=2), 2 * 730),
        (RegionsLimit(at_least=3), None),
    ],
)
def test_the_limit_counts_regions_in_use_by_anyone(limit: RegionsLimit, answer: int | None) -> None:
    # each component is cheap (1 USD/h) in one region alone: together in r1 or r2 costs 1 + 3 in USD/h
    home = [region("r1"), region("r2")]
    quotes = tuple(
        Quote(f"w/{name}", f"p:{place}", Decimal(cost))
        for name, place, cost in (("a", "r1", 730), ("a", "r2", 2190), ("b", "r1", 2190), ("b", "r2", 730))
    )
    parts = [component("a"), component("b", entity="e2")]
    assert cheapest(scenario(parts, home, quotes=quotes, limits=Limits(limit))) == answer


def test_an_unknown_price_refuses_only_what_needs_it() -> None:
    # r1 has no vcpu rate; nothing asks for vcpu of b, so b may stay in r1 where opening is free
    world = costing(scenario([component("a"), component("b", 0)], [region("r1", None), region("r2")]), r2="5")
    assert cheapest(world) == 735
    assert cheapest(scenario([component("a")], [region("r1", None)])) is None


def test_an_unknown_pair_falls_back_to_the_internet_price() -> None:
    # 10 GB from r1 to r2 at the internet price 0.3 = 3; without any price the pair cannot be used
    quotes = (Quote("w/a", "p:r1", Decimal(0)), Quote("w/d", "p:r2", Decimal(0)))
    parts, flows = [component("a"), component("d")], [flow("a", "d", 10)]
    for internet, answer in (("0.3", 3), (None, None)):
        home = [region("r1", prices=prices(internet=internet)), region("r2")]
        assert cheapest(scenario(parts, home, flows=flows, quotes=quotes)) == answer


def test_more_than_one_period_is_refused() -> None:
    world = scenario([component("a")], [region("r1")])
    with pytest.raises(ValueError, match="one period"):
        cheapest(replace(world, horizon=Horizon("2026Q4", 2)))
