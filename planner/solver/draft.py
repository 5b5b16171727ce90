"""The draft: a program while row families add their columns and rows to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Candidates, PeriodCandidates
from planner.model.program import FREE, ColumnBlock, Program, RowBlock
from planner.model.scenario import Scenario
from planner.solver.traffic import Inflow, Serving, find_servings

Index = NDArray[np.int64]
NONE = -1
"""In an index table: there is no such column."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Coefficients of a row family: parallel arrays of local row, column and value."""

    row: Any
    column: Any
    value: Any = 1


@dataclass
class Draft:
    """Everything the blocks share: the question, the tables of one period, and index tables of columns so far.

    Attributes:
        elastic: refused cells come back at price 1, so that the least violation can be measured.
        tables: index tables by name, e.g. x[K, R]; NONE where there is no column.
        once: whether one-offs are charged here; in a layer of several periods the links between layers charge them.
        most_chips: [H] chips of each kind that may be of use in any period; None = what this period can use.
        layers: one draft for each of several periods; none where there is one period.
    """

    scenario: Scenario
    candidates: Candidates
    now: PeriodCandidates
    elastic: bool = False
    columns: list[ColumnBlock] = field(default_factory=list)
    rows: list[RowBlock] = field(default_factory=list)
    tables: dict[str, Index] = field(default_factory=dict)
    penalties: dict[tuple[str, str], int] = field(default_factory=dict)
    width: int = 0
    height: int = 0
    once: bool = True
    most_chips: Index | None = None
    layers: tuple[Layer, ...] = ()

    @cached_property
    def servings(self) -> tuple[Serving, ...]:
        """Who serves which users."""
        return find_servings(self.scenario, self.now)

    @cached_property
    def inflow(self) -> Inflow:
        """Which flows drive a component's share."""
        return Inflow.of(self.scenario)

    @cached_property
    def bounded(self) -> NDArray[np.bool_]:
        """[K, R] whether it matters in which zone a unit stands: some zone states a capacity, or chips it may use."""
        limited = np.array([any(z.capacity for z in r.zones) for r in self.scenario.regions], dtype=bool)
        out = np.tile(limited, (len(self.scenario.components), 1))
        found = self.now.runs.alternatives
        np.logical_or.at(out, found.component, found.fleet.stated[found.kind])
        return out

    @cached_property
    def accelerated(self) -> NDArray[np.bool_]:
        """[K] components whose units are groups of accelerators."""
        return np.array([bool(c.accelerators) for c in self.scenario.components], dtype=bool)

    def admitted(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Cells that get a column: the allowed ones, or all of them in the elastic program."""
        return np.ones_like(allowed) if self.elastic else allowed

    def price_of(self, refused: NDArray[np.bool_], cost: Any) -> Any:
        """Micro-USD of cells; in the elastic program 1 for a refused cell and nothing else."""
        return refused.astype(np.int64) if self.elastic else cost

    def add_columns(
        self,
        name: str,
        keys: Mapping[str, Any],
        *,
        upper: Any,
        cost: Any = 0,
        integer: bool = False,
        lower: Any = 0,
    ) -> Index:
        """Add columns named by parallel key arrays; returns their indices. Every column is boxed."""
        arrays = {key: np.asarray(values) for key, values in keys.items()}
        size = len(next(iter(arrays.values())))
        spread = [np.broadcast_to(np.asarray(v, dtype=np.int64), size) for v in (lower, upper, cost)]
        self.columns.append(ColumnBlock(name, self.width, arrays, spread[0], spread[1], integer, spread[2]))
        self.width += size
        return np.arange(self.width - size, self.width, dtype=np.int64)

    def add_rows(
        self,
        name: str,
        keys: Mapping[str, Any],
        entries: Sequence[Entries],
        *,
        lower: Any = -FREE,
        upper: Any = FREE,
        cause: str | Sequence[str] = "model",
        elastic: bool = False,
    ) -> None:
        """Add rows named by parallel key arrays; `cause` is the rule or requirement behind them."""
        arrays = {key: np.asarray(values) for key, values in keys.items()}
        size = len(next(iter(arrays.values())))
        if size == 0:
            return
        row, column, value = (_joined(entries, part) for part in ("row", "column", "value"))
        causes = (cause,) if isinstance(cause, str) else tuple(dict.fromkeys(cause))
        which = np.array([0] * size if isinstance(cause, str) else [causes.index(c) for c in cause], dtype=np.int64)
        low, high = (np.broadcast_to(np.asarray(v, dtype=np.int64), size) for v in (lower, upper))
        block = RowBlock(name, self.height, arrays, row, column, value, low, high, which, causes, elastic)
        self.rows.append(block)
        self.height += size

    def table(self, name: str, shape: tuple[int, ...]) -> Index:
        """The index table of that name, made empty when it is new."""
        if name not in self.tables:
            self.tables[name] = np.full(shape, NONE, dtype=np.int64)
        return self.tables[name]

    def finish(self) -> Program:
        """The finished program."""
        return Program(tuple(self.columns), tuple(self.rows))


@dataclass(frozen=True)
class Layer:
    """One of several periods inside a joint program: its own draft, and the number of its first column there.

    Attributes:
        number: of the period, from 0.
        weight: of a dollar of this period.
    """

    draft: Draft
    start: int
    number: int
    weight: Decimal

    def table(self, name: str) -> Index:
        """An index table of the layer in column numbers of the joint program."""
        found = self.draft.tables[name]
        return np.where(found >= 0, found + self.start, NONE)

    @property
    def columns(self) -> slice:
        """Its columns in the joint program."""
        return slice(self.start, self.start + self.draft.width)


def _joined(entries: Sequence[Entries], part: str) -> Index:
    pieces = []
    for each in entries:
        size = np.broadcast(np.asarray(each.row), np.asarray(each.column), np.asarray(each.value)).shape
        pieces.append(np.broadcast_to(np.asarray(getattr(each, part), dtype=np.int64), size).ravel())
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)
