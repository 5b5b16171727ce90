"""Prices and conflicts where components need accelerators: judged by trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.answers.conflict import Asked, conflict_of, minimal, suspects_in
from planner.answers.prices import find_prices
from planner.candidates.find import find_candidates
from planner.model.scenario import Scenario
from planner.solver.formulate import program_of
from planner.solver.highs import solve
from planner.solver.suspects import Suspects
from tests.answers.test_prices import _agree
from tests.oracles.accelerator_instances import accelerator_world
from tests.oracles.brute_force import cheapest
from tests.oracles.easing import eased

CHUNK = 50
HALL = ("fact", "own hall", "")
"""The oracle cannot open the hall of one entity to another without changing whose law holds there."""


@pytest.mark.parametrize("first", range(0, 500, CHUNK))
def test_every_rule_on_chips_costs_what_trying_everything_twice_differs_by(first: int) -> None:
    wrong = []
    for seed in range(first, first + CHUNK):
        world = accelerator_world(seed)
        least = cheapest(world)
        for price in find_prices(world, workers=1).rules:
            without = cheapest(replace(world, rules=tuple(r for r in world.rules if r.id != price.name)))
            if not _agree(price, least, without):
                wrong.append(f"{seed}: {price}, least {least}, without it {without}")
    assert not wrong


def infeasible(first: int, count: int) -> Iterator[tuple[int, Scenario, Suspects]]:
    for seed in range(first, first + count):
        world = accelerator_world(seed)
        suspects = suspects_in(world)
        if HALL not in suspects.claims and not Asked(suspects, None).holds(list(suspects.claims)):
            yield seed, world, suspects


@pytest.mark.parametrize("seed", range(200))
def test_all_causes_together_say_what_the_program_with_chips_says(seed: int) -> None:
    world = accelerator_world(seed)
    suspects = suspects_in(world)
    said = solve(suspects.holding(suspects.claims)).state
    assert said is solve(program_of(world, find_candidates(world)).arrays).state
    assert (cheapest(eased(world, list(suspects.claims))) is None) == (cheapest(world) is None)


@pytest.mark.parametrize("first", range(0, 1200, CHUNK))
def test_a_set_with_chips_cannot_hold_together_and_without_any_of_its_causes_it_can(first: int) -> None:
    wrong, worlds = [], 0
    for seed, world, suspects in infeasible(first, CHUNK):
        worlds += 1
        found = minimal(Asked(suspects, None), list(suspects.claims))
        if not found or cheapest(eased(world, found)) is not None:
            wrong.append(f"{seed}: {found} can hold together")
        wrong += [
            f"{seed}: {found} needs no {each}"
            for each in found
            if cheapest(eased(world, [other for other in found if other != each])) is None
        ]
    assert not wrong
    assert worlds >= 5, "all chunks together make three hundred"


def test_repairs_with_chips_lead_to_plans() -> None:
    told = 0
    for seed, world, _ in infeasible(0, 60):
        for repair in conflict_of(world).repairs:
            assert repair.total_usd >= 0, seed
            told += 1
    assert told >= 5
