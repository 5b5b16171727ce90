"""A user's own measurements: they override, and every row that cannot be is named with its place and a suggestion."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputFaults
from planner.model.catalogue import Measurement
from planner.model.latency import GREAT_CIRCLE
from planner.planning import plan
from planner.reading.measurements import settle
from planner.reading.scenarios import read_scenario
from planner.verification.round_trips import RoundTrips

NEAR_AND_FAR = """
scenario: near-and-far
question: Does the agent fit beside the database?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: []
entities: [{id: e, established_in: MY}]
latency: {measurements: mine.csv}
regions:
  - {provider: p, id: kl, lat: 3.1, lon: 101.7, country: MY, zones: [{id: k}], prices: {egress_internet_gb: 0.1}}
  - {provider: p, id: sg, lat: 1.35, lon: 103.8, country: SG, zones: [{id: s}], prices: {egress_internet_gb: 0.1}}
workloads:
  - id: w
    entity: e
    components: [{id: agent}, {id: db}]
    flows:
      - {from: agent, to: db, volume: 1 GB/month, max_rtt: 4.5 ms}
      - {from: people, to: agent, volume: 1 GB/month}
users: [{id: people, at: {MY/Kuala Lumpur: 1}}]
quotes:
  - {component: w/agent, place: "p:kl", cost: 9 USD/month}
  - {component: w/agent, place: "p:sg", cost: 3 USD/month}
  - {component: w/db, place: "p:kl", cost: 1 USD/month}
objectives: [cost]
"""
HEADER = "src,dst,rtt_ms,date\n"


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "near-and-far.yaml"
    path.write_text(NEAR_AND_FAR)
    return path


def faults_of(scenario: Path, text: str) -> list[str]:
    (scenario.parent / "mine.csv").write_text(text)
    with pytest.raises(InputFaults) as found:
        read_scenario(scenario)
    return [str(fault).replace(str(scenario.parent) + "/", "") for fault in found.value.faults]


def test_an_own_measurement_opens_a_place_that_the_model_shuts(scenario: Path) -> None:
    (scenario.parent / "mine.csv").write_text(HEADER)
    assert {p.region for p in plan(read_scenario(scenario)).plan.placements} == {"p:kl"}
    (scenario.parent / "mine.csv").write_text(HEADER + "p:sg,p:kl,4.4,2026-11-01\n")
    assert {p.region for p in plan(read_scenario(scenario)).plan.placements} == {"p:kl", "p:sg"}


def test_an_own_measurement_may_start_at_a_place_of_users(scenario: Path) -> None:
    (scenario.parent / "mine.csv").write_text(HEADER + "MY/Kuala Lumpur,p:kl,2.25,2026-11-01\n")
    served = plan(read_scenario(scenario)).plan.served[0]
    assert (served.rtt_ms, served.rtt_provenance) == (Decimal("2.25"), "measured")
    assert (served.rtt_low_ms, served.rtt_high_ms) == (Decimal("1.75"), Decimal("2.75"))


def test_own_measurements_keep_the_name_of_their_file_or_source(scenario: Path) -> None:
    (scenario.parent / "mine.csv").write_text(
        "src,dst,rtt_ms,date,source\np:kl,p:sg,9,2026-11-01,\np:sg,MY/Kuala Lumpur,9,2026-11-01,ping\n"
    )
    assert {m.source for m in read_scenario(scenario).measurements} == {"mine.csv", "ping"}


def test_both_directions_are_averaged_and_the_newest_date_counts() -> None:
    rows = [
        Measurement("b", "a", Decimal(11), "x", "2026-02-01"),
        Measurement("a", "b", Decimal(10), "x", "2026-02-01"),
        Measurement("a", "b", Decimal(99), "x", "2025-02-01"),
    ]
    assert settle(rows) == [Measurement("a", "b", Decimal("10.500"), "x", "2026-02-01")]


@pytest.mark.parametrize(
    ("row", "where", "words"),
    [
        ("p:kl,p:sgg,9,2026-11-01", "mine.csv:2:6", "'p:sgg' is not known — did you mean 'p:sg'?"),
        ("p:kl,p:sg,-9,2026-11-01", "mine.csv:2:11", "'-9' is not a usable number"),
        ("p:kl,p:sg,0,2026-11-01", "mine.csv:2:11", "0 ms is none"),
        ("p:kl,p:sg,soon,2026-11-01", "mine.csv:2:11", "'soon' is not a usable number"),
        ("p:kl,p:sg,0.9,2026-11-01", "mine.csv:2:11", "faster than light in fibre: 304 km take 3.041 ms"),
        ("MY/Kuala Lumpur,p:sg,0.9,2026-11-01", "mine.csv:2:22", "faster than light in fibre"),
        ("p:kl,p:sg,9,yesterday", "mine.csv:2:13", "is not a date"),
        ("p:kl,p:kl,9,2026-11-01", "mine.csv:2:6", "measured against itself"),
        ("p:kl,p:sg,9", "mine.csv:2", "3 cells"),
    ],
)
def test_a_row_that_cannot_be_is_named(scenario: Path, row: str, where: str, words: str) -> None:
    found = faults_of(scenario, HEADER + row + "\n")
    assert len(found) == 1
    assert found[0].startswith(where)
    assert words in found[0]


def test_a_file_that_is_not_there_is_named_where_the_scenario_names_it(scenario: Path) -> None:
    (scenario.parent / "mein.csv").write_text(HEADER)
    with pytest.raises(InputFaults) as found:
        read_scenario(scenario)
    assert "near-and-far.yaml:9:25: error[Y001]: measurements file 'mine.csv' is not there" in str(found.value)
    assert "did you mean 'mein.csv'?" in str(found.value)


def test_a_region_of_the_catalogue_that_is_not_in_play_is_left_aside(scenario: Path) -> None:
    (scenario.parent / "mine.csv").write_text(HEADER + "p:kl,aws:ap-southeast-1,9,2026-11-01\n")
    assert read_scenario(scenario).measurements == ()


def test_a_question_without_round_trips_carries_no_model(scenario: Path) -> None:
    text = NEAR_AND_FAR.replace("users: [{id: people, at: {MY/Kuala Lumpur: 1}}]\n", "")
    text = text.replace("      - {from: people, to: agent, volume: 1 GB/month}\n", "")
    scenario.write_text(text.replace("latency: {measurements: mine.csv}\n", ""))
    assert read_scenario(scenario).latency.landings, "a limit on a flow asks for round trips"
    scenario.write_text(scenario.read_text().replace(", max_rtt: 4.5 ms", ""))
    assert read_scenario(scenario).latency == GREAT_CIRCLE


def test_the_great_circle_can_be_asked_for(scenario: Path) -> None:
    scenario.write_text(NEAR_AND_FAR.replace("measurements: mine.csv", "model: great-circle"))
    found = read_scenario(scenario)
    assert found.latency == GREAT_CIRCLE
    between = RoundTrips(found.measurements, found.latency).between(*found.regions)
    assert float(between.rtt_ms) == pytest.approx(4.3 + 1.516 * 2 * 304 / 199.86, abs=0.01)
