"""Moves: moved[thing,r,t] ≥ x_t − x_{t−1}; each costs its migration from the cheapest region the thing was in.

g[sources,r'] ≤ Σ x_{t−1} over regions from which the move costs the same; Σ g ≥ moved[r']. Waves count entries,
frozen quarters have none, and `stay` keeps x at 1 for so many quarters.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.model.exact import Whole
from planner.model.units import MICRO
from planner.objectives import one_offs
from planner.objectives.discounting import charge
from planner.objectives.migration import UNKNOWN
from planner.solver.draft import NONE, Draft, Entries, Index
from planner.solver.links.movers import Mover, find_movers

Entered = list[Index]
"""For each period [R] the columns `moved` of a mover."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One mover between two periods: its columns before and now, and where it stood when the first one began."""

    mover: Mover
    number: int
    thing: int
    was: Index
    now: Index


def add(joint: Draft) -> None:
    """Add the columns `moved` and `g`, and the rows of moves, sources, waves and stays."""
    entered: list[tuple[int, Index]] = []
    for thing, mover in enumerate(find_movers(joint)):
        columns = [_enter(joint, step) for step in _steps(mover, thing)]
        entered += list(enumerate(columns))
        _stay(joint, mover, thing, columns)
    _waves(joint, entered)


def _steps(mover: Mover, thing: int) -> list[_Step]:
    """One for each period; the first of something new is no move."""
    out = []
    for number, now in enumerate(mover.columns):
        was = mover.columns[number - 1] if number else np.full_like(now, NONE)
        out.append(_Step(mover, number, thing, was, now))
    return out


def _enter(joint: Draft, step: _Step) -> Index:
    """[R] the columns `moved`; none where the thing is new, or stands already and for sure."""
    moved = np.full_like(step.now, NONE)
    if not step.number and not step.mover.before:
        return moved
    there = np.zeros(len(step.now), dtype=np.int64)
    if not step.number:
        there[list(step.mover.before)] = 1
    region = np.flatnonzero((step.now >= 0) & (there == 0))
    if not len(region):
        return moved
    keys = {"period": np.full(len(region), step.number), "thing": np.full(len(region), step.thing), "region": region}
    moved[region] = joint.add_columns("moved", keys, upper=1)
    rows = np.arange(len(region))
    entries = [Entries(rows, step.now[region]), Entries(rows, moved[region], -1)]
    known = np.flatnonzero(step.was[region] >= 0)
    entries.append(Entries(known, step.was[region][known], -1))
    joint.add_rows("moved_if", keys, entries, upper=0)
    if step.mover.costs:
        _sources(joint, step, region, moved)
    return moved


def _sources(joint: Draft, step: _Step, region: Index, moved: Index) -> None:
    """Where each entry comes from: groups of regions from which it costs the same."""
    cash = step.mover.cash[step.number]
    groups = _alike(cash, _possible(step))
    found = [(n, r, _cash_from(group, r, cash)) for n, group in enumerate(groups) for r in region.tolist()]
    cells = [(n, r) for n, r, micro in found if micro != UNKNOWN]
    usd = [micro for _, _, micro in found if micro != UNKNOWN]
    position = {int(r): n for n, r in enumerate(region)}
    g = _columns(joint, step, cells, usd)
    entries = [
        Entries(np.arange(len(region)), moved[region]),
        Entries([position[r] for _, r in cells], g, -1),
    ]
    keys = {"period": np.full(len(region), step.number), "thing": np.full(len(region), step.thing), "region": region}
    joint.add_rows("moved_from", keys, entries, upper=0, cause=f"migration of {step.mover.name}", elastic=True)
    if step.number and cells:
        rows = np.arange(len(cells))
        stood = [(n, int(step.was[s])) for n, (group, _) in enumerate(cells) for s in groups[group].tolist()]
        entries = [Entries(rows, g), Entries([n for n, _ in stood], [column for _, column in stood], -1)]
        joint.add_rows("source", _cell_keys(step, cells), entries, upper=0)


def _cash_from(group: Index, region: int, cash: Whole) -> int:
    """Micro-USD of a move into a region from any of a group; UNKNOWN where it has no other region, or no price."""
    return next((int(cash[source, region]) for source in group.tolist() if source != region), UNKNOWN)


def _columns(joint: Draft, step: _Step, cells: list[tuple[int, int]], usd: list[int]) -> Index:
    if not cells:
        return np.zeros(0, dtype=np.int64)
    price = {micro: 0 if joint.elastic else move_charge(joint, micro, step.number) for micro in set(usd)}
    return joint.add_columns("g", _cell_keys(step, cells), upper=1, cost=[price[micro] for micro in usd])


def _cell_keys(step: _Step, cells: list[tuple[int, int]]) -> dict[str, Index]:
    size = len(cells)
    source, region = (np.array([cell[part] for cell in cells], dtype=np.int64) for part in (0, 1))
    return {
        "period": np.full(size, step.number),
        "thing": np.full(size, step.thing),
        "source": source,
        "region": region,
    }


def move_charge(joint: Draft, micro: int, number: int) -> int:
    """Micro-USD of a move charged inside the horizon."""
    months = one_offs.months_charged(joint.scenario.horizon.amortise, None)
    return charge(Fraction(micro, MICRO), joint.scenario.periods[number], months, joint.scenario.horizon)


def _possible(step: _Step) -> Index:
    """Regions the thing can have been in before."""
    return np.flatnonzero(step.was >= 0) if step.number else np.array(sorted(step.mover.before), dtype=np.int64)


def _alike(cash: Whole, sources: Index) -> list[Index]:
    """Sources from which a move into any other region costs the same; a region is never its own source."""
    rows: dict[tuple[int, ...], list[int]] = {}
    for source in sources.tolist():
        row = cash[source].copy()
        others = np.delete(row, source)
        row[source] = others[0] if len(others) and (others == others[0]).all() else -2 - source
        rows.setdefault(tuple(row.tolist()), []).append(source)
    return [np.array(group, dtype=np.int64) for _, group in sorted(rows.items(), key=lambda item: item[1])]


def _stay(joint: Draft, mover: Mover, thing: int, entered: Entered) -> None:
    """Having entered in t it is there in t … t + stay − 1, as far as the horizon reaches."""
    found = [
        (then, region, int(column), int(mover.columns[then][region]))
        for number, moved in enumerate(entered)
        for region, column in enumerate(moved.tolist())
        if column >= 0
        for then in range(number + 1, min(number + mover.stay, len(entered)))
    ]
    rows = np.arange(len(found))
    here = [(n, x) for n, (_, _, _, x) in enumerate(found) if x >= 0]
    entries = [
        Entries(rows, [column for _, _, column, _ in found]),
        Entries([n for n, _ in here], [x for _, x in here], -1),
    ]
    keys = {"period": [t for t, _, _, _ in found], "thing": [thing] * len(found), "region": [r for _, r, _, _ in found]}
    joint.add_rows("stay", keys, entries, upper=0, cause=f"stay of {mover.name}", elastic=True)


def _waves(joint: Draft, entered: list[tuple[int, Index]]) -> None:
    """At most so many entries in each period, none in a frozen one."""
    waves, quarters = joint.scenario.limits.moves, joint.scenario.periods
    for number, quarter in enumerate(quarters):
        frozen = str(quarter) in waves.freeze
        if waves.at_most is None and not frozen:
            continue
        columns = np.concatenate([[NONE], *(moved for t, moved in entered if t == number)]).astype(np.int64)
        columns = columns[columns >= 0]
        cause = "limits.moves.freeze" if frozen else "limits.moves.at_most"
        joint.add_rows(
            "wave",
            {"period": [number], "wave": [0]},
            [Entries(np.zeros(len(columns), dtype=np.int64), columns)],
            upper=0 if frozen else waves.at_most,
            cause=cause,
            elastic=True,
        )
