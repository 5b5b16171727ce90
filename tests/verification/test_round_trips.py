"""The verifier works round trips out a second time: a plan that shades one is refused under the right name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.errors import NoLawfulPlan
from planner.model.catalogue import Measurement
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.scenarios import read_scenario
from planner.verification import find_breaches

FAST = """
scenario: fast
question: Who is near?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [aws], places: [SG, ID]}
policies: []
entities: [{id: e, established_in: SG}]
workloads:
  - id: w
    entity: e
    components:
      - {id: front, requires: {max_rtt: {to: people, rtt: LIMIT}}}
      - {id: back}
    flows: [{from: people, to: front, volume: 1 GB/month}, {from: front, to: back, volume: 1 GB/month, max_rtt: 30 ms}]
users: [{id: people, at: {SG: 1}}]
quotes:
  - {component: w/front, place: "aws:ap-southeast-1", cost: 1 USD/month}
  - {component: w/back, place: "aws:ap-southeast-3", cost: 1 USD/month}
objectives: [cost]
"""


def planned(tmp_path: Path, limit: str = "40 ms") -> tuple[Plan, Scenario]:
    path = tmp_path / "fast.yaml"
    path.write_text(FAST.replace("LIMIT", limit))
    scenario = read_scenario(path)
    return plan(scenario).plan, scenario


def causes(found: Plan, scenario: Scenario) -> set[str]:
    return {breach.cause for breach in find_breaches(found, scenario)}


def test_an_honest_plan_states_the_band_and_provenance_of_its_round_trips(tmp_path: Path) -> None:
    found, scenario = planned(tmp_path)
    served, placed = found.served[0], next(p for p in found.placements if p.component == "w/front")
    assert (placed.rtt_ms, placed.rtt_low_ms, placed.rtt_high_ms) == (served.rtt_ms, served.rtt_low_ms, served.rtt_high_ms)
    assert served.rtt_provenance == "modelled"
    assert served.rtt_low_ms is not None
    assert served.rtt_high_ms is not None
    assert served.rtt_low_ms < served.rtt_ms < served.rtt_high_ms
    assert causes(found, scenario) == set()


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"rtt_ms": Decimal("1")}, "rtt"),
        ({"rtt_high_ms": Decimal("6")}, "rtt band"),
        ({"rtt_low_ms": Decimal("1")}, "rtt band"),
        ({"rtt_provenance": "measured"}, "rtt band"),
    ],
)
def test_a_shaded_row_is_a_breach(tmp_path: Path, changes: dict[str, Any], cause: str) -> None:
    found, scenario = planned(tmp_path)
    assert cause in causes(replace(found, served=(replace(found.served[0], **changes),)), scenario)


def test_a_shaded_band_of_a_placement_is_a_breach(tmp_path: Path) -> None:
    found, scenario = planned(tmp_path)
    rows = tuple(replace(p, rtt_high_ms=Decimal(6)) if p.rtt_ms is not None else p for p in found.placements)
    assert "rtt band" in causes(replace(found, placements=rows), scenario)


@pytest.mark.parametrize("rtt", ["0", "1.5"])
def test_an_embedded_measurement_that_no_signal_can_reach_is_a_breach(tmp_path: Path, rtt: str) -> None:
    found, scenario = planned(tmp_path)
    forged = Measurement("aws:ap-southeast-1", "aws:ap-southeast-3", Decimal(rtt))
    assert "measurement" in causes(found, replace(scenario, measurements=(forged,)))


def test_two_figures_for_one_pair_are_a_breach(tmp_path: Path) -> None:
    found, scenario = planned(tmp_path)
    ends = ("aws:ap-southeast-1", "aws:ap-southeast-3")
    rows = (Measurement(*ends, Decimal(14)), Measurement(*reversed(ends), Decimal(15)))
    assert "measurement" in causes(found, replace(scenario, measurements=rows))


def test_an_embedded_measurement_above_the_limit_of_a_flow_is_a_breach(tmp_path: Path) -> None:
    found, scenario = planned(tmp_path)
    slow = Measurement("aws:ap-southeast-1", "aws:ap-southeast-3", Decimal(31))
    assert causes(found, replace(scenario, measurements=(slow,))) == {"latency"}


def test_a_requirement_may_ask_at_the_upper_edge_of_the_band(tmp_path: Path) -> None:
    """5 ms and a little to users in the same city: the median is below 7 ms, the upper edge above."""
    found, _ = planned(tmp_path, "7 ms")
    assert found.served[0].rtt_ms < 7 < (found.served[0].rtt_high_ms or 0)
    with pytest.raises(NoLawfulPlan):
        planned(tmp_path, "7 ms, at: upper")
    _, strict = planned(tmp_path, "12 ms, at: upper")
    component = strict.components[1]
    wanted = replace(component.requires["max_rtt"], rtt=Decimal(7))  # type: ignore[type-var]
    tighter = replace(component, requires={"max_rtt": wanted})
    workload = replace(strict.workloads[0], components=(strict.components[0], tighter))
    assert causes(found, replace(strict, workloads=(workload,))) == {"latency"}
