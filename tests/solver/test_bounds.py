"""Bounds made from any floats at all: never above what the program costs at least."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
import pytest

from planner.candidates.find import find_candidates
from planner.model.program import Arrays
from planner.reading.scenarios import read_scenario
from planner.solver.bounds import safe_bound
from planner.solver.formulate import program_of
from planner.solver.highs import relax, solve
from tests.oracles.small_world import component, region, scenario
from tests.solver.test_law_agrees import law_world
from tests.solver.worlds import shipped_scenarios


def arrays_of_law(seed: int, folder: Path) -> Arrays:
    world = law_world(seed, folder)
    return program_of(world, find_candidates(world)).arrays


def test_duals_of_the_relaxation_prove_its_optimum_to_the_micro_dollar() -> None:
    for path in shipped_scenarios():
        world = read_scenario(path)
        if world.expect == "infeasible":
            continue
        arrays = program_of(world, find_candidates(world)).arrays
        relaxation = relax(arrays)
        assert relaxation is not None
        assert abs(float(safe_bound(arrays, relaxation.row_dual).cost) - relaxation.objective) < 1


@pytest.mark.parametrize("seed", range(40))
def test_no_duals_whatever_prove_more_than_the_optimum(seed: int, tmp_path: Path) -> None:
    arrays, draw = arrays_of_law(seed, tmp_path), Random(seed)
    least = solve(arrays).objective
    duals = np.array([draw.choice([0, 1, -1, 1e3, -1e6, 0.3]) * draw.random() for _ in arrays.row_lower])
    assert safe_bound(arrays, duals).cost <= Fraction(least) + 1 if least < float("inf") else True
    relaxation = relax(arrays)
    if relaxation is not None:
        noisy = relaxation.row_dual * np.array([1 + draw.uniform(-0.1, 0.1) for _ in duals])
        assert safe_bound(arrays, noisy).cost <= least + 1


@pytest.mark.parametrize("seed", range(20))
def test_a_column_forced_to_one_costs_at_least_its_bound(seed: int, tmp_path: Path) -> None:
    arrays = arrays_of_law(seed, tmp_path)
    relaxation = relax(arrays)
    if relaxation is None:
        return
    bound = safe_bound(arrays, relaxation.row_dual)
    for column in np.flatnonzero(arrays.integer)[:12].tolist():
        lower = arrays.lower.copy()
        lower[column] = 1
        assert bound.with_one(column) <= solve(replace(arrays, lower=lower)).objective + 1


def test_a_dual_of_the_wrong_sign_proves_nothing() -> None:
    # the row `presence` has both sides, so a sign is only wrong on rows with one: those of capacity
    world = scenario([component("a")], [region("r1"), region("r2", "2")])
    arrays = program_of(world, find_candidates(world)).arrays
    free = replace(arrays, row_upper=np.full_like(arrays.row_upper, 1 << 53))
    assert safe_bound(free, np.full(len(arrays.row_lower), -1e12)).cost == 0
