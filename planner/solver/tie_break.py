"""Tie-break: among equally cheap plans the one with the least Σ hash(key) · column, whatever the file order."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Candidates
from planner.model.program import Arrays, ColumnBlock, Program, RowBlock

RANKED = {
    "x": ("component", "region"),
    "n": ("component", "zone"),
    "b": ("copy", "region"),
    "a": ("alternative", "region"),
    "na": ("alternative", "zone"),
}


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
    one = np.zeros(1, dtype=np.int64)
    row = RowBlock(
        "cost",
        program.n_rows,
        {"row": one},
        np.zeros(len(column), dtype=np.int64),
        column,
        2 * cost[column],
        one - (1 << 53),
        one + 2 * most + 1,
        one,
        ("cost",),
        False,
    )
    return Program(program.columns, (*program.rows, row))


def with_integers_fixed(arrays: Arrays, values: NDArray[np.float64]) -> Arrays:
    """The same arrays with every integer column fixed where `values` has it: what is left is a linear program."""
    fixed = np.rint(values).astype(np.int64)
    lower, upper = (np.where(arrays.integer, fixed, bound) for bound in (arrays.lower, arrays.upper))
    return replace(arrays, lower=lower, upper=upper, integer=np.zeros_like(arrays.integer))
