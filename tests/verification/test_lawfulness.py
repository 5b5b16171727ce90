"""What a component processes, which facts a dataset has, and for what a mechanism is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Horizon, Window
from planner.model.catalogue import Measurement, Region, Zone
from planner.model.law import Level, Rule, Then, Unless, Verb, When
from planner.model.plan import Copy, OneOff, Placement, Plan, Purchase
from planner.model.question import (
    Component,
    CopySpec,
    Dataset,
    DemandPoint,
    Entity,
    Flow,
    Hold,
    Limits,
    SolverSettings,
    Users,
    Workload,
)
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope, Vocabulary
from planner.rules.confine import Confine
from planner.verification import find_breaches
from planner.verification.items import find_critical, find_processed_items
from planner.verification.round_trips import RoundTrips, find_distance

D = Decimal
F = Fraction
Q, TODAY = "2026Q4", date(2026, 11, 23)
SG = Region(provider="p", id="sg", lat=D(0), lon=D(1), country="SG", zones=(Zone("z"),))
MY = Region(provider="p", id="my", lat=D(0), lon=D(0), country="MY", zones=(Zone("y"),))


def rule(verb: Verb, *unless: Unless, when: When = When()) -> Rule:  # noqa: B008
    return Rule("stay", "Stay.", "MY", Level.MUST, (Window(TODAY),), when, (verb,), Then(Confine(("MY",)), unless), ())


def scenario(*components: Component, flows: tuple[Flow, ...] = (), **more: Any) -> Scenario:
    return Scenario(
        **{
            "name": "s", "question": "?", "sha256": "", "as_of": TODAY, "horizon": Horizon(Q),
            "entities": (Entity(id="e"),), "datasets": (), "users": (), "regions": (MY, SG), "operators": {},
            "workloads": (Workload(id="w", entity="e", components=components, flows=flows),), "rules": (),
            "vocabulary": Vocabulary(), "lists": {}, "measurements": (), "holds": (), "exemptions": (), "quotes": (),
            "limits": Limits(), "objectives": (), "refused": frozenset(), "solver": SolverSettings(), **more,
        }
    )  # fmt: skip


def component(name: str, **more: Any) -> Component:
    return Component(id=f"w/{name}", workload="w", entity="e", **more)


def flow(src: str, dst: str, carries: tuple[str, ...] | None = None) -> Flow:
    return Flow(from_=src if ":" in src else f"w/{src}", to=f"w/{dst}", carries=carries)


def in_singapore(*purchases: Purchase, copies: tuple[str, ...] = ()) -> Plan:
    return Plan(
        "optimal", D(0), D(0), D(0), D(0), (), (Placement("w/k", Q, "p", "p:sg", "p:z", None, 1, F(1), D(0)),),
        tuple(Copy("d", role, Q, "p", "p:sg") for role in copies), (), (), purchases, (), (),
    )  # fmt: skip


def test_items_come_from_datasets_users_and_flows_and_travel_on() -> None:
    data = Dataset(id="d", entity="e", classes=("money",), subjects=("MY", "SG"))
    users = Users(id="g", at={}, carries=("personal",), points=(DemandPoint("x", "TH", D(1), D(0), D(0)),))
    world = scenario(
        component("a", reads=("d",)), component("b"), component("c"), component("lone"),
        flows=(flow("users:g", "a"), flow("a", "b"), flow("b", "c", ("tokens",))), datasets=(data,), users=(users,),
    )  # fmt: skip
    items = find_processed_items(world)
    assert items["w/a"] == items["w/b"] == {("money", "MY", ()), ("money", "SG", ()), ("personal", "TH", ())}
    assert items["w/c"] == {("tokens", "MY", ()), ("tokens", "SG", ()), ("tokens", "TH", ())}
    assert items["w/lone"] == set()


def test_a_transform_of_nothing_known_has_unknown_subjects_and_an_absent_class_stays_unknown() -> None:
    data = Dataset(id="d", entity="e", classes=None, subjects=("MY",))
    world = scenario(
        component("a"), component("b"), component("c"),
        flows=(flow("a", "b", ("tokens",)), flow("dataset:d", "c")), datasets=(data,),
    )  # fmt: skip
    assert find_processed_items(world) == {"w/a": set(), "w/b": {("tokens", None, ())}, "w/c": {(None, "MY", ())}}


def test_a_circle_of_flows_keeps_no_unknown_that_only_came_from_waiting() -> None:
    data = Dataset(id="d", entity="e", classes=("money",), subjects=("MY",))
    flows = (flow("b", "a"), flow("a", "b", ("tokens",)), flow("c", "a"), flow("dataset:d", "c"))
    world = scenario(component("a"), component("b"), component("c"), flows=flows, datasets=(data,))
    assert find_processed_items(world)["w/b"] == {("tokens", "MY", ())}


@pytest.mark.parametrize(
    ("facts", "critical"), [((True, None), True), ((False, None), None), ((False, False), False), ((), False)]
)
def test_a_dataset_is_as_critical_as_what_touches_it(facts: tuple[bool | None, ...], critical: bool | None) -> None:
    data = Dataset(id="d", entity="e")
    ways: list[dict[str, Any]] = [{"writes": ("d",)}, {"reads": ("d",)}]
    components = [component(f"k{i}", critical=fact, **ways[i]) for i, fact in enumerate(facts)]
    assert find_critical(scenario(*components, component("far", critical=True), datasets=(data,)), data) is critical


@pytest.mark.parametrize(
    ("scope", "hold", "right", "wrong"),
    [
        (Scope.ENTITY, {}, "", "SG"),
        (Scope.DESTINATION, {"destination": "SG"}, "SG", "MY"),
        (Scope.OPERATOR, {"operator": "p"}, "p", "SG"),
        (Scope.WORKLOAD, {"workload": "w"}, "w", "w/k"),
    ],
)
def test_a_mechanism_lifts_a_rule_for_its_own_key_alone(
    scope: Scope, hold: dict[str, str], right: str, wrong: str
) -> None:
    vocabulary = Vocabulary(mechanisms={"m": Mechanism("approval", scope, D(0), lead_days=30, id="m")})
    world = scenario(component("k"), rules=(rule(Verb.PROCESS, Unless(holds=("m",))),), vocabulary=vocabulary)
    bought = Purchase("m", "e", right, Q, date(2026, 12, 23), D(0))
    assert {b.cause for b in find_breaches(in_singapore(), world)} == {"stay"}
    assert find_breaches(in_singapore(bought), world) == ()
    other = Purchase("m", "e", wrong, Q, date(2026, 12, 23), D(0))
    assert "stay" in {b.cause for b in find_breaches(in_singapore(other), world)}
    early = Purchase("m", "e", right, Q, date(2026, 12, 22), D(0))
    assert {b.cause for b in find_breaches(in_singapore(early), world)} == {"mechanism: m"}
    held = scenario(component("k"), rules=world.rules, vocabulary=vocabulary, holds=(Hold("m", "e", **hold),))
    assert find_breaches(in_singapore(), held) == ()
    stranger = scenario(component("k"), rules=world.rules, vocabulary=vocabulary, holds=(Hold("m", "f", **hold),))
    assert {b.cause for b in find_breaches(in_singapore(), stranger)} == {"stay"}


@pytest.mark.parametrize(("verb", "role"), [(Verb.STORE, "primary"), (Verb.BACKUP, "backup")])
def test_a_copy_is_judged_by_its_own_verb_and_held_for_its_dataset(verb: Verb, role: str) -> None:
    data = Dataset(id="d", entity="e", copies=(CopySpec("primary"), CopySpec("backup")))
    vocabulary = Vocabulary(mechanisms={"m": Mechanism("approval", Scope.WORKLOAD, D(0), id="m")})
    rules = (rule(verb, Unless(holds=("m",)), when=When(data_class=("money",))),)
    world = scenario(component("k"), rules=rules, vocabulary=vocabulary, datasets=(data,))
    home = Copy("d", "backup" if role == "primary" else "primary", Q, "p", "p:my")
    plan = in_singapore(copies=(role,))
    both = replace(plan, copies=(*plan.copies, home))
    assert [(b.cause, b.of) for b in find_breaches(both, world)] == [("stay", "dataset:d")]
    bought = replace(both, mechanisms=(Purchase("m", "e", "dataset:d", Q, TODAY, D(0)),))
    assert find_breaches(bought, world) == ()


def test_a_flow_to_or_from_a_dataset_makes_it_critical_too() -> None:
    data = Dataset(id="d", entity="e")
    for ends in (("w/k", "dataset:d"), ("dataset:d", "w/k")):
        world = scenario(component("k", critical=True), flows=(Flow(from_=ends[0], to=ends[1]),), datasets=(data,))
        assert find_critical(world, data) is True


@pytest.mark.parametrize(("written", "held"), [("d", True), ("dataset:d", True), ("w", False), ("x", False)])
def test_a_hold_for_a_dataset_may_write_its_bare_id(written: str, held: bool) -> None:
    vocabulary = Vocabulary(mechanisms={"m": Mechanism("approval", Scope.WORKLOAD, D(0), id="m")})
    world = scenario(
        component("k"), rules=(rule(Verb.STORE, Unless(holds=("m",))),), vocabulary=vocabulary,
        datasets=(Dataset(id="d", entity="e"),), holds=(Hold("m", "e", workload=written),),
    )  # fmt: skip
    assert (find_breaches(in_singapore(copies=("primary",)), world) == ()) is held


def test_a_purchase_may_be_dated_from_the_quarter_of_as_of_before_the_horizon() -> None:
    vocabulary = Vocabulary(mechanisms={"m": Mechanism("approval", Scope.ENTITY, D(36), id="m")})
    law = (rule(Verb.PROCESS, Unless(holds=("m",))),)
    world = scenario(component("k"), rules=law, vocabulary=vocabulary, horizon=Horizon("2027Q3"))
    for quarter, breaches in (("2026Q4", 0), ("2027Q3", 0), ("2026Q3", 2), ("2027Q4", 2)):
        plan = in_singapore(Purchase("m", "e", "", quarter, TODAY, D(36)))
        plan = replace(
            plan, placements=(replace(plan.placements[0], period="2027Q3"),), total_usd=D(1), bound=D(1),
            one_offs=(OneOff("mechanism:m/e/", quarter, D(36), 36, D(1)),),
        )  # fmt: skip
        assert len(find_breaches(plan, world)) == breaches


def test_round_trips_are_measured_in_either_direction_else_modelled() -> None:
    trips = RoundTrips((Measurement("p:my", "p:sg", D("6.5")),))
    assert trips.between(MY, SG) == trips.between(SG, MY)
    assert trips.between(MY, SG).rtt_ms == D("6.500")
    assert RoundTrips(()).between(MY, MY).rtt_ms == D("0.760")
    # One degree of a sphere of 6371.0088 km is 111.195 km.
    assert find_distance(MY, SG) == pytest.approx(111.19508, abs=1e-5)
    assert RoundTrips(()).between(MY, SG).rtt_ms == D("5.987")
    assert RoundTrips(()).to_users(DemandPoint("x", "MY", D(1), D(0), D(0)), SG).rtt_ms == D("6.918")
