"""Parts: a program whose rows never join two groups of columns is several programs, each solved on its own.

A cheapest plan of the whole is a cheapest plan of every part, and the other way round; nothing is left out or loosened.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from planner.model.outcome import Outcome, SolverState
from planner.model.program import Arrays, Whole
from planner.model.units import MICRO
from planner.solver.highs import Options, Progress, solve

FEWEST = 500
"""Parts are put together until they have so many columns: starting the solver costs more than a small part."""
WORST = (SolverState.UNSOLVED, SolverState.FEASIBLE, SolverState.OPTIMAL)


def part_of_column(arrays: Arrays) -> Whole:
    """For each column the number of its part; columns of one row are of one part."""
    width = len(arrays.lower)
    row = np.repeat(np.arange(len(arrays.row_lower)), np.diff(arrays.row_start))
    joined = coo_array(
        (np.ones(len(row), dtype=np.int8), (arrays.column, width + row)), shape=(width + len(arrays.row_lower),) * 2
    )
    _, label = connected_components(joined, directed=False)
    return np.asarray(label[:width], dtype=np.int64)


def solve_parts(arrays: Arrays, options: Options = Options(), cost: NDArray[np.float64] | None = None) -> Outcome:
    """As `solve`, part by part, the smallest first, so that a limit of time meets the hard one last."""
    bundles = _bundles(part_of_column(arrays))
    if len(bundles) < 2 or np.any(np.diff(arrays.row_start) == 0):
        return solve(arrays, options, cost)
    started = time.perf_counter()
    done: list[Outcome] = []
    for columns in bundles:
        spent = time.perf_counter() - started
        rest = _rest(options, spent, done, last=columns is bundles[-1])
        one = solve(_only(arrays, columns), rest, None if cost is None else cost[columns])
        if one.state is SolverState.INFEASIBLE:
            return replace(one, seconds=time.perf_counter() - started)
        done.append(one)
    return replace(_together(bundles, done), seconds=time.perf_counter() - started)


def _bundles(part: Whole) -> list[Whole]:
    """Columns of each part, the smallest first; small ones together."""
    order = np.argsort(part, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(part[order])) + 1)
    out: list[Whole] = []
    for columns in sorted(parts, key=lambda each: (len(each), int(each[0]) if len(each) else 0)):
        if out and len(out[-1]) < FEWEST:
            out[-1] = np.sort(np.concatenate([out[-1], columns]))
        else:
            out.append(columns)
    return out


def _only(arrays: Arrays, columns: Whole) -> Arrays:
    """The program of these columns, which are whole parts, and of every row they stand in."""
    width = np.diff(arrays.row_start)
    number = np.full(len(arrays.lower), -1, dtype=np.int64)
    number[columns] = np.arange(len(columns))
    rows = np.flatnonzero(number[arrays.column[arrays.row_start[:-1]]] >= 0)
    entries = number[arrays.column] >= 0
    return Arrays(
        cost=arrays.cost[columns],
        lower=arrays.lower[columns],
        upper=arrays.upper[columns],
        integer=arrays.integer[columns],
        row_start=np.concatenate([[0], np.cumsum(width[rows])]),
        column=number[arrays.column[entries]],
        value=arrays.value[entries],
        row_lower=arrays.row_lower[rows],
        row_upper=arrays.row_upper[rows],
    )


def _rest(options: Options, spent: float, done: list[Outcome], last: bool) -> Options:
    """The time that is left; progress is told of the last part only, when a best cost of the whole exists."""
    left = None if options.time_limit is None else max(options.time_limit - spent, 0.1)
    tell = _beside(options.progress, spent, done) if options.progress and last else None
    return replace(options, time_limit=left, progress=tell)


def _beside(progress: Progress, spent: float, done: list[Outcome]) -> Progress:
    """Progress of a part as progress of the whole."""
    cost, bound = (sum(getattr(each, name) for each in done) / MICRO for name in ("objective", "bound"))
    return lambda seconds, best, low: progress(spent + seconds, cost + best, bound + low)


def _together(bundles: list[Whole], done: list[Outcome]) -> Outcome:
    """The outcome of the whole: as good as that of its worst part."""
    state = min((each.state for each in done), key=WORST.index)
    cost, bound = sum(each.objective for each in done), sum(each.bound for each in done)
    nodes = sum(each.nodes for each in done)
    return Outcome(state, _values(bundles, done), cost, bound, done[-1].solver, nodes=nodes)


def _values(bundles: list[Whole], done: list[Outcome]) -> NDArray[np.float64] | None:
    out = np.zeros(sum(len(columns) for columns in bundles))
    for columns, each in zip(bundles, done, strict=True):
        if each.values is None:
            return None
        out[columns] = each.values
    return out
