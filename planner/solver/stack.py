"""Stack: the programs of several periods side by side in one, joined by what lasts from one period into the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from planner.model.candidates import Candidates
from planner.model.exact import round_half_even
from planner.model.growing import scenario_in
from planner.model.program import ColumnBlock, RowBlock, Whole
from planner.model.scenario import Scenario
from planner.objectives.discounting import MONTHS, weights
from planner.solver.draft import Draft, Index, Layer
from planner.solver.links import chips, mechanisms, moves, opening

Family = Callable[[Draft], None]
LINKS: tuple[Family, ...] = (mechanisms.add, opening.add, chips.add, moves.add)


def stack(scenario: Scenario, candidates: Candidates, families: tuple[Family, ...], *, elastic: bool) -> Draft:
    """The draft of all periods: a layer each, built by the row families of one period, and the links between them."""
    joint = Draft(scenario, candidates, candidates.periods[0], elastic)
    wanted, layers = _most_chips(candidates), []
    for number, (period, weight) in enumerate(zip(candidates.periods, weights(scenario.horizon), strict=True)):
        alone = replace(candidates, periods=(period,))
        draft = Draft(scenario_in(scenario, number), alone, period, elastic, once=False, most_chips=wanted)
        for family in families:
            family(draft)
        layers.append(Layer(draft, joint.width, number, weight))
        _lay(joint, layers[-1])
    joint.layers = tuple(layers)
    for link in LINKS:
        link(joint)
    return joint


def _most_chips(candidates: Candidates) -> Index:
    """[H] chips of each kind that all components together may want in any period."""
    most = np.zeros(len(candidates.periods[0].runs.alternatives.kinds), dtype=np.int64)
    for period in candidates.periods:
        found = period.runs.alternatives
        wanted = np.zeros_like(most)
        np.add.at(wanted, found.kind, found.groups * found.group)
        most = np.maximum(most, wanted)
    return most


def _lay(joint: Draft, layer: Layer) -> None:
    """Put the blocks of a layer behind those that are there, named by its period, at the cost of its three months."""
    draft = layer.draft
    joint.columns += [_column_block(block, layer, elastic=joint.elastic) for block in draft.columns]
    joint.rows += [_row_block(block, joint.height, layer) for block in draft.rows]
    joint.width += draft.width
    joint.height += draft.height


def _column_block(block: ColumnBlock, layer: Layer, *, elastic: bool) -> ColumnBlock:
    keys = {"period": np.full(block.size, layer.number), **block.keys}
    cost = block.cost if elastic else weighed(block.cost, layer)
    return replace(block, start=block.start + layer.start, keys=keys, cost=cost)


def _row_block(block: RowBlock, height: int, layer: Layer) -> RowBlock:
    keys = {"period": np.full(block.size, layer.number), **block.keys}
    return replace(block, start=block.start + height, keys=keys, column=block.column + layer.start)


def weighed(micro_month: Whole, layer: Layer) -> Whole:
    """Micro-USD a month as micro-USD of the layer's quarter, discounted, rounded half-even once."""
    factor = Fraction(layer.weight) * MONTHS
    if factor.denominator == 1:
        return micro_month * int(factor)
    return round_half_even(micro_month.astype(object) * factor.numerator, factor.denominator)
