"""A small world with chips: a cloud region `p:sg` that counts none, and `o:hall`, the own hall of the entity `e`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from planner.model.accelerators import Accelerator, Alternative, Arrival, Stock
from planner.model.calendar import Horizon, Window
from planner.model.catalogue import Figure, Operator, Power, Prices, Region, Zone
from planner.model.law import Level, Rule, Then, Verb, When
from planner.model.plan import Bought, CostLine, Evidence, OneOff, Placement, Plan, StruckOut
from planner.model.question import Component, Entity, Limits, SolverSettings, Workload
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope, Vocabulary
from planner.verification import find_breaches

D, F = Decimal, Fraction
Q, TODAY = "2026Q4", date(2026, 11, 23)


def figures(**values: str) -> dict[str, Figure]:
    return {name.replace("_", "-"): Figure(D(value)) for name, value in values.items()}


SG = Region(
    provider="p", id="sg", lat=D(0), lon=D(0), country="SG", funding="private", zones=(Zone("a"), Zone("b")),
    prices=Prices(figures(vcpu="0.01"), accelerators=figures(H200="3", Ascend_910C="1")),
)  # fmt: skip
HALL = Region(
    provider="o", id="hall", lat=D(0), lon=D(1), country="MY", kind="own",
    zones=(Zone("c", stock=(Stock(accelerator="H200", units=8),)), Zone("d")),
    prices=Prices(figures(vcpu="0.01"), accelerators=figures(H200="2.5"), purchases=figures(H200="36000")),
    power=Power(tariff=Figure(D("0.1")), pue=Figure(D("1.2")), vcpu_w=Figure(D(10))),
)  # fmt: skip
CHAT = Component(
    id="w/chat", workload="w", entity="e", critical=True, per_replica={"vcpu": D(4)},
    accelerators=(Alternative(id="H200", units=16, group=8), Alternative(id="Ascend-910C", units=32, group=16)),
)  # fmt: skip
WORDS = Vocabulary(
    mechanisms={
        "licence": Mechanism("licence", Scope.SHIPMENT, D(360), id="licence"),
        "letter": Mechanism("approval", Scope.WORKLOAD, id="letter"),
    }
)
CHIPS = {
    "H200": Accelerator(id="H200", name="H200", vendor="v", vendor_in="US", control="3A090.a", tdp_w=D(700)),
    "Ascend-910C": Accelerator(id="Ascend-910C", name="910C", vendor="h", vendor_in="CN"),
}


def scenario(*rules: Rule, components: tuple[Component, ...] = (CHAT,), **more: Any) -> Scenario:
    return Scenario(
        **{
            "name": "s", "question": "?", "sha256": "", "as_of": TODAY, "horizon": Horizon(Q),
            "entities": (Entity(id="e", sector=("bank",), ultimate_parent_in=("MY",), operates=("o",)), Entity(id="x")),
            "workloads": (Workload(id="w", entity="e", components=components),), "datasets": (), "users": (),
            "regions": (HALL, SG), "operators": {"p": Operator(name="P", ultimate_parent_in="CN", entity_listed=True)},
            "rules": rules, "vocabulary": WORDS, "lists": {}, "measurements": (), "holds": (), "exemptions": (),
            "quotes": (), "limits": Limits(), "objectives": (), "refused": frozenset(), "solver": SolverSettings(),
            "accelerators": CHIPS, **more,
        }
    )  # fmt: skip


def rule(then: Then, verbs: str, when: When = When(), name: str = "law", **more: Any) -> Rule:  # noqa: B008
    level = Level.SHOULD if "penalty_usd_month" in more else Level.MUST
    fields = {"in_force": (Window(date(2020, 1, 1)),), **more}
    return Rule(
        name, "A.", "US", level, when=when, verbs=tuple(map(Verb, verbs.split())), then=then, cites=(), **fields
    )


def groups(zone: str, units: int, usd: str, kind: str | None = "H200", size: int = 8, **more: Any) -> Placement:
    """Groups of w/chat in `p:a`, `p:b`, `o:c` or `o:d`, and USD a month for all of them there."""
    region = "p:sg" if zone.startswith("p") else "o:hall"
    row = Placement("w/chat", Q, zone[0], region, zone, kind, units, F(units, 2), D(usd), chips=units * size)
    return replace(row, **more)


def plan(lines: dict[str, str], *placements: Placement, **more: Any) -> Plan:
    """Lines are `OBJECTIVE THING`; both totals are the sums of what is given."""
    rows = tuple(CostLine(*name.split(" ", 1), D(usd)) for name, usd in lines.items())
    monthly = sum((row.usd_month for row in rows), D(0))
    total = monthly + sum((row.charged_usd for row in more.get("one_offs", ())), D(0))
    return Plan(
        "optimal", monthly, total, total, D(0), rows, placements, (), (), (), more.pop("mechanisms", ()),
        more.pop("one_offs", ()), (), **more,
    )  # fmt: skip


def causes(plan: Plan, scenario: Scenario) -> set[tuple[str, str]]:
    return {(breach.cause, breach.of) for breach in find_breaches(plan, scenario)}


# 2 groups x (8 chips x 3 USD + 4 vCPU x 0.01 USD) x 730 h.
CLOUD = plan({"accelerator w/chat": "35098.4"}, groups("p:a", 1, "17549.2"), groups("p:b", 1, "17549.2"))

# 2 x (8 x 2.5 + 0.04) x 730; electricity 730 h x 2 x (8 x 700 W x 1.35 + 4 x 10 W) x 1.2 x 0.1 USD/kWh.
IN_HALL = {"accelerator w/chat": "29258.4", "electricity w/chat": "1331.52"}
BOUGHT = Bought("e", "o:hall", "o:d", "H200", 8, Q, D(288000))
PAID = OneOff("accelerators:H200@o:hall", Q, D(288000), 36, D(8000))
BUYS = plan(
    IN_HALL, groups("o:c", 1, "15294.96"), groups("o:d", 1, "15294.96"), bought=(BOUGHT,), one_offs=(PAID,)
)  # fmt: skip
STANDS = plan(IN_HALL, groups("o:c", 2, "30589.92"))
"""Both groups in a zone whose stock is eight chips: honest only where eight more are there."""


def hall(*zones: Zone, **more: Any) -> tuple[Region, ...]:
    return (replace(HALL, **({"zones": zones} if zones else {}), **more), SG)


def arriving(units: int = 8, on: date = TODAY, **more: Any) -> Zone:
    """Zone c with its eight chips, and an arrival of H200."""
    fields = {"status": "contracted", **more}
    return replace(HALL.zones[0], arrivals=(Arrival(accelerator="H200", units=units, on=on, **fields),))


def listed(*rules: str, on: date = TODAY) -> Evidence:
    """Evidence of a plan that strikes that arrival out."""
    return Evidence(struck_out=(StruckOut("o:c", "H200", 8, on, rules),))
