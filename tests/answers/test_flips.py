"""Break-evens bracket the flip: up to them the plan is the cheapest, beyond them it is not; none is missed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from planner.answers.ceilings import find_ceilings
from planner.answers.flips import find_flips
from planner.answers.inputs import find_inputs
from planner.errors import InputFaults, NoLawfulPlan
from planner.model.flip import Flip, Flips, Input
from planner.model.scenario import Scenario
from planner.planning import Planned, plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from tests.oracles.brute_force import cheapest
from tests.solver.worlds import literal_world, random_world

SEEDS = range(300, 340)
MOST = Decimal(3)
CENT = Fraction(1, 100)
NEAR = Decimal("0.002")


def asked(scenario: Scenario) -> tuple[Planned, Flips] | None:
    try:
        planned = plan(scenario)
    except NoLawfulPlan:
        return None
    return planned, find_flips(planned, most=MOST)


def line(planned: Planned, found: Flips, each: Input, factor: Decimal) -> Fraction:
    """What the present plan costs when the input is multiplied."""
    swing = next((s.usd_month for s in found.swings if s.input.name == each.name), Decimal(0))
    return Fraction(planned.plan.total_usd) + (Fraction(factor) - 1) * Fraction(swing) * 10


def least(each: Input, factor: Decimal) -> Fraction:
    found = cheapest(each.changed(each.value * factor))
    assert found is not None
    return found


def test_break_evens_of_random_worlds_bracket_the_flip_and_none_is_missed(tmp_path: Path) -> None:
    flips = steady = stepped = 0
    for seed in SEEDS:
        answer = asked(random_world(seed, tmp_path))
        if answer is None:
            continue
        planned, found = answer
        ceilings = {each.input.name: each for each in find_ceilings(planned.scenario, planned.candidates)}
        for flip in found.flips:
            if flip.input.name in ceilings:
                stepped += 1
                check_step(planned, flip)
            else:
                flips += 1
                check_bracket(planned, found, flip)
        inputs = {each.name: each for each in find_inputs(planned.scenario, planned.plan)}
        for name in found.steady:
            if name in ceilings:
                raised = ceilings[name].input.changed(ceilings[name].input.value * MOST)
                assert cheapest(raised) == cheapest(planned.scenario)
                continue
            steady += 1
            for factor in (Decimal(0), MOST):
                assert abs(line(planned, found, inputs[name], factor) - least(inputs[name], factor)) < CENT, (seed, name)
    assert flips >= 60
    assert steady >= 140
    assert stepped >= 10


def check_step(planned: Planned, flip: Flip) -> None:
    """A ceiling at its break-even and a microsecond below it."""
    now = Fraction(planned.plan.total_usd)
    at, below = (cheapest(flip.input.changed(flip.value - less)) for less in (Decimal(0), Decimal("0.001")))
    if flip.way == "down":
        assert at is not None
        assert abs(at - now) < CENT
        assert below is None if flip.usd_month is None else below is not None and below > now + CENT / 2
    else:
        assert at is not None
        assert at < now - CENT / 2
        assert below is not None
        assert abs(below - now) < CENT


def check_bracket(planned: Planned, found: Flips, flip: Flip) -> None:
    """Just before the break-even the present plan is the cheapest, well beyond it another one is."""
    sign = 1 if flip.way == "up" else -1
    if not flip.tied:
        before = flip.factor - sign * Decimal("0.000002")
        assert abs(line(planned, found, flip.input, before) - least(flip.input, before)) < CENT
    end = MOST if flip.way == "up" else Decimal(0)
    beyond = flip.factor + sign * NEAR
    beyond = min(beyond, end) if flip.way == "up" else max(beyond, end)
    assert least(flip.input, end) < line(planned, found, flip.input, end) - CENT
    assert least(flip.input, beyond) <= line(planned, found, flip.input, beyond) + CENT


TWO = """
policies: []
regions:
  - {provider: p, id: near, lat: 3, lon: 101, country: MY, prices: {vcpu_hour: 0.1, memory_gib_hour: 0}, zones: [a]}
  - {provider: p, id: far, lat: 1, lon: 104, country: SG, prices: {vcpu_hour: 0.15, memory_gib_hour: 0}, zones: [b]}
workloads: [{id: w, entity: e, components: [{id: api, per_replica: {vcpu: 10}}]}]
"""


def test_a_price_flips_where_the_other_region_costs_the_same(tmp_path: Path) -> None:
    planned = plan(literal_world(TWO, tmp_path))
    found = {(flip.input.name, flip.way): flip for flip in find_flips(planned).flips}
    assert set(found) == {("p:near vcpu", "up"), ("p:far vcpu", "down")}
    assert found["p:near vcpu", "up"].value == Decimal("0.15")
    assert abs(found["p:far vcpu", "down"].value - Decimal("0.1")) < Decimal("1e-6")
    assert found["p:near vcpu", "up"].moves == ("w/api: p:near → p:far",)


def test_what_costs_the_same_already_is_tied_now(tmp_path: Path) -> None:
    planned = plan(literal_world(TWO.replace("0.15", "0.1"), tmp_path))
    assert {(flip.way, flip.tied) for flip in find_flips(planned).flips} == {("up", True), ("down", True)}


def test_the_present_plan_is_weighed_a_tenth_of_each_figure(tmp_path: Path) -> None:
    found = find_flips(plan(literal_world(TWO, tmp_path)))
    assert [(s.input.name, s.usd_month) for s in found.swings] == [("p:near vcpu", Decimal(73))]


def test_copies_and_recalled_figures_come_first() -> None:
    found = find_flips(plan(read_scenario(data_root() / "scenarios" / "johor-or-singapore.yaml")), ["*Johor*", "*8 *"])
    assert found.flips[0].input.weak == "copied from alibaba:ap-southeast-3"
    assert found.flips[0].tied


def test_an_unknown_figure_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match=r"no input is named gold .*known: p:far vcpu"):
        find_flips(plan(literal_world(TWO, tmp_path)), ["gold"])


USERS = """
users: [{id: us, at: {town: {lat: 3, lon: 101.2, country: MY, weight: 1}}}]
"""


def test_round_trips_at_the_upper_edge_say_who_stays_and_who_has_no_place(tmp_path: Path) -> None:
    served = TWO.replace("}]}]", ", requires: {max_rtt: {to: us, rtt: 500 ms}}}], flows: [{from: us, to: api}]}]") + USERS
    served = served.replace("memory_gib_hour: 0", "memory_gib_hour: 0, egress_internet_gb: 0")
    planned = plan(literal_world(served, tmp_path))
    (row,) = planned.plan.placements
    assert row.rtt_ms is not None
    assert row.rtt_high_ms is not None
    assert states(planned) == [("w/api", "stays")]
    between = (row.rtt_ms + row.rtt_high_ms) / 2
    assert states(plan(literal_world(served.replace("500 ms", f"{between} ms"), tmp_path))) == [("w/api", "no plan")]


def test_with_a_faster_place_it_moves_there(tmp_path: Path) -> None:
    served = TWO.replace("}]}]", ", requires: {max_rtt: {to: us, rtt: RTT ms}}}], flows: [{from: us, to: api}]}]") + USERS
    served = served.replace("memory_gib_hour: 0", "memory_gib_hour: 0, egress_internet_gb: 0").replace("0.15", "0.01")
    (row,) = plan(literal_world(served.replace("RTT", "500"), tmp_path)).plan.placements
    assert row.region == "p:far"
    between = ((row.rtt_ms or 0) + (row.rtt_high_ms or 0)) / 2
    assert states(plan(literal_world(served.replace("RTT", str(between)), tmp_path))) == [("w/api", "moves")]


def test_a_ceiling_flips_at_the_round_trip_of_the_place_it_lets_in(tmp_path: Path) -> None:
    served = TWO.replace("}]}]", ", requires: {max_rtt: {to: us, rtt: RTT ms}}}], flows: [{from: us, to: api}]}]") + USERS
    served = served.replace("memory_gib_hour: 0", "memory_gib_hour: 0, egress_internet_gb: 0").replace("0.15", "0.01")
    (far,) = plan(literal_world(served.replace("RTT", "500"), tmp_path)).plan.placements
    planned = plan(literal_world(served.replace("RTT", str(far.rtt_ms - Decimal(1))), tmp_path))
    up = next(flip for flip in find_flips(planned, ["*max_rtt"]).flips if flip.way == "up")
    assert up.value == far.rtt_ms
    assert up.moves == ("w/api: p:near → p:far",)
    down = next(flip for flip in find_flips(planned, ["*max_rtt"]).flips if flip.way == "down")
    assert (down.value, down.usd_month) == (planned.plan.placements[0].rtt_ms, None)


def states(planned: Planned) -> list[tuple[str, str]]:
    found = find_flips(planned, latency=True).latency
    assert found is not None
    return [(each.of, each.state) for each in found]
