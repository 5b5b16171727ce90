"""Tie-break: among equally cheap plans the one with the least Σ hash(key) · column, whatever the file order."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Candidates
from planner.model.program import Arrays, ColumnBlock, Program, RowBlock, Whole
from planner.solver.parts import part_of_column

RANKED = {
    "x": ("component", "region"),
    "n": ("component", "zone"),
    "b": ("copy", "region"),
    "a": ("alternative", "region"),
    "na": ("alternative", "zone"),
}
NEARLY = 1e-6
"""A value this near to a whole number is that number."""


def ranks(program: Program, candidates: Candidates) -> NDArray[np.float64]:
    """20 bits of SHA-256 of each decision's ids; 0 for columns that follow from decisions."""
    names = {
        "component": candidates.components,
        "region": candidates.regions,
        "zone": candidates.zones,
        "copy": candidates.copies,
        "alternative": candidates.alternatives,
    }
    out = np.zeros(program.n_columns)
    for block in program.columns:
        if block.name in RANKED:
            first, second = (names[k][:] for k in RANKED[block.name])
            out[block.start : block.start + block.size] = _hashes(block, first, second)
    return out


def _hashes(block: ColumnBlock, first: tuple[str, ...], second: tuple[str, ...]) -> list[int]:
    a, b = (block.keys[k].tolist() for k in RANKED[block.name])
    words = (f"{block.name}|{first[i]}|{second[j]}" for i, j in zip(a, b, strict=True))
    return [int.from_bytes(hashlib.sha256(word.encode()).digest()[:3]) >> 4 for word in words]


def with_cost_row(program: Program, most: int) -> Program:
    """The program with one more row: total cost ≤ `most` + ½ micro-dollars, written in halves to stay whole."""
    cost = np.concatenate([block.cost for block in program.columns])
    column = np.flatnonzero(cost)
    row, upper = np.zeros(len(column), dtype=np.int64), np.array([2 * most + 1], dtype=np.int64)
    return _with_rows(program, row, column, 2 * cost[column], upper)


def with_cost_rows(program: Program, most: int, values: NDArray[np.float64]) -> Program:
    """As `with_cost_row`, a row for each part of the program, so that the parts stay apart.

    The rows say no more and no less: a part cannot cost less than in a cheapest plan, so in no cheapest plan does one
    cost more. Parts whose plan `values` is not whole keep one row together.
    """
    cost = np.concatenate([block.cost for block in program.columns])
    part = part_of_column(program.arrays)
    whole = np.rint(values).astype(np.int64)
    shared = part[(cost != 0) & (np.abs(values - whole) > NEARLY)]
    part = np.where(np.isin(part, shared), -1, part)
    column = np.flatnonzero(cost)
    parts, row = np.unique(part[column], return_inverse=True)
    limits = np.zeros(len(parts), dtype=np.int64)
    np.add.at(limits, row, cost[column] * whole[column])
    if len(shared):
        limits[0] += most - int(limits.sum())
    return _with_rows(program, row, column, 2 * cost[column], 2 * limits + 1)


def _with_rows(program: Program, row: Whole, column: Whole, value: Whole, upper: Whole) -> Program:
    keys, first = np.arange(len(upper)), np.zeros(len(upper), dtype=np.int64)
    block = RowBlock(
        "cost", program.n_rows, {"row": keys}, row, column, value, first - (1 << 53), upper, first, ("cost",), False
    )
    return Program(program.columns, (*program.rows, block))


def with_integers_fixed(arrays: Arrays, values: NDArray[np.float64]) -> Arrays:
    """The same arrays with every integer column fixed where `values` has it: what is left is a linear program."""
    fixed = np.rint(values).astype(np.int64)
    lower, upper = (np.where(arrays.integer, fixed, bound) for bound in (arrays.lower, arrays.upper))
    return replace(arrays, lower=lower, upper=upper, integer=np.zeros_like(arrays.integer))
