"""What is unlawful as it stands is made lawful by buying the cheapest set of mechanisms, with the date it holds from."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from planner.answers.shut_out import shut_out
from planner.errors import NoLawfulPlan
from planner.planning import plan
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

ABROAD = """
scenario: abroad
question: May a Malaysian shop keep its customers' data in Singapore, and from when?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [law/my.yaml]
entities: [{id: shop, established_in: MY, sector: other, regulated_by: []}]
regions:
  - {provider: p, id: home, lat: 3.1, lon: 101.7, country: MY, zones: [{id: h, capacity: {vcpu: 0}}], admin_sites: [MY],
     prices: {vcpu_hour: 0.01, storage_gb_month: 0.01}}
  - {provider: p, id: away, lat: 1.3, lon: 103.8, country: SG, zones: [{id: a}], admin_sites: [SG],
     prices: {vcpu_hour: 0.05, storage_gb_month: 0.05}}
datasets: [{id: customers, entity: shop, classes: [personal], subjects: [MY], size: 10 GB, keys: customer_held}]
workloads:
  - {id: w, entity: shop, components: [{id: web, critical: false, purpose: [], writes: [customers], per_replica: {vcpu: 4}}]}
objectives: [cost]
"""
WAYS = ("my-bcr", "my-consent", "my-scc", "my-tia-adequate", "my-tia-similar-law")


@pytest.fixture
def abroad(tmp_path: Path) -> Path:
    path = tmp_path / "abroad.yaml"
    path.write_text(ABROAD)
    return path


def test_the_cheapest_set_is_bought_and_dated(abroad: Path) -> None:
    # The data leave twice: they rest and are processed in Singapore, and p's people reach them from there. An assessment
    # is made for a destination and again for an operator (2 x 8,000); contract clauses with p cover both (12,000).
    scenario = read_scenario(abroad)
    found = plan(scenario).plan
    clauses = scenario.vocabulary.mechanisms["my-scc"]
    assert {p.region for p in found.placements} == {"p:away"}
    assert [m.id for m in found.mechanisms] == ["my-scc"]
    assert clauses.cost_usd < 2 * scenario.vocabulary.mechanisms["my-tia-adequate"].cost_usd
    assert found.lawful_from == date(2026, 11, 23) + timedelta(days=clauses.lead_days)


def test_when_the_clauses_are_refused_two_assessments_are_the_next_cheapest(abroad: Path) -> None:
    scenario = read_scenario(
        abroad, settings=Settings(values={"mechanisms.my-scc": "refused", "mechanisms.my-consent": "refused"})
    )
    found = plan(scenario).plan
    assert {(m.id.startswith("my-tia"), m.key) for m in found.mechanisms} == {(True, "SG"), (True, "p")}


def test_without_any_way_out_the_clause_is_named(abroad: Path) -> None:
    scenario = read_scenario(abroad, settings=Settings(values={f"mechanisms.{name}": "refused" for name in WAYS}))
    with pytest.raises(NoLawfulPlan):
        plan(scenario)
    refusals = {r.reason for group in shut_out(scenario)[0] for r in group.regions.get("p:away", ())}
    assert "my-pdpa-s129" in refusals


def test_what_is_held_already_is_not_bought_again(abroad: Path) -> None:
    held = [
        {"mechanism": "my-tia-adequate", "entity": "shop", "destination": "SG", "operator": "p", "until": "2027-06-30"}
    ]
    found = plan(read_scenario(abroad, settings=Settings(values={"holds": held}))).plan
    assert found.mechanisms == ()
    assert found.one_offs == ()


def test_with_room_at_home_nothing_is_bought(abroad: Path) -> None:
    found = plan(read_scenario(abroad, settings=Settings(values={"regions.home.zones.h.capacity.vcpu": "4"}))).plan
    assert {p.region for p in found.placements} == {"p:home"}
    assert found.mechanisms == ()
    assert found.total_usd == found.total_usd_month > Decimal(0)
