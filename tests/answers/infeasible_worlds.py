"""Random worlds without a plan, with the folders their files lie in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planner.answers.conflict import Asked, suspects_in
from planner.model.scenario import Scenario
from planner.solver.suspects import Suspects
from tests.solver.test_law_agrees import law_world
from tests.solver.worlds import random_world

World = tuple[str, Scenario, Path, Suspects]


def infeasible_worlds(first: int, count: int, folder: Path) -> Iterator[World]:
    """Of the instances of so many seeds, of both kinds, those whose causes cannot all hold."""
    for seed in range(first, first + count):
        for kind, make in (("law", law_world), ("random", random_world)):
            world = make(seed, folder / kind)
            suspects = suspects_in(world)
            if not Asked(suspects, None).holds(list(suspects.claims)):
                yield f"{kind} {seed}", world, folder / kind / str(seed), suspects
