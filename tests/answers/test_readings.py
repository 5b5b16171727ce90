"""Readings: a plan that is lawful whichever unsettled rules hold, and the cheapest of those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

from planner.answers.readings import find_readings, under_every_reading
from planner.errors import NoLawfulPlan
from planner.model.law import Level, Rule, Status
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.verification import find_breaches
from tests.oracles.brute_force import cheapest
from tests.oracles.small_world import component, region, rule, scenario
from tests.solver.test_law_agrees import law_world

SEEDS = range(120)


def unsettled(world: Scenario, seed: int) -> Scenario:
    """The same with up to three of its must-rules contested or proposed."""
    draw = Random(seed)
    musts = [each.id for each in world.rules if each.level is Level.MUST]
    chosen = set(draw.sample(musts, min(3, len(musts))))
    return replace(world, rules=tuple(_open(each, draw) if each.id in chosen else each for each in world.rules))


def _open(each: Rule, draw: Random) -> Rule:
    return replace(each, status=draw.choice([Status.CONTESTED, Status.PROPOSED]))


def readings(world: Scenario) -> Iterator[Scenario]:
    """The scenario under each set of its unsettled rules."""
    names = [each.id for each in world.rules if each.status is not Status.ENACTED]
    for count in range(len(names) + 1):
        for left_out in combinations(names, count):
            yield replace(world, rules=tuple(each for each in world.rules if each.id not in left_out))


def test_the_certain_plan_of_random_worlds_is_lawful_under_every_reading_and_none_cheaper_is(tmp_path: Path) -> None:
    certain = overriding = 0
    for seed in SEEDS:
        world = unsettled(law_world(seed, tmp_path), seed)
        plain = not any(each.overrides for each in world.rules if each.status is not Status.ENACTED)
        overriding += not plain
        try:
            found = plan(under_every_reading(world)).plan
        except NoLawfulPlan:
            assert not plain or cheapest(world) is None, seed
            continue
        certain += 1
        for reading in readings(world):
            unlawful = [b for b in find_breaches(found, reading) if not b.cause.startswith(("bound", "status", "gap"))]
            assert unlawful == [], (seed, [each.id for each in reading.rules])
        if plain:
            least = cheapest(world)
            assert least is not None, seed
            assert abs(Fraction(found.total_usd) - least) < Fraction(1, 1000), seed
    assert certain >= 60
    assert overriding >= 3


def test_an_unsettled_rule_that_silences_another_relaxes_nothing_for_certain() -> None:
    settled = replace(rule(Confine(("MY",))), id="home")
    relaxing = replace(rule(Forbid(("XX",))), id="relief", status=Status.CONTESTED, overrides=("home",))
    places = [region("r1", "2"), region("r2", "1", country="SG")]
    world = scenario([component("a")], places, rules=(settled, relaxing))
    found = find_readings(world)
    assert found.total_usd == found.certain_usd == 2 * 730
    (only,) = found.readings
    assert (only.rule, only.state, only.usd) == ("relief", "costs", -730)


def test_a_proposed_rule_that_bears_on_nothing_is_named_and_not_solved() -> None:
    idle = replace(rule(Confine(("MY",)), data_class=("health",)), id="idle", status=Status.PROPOSED)
    found = find_readings(scenario([component("a")], [region("r1")], rules=(idle,)))
    assert (found.readings, found.silent) == ((), ("idle",))


def test_the_wallet_buys_certainty_with_two_papers() -> None:
    settings = Settings(include=("announced", "proposed", "contested"))
    found = find_readings(read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml", settings=settings))
    assert {each.rule for each in found.readings} == {"my-bnm-outsourcing-emoney", "sg-pdpa-s26-collected"}
    assert found.buys == ("my-bnm-outsourcing-approval for tng-digital", "sg-transfer-contract for tng-digital")
    assert round(found.certainty_usd or 0, 2) == round(sum(each.usd or 0 for each in found.readings), 2)
