"""Next best: its bound is never above the true regret, and the exact one is what forcing and trying everything say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from planner.answers.next_best import with_exact_next_best
from planner.errors import NoLawfulPlan
from planner.planning import Planned, plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.solver.forcing import search_forced
from tests.oracles.brute_force import cheapest
from tests.oracles.small_world import component, flow, prices, region, scenario
from tests.solver.test_law_agrees import law_world

CHUNK = 50


def planned_or_none(seed: int, folder: Path) -> Planned | None:
    try:
        return plan(law_world(seed, folder))
    except NoLawfulPlan:
        return None


@pytest.mark.parametrize("first", range(0, 150, CHUNK))
def test_no_bound_is_above_the_regret_of_forcing(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + CHUNK):
        found = planned_or_none(seed, tmp_path)
        for each in found.plan.evidence.next_best if found else ():
            assert found is not None
            assert each.regret_at_least_usd is not None
            try:
                forced = search_forced(found.scenario, found.candidates, each.component, each.region, found.plan)
            except NoLawfulPlan:
                continue
            assert 0 <= each.regret_at_least_usd <= forced.total_usd - found.plan.total_usd, (seed, each)


@pytest.mark.parametrize("first", range(0, 150, CHUNK))
def test_the_exact_one_is_the_least_of_all_regions_by_trying_everything(first: int, tmp_path: Path) -> None:
    told = 0
    for seed in range(first, first + CHUNK):
        found = planned_or_none(seed, tmp_path)
        if found is None or any(c.regions.max > 1 or c.divisible for c in found.scenario.components):
            continue
        exact = {n.component: n for n in with_exact_next_best(found).plan.evidence.next_best}
        for name in found.scenario.component:
            regrets = _regrets(found, name)
            assert (name in exact) == bool(regrets), (seed, name)
            if regrets:
                assert abs(Fraction(exact[name].regret_usd or 0) - min(regrets.values())) <= Fraction(6, 10**6)
                told += 1
    assert told > 5


def _regrets(found: Planned, name: str) -> dict[str, Fraction]:
    """What trying everything says when the component has only one other region to live in."""
    home = next(p.region for p in found.plan.placements if p.component == name)
    out = {}
    for other in found.scenario.region:
        if other != home:
            least = cheapest(_only_in(found, name, other))
            if least is not None:
                out[other] = least - Fraction(found.plan.total_usd)
    return out


def _only_in(found: Planned, name: str, region_key: str) -> object:
    """The scenario in which one component needs a service that only one region offers."""
    from planner.model.catalogue import Offering

    world = found.scenario
    workloads = tuple(
        replace(
            workload,
            components=tuple(
                replace(c, services=(*c.services, "only-there")) if c.id == name else c for c in workload.components
            ),
        )
        for workload in world.workloads
    )
    offered = Offering("only-there")
    regions = tuple(replace(r, services=(*r.services, offered)) if r.key == region_key else r for r in world.regions)
    return replace(world, workloads=workloads, regions=regions)


def test_what_else_must_be_paid_is_in_the_bound() -> None:
    # home is 73 USD dearer for each, but 100 GB at two dollars would cross: both move, for 146
    places = [region("r1", prices=prices("1", internet="2")), region("r2", prices=prices("0.9", internet="2"))]
    world = scenario([component("a"), component("b")], places, flows=[flow("a", "b", 100)])
    found = plan(world)
    assert found.plan.total_usd == 2 * 657
    for each in found.plan.evidence.next_best:
        assert (each.region, each.own_usd_month - each.chosen_usd_month) == ("p:r1", 73)
        assert each.regret_at_least_usd is not None
        assert 73 < each.regret_at_least_usd <= 146
    assert {n.regret_usd for n in with_exact_next_best(found).plan.evidence.next_best} == {Decimal(146)}


def test_the_wallets_table_names_the_next_best_of_every_component() -> None:
    found = plan(read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml"))
    bounds = {n.component: n for n in found.plan.evidence.next_best}
    assert bounds.keys() == found.scenario.component.keys()
    ledger = bounds["payments/ledger"]
    assert (ledger.region, ledger.regret_usd) == ("alibaba:ap-southeast-1", None)
    assert ledger.regret_at_least_usd is not None
    assert 8800 < ledger.regret_at_least_usd <= Decimal("9049.45"), "what solving again finds"


def test_nothing_is_bounded_where_breaches_are_ranked_first() -> None:
    ranked = Settings(values={"objectives": ["should-breaches", "cost"]})
    found = plan(read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml", settings=ranked)).plan
    assert {n.regret_at_least_usd for n in found.evidence.next_best} == {None}
