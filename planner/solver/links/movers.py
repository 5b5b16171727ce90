"""Movers: components and copies with their columns in every period, where they stand today, and what a move costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from planner.model.exact import Whole
from planner.model.exclusions import Exclusions, Mask
from planner.model.moving import Migration
from planner.objectives.egress import EgressPrices
from planner.objectives.migration import cash
from planner.solver.blocks.presence import home_cost
from planner.solver.draft import Draft, Index, Layer


@dataclass(frozen=True)
class Mover:
    """Something that can enter a region.

    Attributes:
        name: `workload/component`, or `dataset:ID/role`.
        before: region indices where it stands before the first period; none = new.
        columns: for each period [R] its columns in the joint program.
        stay: quarters that it stays where it has entered.
        index: of the component or copy.
    """

    joint: Draft
    name: str
    before: frozenset[int]
    columns: tuple[Index, ...]
    stay: int
    index: int
    is_copy: bool

    @property
    def migration(self) -> Migration:
        """What it states of its moves."""
        if self.is_copy:
            return self.joint.scenario.datasets[int(self.joint.now.copies.dataset[self.index])].migration
        return self.joint.scenario.components[self.index].migration

    @cached_property
    def costs(self) -> bool:
        """Whether any move may cost anything."""
        return any(bool((found != 0).any()) for found in self.cash)

    @cached_property
    def cash(self) -> tuple[Whole, ...]:
        """For each period [R, R] micro-USD of a move from row region to column region."""
        return tuple(self._cash(layer) for layer in self.joint.layers)

    def _cash(self, layer: Layer) -> Whole:
        scenario, stated = layer.draft.scenario, self.migration.data
        if not self.is_copy:
            data, table = stated or Decimal(0), layer.draft.now.runs
            monthly, excluded = home_cost(layer.draft)[self.index], table.exclusions
        else:
            copies = layer.draft.now.copies
            size = scenario.datasets[int(copies.dataset[self.index])].size
            data = size if stated is None else stated
            monthly, excluded = copies.unit_cost[self.index], copies.exclusions
        prices = EgressPrices(scenario.regions)
        return cash(self.migration, data, monthly, _priced(excluded, self.index), prices)


def _priced(excluded: Exclusions, row: int) -> Mask:
    """[R] where every price of a row is known, whatever else refuses it."""
    unknown = np.zeros(excluded.refused().shape, dtype=bool)
    for number, reason in enumerate(excluded.reasons):
        if reason.id == "quote" or (reason.id.startswith("unknown: ") and "internet" not in reason.id):
            unknown |= excluded.cells(number)
    return np.asarray(~unknown[row])


def find_movers(joint: Draft) -> list[Mover]:
    """Indivisible components, then copies, in the order of their tables."""
    before = standing_before(joint)
    out = []
    for k, component in enumerate(joint.scenario.components):
        if not component.divisible:
            columns = tuple(layer.table("x")[k] for layer in joint.layers)
            stands = before.get(component.id, frozenset())
            out.append(Mover(joint, component.id, stands, columns, component.stay, k, False))
    for c, name in enumerate(joint.candidates.copies):
        columns = tuple(layer.table("b")[c] for layer in joint.layers)
        out.append(Mover(joint, f"dataset:{name}", before.get(f"dataset:{name}", frozenset()), columns, 1, c, True))
    return out


def standing_before(joint: Draft) -> Mapping[str, frozenset[int]]:
    """Region indices where each thing stands before the first period, by name; what is new has none."""
    index = {key: n for n, key in enumerate(joint.candidates.regions)}
    out: dict[str, frozenset[int]] = {}
    for row in joint.scenario.current:
        out[row.what] = out.get(row.what, frozenset()) | {index[row.region]}
    return out
