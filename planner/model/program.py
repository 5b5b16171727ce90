"""The program: a mixed-integer linear program in whole numbers, as named blocks of columns and rows.

Costs are whole micro-dollars; every coefficient and bound is an int64; fractions were multiplied out. Each row knows
the rule or requirement that caused it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
FREE = 1 << 53
"""A bound at or beyond ±FREE is no bound."""


@dataclass(frozen=True)
class ColumnBlock:
    """Columns of one kind: `keys` name them (parallel arrays), `start` is the index of the first."""

    name: str
    start: int
    keys: Mapping[str, NDArray[np.generic]]
    lower: Whole
    upper: Whole
    integer: bool
    cost: Whole

    @property
    def size(self) -> int:
        """Number of columns."""
        return len(self.cost)


@dataclass(frozen=True)
class RowBlock:
    """Rows of one family as COO triples; row indices are local to the block.

    Attributes:
        cause: for each row an index into `causes`.
        elastic: whether the conflict search may relax these rows.
    """

    name: str
    start: int
    keys: Mapping[str, NDArray[np.generic]]
    row: Whole
    column: Whole
    value: Whole
    lower: Whole
    upper: Whole
    cause: Whole
    causes: tuple[str, ...]
    elastic: bool

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.lower)


@dataclass(frozen=True)
class Arrays:
    """The whole program as plain arrays; the matrix is compressed by row."""

    cost: Whole
    lower: Whole
    upper: Whole
    integer: NDArray[np.bool_]
    row_start: Whole
    column: Whole
    value: Whole
    row_lower: Whole
    row_upper: Whole


@dataclass(frozen=True)
class Program:
    """Columns and rows in order; `offset` is a constant cost in micro-dollars."""

    columns: tuple[ColumnBlock, ...]
    rows: tuple[RowBlock, ...]

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return sum(block.size for block in self.columns)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return sum(block.size for block in self.rows)

    def block(self, name: str) -> ColumnBlock | None:
        """The column block of that name, if the program has one."""
        return next((block for block in self.columns if block.name == name), None)

    @cached_property
    def arrays(self) -> Arrays:
        """Everything joined, rows sorted, duplicate entries of a row added up."""
        row = _join([block.row + block.start for block in self.rows])
        column = _join([block.column for block in self.rows])
        value = _join([block.value for block in self.rows])
        row, column, value = _merged(row, column, value, self.n_columns)
        start = np.zeros(self.n_rows + 1, dtype=np.int64)
        np.add.at(start, row + 1, 1)
        return Arrays(
            cost=_join([block.cost for block in self.columns]),
            lower=_join([block.lower for block in self.columns]),
            upper=_join([block.upper for block in self.columns]),
            integer=_join([np.full(block.size, block.integer) for block in self.columns]).astype(bool),
            row_start=np.cumsum(start),
            column=column,
            value=value,
            row_lower=_join([block.lower for block in self.rows]),
            row_upper=_join([block.upper for block in self.rows]),
        )

    def column_names(self) -> list[str]:
        """A readable, unique name for each column: block and keys."""
        return [name for block in self.columns for name in _names(block.name, block.keys, block.size)]

    def row_names(self) -> list[str]:
        """A readable, unique name for each row."""
        return [name for block in self.rows for name in _names(block.name, block.keys, block.size)]


def _names(name: str, keys: Mapping[str, NDArray[np.generic]], size: int) -> list[str]:
    parts = [keys[key].astype(str) for key in keys]
    return [f"{name}[{','.join(str(part[n]) for part in parts)}]" for n in range(size)]


def _join(parts: list[NDArray[np.generic]]) -> Whole:
    if not parts:
        return np.zeros(0, dtype=np.int64)
    return np.concatenate(parts).astype(np.int64)


def _merged(row: Whole, column: Whole, value: Whole, width: int) -> tuple[Whole, Whole, Whole]:
    """Entries sorted by (row, column) with equal positions added up and zeros dropped."""
    position = row * max(width, 1) + column
    unique, inverse = np.unique(position, return_inverse=True)
    total = np.zeros(len(unique), dtype=np.int64)
    np.add.at(total, inverse, value)
    keep = total != 0
    unique, total = unique[keep], total[keep]
    return unique // max(width, 1), unique % max(width, 1), total
