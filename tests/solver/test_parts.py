"""A program that falls apart costs the same whole and in parts, and the plan chosen among equals is the same one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from planner.candidates.find import find_candidates
from planner.model.outcome import SolverState
from planner.model.program import Arrays
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.solver.formulate import formulate
from planner.solver.highs import Options, solve
from planner.solver.parts import part_of_column, solve_parts
from planner.solver.tie_break import ranks, with_cost_row, with_cost_rows

NAMES = ("indosat", "ytl-ilmu", "ocbc-tools")


@cache
def shipped(name: str) -> Arrays:
    scenario = read_scenario(data_root() / "scenarios" / f"{name}.yaml")
    return formulate(scenario, find_candidates(scenario)).finish().arrays


def beside(first: Arrays, second: Arrays) -> Arrays:
    """Two programs as one that falls apart."""
    both = {
        name: np.concatenate([getattr(first, name), getattr(second, name)])
        for name in ("cost", "lower", "upper", "integer", "value", "row_lower", "row_upper")
    }
    start = np.concatenate([first.row_start, second.row_start[1:] + first.row_start[-1]])
    return Arrays(**both, row_start=start, column=np.concatenate([first.column, second.column + len(first.lower)]))


def without_plan(arrays: Arrays) -> Arrays:
    """The same program with its first row asking for more than there is."""
    lower = arrays.row_lower.copy()
    lower[0] = 1 << 40
    return replace(arrays, row_lower=lower, row_upper=np.maximum(arrays.row_upper, lower))


@pytest.mark.parametrize("name", NAMES)
def test_parts_cost_together_what_the_whole_costs(name: str) -> None:
    whole, parts = solve(shipped(name)), solve_parts(shipped(name))
    assert (whole.state, parts.state) == (SolverState.OPTIMAL, SolverState.OPTIMAL)
    assert round(parts.objective) == round(whole.objective)
    assert round(parts.bound) == round(parts.objective)


def test_no_row_joins_two_parts_and_two_programs_are_at_least_two() -> None:
    arrays = beside(shipped("indosat"), shipped("ytl-ilmu"))
    part = part_of_column(arrays)
    of_entry = part[arrays.column]
    row = np.repeat(np.arange(len(arrays.row_lower)), np.diff(arrays.row_start))
    assert (of_entry == of_entry[arrays.row_start[row]]).all()
    assert not set(part[: len(shipped("indosat").lower)]) & set(part[len(shipped("indosat").lower) :])


def test_two_programs_cost_the_sum_of_both() -> None:
    both = solve_parts(beside(shipped("indosat"), shipped("ytl-ilmu")))
    alone = [solve(shipped(name)).objective for name in ("indosat", "ytl-ilmu")]
    assert round(both.objective) == round(sum(alone))


def test_one_part_without_a_plan_leaves_the_whole_without_one() -> None:
    arrays = beside(shipped("indosat"), without_plan(shipped("ytl-ilmu")))
    assert solve_parts(arrays).state is SolverState.INFEASIBLE


@pytest.mark.parametrize("name", NAMES)
def test_a_cost_row_for_each_part_chooses_the_plan_that_one_row_chooses(name: str) -> None:
    scenario = read_scenario(data_root() / "scenarios" / f"{name}.yaml")
    candidates = find_candidates(scenario)
    program = formulate(scenario, candidates).finish()
    first = solve_parts(program.arrays)
    assert first.values is not None
    most, rank = round(first.objective), ranks(program, candidates)
    one = solve(with_cost_row(program, most).arrays, Options(), rank)
    each = solve_parts(with_cost_rows(program, most, first.values).arrays, Options(), rank)
    assert one.values is not None
    assert each.values is not None
    assert round(one.objective) == round(each.objective)
    decided = rank > 0
    assert (np.rint(one.values[decided]) == np.rint(each.values[decided])).all()
