"""HiGHS: arrays in, our own outcome out. Raw statuses never leave this file."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.model.outcome import Outcome, SolverState
from planner.model.program import FREE, Arrays
from planner.model.units import MICRO

LARGEST = 1e4
Progress = Callable[[float, float, float], None]
"""Called with seconds, best cost and bound in USD while solving."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to search: relative gap, wall-clock seconds, and the tolerance of integers and rows."""

    gap: float = 0.0
    time_limit: float | None = None
    tolerance: float = 1e-9
    progress: Progress | None = None


def solve(arrays: Arrays, options: Options = Options(), cost: NDArray[np.float64] | None = None) -> Outcome:
    """Solve a program; `cost` replaces its costs (floats). Values and bound are in the program's own units."""
    started = time.perf_counter()
    if not len(arrays.lower):
        return _without_columns(arrays)
    costs = arrays.cost.astype(float) if cost is None else cost
    factor = power_of_two(costs)
    with quiet():
        highs = highspy.Highs()
    _set_options(highs, options)
    if options.progress is not None:
        _report(highs, options.progress, factor)
    highs.passModel(_model(arrays, costs / factor))
    highs.HandleUserInterrupt = True
    highs.run()
    return _translate(highs, costs, factor, arrays, options, time.perf_counter() - started)


def _without_columns(arrays: Arrays) -> Outcome:
    """HiGHS calls a program without columns empty, whatever its rows ask."""
    holds = bool((arrays.row_lower <= 0).all() and (arrays.row_upper >= 0).all())
    state, cost = (SolverState.OPTIMAL, 0.0) if holds else (SolverState.INFEASIBLE, math.inf)
    return Outcome(state, np.zeros(0) if holds else None, cost, cost, "no columns")


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The linear relaxation: its optimum and the reduced cost of every column, in the program's units."""

    objective: float
    reduced_cost: NDArray[np.float64]


def relax(arrays: Arrays) -> Relaxation | None:
    """Solve the relaxation; None when it has no optimum."""
    whole = replace(arrays, integer=np.zeros_like(arrays.integer))
    costs = arrays.cost.astype(float)
    factor = power_of_two(costs)
    with quiet():
        highs = highspy.Highs()
    _set_options(highs, Options())
    highs.passModel(_model(whole, costs / factor))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    duals = np.array(highs.getSolution().col_dual) * factor
    return Relaxation(float(highs.getInfo().objective_function_value) * factor, duals)


def power_of_two(values: NDArray[np.float64]) -> float:
    """The power of two that brings the largest magnitude to at most 10^4; exact to divide by."""
    top = float(np.abs(values).max(initial=0.0))
    return 1.0 if top <= LARGEST else 2.0 ** math.ceil(math.log2(top / LARGEST))


@contextmanager
def quiet() -> Iterator[None]:
    """HiGHS writes a banner to file descriptor 1 when it is constructed, whatever its options say."""
    sys.stdout.flush()
    saved = os.dup(1)
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 1)
        yield
    finally:
        os.dup2(saved, 1)
        os.close(sink)
        os.close(saved)


def _set_options(highs: Any, options: Options) -> None:
    highs.silent()
    settings: dict[str, Any] = {
        "threads": 1,
        "random_seed": 7,
        "mip_rel_gap": options.gap,
        "mip_abs_gap": 0.0,
        "mip_feasibility_tolerance": max(options.tolerance, 1e-10),
        "primal_feasibility_tolerance": max(options.tolerance, 1e-10),
        "dual_feasibility_tolerance": 1e-9,
    }
    if options.time_limit is not None:
        settings["time_limit"] = options.time_limit
    for name, value in settings.items():
        highs.setOptionValue(name, value)


def _report(highs: Any, progress: Progress, factor: float) -> None:
    def tell(event: Any) -> None:
        data = event.data_out
        progress(data.running_time, data.mip_primal_bound * factor / MICRO, data.mip_dual_bound * factor / MICRO)

    highs.cbMipLogging += tell


def _model(arrays: Arrays, costs: NDArray[np.float64]) -> Any:
    """A HighsLp with every row divided by a power of two, so that no coefficient exceeds 10^4."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arrays.lower), len(arrays.row_lower)
    lp.col_cost_ = costs
    lp.col_lower_, lp.col_upper_ = arrays.lower.astype(float), arrays.upper.astype(float)
    counts = np.diff(arrays.row_start)
    scale = _row_scale(arrays, counts)
    lp.row_lower_, lp.row_upper_ = (_bound(b) / scale for b in (arrays.row_lower, arrays.row_upper))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = arrays.row_start
    lp.a_matrix_.index_ = arrays.column
    lp.a_matrix_.value_ = arrays.value / np.repeat(scale, counts)
    kinds = highspy.HighsVarType
    if arrays.integer.any():
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in arrays.integer]
    return lp


def _row_scale(arrays: Arrays, counts: NDArray[np.int64]) -> NDArray[np.float64]:
    top = np.ones(len(counts))
    filled = counts > 0
    if filled.any():
        top[filled] = np.maximum.reduceat(np.abs(arrays.value).astype(float), arrays.row_start[:-1][filled])
    return np.exp2(np.ceil(np.log2(np.maximum(top / LARGEST, 1.0))))


def _bound(values: NDArray[np.int64]) -> NDArray[np.float64]:
    out = values.astype(float)
    out[values >= FREE] = math.inf
    out[values <= -FREE] = -math.inf
    return out


def _translate(
    highs: Any, costs: NDArray[np.float64], factor: float, arrays: Arrays, options: Options, seconds: float
) -> Outcome:
    status, info = highs.getModelStatus(), highs.getInfo()
    solver = f"HiGHS {highs.version()}"
    kinds = highspy.HighsModelStatus
    if status == kinds.kInterrupt:
        raise KeyboardInterrupt
    has_plan = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    mixed = bool(arrays.integer.any())
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Outcome(SolverState.INFEASIBLE, None, math.inf, math.inf, solver, seconds)
    bound = info.mip_dual_bound * factor if mixed else info.objective_function_value * factor
    nodes = max(int(info.mip_node_count), 0)
    if not has_plan or (not mixed and status != kinds.kOptimal):
        return Outcome(SolverState.UNSOLVED, None, math.inf, bound if mixed else -math.inf, solver, seconds, nodes)
    values = np.array(highs.getSolution().col_value)
    cost = float(info.objective_function_value) * factor
    state = SolverState.OPTIMAL if status == kinds.kOptimal else SolverState.FEASIBLE
    return Outcome(state, values, cost, min(bound, cost), solver, seconds, nodes)
