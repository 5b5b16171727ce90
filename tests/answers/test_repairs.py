"""Repairs: fewest changes, smallest amounts, written to disk and read again, judged by trying everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from planner.answers.conflict import conflict_of
from planner.answers.repair_steps import steps_of
from planner.answers.repairs import find_repairs
from planner.answers.steps import Step, Steps
from planner.model.conflict import Repair
from planner.model.law import Unless
from planner.model.question import Limits, RegionsLimit
from planner.model.scenario import Scenario
from planner.model.vocabulary import Scope
from planner.planning import plan
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.requirements.latency import MaxRtt
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.solver.suspects import Suspects
from tests.answers.infeasible_worlds import infeasible_worlds
from tests.oracles.brute_force import cheapest
from tests.oracles.small_world import component, flow, mechanism, region, rule, scenario, users, zones
from tests.solver.worlds import NO_LIBRARY

CHUNK = 60
ROUNDING = Fraction(3, 10**6)


@pytest.mark.parametrize("first", range(0, 360, CHUNK))
def test_a_repair_written_down_and_read_again_costs_what_was_said(first: int, tmp_path: Path) -> None:
    told = 0
    for name, world, folder, suspects in infeasible_worlds(first, CHUNK, tmp_path):
        for repair in find_repairs(world, suspects):
            again = written_and_read(repair, folder)
            least = cheapest(again)
            assert plan(again).plan.total_usd == repair.total_usd, (name, repair)
            assert least is not None
            assert abs(Fraction(repair.total_usd) - least) <= ROUNDING, (name, repair)
            told += 1
    assert told >= 20


def written_and_read(repair: Repair, folder: Path) -> Scenario:
    """The scenario after the settings and signed exemptions of a repair."""
    values = dict(change.setting.split("=", 1) for change in repair.changes if change.setting)
    files = {f"signed{n}.yaml": change.exemption for n, change in enumerate(repair.changes) if change.exemption}
    assert len(values) + len(files) == len(repair.changes)
    (folder / "exemptions").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "exemptions" / name).write_text(text, encoding="utf-8")
    again = read_scenario(folder / "scenario.yaml", library=NO_LIBRARY, settings=Settings(values=values))
    for name in files:
        (folder / "exemptions" / name).unlink()
    return again


@pytest.mark.parametrize("first", range(0, 180, CHUNK))
def test_no_fewer_changes_no_smaller_amounts_and_no_cheaper_choice_would_do(first: int, tmp_path: Path) -> None:
    for name, world, _, suspects in infeasible_worlds(first, CHUNK, tmp_path):
        offers = _offers(world, suspects)
        lawful = [repair for repair in find_repairs(world, suspects) if not repair.exempts]
        count = len(lawful[0].changes) if lawful else 3
        for fewer in range(1, min(count, 3)):
            for some in combinations(offers, fewer):
                assert cheapest(edited(world, [steps[len(steps) - 1] for steps in some])) is None, name
        if count == 1:
            _compare_single(name, world, offers, lawful)


def _offers(world: Scenario, suspects: Suspects) -> list[Steps]:
    every = (steps_of(cause, world, suspects.draft.candidates) for cause in suspects.claims)
    return [steps for steps in every if len(steps)]


def edited(world: Scenario, steps: Sequence[Step]) -> Scenario:
    for step in steps:
        world = step.edit(world)
    return world


def _compare_single(name: str, world: Scenario, offers: list[Steps], told: list[Repair]) -> None:
    """Every single change that suffices, at the smallest size that does, and what the plan then costs at least."""
    found = {}
    for steps in offers:
        for number in range(len(steps)):
            least = cheapest(steps[number].edit(world))
            if least is not None:
                found[steps[number].change.text] = least
                break
    assert {repair.changes[0].text for repair in told} == set(found), name
    for repair in told:
        assert abs(Fraction(repair.total_usd) - found[repair.changes[0].text]) <= ROUNDING, name
    assert [repair.total_usd for repair in told] == sorted(repair.total_usd for repair in told)


def only(world: Scenario) -> list[tuple[str, Decimal]]:
    return [(repair.changes[0].text, repair.total_usd) for repair in conflict_of(world).repairs]


def test_a_mechanism_that_is_refused_is_offered_with_its_cash_and_days() -> None:
    gate = rule(Forbid(("*",)), Unless(holds=("m",)))
    way = replace(mechanism("m", Scope.ENTITY, 8000), lead_days=30)
    world = scenario([component("a")], [region("r1")], rules=(gate,), mechanisms=[way], refused=frozenset(["m"]))
    assert only(world) == [
        ("buy m: USD 8,000, 30 days (the scenario says it is refused)", Decimal("1530.000000")),
        ("exempt from r in MY (a named person signs it, until 2027-11-23 at the latest)", Decimal("730.000000")),
    ]


def test_a_ceiling_is_raised_just_as_far_as_the_nearest_place() -> None:
    near = component("a", requires={"max_rtt": MaxRtt("u", Decimal(10))})
    places = [region("r1", "2"), region("r2", "1", lon=Decimal(130))]
    world = scenario([near], places, users=(users("u", (3, 110, 1)),), flows=[flow("users:u", "a", 1)])
    ((text, usd),) = only(world)
    # 1,110.4 km: 5.05 + 1.119 x 2 x 1.5 x 1110.4 / 199.86 = 23.70 ms, rounded up to a tenth
    assert text == "raise max_rtt of w/a 10 → 23.8 ms"
    assert usd == 1460


def test_room_is_asked_for_in_whole_units() -> None:
    tight = [region("r1", zones=zones(3)), region("r2", "2", zones=zones(2), provider="q")]
    assert only(scenario([component("a", 5)], tight)) == [
        ("raise vcpu in p:z0 3 → 5 (+2)", Decimal(5 * 730)),
        ("raise vcpu in q:z0 2 → 5 (+3)", Decimal(10 * 730)),
    ]


def test_a_limit_is_raised_by_as_much_as_is_needed() -> None:
    places = [region(f"r{n}", country=code, zones=zones(1)) for n, code in enumerate(("MY", "SG", "ID"))]
    laws = tuple(
        replace(rule(Confine((code,)), critical=n == 0, purpose=None), id=code) for n, code in enumerate(("MY", "SG"))
    )
    parts = [component("a", critical=True), component("b", critical=False)]
    world = scenario(parts, places, rules=laws, limits=Limits(RegionsLimit(at_most=1)))
    texts = [text for text, _ in only(world)]
    assert texts[0] == "raise limits.regions at most 1 → 2 (+1)"
    assert all(text.startswith("exempt") for text in texts[1:])


def test_a_must_gives_way_only_to_an_exemption_that_somebody_has_to_sign() -> None:
    world = scenario([component("a")], [region("r1", country="SG")], rules=(rule(Confine(("MY",))),))
    (repair,) = conflict_of(world).repairs
    (change,) = repair.changes
    assert (change.kind, change.setting) == ("exempt", "")
    assert "approved_by: NAME AND ROLE" in change.exemption
    assert "ticket: TICKET" in change.exemption


def test_what_nobody_can_change_has_no_way_out() -> None:
    assert only(scenario([component("a")], [region("r1", status="closed")])) == []


def test_two_changes_are_told_where_one_is_not_enough() -> None:
    near: Any = {"max_rtt": MaxRtt("u", Decimal(1))}
    places = [region("r1", zones=zones(1))]
    flows = [flow("users:u", "a", 1)]
    world = scenario([component("a", 2, requires=near)], places, users=(users("u", (3, 100, 1)),), flows=flows)
    (repair,) = conflict_of(world).repairs
    assert [change.text for change in repair.changes] == [
        "raise vcpu in p:z0 1 → 2 (+1)",
        "raise max_rtt of w/a 1 → 5.1 ms",
    ]
