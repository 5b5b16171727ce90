"""Chips over several periods: what is bought in one is there in every later one, and is charged from then on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from planner.model.program import RowBlock
from planner.model.scenario import Scenario
from planner.objectives import one_offs
from planner.objectives.discounting import charge
from planner.solver.draft import Draft, Index, Layer


def add(joint: Draft) -> None:
    """Give the columns `bought` their charge, and the rows `stock` of later periods the chips bought before."""
    if not joint.elastic:
        joint.columns = [
            replace(block, cost=_charges(joint, block.keys)) if block.name == "bought" else block
            for block in joint.columns
        ]
    joint.rows = [_with_earlier(joint, block) if block.name == "stock" else block for block in joint.rows]


def _charges(joint: Draft, keys: object) -> Index:
    assert isinstance(keys, dict)
    region = joint.candidates.zone_region[keys["zone"]]
    cells = zip(keys["period"].tolist(), keys["kind"].tolist(), region.tolist(), strict=True)
    cash = joint.now.runs.alternatives.fleet.cash
    return np.array([chip_charge(joint.scenario, Fraction(cash[h][r]), t) for t, h, r in cells], dtype=np.int64)


def chip_charge(scenario: Scenario, cash_usd: Fraction, period: int) -> int:
    """Micro-USD of one chip bought in a period, charged inside the horizon."""
    months = one_offs.months_charged(scenario.horizon.amortise, None)
    return charge(cash_usd, scenario.periods[period], months, scenario.horizon)


def _with_earlier(joint: Draft, block: RowBlock) -> RowBlock:
    """Stock rows of one period with the chips bought in the periods before it on their side."""
    period = int(np.asarray(block.keys["period"])[0])
    kind, zone = (np.asarray(block.keys[key]).astype(np.int64) for key in ("kind", "zone"))
    row, column = [block.row], [block.column]
    for layer in joint.layers[:period]:
        found = _bought(layer)[kind, zone]
        there = np.flatnonzero(found >= 0)
        row.append(there)
        column.append(found[there])
    more = sum(len(each) for each in row[1:])
    value = np.concatenate([block.value, np.full(more, -1, dtype=np.int64)])
    return replace(block, row=np.concatenate(row), column=np.concatenate(column), value=value)


def _bought(layer: Layer) -> Index:
    return layer.table("bought")
