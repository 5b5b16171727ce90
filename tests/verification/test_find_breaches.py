"""An honest plan passes; each way of tampering with it is refused under the right name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Horizon, Window
from planner.model.catalogue import Figure, Offering, Prices, Region, Zone
from planner.model.law import Citation, Level, Rule, Then, Unless, Verb, When
from planner.model.plan import Copy, CostLine, OneOff, Placement, Plan, Purchase, Route, Served
from planner.model.question import (
    Component,
    CopySpec,
    Dataset,
    DemandPoint,
    Entity,
    Flow,
    Hold,
    Limits,
    Quote,
    RegionsLimit,
    Replicas,
    SolverSettings,
    Users,
    Workload,
)
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope, Vocabulary
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread
from planner.rules.forbid import Forbid
from planner.verification import find_breaches

D, F = Decimal, Fraction
Q, TODAY = "2026Q4", date(2026, 11, 23)
PRICES = Prices({"vcpu": Figure(D("0.01"))}, Figure(D("0.02")), Figure(D("0.10")), {"p:sg": Figure(D("0.05"))})
MY = Region(
    provider="p", id="my", lat=D(3), lon=D(101), country="MY", prices=PRICES, opening_cost=D(10), opening_once=D(36),
    zones=(Zone("my-a", {"vcpu": D(12)}), Zone("my-b")), services=(Offering("vault", to=date(2027, 1, 1)),),
)  # fmt: skip
SG = Region(
    provider="p", id="sg", lat=D(1), lon=D(104), country="SG", prices=replace(PRICES, storage=Figure(D("0.03"))),
    opening_cost=D(20), zones=(Zone("sg-a"),),
)  # fmt: skip
NEAR = DemandPoint("MY", "MY", D("0.75"), D(3), D(101))
FAR = DemandPoint("SG", "SG", D("0.25"), D(1), D(104))
WEB = Component(
    id="pay/web", workload="pay", entity="tng", critical=True, replicas=Replicas(2), per_replica={"vcpu": D(4)},
    services=("vault",),
    requires={"spread": Spread(2, even=True), "max_rtt": MaxRtt("all", D(12)), "within": Within(D("0.75"), D(6))},
)  # fmt: skip
DB = Component(id="pay/db", workload="pay", entity="tng", per_replica={"vcpu": D(4)}, writes=("ledger",))
GATE = Rule(
    "gate", "A gate.", "MY", Level.MUST, (Window(date(2024, 1, 1)),), When(regulated_by=("BNM",), critical=True),
    (Verb.PROCESS,), Then(Forbid(("*",)), (Unless(holds=("consulted",)),)), (Citation("an act", "memory", TODAY),),
)  # fmt: skip
USERS, INSIDE, COPYING = "users:all>pay/web", "pay/web>pay/db", "replication:ledger/backup"
SCENARIO = Scenario(
    name="s", question="?", sha256="", as_of=TODAY, horizon=Horizon(Q),
    entities=(Entity(id="tng", regulated_by=("BNM",)),),
    datasets=(
        Dataset(id="ledger", entity="tng", classes=("money",), subjects=("MY",), size=D(1000), change=D(10),
                copies=(CopySpec("primary"), CopySpec("backup", D(400)))),
    ),
    workloads=(
        Workload(id="pay", entity="tng", components=(WEB, DB), flows=(
            Flow(from_="users:all", to="pay/web", volume=D(100), max_rtt=D(12)),
            Flow(from_="pay/web", to="pay/db", volume=D(200), max_rtt=D(2)),
            Flow(from_="pay/db", to="dataset:ledger", volume=D(0)),
        )),
    ),
    users=(Users(id="all", at={}, points=(NEAR, FAR), carries=(), split=False),),
    regions=(MY, SG), operators={}, rules=(GATE,), lists={}, measurements=(), holds=(), exemptions=(),
    vocabulary=Vocabulary(mechanisms={
        "consulted": Mechanism(id="consulted", kind="approval", scope=Scope.ENTITY, cost_usd=D(2400), valid_days=730),
    }),
    quotes=(Quote("pay/db", "p:my", D(50), {"vcpu": D(8)}), Quote("pay/db", "p:sg", D(40))),
    limits=Limits(RegionsLimit(at_most=2)), objectives=("cost",), refused=frozenset(), solver=SolverSettings(),
)  # fmt: skip
LINES = {
    ("compute", "pay/web"): "58.4", ("quote", "pay/db"): "50", ("storage", "dataset:ledger"): "50",
    ("egress", USERS): "10", ("egress", COPYING): "0.5",
    ("opening", "tng@p:my"): "10", ("opening", "tng@p:sg"): "20",
}  # fmt: skip
PLAN = Plan(
    status="optimal", total_usd_month=D("198.9"), total_usd=D("299.9"), bound=D("299.9"), gap=D(0),
    cost_lines=tuple(CostLine(objective, of, D(usd)) for (objective, of), usd in LINES.items()),
    placements=(
        Placement("pay/web", Q, "p", "p:my", "p:my-a", None, 1, F(1, 2), D("29.2"), D("11.781")),
        Placement("pay/web", Q, "p", "p:my", "p:my-b", None, 1, F(1, 2), D("29.2"), D("11.781")),
        Placement("pay/db", Q, "p", "p:my", "p:my-a", None, 1, F(1), D(50)),
    ),
    copies=(Copy("ledger", "primary", Q, "p", "p:my"), Copy("ledger", "backup", Q, "p", "p:sg")),
    flows=(
        Route("pay/web", "pay/db", Q, "p:my", "p:my", F(1), D(200), D(0)),
        Route("dataset:ledger/primary", "dataset:ledger/backup", Q, "p:my", "p:sg", F(1), D(10), D("0.5")),
    ),
    served=(
        Served("all", "MY", "pay/web", Q, "p:my", F(1), D("5.050")),
        Served("all", "SG", "pay/web", Q, "p:my", F(1), D("11.781")),
    ),
    mechanisms=(Purchase("consulted", "tng", "", Q, TODAY, D(2400)),),
    one_offs=(
        OneOff("mechanism:consulted/tng/", Q, D(2400), 24, D(100)), OneOff("opening:tng@p:my", Q, D(36), 36, D(1)),
    ),
    rules=(), lawful_from=TODAY,
)  # fmt: skip


def causes(plan: Plan = PLAN, scenario: Scenario = SCENARIO) -> set[tuple[str, str]]:
    return {(breach.cause, breach.of) for breach in find_breaches(plan, scenario)}


def row(table: str, index: int, **changes: Any) -> Callable[[Plan], Plan]:
    def tamper(plan: Plan) -> Plan:
        rows = list(getattr(plan, table))
        rows[index] = replace(rows[index], **changes)
        return replace(plan, **{table: tuple(rows)})

    return tamper


def without(table: str, index: int) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, **{table: getattr(plan, table)[:index] + getattr(plan, table)[index + 1 :]})


def twice(table: str, index: int) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, **{table: (*getattr(plan, table), getattr(plan, table)[index])})


def whole(**changes: Any) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, **changes)


def world(**changes: Any) -> Scenario:
    return replace(SCENARIO, **changes)


def web(**changes: Any) -> Scenario:
    flows = SCENARIO.workloads[0].flows
    return world(workloads=(Workload(id="pay", entity="tng", components=(replace(WEB, **changes), DB), flows=flows),))


def place(**changes: Any) -> Scenario:
    return world(regions=(replace(MY, **changes), SG))


def test_an_honest_plan_has_no_breach() -> None:
    assert find_breaches(PLAN, SCENARIO) == ()


@pytest.mark.parametrize(
    ("tamper", "cause", "of"),
    [
        (row("placements", 0, units=2), "units", "pay/web"),
        (row("placements", 0, units=0), "units", "pay/web"),
        (row("placements", 0, share=F(2, 3)), "share", "pay/web"),
        (without("placements", 2), "regions", "pay/db"),
        (row("placements", 2, region="p:sg", zone="p:sg-a"), "flow", INSIDE),
        (row("placements", 0, zone="p:my-b"), "spread", "pay/web"),
        (row("placements", 0, zone="p:sg-a"), "zone", "pay/web"),
        (row("placements", 0, region="p:xx"), "region", "pay/web"),
        (row("placements", 0, component="pay/xx"), "component", "pay/xx"),
        (row("placements", 0, provider="q"), "region", "pay/web"),
        (row("placements", 0, period="2027Q1"), "period", "pay/web"),
        (row("placements", 0, usd_month=D("29.1")), "cost: placement", "pay/web"),
        (row("placements", 0, rtt_ms=D("5.05")), "rtt", "pay/web"),
        (twice("placements", 2), "placement", "pay/db"),
        (row("copies", 1, region="p:my"), "apart", "dataset:ledger"),
        (without("copies", 1), "copies", "dataset:ledger"),
        (row("copies", 1, role="replica"), "copies", "dataset:ledger"),
        (row("copies", 1, dataset="xx"), "dataset", "dataset:xx"),
        (twice("copies", 1), "copies", "dataset:ledger"),
        (row("served", 0, share=F(1, 2)), "users", "pay/web"),
        (row("served", 0, share=F(1, 2)), "split", "pay/web"),
        (row("served", 0, region="p:sg", rtt_ms=D("11.781")), "users", "pay/web"),
        (row("served", 0, region="p:sg", rtt_ms=D("11.781")), "within", "pay/web"),
        (row("served", 1, rtt_ms=D("11.780")), "rtt", "pay/web"),
        (row("served", 1, place="TH"), "users", "pay/web"),
        (row("served", 1, component="pay/db"), "users", "pay/db"),
        (without("served", 1), "users", "pay/web"),
        (twice("served", 1), "users", "pay/web"),
        (without("flows", 0), "flow", INSIDE),
        (without("flows", 1), "replication", "dataset:ledger"),
        (row("flows", 0, share=F(9, 10)), "flow", INSIDE),
        (row("flows", 0, dst_region="p:sg"), "flow", INSIDE),
        (row("flows", 0, dst_region="p:sg"), "latency", INSIDE),
        (row("flows", 0, to="pay/xx"), "flow", "pay/web>pay/xx"),
        (row("flows", 0, gb_month=D(199)), "volume", INSIDE),
        (row("flows", 1, usd_month=D("0.4")), "cost: flow", COPYING),
        (row("flows", 1, src_region="p:sg"), "replication", "dataset:ledger"),
        (twice("flows", 0), "flow", INSIDE),
        (without("mechanisms", 0), "gate", "pay/web"),
        (row("mechanisms", 0, key="MY"), "gate", "pay/web"),
        (row("mechanisms", 0, key="MY"), "mechanism: consulted", "tng"),
        (row("mechanisms", 0, held=True, cash_usd=D(0)), "mechanism: consulted", "tng"),
        (row("mechanisms", 0, cash_usd=D(1)), "mechanism: consulted", "tng"),
        (row("mechanisms", 0, id="xx"), "mechanism: xx", "tng"),
        (row("mechanisms", 0, period="soon"), "mechanism: consulted", "tng"),
        (twice("mechanisms", 0), "mechanism: consulted", "tng"),
        (without("one_offs", 1), "cost: one-off", "opening:tng@p:my"),
        (row("one_offs", 0, charged_usd=D(99)), "cost: one-off", "mechanism:consulted/tng/"),
        (row("one_offs", 0, cash_usd=D(99)), "cost: one-off", "mechanism:consulted/tng/"),
        (row("one_offs", 0, months=36), "cost: one-off", "mechanism:consulted/tng/"),
        (row("one_offs", 0, period="2026Q3"), "cost: one-off", "mechanism:consulted/tng/"),
        (row("one_offs", 0, what="gift"), "cost: one-off", "gift"),
        (twice("one_offs", 1), "cost: one-off", "opening:tng@p:my"),
        (whole(total_usd_month=D("198.8")), "cost: total", "total_usd_month"),
        (whole(total_usd=D("299.8")), "cost: total", "total_usd"),
        (whole(total_usd=D("NaN")), "figure", "total_usd"),
        (whole(bound=D("299.92")), "bound", "plan"),
        (whole(bound=D("Infinity")), "bound", "plan"),
        (whole(gap=D("0.1")), "gap", "plan"),
        (whole(bound=D("149.95"), gap=D("0.5")), "status", "plan"),
        (whole(status="infeasible"), "status", "plan"),
        (whole(lawful_from=date(2026, 11, 22)), "lawful_from", "plan"),
    ],
)  # fmt: skip
def test_a_tampered_plan_is_refused_by_name(tamper: Callable[[Plan], Plan], cause: str, of: str) -> None:
    assert (cause, of) in causes(tamper(PLAN))


@pytest.mark.parametrize("index", range(len(LINES)))
def test_a_cost_line_lowered_raised_or_left_out_is_a_breach_that_names_it(index: int) -> None:
    line = PLAN.cost_lines[index]
    name = {(f"cost: {line.objective}", line.of)}
    for change in (D("-0.000001"), D("0.000001")):
        plan = row("cost_lines", index, usd_month=line.usd_month + change)(PLAN)
        plan = replace(plan, total_usd_month=D("198.9") + change, total_usd=D("299.9") + change)
        assert causes(plan) == name
    assert name <= causes(without("cost_lines", index)(PLAN))
    assert name <= causes(twice("cost_lines", index)(PLAN))


def test_an_extra_cost_line_is_a_breach_unless_it_is_zero() -> None:
    assert causes(replace(PLAN, cost_lines=(*PLAN.cost_lines, CostLine("storage", "dataset:x", D(0))))) == set()
    extra = replace(PLAN, cost_lines=(*PLAN.cost_lines, CostLine("storage", "dataset:x", D(1))))
    assert ("cost: storage", "dataset:x") in causes(extra)


@pytest.mark.parametrize(
    ("scenario", "cause", "of"),
    [
        (place(zones=(Zone("my-a", {"vcpu": D("11.999")}), Zone("my-b"))), "capacity: vcpu", "p:my"),
        (place(services=(Offering("vault", to=date(2026, 12, 30)),)), "service: vault", "pay/web"),
        (place(status="restricted", opens=date(2020, 1, 1)), "status", "pay/web"),
        (place(status="announced", opens=date(2026, 11, 24)), "status", "dataset:ledger"),
        (place(prices=replace(PRICES, rates={})), "unknown: vcpu price", "pay/web"),
        (place(prices=replace(PRICES, storage=None)), "unknown: storage price", "dataset:ledger"),
        (place(prices=replace(PRICES, internet=None)), "unknown: egress price", USERS),
        (world(quotes=(Quote("pay/db", "p:sg", D(40)),)), "quotes", "pay/db"),
        (world(limits=Limits(RegionsLimit(exactly=1))), "limits: regions", "regions"),
        (world(limits=Limits(RegionsLimit(at_least=3))), "limits: regions", "regions"),
        (world(limits=Limits(RegionsLimit(at_most=1))), "limits: regions", "regions"),
        (world(refused=frozenset({"consulted"})), "mechanism: consulted", "tng"),
        (world(horizon=Horizon(Q, 2)), "quarters", "plan"),
        (web(requires={"max_rtt": MaxRtt("all", D("11.78"))}), "latency", "pay/web"),
        (web(requires={"within": Within(D("0.76"), D(6))}), "within", "pay/web"),
        (web(requires={"colour": object()}), "requirement: colour", "pay/web"),
        (web(requires={"spread": Spread(3)}), "spread", "pay/web"),
    ],
)
def test_an_honest_plan_of_another_scenario_is_refused_by_name(scenario: Scenario, cause: str, of: str) -> None:
    assert (cause, of) in causes(PLAN, scenario)


def test_a_region_announced_to_open_by_the_first_day_is_usable() -> None:
    assert causes(PLAN, place(status="announced", opens=date(2026, 11, 23))) == set()


def test_a_slow_group_that_is_left_out_of_latency_breaks_no_round_trip() -> None:
    scenario = replace(web(requires={"max_rtt": MaxRtt("all", D(1)), "within": Within(D(1), D(1))}))
    assert {cause for cause, _ in causes(PLAN, scenario)} == {"latency", "within"}
    assert causes(PLAN, replace(scenario, users=(replace(SCENARIO.users[0], latency="none"),))) == set()


def test_what_is_held_to_the_last_day_need_not_be_bought() -> None:
    scenario = world(holds=(Hold("consulted", "tng", until=date(2026, 12, 31)),))
    held = replace(PLAN.mechanisms[0], held=True, cash_usd=D(0))
    plan = replace(PLAN, mechanisms=(held,), one_offs=PLAN.one_offs[1:], total_usd=D("199.9"), bound=D("199.9"))
    assert causes(plan, scenario) == set()
    assert causes(replace(plan, mechanisms=()), scenario) == set()
    ends_early = world(holds=(Hold("consulted", "tng", until=date(2026, 12, 30)),))
    unlawful = {("gate", "pay/web"), ("gate", "pay/db")}  # whether db is critical is unknown, so the gate bears on it
    assert causes(plan, ends_early) == {*unlawful, ("mechanism: consulted", "tng")}


def test_a_plan_stopped_early_may_keep_its_gap_and_one_within_the_asked_gap_is_optimal() -> None:
    plan = replace(PLAN, bound=D("149.95"), gap=D("0.5"), status="feasible")
    assert causes(plan) == set()
    assert causes(replace(plan, status="optimal"), world(solver=SolverSettings(D("0.5")))) == set()
