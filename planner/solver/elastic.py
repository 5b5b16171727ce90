"""Elastic: the least violation of a program, as an independent check of `infeasible`.

Refused cells come back at price 1 and every row of a rule, requirement, capacity or limit gets slack, each divided
by its row's scale. Assignment and link rows have none, so the elastic program always has a solution.
"""

from __future__ import annotations

import numpy as np

from planner.model.candidates import Candidates
from planner.model.program import FREE, ColumnBlock, Program, RowBlock
from planner.model.scenario import Scenario
from planner.solver.formulate import formulate_elastic
from planner.solver.highs import Options, solve

VIOLATED = 1e-5
"""Least violations above this are real: feasible programs stayed below 5e-11, infeasible ones above 7.7e-3."""


def least_violation(scenario: Scenario, candidates: Candidates, time_limit: float | None = None) -> float:
    """Least sum of prices of refused cells and scaled slacks; NaN when the limit came first."""
    program = formulate_elastic(scenario, candidates).finish()
    relaxed, prices = with_slack(program)
    outcome = solve(relaxed.arrays, Options(time_limit=time_limit, tolerance=1e-7), prices)
    return outcome.objective if outcome.values is not None else float("nan")


def with_slack(program: Program) -> tuple[Program, np.ndarray]:
    """The program with slack columns on its elastic rows, and the price of every column."""
    prices = [np.concatenate([block.cost for block in program.columns]).astype(float)]
    columns, rows = list(program.columns), []
    width = program.n_columns
    for block in program.rows:
        if not block.elastic:
            rows.append(block)
            continue
        slack, priced, block = _slacken(block, width)
        columns.append(slack)
        prices.append(priced)
        rows.append(block)
        width += slack.size
    return Program(tuple(columns), tuple(rows)), np.concatenate(prices)


def _slacken(block: RowBlock, width: int) -> tuple[ColumnBlock, np.ndarray, RowBlock]:
    """One column that lowers and one that raises each row; both boxed by what the row can reach."""
    scale = np.ones(block.size, dtype=np.int64)
    np.maximum.at(scale, block.row, np.abs(block.value))
    reach = np.zeros(block.size, dtype=np.int64)
    np.add.at(reach, block.row, np.abs(block.value))
    finite = [np.where(np.abs(b) < FREE, np.abs(b), 0) for b in (block.lower, block.upper)]
    box = np.tile(reach * 1000 + finite[0] + finite[1], 2)
    size = 2 * block.size
    keys = {"row": np.arange(size)}
    slack = ColumnBlock(
        f"slack_{block.name}", width, keys, np.zeros(size, np.int64), box, False, np.zeros(size, np.int64)
    )
    local = np.arange(block.size)
    wider = RowBlock(
        block.name,
        block.start,
        block.keys,
        np.concatenate([block.row, local, local]),
        np.concatenate([block.column, width + local, width + block.size + local]),
        np.concatenate([block.value, np.ones(block.size, np.int64), -np.ones(block.size, np.int64)]),
        block.lower,
        block.upper,
        block.cause,
        block.causes,
        block.elastic,
    )
    return slack, np.tile(1.0 / scale, 2), wider
