"""Opening over several periods: opens[e,r,t] ≥ o_t − o_{t−1}, paid where a region has `opening_once`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from planner.model.scenario import Scenario
from planner.objectives import one_offs
from planner.objectives.discounting import charge
from planner.solver.draft import Draft, Entries, Index


def add(joint: Draft) -> None:
    """Add the columns `opens` and the rows `opens_if`."""
    before = used_before(joint.scenario)
    last: Index | None = None
    for layer in joint.layers:
        o = layer.table("o")
        cost = np.array([opening_charge(joint.scenario, r, layer.number) for r in range(o.shape[1])], dtype=np.int64)
        entity, region = np.nonzero((o >= 0) & (cost > 0)[None, :])
        if len(entity):
            _rows(joint, layer.number, (entity, region), o, last, before, cost)
        last = o


def _rows(
    joint: Draft,
    period: int,
    cells: tuple[Index, Index],
    now: Index,
    last: Index | None,
    before: frozenset[tuple[str, str]],
    cost: Index,
) -> None:
    entity, region = cells
    keys = {"period": np.full(len(entity), period), "entity": entity, "region": region}
    price = 0 if joint.elastic else cost[region]
    opens = joint.add_columns("opens", keys, upper=1, cost=price)
    rows = np.arange(len(entity))
    entries = [Entries(rows, now[entity, region]), Entries(rows, opens, -1)]
    there = np.zeros(len(entity), dtype=np.int64)
    if last is None:
        names = [(joint.scenario.entities[e].id, joint.candidates.regions[r]) for e, r in zip(*cells, strict=True)]
        there = np.array([name in before for name in names], dtype=np.int64)
    else:
        was = last[entity, region]
        entries.append(Entries(rows[was >= 0], was[was >= 0], -1))
    joint.add_rows("opens_if", keys, entries, upper=there)


def opening_charge(scenario: Scenario, region: int, period: int) -> int:
    """Micro-USD of `opening_once` of a region that opens in a period, charged inside the horizon."""
    months = one_offs.months_charged(scenario.horizon.amortise, None)
    cash = Fraction(scenario.regions[region].opening_once)
    return charge(cash, scenario.periods[period], months, scenario.horizon) if cash else 0


def used_before(scenario: Scenario) -> frozenset[tuple[str, str]]:
    """The pairs (entity, region) with something that stands there before the first period."""
    return frozenset(_used(scenario))


def _used(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for row in scenario.current:
        if row.what.startswith("dataset:"):
            yield scenario.dataset[row.what.removeprefix("dataset:").rpartition("/")[0]].entity, row.region
        else:
            yield scenario.component[row.what].entity, row.region
