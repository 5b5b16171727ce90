"""Conflicts: sets that cannot hold together, from which nothing can be left out, judged by trying everything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
import pytest

from planner.answers.conflict import Asked, conflict_of, find_conflict, minimal, suspects_in
from planner.candidates.find import find_candidates
from planner.model.conflict import Conflict
from planner.model.law import Unless
from planner.model.outcome import SolverState
from planner.model.question import CopySpec, Limits, RegionsLimit
from planner.model.scenario import Scenario
from planner.model.vocabulary import Scope
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.requirements.latency import MaxRtt
from planner.requirements.spread import Spread
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.solver.formulate import program_of
from planner.solver.highs import solve
from tests.answers.infeasible_worlds import infeasible_worlds
from tests.oracles.brute_force import cheapest
from tests.oracles.easing import eased
from tests.oracles.small_world import component, dataset, flow, mechanism, region, rule, scenario, users, zones

CHUNK = 200


def keys(found: Conflict) -> list[set[tuple[str, str, str]]]:
    return [{(cause.kind, cause.id, cause.of) for cause in each.causes} for each in found.sets]


@pytest.mark.parametrize("first", range(0, 600, CHUNK))
def test_a_set_cannot_hold_together_and_without_any_of_its_causes_it_can(first: int, tmp_path: Path) -> None:
    wrong, worlds = [], 0
    for name, world, _, suspects in infeasible_worlds(first, CHUNK, tmp_path):
        worlds += 1
        found = minimal(Asked(suspects, None), list(suspects.claims))
        if not found or cheapest(eased(world, found)) is not None:
            wrong.append(f"{name}: {found} can hold together")
        wrong += [
            f"{name}: {found} needs no {each}"
            for each in found
            if cheapest(eased(world, [other for other in found if other != each])) is None
        ]
    assert not wrong
    assert worlds >= 100, "three chunks make three hundred worlds"


@pytest.mark.parametrize("first", range(0, 120, 60))
def test_sets_are_disjoint_proved_and_leave_a_world_that_can_be_planned(first: int, tmp_path: Path) -> None:
    for name, world, _, _ in infeasible_worlds(first, 60, tmp_path):
        found = conflict_of(world)
        every = [key for each in keys(found) for key in each]
        assert found.sets, name
        assert all(each.proved for each in found.sets), name
        assert len(every) == len(set(every)), name


@pytest.mark.parametrize("seed", range(0, 200, 4))
def test_all_causes_together_say_exactly_what_the_program_says(seed: int, tmp_path: Path) -> None:
    from tests.solver.test_law_agrees import law_world
    from tests.solver.worlds import random_world

    for make in (law_world, random_world):
        world = make(seed, tmp_path / make.__name__)
        suspects = suspects_in(world)
        said = solve(suspects.holding(suspects.claims)).state
        assert said is solve(program_of(world, find_candidates(world)).arrays).state
        assert solve(suspects.holding(())).state is SolverState.OPTIMAL


@pytest.mark.parametrize("seed", range(20))
def test_a_conflict_that_only_whole_units_have_is_found(seed: int) -> None:
    # three parts of 5 or 6 and two zones of 9: in parts they fit, but no zone holds two whole ones
    draw = Random(seed)
    parts = [component(f"c{n}", draw.choice([5, 6])) for n in range(3)]
    places = [region(f"r{n}", str(draw.randint(1, 9)), zones=zones(9), provider=f"p{n}") for n in range(2)]
    world = scenario(parts, places)
    suspects = suspects_in(world)
    all_hold = suspects.holding(suspects.claims)
    assert solve(replace(all_hold, integer=np.zeros_like(all_hold.integer))).state is SolverState.OPTIMAL
    found = conflict_of(world)
    assert keys(found) == [{("capacity", "vcpu in p0:z0", ""), ("capacity", "vcpu in p1:z0", "")}]
    assert found.sets[0].proved
    assert cheapest(world) is None


def test_a_rule_and_a_ceiling_that_leave_no_region_are_named_with_clause_and_line() -> None:
    cage = rule(Confine(("MY",)))
    near = component("a", requires={"max_rtt": MaxRtt("u", Decimal(10))})
    group = users("u", (1, 120, 1))
    places = [region("r1"), region("r2", lat=Decimal(1), lon=Decimal(120), country="SG")]
    world = scenario([near], places, rules=(cage,), users=(group,), flows=[flow("users:u", "a", 1)])
    (found,) = conflict_of(world).sets
    said = [(c.kind, c.id, c.of, c.text, c.source) for c in found.causes]
    assert said == [
        ("rule", "r", "", "a rule", "an act"),
        ("requirement", "max_rtt", "w/a", "every place of u is within 10 ms", ""),
    ]


def test_a_refused_mechanism_is_part_of_the_conflict_it_makes() -> None:
    gate = rule(Forbid(("*",)), Unless(holds=("m",)))
    ways = [mechanism("m", Scope.ENTITY, 100)]
    world = scenario([component("a")], [region("r1")], rules=(gate,), mechanisms=ways, refused=frozenset(["m"]))
    assert keys(conflict_of(world)) == [{("mechanism", "m", ""), ("rule", "r", "")}]


def test_a_limit_and_a_distance_between_copies_do_not_go_together() -> None:
    data = dataset("d", copies=(CopySpec("primary"), CopySpec("backup", Decimal(60))))
    places = [region("r1"), region("r2", lat=Decimal(9))]
    limits = Limits(RegionsLimit(at_most=1))
    world = scenario([component("a")], places, datasets=(data,), limits=limits)
    assert keys(conflict_of(world)) == [{("limit", "limits.regions", ""), ("requirement", "apart", "dataset:d/backup")}]


def test_two_conflicts_that_share_nothing_are_both_told() -> None:
    wide = component("a", count=3, requires={"spread": Spread(3)})
    far = dataset("d", copies=(CopySpec("primary"), CopySpec("backup", Decimal(5000))))
    world = scenario([wide], [region("r1"), region("r2")], datasets=(far,))
    found = sorted(cause for each in keys(conflict_of(world)) for cause in each)
    assert found == [("requirement", "apart", "dataset:d/backup"), ("requirement", "spread", "w/a")]
    assert len(conflict_of(world).sets) == 2


def test_facts_alone_are_a_conflict_and_name_their_regions() -> None:
    world = scenario([component("a")], [region("r1", status="closed"), region("r2", vcpu_hour=None)])
    (found,) = conflict_of(world).sets
    assert [(c.kind, c.text) for c in found.causes] == [
        ("fact", "not open in p:r1"),
        ("fact", "no vcpu price is known in p:r2"),
    ]


def test_a_scenario_with_a_plan_has_no_conflict() -> None:
    found = find_conflict(read_scenario(data_root() / "scenarios" / "tiny.yaml"))
    assert (found.state, found.sets, found.repairs) == ("feasible", (), ())


def test_the_wallet_in_one_region_conflicts_with_its_backups() -> None:
    world: Scenario = read_scenario(
        data_root() / "scenarios" / "tng-ewallet.yaml", settings=Settings(values={"limits.regions": 1})
    )
    found = find_conflict(world)
    assert found.state == "infeasible"
    (each,) = found.sets
    assert each.proved
    assert {cause.kind for cause in each.causes} == {"limit", "requirement"}
    assert [change.setting for change in found.repairs[0].changes] == ["limits.regions={at_most: 2}"]
