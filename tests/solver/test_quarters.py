"""Plans over several quarters, each in a world so small that the answer can be worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planner.candidates.find import find_candidates
from planner.model.outcome import SolverState
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.reading.scenarios import read_scenario
from planner.solver.search import search
from planner.verification import find_breaches
from tests.solver.worlds import NO_LIBRARY

HEAD = """
scenario: quarters
question: What runs where in which quarter?
as_of: 2026-11-23
catalog: {providers: [], places: []}
entities: [{id: e}]
objectives: [cost]
"""
REGIONS = """
regions:
  - {provider: p, id: near, lat: 3, lon: 101, country: MY, zones: [{id: near-a, capacity: {vcpu: 8}}]}
  - {provider: p, id: far, lat: 1, lon: 104, country: SG, zones: [{id: far-a, capacity: {vcpu: 8}}]}
"""
ONE = """
workloads:
  - id: w
    entity: e
    components:
      - {id: api, replicas: {count: 2}, per_replica: {vcpu: 1}, migration: {cost: 20 USD}}
quotes:
  - {component: w/api, place: "p:near", cost: 10 USD/month}
  - {component: w/api, place: "p:far", cost: 5 USD/month}
"""
NEAR = 'current: [{what: api, region: "p:near"}]\n'


def world(folder: Path, *parts: str, horizon: str = "{from: 2027Q1, periods: 4, amortise: 10 months}") -> Scenario:
    path = folder / "scenario.yaml"
    law = "" if any("policies:" in part for part in parts) else "policies: []\n"
    head = HEAD.replace("entities: [{id: e}]\n", "") if any("\nentities:" in part for part in parts) else HEAD
    path.write_text(f"{head}horizon: {horizon}\n{law}{''.join(parts)}", encoding="utf-8")
    return read_scenario(path, library=NO_LIBRARY)


def planned(scenario: Scenario, solver: str = "highs") -> Plan:
    found, outcome = search(scenario, find_candidates(scenario), solver=solver)
    assert found is None or find_breaches(found, scenario) == ()
    assert found is not None, outcome.state
    assert found.status == "optimal"
    assert found.gap < Decimal("1e-6")
    return found


def homes(plan: Plan, component: str = "w/api") -> list[str]:
    """Its region in each quarter."""
    return [row.region.removeprefix("p:") for row in plan.placements if row.component == component]


def test_quarters_that_share_nothing_cost_three_months_each(tmp_path: Path) -> None:
    found = planned(world(tmp_path, REGIONS, ONE))
    assert found.total_usd == 4 * 3 * 5
    assert (found.total_usd_month, found.moves, found.one_offs) == (5, (), ())
    assert [(q.period, q.months, q.usd_month) for q in found.quarters[:1]] == [("2027Q1", 3, 5)]


def test_a_later_dollar_weighs_less(tmp_path: Path) -> None:
    discounted = "{from: 2027Q1, periods: 2, discount_rate: 8 %}"
    found = planned(world(tmp_path, REGIONS, ONE, horizon=discounted))
    assert [q.weight for q in found.quarters] == [1, Decimal("0.980943652128")]
    assert found.total_usd == Decimal("29.714155")


def test_something_moves_at_once_where_moving_pays(tmp_path: Path) -> None:
    # 5 USD a month are saved for 12 months; 20 USD are charged over 10 months, all of them inside the year
    found = planned(world(tmp_path, REGIONS, ONE, NEAR))
    assert homes(found) == ["far"] * 4
    assert found.total_usd == 12 * 5 + 20
    (move,) = found.moves
    assert (move.period, move.src_region, move.dst_region, move.cash_usd) == ("2027Q1", "p:near", "p:far", 20)
    assert [o.what for o in found.one_offs] == ["migration:w/api@p:far"]


def test_something_stays_where_moving_costs_more_than_it_saves(tmp_path: Path) -> None:
    dear = ONE.replace("20 USD", "61 USD")
    assert planned(world(tmp_path, REGIONS, dear, NEAR)).total_usd == 12 * 10
    assert planned(world(tmp_path, REGIONS, dear)).total_usd == 12 * 5  # what is new moves nothing


def test_the_region_that_is_left_is_paid_for_a_while_and_data_are_carried_out_of_it(tmp_path: Path) -> None:
    priced = REGIONS.replace("country: MY,", "country: MY, prices: {egress_internet_gb: 0.5},")
    moving = ONE.replace("{cost: 20 USD}", "{cost: 2 USD, data: 10 GB, parallel: 1 month}")
    found = planned(world(tmp_path, priced, moving, NEAR))
    assert found.moves[0].cash_usd == 2 + 10 * Decimal("0.5") + 10


def test_nothing_moves_in_a_frozen_quarter(tmp_path: Path) -> None:
    found = planned(world(tmp_path, REGIONS, ONE, NEAR, "limits: {moves: {freeze: [2027Q1]}}\n"))
    assert homes(found) == ["near", "far", "far", "far"]
    assert found.total_usd == 3 * 10 + 9 * 5 + Decimal("18")  # 9 of the 10 months fall inside


TWO = """
workloads:
  - id: w
    entity: e
    components:
      - {id: api, replicas: {count: 1}, per_replica: {vcpu: 1}}
      - {id: job, replicas: {count: 1}, per_replica: {vcpu: 1}}
quotes:
  - {component: w/api, place: "p:near", cost: 10 USD/month}
  - {component: w/api, place: "p:far", cost: 5 USD/month}
  - {component: w/job, place: "p:near", cost: 10 USD/month}
  - {component: w/job, place: "p:far", cost: 1 USD/month}
"""


def test_a_wave_takes_what_saves_most_first(tmp_path: Path) -> None:
    both = 'current: [{what: api, region: "p:near"}, {what: job, region: "p:near"}]\n'
    found = planned(world(tmp_path, REGIONS, TWO, both, "limits: {moves: {at_most: 1}}\n"))
    assert [(m.what, m.period) for m in found.moves] == [("w/job", "2027Q1"), ("w/api", "2027Q2")]


def test_what_has_moved_stays_for_its_least_time(tmp_path: Path) -> None:
    # far has room in the first quarter only: with a stay of two the move is not worth beginning
    growing = ONE.replace("vcpu: 1}, migration", "vcpu: 4}, growth: 60 %, migration").replace("20 USD", "1 USD")
    wide = REGIONS.replace("id: near-a, capacity: {vcpu: 8}", "id: near-a, capacity: {vcpu: 80}")
    assert homes(planned(world(tmp_path, wide, growing, NEAR))) == ["far", "near", "near", "near"]
    staying = growing.replace("growth:", "stay: 2, growth:")
    assert homes(planned(world(tmp_path, wide, staying, NEAR))) == ["near"] * 4


def test_what_grows_needs_whole_units_and_costs_in_proportion(tmp_path: Path) -> None:
    found = planned(world(tmp_path, REGIONS, ONE.replace("migration", "growth: 34 %, migration")))
    assert [row.units for row in found.placements] == [2, 3, 3, 3]  # 2 · 1.34^(1/4) = 2.15, 2.32, 2.49
    assert found.quarters[2].usd_month == 5 * Decimal("1.157584")


def test_of_equally_cheap_plans_the_one_that_moves_least_is_taken(tmp_path: Path) -> None:
    alike = ONE.replace("10 USD/month", "5 USD/month").replace("{cost: 20 USD}", "{cost: 0 USD}")
    for current, moves in (('current: [{what: api, region: "p:far"}]\n', 0), ("", 0), (NEAR, 0)):
        assert len(planned(world(tmp_path, REGIONS, alike, current)).moves) == moves


HALL = """
entities: [{id: e, operates: [q]}]
accelerators: {kinds: [{id: H, name: H, vendor: v, vendor_in: US, tdp_w: 500}]}
regions:
  - {provider: q, id: hall, kind: own, country: MY, lat: 3, lon: 101, prices: {accelerator_hour: {H: 0}, accelerator_purchase: {H: 30}},
     zones: [{id: z, stock: [{accelerator: H, units: 1}], arrivals: [{accelerator: H, units: 1, on: 2027-06-30, status: contracted}]}]}
workloads:
  - id: w
    entity: e
    components: [{id: api, growth: 100 %, accelerators: [{id: H, units: 2, group: 1}]}]
"""


def test_chips_bought_in_one_quarter_serve_in_the_later_ones(tmp_path: Path) -> None:
    # 2, 3, 3 and 4 chips are wanted; 1 stands there and another arrives before the third quarter
    found = planned(world(tmp_path, HALL))
    assert [row.chips for row in found.placements] == [2, 3, 3, 4]
    assert [(b.period, b.units) for b in found.bought] == [("2027Q1", 1), ("2027Q2", 1)]
    assert found.total_usd == 30 + 27  # charged over ten months, of which twelve and nine are left


def test_opening_once_is_paid_by_who_was_not_there_yet(tmp_path: Path) -> None:
    opening = REGIONS.replace("country: SG,", "country: SG, opening_once: 10 USD,")
    assert planned(world(tmp_path, opening, ONE)).total_usd == 12 * 5 + 10
    assert planned(world(tmp_path, opening, ONE, 'current: [{what: api, region: "p:far"}]\n')).total_usd == 12 * 5


BORDER = """
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - {id: border, title: A border., law_of: MY, level: must, in_force: [{from: 2020-01-01}], when: {}, verbs: [process],
     then: {confine: {in: [MY]}, unless: [{holds: [assessed]}]},
     cites: [{instrument: an act, quality: memory, checked: 2026-11-23}], tests: []}
"""
WORDS = """
schema: residency-vocabulary/1
mechanisms:
  assessed: {kind: assessment, scope: entity, cost_usd: 6, lead_days: 20, valid_days: 365}
"""


def lawful_world(folder: Path, horizon: str, *parts: str) -> Scenario:
    """Only `p:far` has a price, and a rule asks for a mechanism there."""
    (folder / "law.yaml").write_text(BORDER, encoding="utf-8")
    (folder / "vocab.yaml").write_text(WORDS, encoding="utf-8")
    only_far = ONE.replace('  - {component: w/api, place: "p:near", cost: 10 USD/month}\n', "")
    return world(folder, REGIONS, only_far, "policies: [law.yaml]\n", *parts, horizon=horizon)


def test_what_takes_time_to_obtain_is_asked_for_in_the_quarter_before(tmp_path: Path) -> None:
    found = planned(lawful_world(tmp_path, "{from: 2027Q1, periods: 2, amortise: 12 months}"))
    assert [(m.period, str(m.lawful_from)) for m in found.mechanisms] == [("2026Q4", "2026-12-13")]
    assert found.total_usd == 6 * 5 + 3  # of 12 months six are inside; three before it are nobody's


def test_nothing_is_lawful_before_it_is_granted(tmp_path: Path) -> None:
    scenario = lawful_world(tmp_path, "{from: 2026Q4, periods: 2}")
    found, outcome = search(scenario, find_candidates(scenario))
    assert (found, outcome.state) == (None, SolverState.INFEASIBLE)
    assert outcome.least_violation is not None
    assert outcome.least_violation > 0


def test_what_runs_out_is_bought_again(tmp_path: Path) -> None:
    found = planned(lawful_world(tmp_path, "{from: 2027Q1, periods: 5}"))
    # granted on 13 December 2026, over on 12 December 2027: the second is asked for by July, granted in time for October
    assert [m.period for m in found.mechanisms] == ["2026Q4", "2027Q3"]


def test_what_is_held_today_need_not_be_bought_until_it_ends(tmp_path: Path) -> None:
    held = "holds: [{mechanism: assessed, entity: e, until: 2027-06-30}]\n"
    found = planned(lawful_world(tmp_path, "{from: 2026Q4, periods: 4}", held))
    assert [m.period for m in found.mechanisms] == ["2027Q2"]


def test_a_gap_that_is_allowed_leaves_the_bound_below_the_optimum(tmp_path: Path) -> None:
    scenario = world(tmp_path, REGIONS, ONE, NEAR, "solver: {gap: 50 %}\n")
    found, _ = search(scenario, find_candidates(scenario))
    assert found is not None
    assert found.bound <= 80 <= found.total_usd


@pytest.mark.parametrize("solver", ["pulp:HiGHS"])
def test_another_way_into_the_solver_finds_the_same(solver: str, tmp_path: Path) -> None:
    scenario = world(tmp_path, REGIONS, ONE, NEAR, "limits: {moves: {freeze: [2027Q1]}}\n")
    assert planned(scenario, solver).total_usd == planned(scenario).total_usd
