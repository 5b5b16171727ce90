"""A plan over four quarters that is right, and what the verifier says of each thing that is changed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.model.plan import Breach, Move, Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from planner.verification import find_breaches

WORLD = """
scenario: four-quarters
question: What runs where in which quarter?
as_of: 2026-11-23
horizon: {from: 2027Q1, periods: 4, discount_rate: 8 %, amortise: 10 months}
catalog: {providers: [], places: []}
policies: [law.yaml]
entities: [{id: e, operates: [q]}]
accelerators: {kinds: [{id: H, name: H, vendor: v, vendor_in: US, tdp_w: 500}]}
objectives: [cost]
limits: {moves: {at_most: 1, freeze: [2027Q1]}}
current: [{what: api, region: "p:near"}, {what: job, region: "p:near"}]
regions:
  - {provider: p, id: near, lat: 3, lon: 101, country: MY, zones: [{id: near-a, capacity: {vcpu: 20}}], prices: {egress_internet_gb: 0.5}}
  - {provider: p, id: far, lat: 1, lon: 104, country: SG, opening_once: 7 USD, zones: [{id: far-a, capacity: {vcpu: 20}}]}
  - {provider: q, id: hall, kind: own, country: MY, lat: 3, lon: 102, zones: [{id: z, stock: [{accelerator: H, units: 1}]}],
     prices: {accelerator_hour: {H: 0}, accelerator_purchase: {H: 30}}}
workloads:
  - id: w
    entity: e
    components:
      - {id: api, growth: 34 %, replicas: {count: 2}, per_replica: {vcpu: 1}, stay: 2, migration: {cost: 2 USD, data: 4 GB, parallel: 1 month}}
      - {id: job, replicas: {count: 1}, per_replica: {vcpu: 1}, migration: {cost: 1 USD}}
      - {id: chat, growth: 100 %, accelerators: [{id: H, units: 2, group: 1}]}
quotes:
  - {component: w/api, place: "p:near", cost: 20 USD/month}
  - {component: w/api, place: "p:far", cost: 5 USD/month}
  - {component: w/job, place: "p:near", cost: 10 USD/month}
  - {component: w/job, place: "p:far", cost: 2 USD/month}
"""
LAW = """
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - {id: border, title: A border., law_of: MY, level: must, in_force: [{from: 2020-01-01}], when: {}, verbs: [process],
     then: {confine: {in: [MY]}, unless: [{holds: [assessed]}]},
     cites: [{instrument: an act, quality: memory, checked: 2026-11-23}], tests: []}
"""
WORDS = """
schema: residency-vocabulary/1
chips: [H]
mechanisms:
  assessed: {kind: assessment, scope: entity, cost_usd: 6, lead_days: 20, valid_days: 300}
"""


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Scenario]:
    folder = tmp_path_factory.mktemp("quarters")
    for name, text in (("scenario", WORLD), ("law", LAW), ("vocab", WORDS)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    scenario = read_scenario(folder / "scenario.yaml", library=Library((), ()))
    return plan(scenario).plan, scenario


def test_the_plan_is_right_and_has_something_to_lie_about(right: tuple[Plan, Scenario]) -> None:
    found, scenario = right
    assert find_breaches(found, scenario) == ()
    assert [(m.what, m.period) for m in found.moves] == [("w/api", "2027Q2"), ("w/job", "2027Q3")]
    assert {o.what.partition(":")[0] for o in found.one_offs} == {"accelerators", "mechanism", "migration", "opening"}
    assert len(found.bought) > 1


def other(rows: tuple, number: int, **changes: object) -> tuple:
    """The rows with one of them changed."""
    return tuple(replace(row, **changes) if n == number else row for n, row in enumerate(rows))


def of(rows: tuple, what: str) -> int:
    """The number of the one-off that begins so."""
    return next(n for n, row in enumerate(rows) if row.what.startswith(what))


def dearer_to_move(found: Plan) -> Plan:
    return replace(found, moves=other(found.moves, 0, cash_usd=Decimal(1)))


LIES: dict[str, tuple[Callable[[Plan], Plan], str]] = {
    "a weight": (lambda p: replace(p, quarters=other(p.quarters, 1, weight=Decimal(1))), "quarters"),
    "months of a quarter": (lambda p: replace(p, quarters=other(p.quarters, 1, months=1)), "quarters"),
    "a sum of a quarter": (lambda p: replace(p, quarters=other(p.quarters, 1, usd_month=Decimal(1))), "quarters"),
    "a quarter left out": (lambda p: replace(p, quarters=p.quarters[:3]), "quarters"),
    "quarters in another order": (lambda p: replace(p, quarters=p.quarters[::-1]), "quarters"),
    "the first quarter's lines": (lambda p: replace(p, cost_lines=p.quarters[3].cost_lines), "quarters"),
    "a cost line of a later quarter": (
        lambda p: replace(
            p,
            quarters=other(p.quarters, 2, cost_lines=p.quarters[1].cost_lines, usd_month=p.quarters[1].usd_month),
        ),
        "cost: quote",
    ),
    "the total": (lambda p: replace(p, total_usd=p.total_usd + 1, bound=p.bound + 1), "cost: total"),
    "the first lawful day": (lambda p: replace(p, lawful_from=date(2026, 11, 23)), "lawful_from"),
    "a move left out": (lambda p: replace(p, moves=p.moves[1:]), "move"),
    "a move twice": (lambda p: replace(p, moves=(*p.moves, p.moves[0])), "move"),
    "a move that is none": (
        lambda p: replace(p, moves=(*p.moves, Move("w/job", "2027Q4", "p:far", "p:near", Decimal(0)))),
        "move",
    ),
    "where a move comes from": (lambda p: replace(p, moves=other(p.moves, 0, src_region="p:far")), "move"),
    "what a move costs": (dearer_to_move, "move"),
    "units before they have grown": (
        lambda p: replace(p, placements=other(p.placements, len(p.placements) - 2, units=2)),
        "units",
    ),
    "a purchase asked for too late": (lambda p: replace(p, mechanisms=other(p.mechanisms, 0, period="2027Q2")), "border"),
    "a purchase before anyone asked": (
        lambda p: replace(p, mechanisms=other(p.mechanisms, 0, period="2026Q3")),
        "mechanism: assessed",
    ),
    "a day of grant": (
        lambda p: replace(p, mechanisms=other(p.mechanisms, 0, lawful_from=date(2026, 11, 23))),
        "mechanism: assessed",
    ),
    "a purchase left out": (lambda p: replace(p, mechanisms=()), "border"),
    "a purchase that is called held": (
        lambda p: replace(p, mechanisms=other(p.mechanisms, 0, held=True, cash_usd=Decimal(0))),
        "mechanism: assessed",
    ),
    "chips left out": (lambda p: replace(p, bought=p.bought[1:]), "stock: H"),
    "chips bought later than used": (
        lambda p: replace(p, bought=other(p.bought, 0, period="2027Q4")),
        "stock: H",
    ),
    "an opening not paid": (
        lambda p: replace(p, one_offs=tuple(o for o in p.one_offs if not o.what.startswith("opening"))),
        "cost: one-off",
    ),
    "an opening paid in another quarter": (
        lambda p: replace(p, one_offs=other(p.one_offs, of(p.one_offs, "opening"), period="2027Q3")),
        "cost: one-off",
    ),
    "a charge": (
        lambda p: replace(p, one_offs=other(p.one_offs, of(p.one_offs, "migration"), charged_usd=Decimal(0))),
        "cost: one-off",
    ),
    "over how many months": (
        lambda p: replace(p, one_offs=other(p.one_offs, of(p.one_offs, "mechanism"), months=10)),
        "cost: one-off",
    ),
    "a quarter nobody plans": (lambda p: replace(p, placements=other(p.placements, 0, period="2031Q1")), "period"),
    "no figure at all": (lambda p: replace(p, quarters=other(p.quarters, 1, weight=Decimal("NaN"))), "figure"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_about_quarters_is_found(lie: str, right: tuple[Plan, Scenario]) -> None:
    found, scenario = right
    change, cause = LIES[lie]
    changed = change(found)
    assert changed != found
    assert cause in {breach.cause for breach in find_breaches(changed, scenario)}, find_breaches(changed, scenario)


@pytest.mark.parametrize(
    ("waves", "cause"),
    [
        ("{moves: {at_most: 0}}", "limits.moves"),
        ("{moves: {freeze: [2027Q2]}}", "limits.moves"),
        ("{moves: {freeze: [2027Q3]}}", "limits.moves"),
    ],
)
def test_a_plan_that_moves_when_nothing_may_is_refused(
    waves: str, cause: str, right: tuple[Plan, Scenario], tmp_path: Path
) -> None:
    changed = WORLD.replace("{moves: {at_most: 1, freeze: [2027Q1]}}", waves)
    assert cause in causes(right[0], changed, tmp_path)


def test_a_plan_that_leaves_before_its_stay_ends_is_refused(right: tuple[Plan, Scenario], tmp_path: Path) -> None:
    found, scenario = right
    back = tuple(
        replace(row, region="p:near", zone="p:near-a") if (row.component, row.period) == ("w/api", "2027Q3") else row
        for row in found.placements
    )
    assert "stay" in {breach.cause for breach in find_breaches(replace(found, placements=back), scenario)}


def test_a_mechanism_that_runs_out_holds_no_longer(right: tuple[Plan, Scenario], tmp_path: Path) -> None:
    assert "border" in causes(right[0], WORLD, tmp_path, WORDS.replace("300", "200"))


def test_a_plan_of_several_quarters_answers_no_question_of_one(right: tuple[Plan, Scenario], tmp_path: Path) -> None:
    assert "quarters" in causes(right[0], WORLD.replace("periods: 4", "periods: 1"), tmp_path)


def causes(found: Plan, world: str, folder: Path, words: str = WORDS) -> set[str]:
    """What the verifier says of a plan beside another question."""
    for name, text in (("scenario", world), ("law", LAW), ("vocab", words)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    scenario = read_scenario(folder / "scenario.yaml", library=Library((), ()))
    breaches: tuple[Breach, ...] = find_breaches(found, scenario)
    return {breach.cause for breach in breaches}
