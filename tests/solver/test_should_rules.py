"""Should-rules: priced, lifted by what is held, or ranked before cost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planner.planning import plan
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

RULE = """
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - {id: my-wish, title: Better at home, law_of: MY, level: should, penalty_usd_month: PENALTY, in_force: [{from: 2020-01-01}],
     when: {established_in: [MY]}, verbs: [process], then: {confine: {in: [MY]}}, cites: [{instrument: t, quality: primary, checked: 2026-11-23}]}
"""
WORLD = """
scenario: wish
question: Is home worth its price?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [wish.yaml]
entities: [{id: e, established_in: MY}]
regions:
  - {provider: p, id: home, lat: 3.1, lon: 101.7, country: MY, zones: [{id: h}]}
  - {provider: p, id: away, lat: 1.3, lon: 103.8, country: SG, zones: [{id: a}]}
workloads: [{id: w, entity: e, components: [{id: a}, {id: b}]}]
quotes:
  - {component: w/a, place: "p:home", cost: 100 USD/month}
  - {component: w/a, place: "p:away", cost: 60 USD/month}
  - {component: w/b, place: "p:home", cost: 100 USD/month}
  - {component: w/b, place: "p:away", cost: 95 USD/month}
objectives: [cost]
"""


def world(folder: Path, penalty: int, settings: Settings = Settings()) -> dict[str, str]:
    (folder / "wish.yaml").write_text(RULE.replace("PENALTY", str(penalty)))
    path = folder / "world.yaml"
    path.write_text(WORLD)
    found = plan(read_scenario(path, settings=settings)).plan
    homes = {p.component: p.region for p in found.placements}
    return {
        **homes,
        "total": str(found.total_usd),
        "penalty": str(sum(c.usd_month for c in found.cost_lines if c.objective == "penalty")),
    }


def test_a_penalty_above_the_saving_keeps_a_component_at_home(tmp_path: Path) -> None:
    assert world(tmp_path, 20) == {"w/a": "p:away", "w/b": "p:home", "total": "180.000000", "penalty": "20.000000"}


def test_a_small_penalty_is_paid_once_for_each_component(tmp_path: Path) -> None:
    assert world(tmp_path, 2)["penalty"] == "4.000000"


@pytest.mark.parametrize("penalty", [0, 2, 20])
def test_ranked_first_breaches_are_avoided_at_any_price_and_cost_nothing(tmp_path: Path, penalty: int) -> None:
    ranked = Settings(values={"objectives": ["should-breaches", "cost"]})
    found = world(tmp_path, penalty, ranked)
    assert (found["w/a"], found["w/b"], Decimal(found["total"])) == ("p:home", "p:home", 200)


def test_an_unavoidable_breach_costs_nothing_when_breaches_are_ranked(tmp_path: Path) -> None:
    only_abroad = Settings(values={"objectives": ["should-breaches", "cost"], "regions.home.status": "closed"})
    found = world(tmp_path, 20, only_abroad)
    assert (found["total"], found["penalty"]) == ("155.000000", "0")
