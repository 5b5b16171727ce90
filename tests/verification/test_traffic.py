"""Shares, routes, reads, writes and divisible loads, in small worlds of two regions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.model.calendar import Horizon
from planner.model.catalogue import Figure, Measurement, Prices, Region, Zone
from planner.model.plan import Copy, CostLine, Placement, Plan, Route, Served
from planner.model.question import (
    Component,
    CopySpec,
    Dataset,
    DemandPoint,
    Entity,
    Flow,
    Limits,
    Quote,
    RegionCount,
    RegionsLimit,
    Replicas,
    SolverSettings,
    Users,
    Workload,
)
from planner.model.scenario import Scenario
from planner.model.vocabulary import Vocabulary
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread
from planner.verification import find_breaches

D, F = Decimal, Fraction
Q = "2026Q4"
FREE = Prices(internet=Figure(D("0.1")), storage=Figure(D(0)))
A = Region(provider="p", id="a", lat=D(0), lon=D(0), country="MY", zones=(Zone("a1"), Zone("a2")), prices=FREE)
B = Region(provider="p", id="b", lat=D(0), lon=D(1), country="SG", zones=(Zone("b1"),), prices=FREE)
BOTH = RegionCount(2, 2)
POINTS = (DemandPoint("x", "MY", D("0.5"), D(0), D(0)), DemandPoint("y", "SG", D("0.5"), D(0), D(1)))


def scenario(*components: Component, flows: tuple[Flow, ...] = (), regions: tuple[Region, ...] = (A, B)) -> Scenario:
    return Scenario(
        name="s", question="?", sha256="", as_of=date(2026, 11, 23), horizon=Horizon(Q), entities=(Entity(id="e"),),
        datasets=(Dataset(id="d", entity="e", copies=(CopySpec("primary"), CopySpec("replica"), CopySpec("backup"))),),
        workloads=(Workload(id="w", entity="e", components=components, flows=flows),),
        users=(Users(id="g", at={}, points=POINTS),), regions=regions, operators={}, rules=(), vocabulary=Vocabulary(),
        lists={}, measurements=(Measurement("p:a", "p:b", D("7.5")),), holds=(), exemptions=(), quotes=(),
        limits=Limits(), objectives=("cost",), refused=frozenset(), solver=SolverSettings(),
    )  # fmt: skip


def plan(*rows: Placement | Route | Served, lines: dict[str, str] | None = None) -> Plan:
    """A plan that costs what its egress lines say; the dataset stands in a (primary), b (replica) and a (backup)."""
    total = sum(map(D, (lines or {}).values()), D(0))
    return Plan(
        status="optimal", total_usd_month=total, total_usd=total, bound=total, gap=D(0),
        cost_lines=tuple(CostLine("egress", of, D(usd)) for of, usd in (lines or {}).items()),
        placements=tuple(row for row in rows if isinstance(row, Placement)),
        flows=tuple(row for row in rows if isinstance(row, Route)),
        served=tuple(row for row in rows if isinstance(row, Served)),
        copies=tuple(Copy("d", r, Q, "p", k) for r, k in (("primary", "p:a"), ("replica", "p:b"), ("backup", "p:a"))),
        mechanisms=(), one_offs=(), rules=(),
    )  # fmt: skip


def component(name: str, regions: RegionCount = BOTH, **more: object) -> Component:
    return Component(id=f"w/{name}", workload="w", entity="e", regions=regions, **more)


def at(name: str, zone: str, share: F | int, units: int = 1, rtt: str | None = None) -> Placement:
    region = f"p:{zone[0]}"
    return Placement(f"w/{name}", Q, "p", region, f"p:{zone}", None, units, F(share), D(0), rtt and D(rtt))


def route(src: str, dst: str, way: str, share: F, volume: int, usd: str = "0") -> Route:
    return Route(src, dst, Q, f"p:{way[0]}", f"p:{way[1]}", share, D(volume) * D(str(float(share))), D(usd))


def served(name: str, place: str, region: str, share: F | int, rtt: str) -> Served:
    return Served("g", place, f"w/{name}", Q, f"p:{region}", F(share), D(rtt))


def causes(world: Scenario, answer: Plan) -> set[tuple[str, str]]:
    return {(breach.cause, breach.of) for breach in find_breaches(answer, world)}


def test_a_component_without_traffic_has_equal_shares_in_its_regions() -> None:
    world = scenario(component("k"))
    assert causes(world, plan(at("k", "a1", F(1, 2)), at("k", "b1", F(1, 2)))) == set()
    assert causes(world, plan(at("k", "a1", F(2, 5)), at("k", "b1", F(3, 5)))) == {("share", "w/k")}
    assert causes(world, plan(at("k", "a1", 1))) == {("regions", "w/k")}


def test_shares_written_with_twelve_decimals_are_equal_enough() -> None:
    third = F(333333333333, 10**12)
    world = scenario(component("k", RegionCount(1, 3)), regions=(A, B, replace(B, id="c", zones=(Zone("c1"),))))
    rows = (at("k", "a1", third), at("k", "b1", third), at("k", "c1", 1 - 2 * third))
    assert causes(world, plan(*rows)) == set()


def test_users_give_a_component_its_shares_and_pay_for_what_each_region_sends() -> None:
    world = scenario(component("k"), flows=(Flow(from_="users:g", to="w/k", volume=D(100)),))
    rows = (
        at("k", "a1", F(3, 4), rtt="6.918"), at("k", "b1", F(1, 4), rtt="5.050"),
        served("k", "x", "a", 1, "5.050"), served("k", "y", "a", F(1, 2), "6.918"),
        served("k", "y", "b", F(1, 2), "5.050"),
    )  # fmt: skip
    lines = {"users:g>w/k": "10"}
    assert causes(world, plan(*rows, lines=lines)) == set()
    moved = (replace(rows[0], share=F(1, 2)), replace(rows[1], share=F(1, 2)), *rows[2:])
    assert causes(world, plan(*moved, lines=lines)) == {("share", "w/k")}


FED = (Flow(from_="w/u", to="w/v", volume=D(100), max_rtt=D("7.5")),)
STANDING = (at("u", "a1", F(1, 2)), at("u", "b1", F(1, 2)))


def test_flows_give_the_component_they_reach_its_shares() -> None:
    world = scenario(component("u"), component("v"), flows=FED)
    to_v = (at("v", "a1", F(1, 4)), at("v", "b1", F(3, 4)))
    ways = (("aa", F(1, 4), "0"), ("ab", F(1, 4), "2.5"), ("bb", F(1, 2), "0"))
    routes = tuple(route("w/u", "w/v", way, share, 100, usd) for way, share, usd in ways)
    lines = {"w/u>w/v": "2.5"}
    assert causes(world, plan(*STANDING, *to_v, *routes, lines=lines)) == set()
    even = (at("v", "a1", F(1, 2)), at("v", "b1", F(1, 2)))
    assert causes(world, plan(*STANDING, *even, *routes, lines=lines)) == {("share", "w/v")}
    slow = replace(world, measurements=(Measurement("p:b", "p:a", D("7.501")),))
    assert causes(slow, plan(*STANDING, *to_v, *routes, lines=lines)) == {("latency", "w/u>w/v")}


def test_a_flow_without_volume_needs_no_rows_and_one_with_a_limit_does() -> None:
    idle = replace(FED[0], volume=D(0), max_rtt=None)
    rows = (*STANDING, at("v", "a1", F(1, 2)), at("v", "b1", F(1, 2)))
    assert causes(scenario(component("u"), component("v"), flows=(idle,)), plan(*rows)) == set()
    strict = replace(idle, max_rtt=D(1))
    assert causes(scenario(component("u"), component("v"), flows=(strict,)), plan(*rows)) == {("flow", "w/u>w/v")}


def test_reads_come_from_a_readable_copy_and_feed_each_region_its_share() -> None:
    world = scenario(component("u"), flows=(Flow(from_="dataset:d", to="w/u", volume=D(8)),))
    local = (route("dataset:d", "w/u", "aa", F(1, 2), 8), route("dataset:d", "w/u", "bb", F(1, 2), 8))
    assert causes(world, plan(*STANDING, *local)) == set()
    no_replica = plan(*STANDING, *local)
    no_replica = replace(no_replica, copies=(*no_replica.copies[:1], replace(no_replica.copies[1], region="p:a")))
    assert ("flow", "dataset:d>w/u") in causes(world, no_replica)


@pytest.mark.parametrize(("way", "breaches"), [("ba", set()), ("bb", {("flow", "w/u>dataset:d")})])
def test_writes_go_to_the_primary(way: str, breaches: set[tuple[str, str]]) -> None:
    world = scenario(component("u"), flows=(Flow(from_="w/u", to="dataset:d", volume=D(8)),))
    usd = "0.4" if way == "ba" else "0"
    rows = (route("w/u", "dataset:d", "aa", F(1, 2), 8), route("w/u", "dataset:d", way, F(1, 2), 8, usd))
    assert causes(world, plan(*STANDING, *rows, lines={"w/u>dataset:d": usd})) == breaches


def test_a_divisible_load_fills_a_zone_within_the_tolerance_of_its_shares() -> None:
    small = replace(A, zones=(Zone("a1", {"gpu": D(10)}), Zone("a2")))
    load = component("k", RegionCount(), divisible=True, per_replica={"gpu": D(30)})
    world = scenario(load, regions=(small, B))
    third = F(333333333334, 10**12)
    assert causes(world, plan(at("k", "a1", third, 0), at("k", "b1", 1 - third, 0))) == set()
    over = F(3334, 10000)
    assert causes(world, plan(at("k", "a1", over, 0), at("k", "b1", 1 - over, 0))) == {("capacity: gpu", "p:a")}


def test_a_divisible_load_has_no_units_and_no_limit_on_regions_unless_one_is_written() -> None:
    rows = (at("k", "a1", F(1, 2), 0), at("k", "b1", F(1, 2), 0))
    assert causes(scenario(component("k", RegionCount(), divisible=True)), plan(*rows)) == set()
    assert causes(scenario(component("k", RegionCount(1, 1), divisible=True)), plan(*rows)) == set()
    three = replace(B, id="c", zones=(Zone("c1"),))
    capped = scenario(component("k", RegionCount(1, 2), divisible=True), regions=(A, B, three))
    spread_out = (at("k", "a1", F(1, 2), 0), at("k", "b1", F(1, 4), 0), at("k", "c1", F(1, 4), 0))
    assert causes(capped, plan(*spread_out)) == {("regions", "w/k")}
    counted = plan(replace(rows[0], units=1), rows[1])
    assert causes(scenario(component("k", RegionCount(), divisible=True)), counted) == {("units", "w/k")}


def test_an_even_spread_bounds_the_units_of_every_zone() -> None:
    world = scenario(component("k", RegionCount(), replicas=Replicas(4), requires={"spread": Spread(2, even=True)}))
    assert causes(world, plan(at("k", "a1", F(1, 2), 2), at("k", "a2", F(1, 2), 2))) == set()
    assert causes(world, plan(at("k", "a1", F(3, 4), 3), at("k", "a2", F(1, 4), 1))) == {("spread", "w/k")}
    loose = scenario(component("k", RegionCount(), replicas=Replicas(4), requires={"spread": Spread(2)}))
    assert causes(loose, plan(at("k", "a1", F(3, 4), 3), at("k", "a2", F(1, 4), 1))) == set()


SERVING = (
    at("k", "a1", F(1, 2), rtt="6.918"), at("k", "b1", F(1, 2)),
    served("k", "x", "a", F(1, 2), "5.050"), served("k", "x", "b", F(1, 2), "6.918"),
    served("k", "y", "a", F(1, 2), "6.918"), served("k", "y", "b", F(1, 2), "5.050"),
)  # fmt: skip


def test_a_flow_from_users_is_served_within_its_limit_and_the_limit_itself_is_within() -> None:
    def world(limit: str, users: Users | None = None) -> Scenario:
        found = scenario(component("k"), flows=(Flow(from_="w/k", to="users:g", max_rtt=D(limit)),))
        return replace(found, users=(users,)) if users else found

    answer = plan(replace(SERVING[0]), replace(SERVING[1], rtt_ms=D("6.918")), *SERVING[2:])
    assert causes(world("6.918"), answer) == set()
    assert causes(world("6.917"), answer) == {("latency", "w/k")}
    assert causes(world("6.917", Users(id="g", at={}, points=POINTS, latency="none")), answer) == set()
    idle = plan(*answer.placements, *(replace(row, share=F(row.rtt_ms < 6)) for row in answer.served))
    fast = replace(idle, placements=tuple(replace(row, rtt_ms=D("5.050")) for row in idle.placements))
    assert causes(world("5.05"), fast) == set()


def test_demand_without_volume_counts_by_its_weight() -> None:
    loud = Users(id="h", at={}, points=(DemandPoint("z", "SG", D(1), D(0), D(1)),))
    flows = (Flow(from_="users:g", to="w/k"), Flow(from_="users:h", to="w/k"))
    world = replace(scenario(component("k"), flows=flows), users=(Users(id="g", at={}, points=POINTS), loud))
    to_h = Served("h", "z", "w/k", Q, "p:b", F(1), D("5.050"))
    rows = (at("k", "a1", F(1, 4), rtt="5.050"), at("k", "b1", F(3, 4), rtt="5.050"))
    near = (served("k", "x", "a", 1, "5.050"), served("k", "y", "b", 1, "5.050"), to_h)
    assert causes(world, plan(*rows, *near)) == set()
    heard = replace(world, workloads=(replace(world.workloads[0], flows=(flows[0], replace(flows[1], volume=D(1)))),))
    assert causes(heard, plan(*rows, *near, lines={"users:h>w/k": "0.1"})) == {("share", "w/k")}


@pytest.mark.parametrize(
    ("cause", "change"),
    [
        ("users", {"served": (served("k", "x", "a", F(3, 2), "5.05"), served("k", "x", "b", F(-1, 2), "6.918"))}),
        ("region", {"served": (served("k", "x", "q", 1, "5.050"),)}),
        ("period", {"served": (replace(served("k", "x", "a", 1, "5.050"), period="2027Q1"),)}),
        ("share", {"placements": (at("k", "a1", F(3, 2)), at("k", "b1", F(-1, 2)))}),
        ("region", {"flows": (route("dataset:d", "w/k", "aq", F(1), 0),)}),
        ("region", {"flows": (route("dataset:d", "w/k", "qa", F(1), 0),)}),
        ("period", {"flows": (replace(route("dataset:d", "w/k", "aa", F(1), 0), period="2027Q1"),)}),
        ("period", {"copies": (Copy("d", "primary", "2027Q1", "p", "p:a"),)}),
    ],
)
def test_a_wrong_row_is_a_breach_and_never_an_exception(cause: str, change: dict[str, tuple[object, ...]]) -> None:
    world = scenario(component("k"), flows=(Flow(from_="users:g", to="w/k"), Flow(from_="dataset:d", to="w/k")))
    assert cause in {found for found, _ in causes(world, replace(plan(*SERVING), **change))}


def test_a_negative_route_is_a_breach_even_where_the_sums_are_right() -> None:
    world = scenario(component("u"), flows=(Flow(from_="dataset:d", to="w/u", volume=D(8)),))
    rows = [
        route("dataset:d", "w/u", way, share, 8) for way, share in (("aa", F(1)), ("ba", F(-1, 2)), ("bb", F(1, 2)))
    ]
    rows[1] = replace(rows[1], usd_month=D("-0.4"))
    assert causes(world, plan(*STANDING, *rows, lines={"dataset:d>w/u": "-0.4"})) == {("flow", "dataset:d>w/u")}


@pytest.mark.parametrize("ends", [("users:g", "dataset:d"), ("dataset:d", "dataset:d"), ("users:g", "users:g")])
def test_a_flow_without_a_meaning_is_refused(ends: tuple[str, str]) -> None:
    world = scenario(component("k"), flows=(Flow(from_=ends[0], to=ends[1]),))
    flowless = plan(at("k", "a1", F(1, 2)), at("k", "b1", F(1, 2)))
    assert causes(world, flowless) == {("flow", f"{ends[0]}>{ends[1]}")}


def test_a_region_is_opened_wherever_a_component_stands_even_by() -> None:
    dear = replace(B, opening_cost=D(5))
    world = replace(scenario(component("k", RegionCount(), divisible=True), regions=(A, dear)), datasets=())
    home = replace(plan(at("k", "a1", 1, 0)), copies=())
    assert causes(world, home) == set()
    stand_by = replace(plan(at("k", "a1", 1, 0), at("k", "b1", 0, 0)), copies=())
    assert causes(world, stand_by) == {("cost: opening", "e@p:b")}
    used = replace(plan(at("k", "a1", F(1, 2), 0), at("k", "b1", F(1, 2), 0)), copies=())
    assert causes(world, used) == {("cost: opening", "e@p:b")}
    whole = replace(scenario(component("k"), regions=(A, dear)), datasets=())
    lived_in = replace(plan(at("k", "a1", F(1, 2)), at("k", "b1", F(1, 2))), copies=())
    assert causes(whole, lived_in) == {("cost: opening", "e@p:b")}


def test_written_costs_may_be_off_by_their_own_rounding_alone() -> None:
    world = scenario(component("k", RegionCount(), replicas=Replicas(3)))
    world = replace(world, quotes=(Quote("w/k", "p:a", D(1)),))
    third = F(333333333333, 10**12)
    rows = (at("k", "a1", third, 1), at("k", "a2", 1 - third, 2))

    def paid(one: str, two: str) -> Plan:
        priced = (replace(rows[0], usd_month=D(one)), replace(rows[1], usd_month=D(two)))
        answer = plan(*priced, lines={"w/k": "1"})
        return replace(answer, cost_lines=(CostLine("quote", "w/k", D(1)),))

    assert causes(world, paid("0.333333", "0.666667")) == set()
    assert causes(world, paid("0.333333", "0.666665")) == {("cost: placement", "w/k")}


def test_a_limit_that_is_just_met_is_met() -> None:
    flows = (Flow(from_="users:g", to="w/k"),)
    needs = {"max_rtt": MaxRtt("g", D("6.918")), "within": Within(D("0.5"), D("5.05"))}
    limits = Limits(RegionsLimit(at_least=2))
    world = replace(scenario(component("k", requires=needs), flows=flows), limits=limits)
    answer = plan(SERVING[0], replace(SERVING[1], rtt_ms=D("6.918")), *SERVING[2:])
    assert causes(world, answer) == set()
    assert causes(world, replace(answer, status="feasible", bound=D("-Infinity"), gap=D("Infinity"))) == set()
    assert causes(world, replace(answer, bound=D("-Infinity"), gap=D("Infinity"))) == {("bound", "plan")}


def test_a_cost_moved_from_one_region_to_another_is_a_breach() -> None:
    world = replace(scenario(component("k")), quotes=(Quote("w/k", "p:a", D(1)), Quote("w/k", "p:b", D(1))))
    rows = (replace(at("k", "a1", F(1, 2)), usd_month=D(2)), at("k", "b1", F(1, 2)))
    answer = replace(plan(*rows, lines={"w/k": "2"}), cost_lines=(CostLine("quote", "w/k", D(2)),))
    assert causes(world, answer) == {("cost: placement", "w/k")}
