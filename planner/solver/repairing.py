"""Repairing: the fewest causes to leave out so that a plan exists, one choice after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.model.conflict import CauseKey
from planner.model.program import FREE, Arrays, ColumnBlock, Program, RowBlock
from planner.solver.highs import Options, solve
from planner.solver.suspects import Claim, Suspects


@dataclass(frozen=True)
class Item:
    """Something that may be left out: a cause, or of a rule what it does in some regions. `weight` is what it counts.

    Attributes:
        regions: indices of the regions in which the cause is left out; None = everywhere.
    """

    cause: CauseKey
    name: str
    weight: int
    regions: frozenset[int] | None = None

    def frees(self, region: int) -> bool:
        """Whether it leaves the cause out in a region."""
        return self.regions is None or region in self.regions


def lightest(suspects: Suspects, items: Sequence[Item], options: Options, most: int) -> Iterator[frozenset[int]]:
    """Sets of items (indices) of least total weight without which a plan exists, at most so many, in a fixed order."""
    program = _with_items(suspects, items)
    banned: list[frozenset[int]] = []
    least: int | None = None
    first = suspects.program.n_columns
    price = np.concatenate([np.zeros(first), np.array([float(item.weight) for item in items])])
    while len(banned) < most:
        outcome = solve(_without(program, banned, first).arrays, options, price)
        if outcome.values is None:
            return
        chosen = frozenset(np.flatnonzero(outcome.values[first:] > 0.5).tolist())
        weight = sum(items[n].weight for n in chosen)
        if not chosen or (least is not None and weight > least):
            return
        least = weight
        banned.append(chosen)
        yield chosen


def _without(program: Program, banned: list[frozenset[int]], first: int) -> Program:
    """The program that chooses no set again, nor one that contains it."""
    if not banned:
        return program
    row = np.array([n for n, chosen in enumerate(banned) for _ in chosen], dtype=np.int64)
    column = np.array([first + n for chosen in banned for n in sorted(chosen)], dtype=np.int64)
    upper = np.array([len(chosen) - 1 for chosen in banned], dtype=np.int64)
    block = _block("banned", program.n_rows, row, column, np.ones_like(row), np.full_like(upper, -FREE), upper)
    return Program(program.columns, (*program.rows, block))


def _with_items(suspects: Suspects, items: Sequence[Item]) -> Program:
    """The program in which everything holds, and a column for each item that lets go of what it stands for."""
    by_cause: dict[CauseKey, list[int]] = {}
    for number, item in enumerate(items):
        by_cause.setdefault(item.cause, []).append(number)
    first = suspects.program.n_columns
    rows = _Rows(suspects.arrays, first, items)
    for cause, claim in suspects.claims.items():
        rows.add(claim, by_cause.get(cause, []))
    size = len(items)
    zero, one = np.zeros(size, dtype=np.int64), np.ones(size, dtype=np.int64)
    columns = ColumnBlock("leave_out", first, {"item": np.arange(size)}, zero, one, True, zero)
    free = tuple(_freed(block, rows.owned) for block in suspects.program.rows)
    program = Program((*suspects.program.columns, columns), free)
    return Program(program.columns, (*free, rows.block(program.n_rows)))


def _freed(block: RowBlock, owned: frozenset[int]) -> RowBlock:
    """The block without the sides of rows that are written anew."""
    mine = np.array([n for n in range(block.size) if block.start + n in owned], dtype=np.int64)
    lower, upper = block.lower.copy(), block.upper.copy()
    lower[mine], upper[mine] = -FREE, FREE
    return RowBlock(
        block.name,
        block.start,
        block.keys,
        block.row,
        block.column,
        block.value,
        lower,
        upper,
        block.cause,
        block.causes,
        block.elastic,
    )


class _Rows:
    """Rows that tie what causes do to the items that let go of it."""

    def __init__(self, arrays: Arrays, first: int, items: Sequence[Item]) -> None:
        self.arrays, self.first, self.items = arrays, first, items
        self._row: list[int] = []
        self._column: list[int] = []
        self._value: list[int] = []
        self._lower: list[int] = []
        self._upper: list[int] = []
        self._owned: set[int] = set()

    @property
    def owned(self) -> frozenset[int]:
        """Rows of the open program that are written anew here."""
        return frozenset(self._owned)

    def add(self, claim: Claim, numbers: list[int]) -> None:
        """Column ≤ Σ items that free it; each side of a row gives way by as much as the row can be broken."""
        for column, region in zip(claim.columns, claim.column_regions, strict=True):
            freeing = [n for n in numbers if self.items[n].frees(region)]
            self._write([column], [1], freeing, -1, -FREE, 0)
        for row, region, low, high in zip(claim.rows, claim.row_regions, claim.off_lower, claim.off_upper, strict=True):
            self._owned.add(row)
            self._relax(row, [n for n in numbers if self.items[n].frees(region)], low, high)

    def _relax(self, row: int, freeing: list[int], off_lower: int, off_upper: int) -> None:
        arrays = self.arrays
        span = slice(int(arrays.row_start[row]), int(arrays.row_start[row + 1]))
        columns, values = arrays.column[span].tolist(), arrays.value[span].tolist()
        ends = [(v * int(arrays.lower[c]), v * int(arrays.upper[c])) for c, v in zip(columns, values, strict=True)]
        lower, upper = int(arrays.row_lower[row]), int(arrays.row_upper[row])
        if lower > -FREE:
            least = max(sum(min(pair) for pair in ends), off_lower)
            self._write(columns, values, freeing, max(lower - least, 0), lower, FREE)
        if upper < FREE:
            most = min(sum(max(pair) for pair in ends), off_upper)
            self._write(columns, values, freeing, min(upper - most, 0), -FREE, upper)

    def _write(
        self, columns: list[int], values: list[int], freeing: list[int], way: int, lower: int, upper: int
    ) -> None:
        number = len(self._lower)
        self._row += [number] * (len(columns) + len(freeing))
        self._column += columns + [self.first + n for n in freeing]
        self._value += values + [way] * len(freeing)
        self._lower.append(lower)
        self._upper.append(upper)

    def block(self, start: int) -> RowBlock:
        """All of them."""
        parts = (self._row, self._column, self._value, self._lower, self._upper)
        return _block("let_go", start, *(np.array(part, dtype=np.int64) for part in parts))


def _block(name: str, start: int, row, column, value, lower, upper) -> RowBlock:  # type: ignore[no-untyped-def]
    keys: Mapping[str, np.ndarray] = {"row": np.arange(len(lower))}
    causes = np.zeros(len(lower), dtype=np.int64)
    return RowBlock(name, start, keys, row, column, value, lower, upper, causes, (name,), False)
