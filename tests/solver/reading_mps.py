"""MPS files read back by HiGHS and compared with the program they were written from."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import highspy

from planner.model.program import FREE, Program
from planner.solver.highs import quiet
from planner.solver.pulp_door import PulpProgram, to_pulp

DIGITS = 1e-12
"""PuLP 3 writes 13 digits."""

Row = dict[str, float]


@dataclass(frozen=True)
class Model:
    """What an MPS file says, by name; `rows` maps each row to (lower, upper, entries)."""

    cost: dict[str, float]
    box: dict[str, tuple[float, float, bool]]
    rows: dict[str, tuple[float, float, Row]]


def difference(program: Program, path: Path) -> str:
    """The first difference between a program and the MPS file of its PuLP problem; empty when there is none."""
    built = to_pulp(program)
    built.problem.writeMPS(str(path))
    found = read_mps(path)
    return next(_differences(program, built, found), "")


def read_mps(path: Path) -> Model:
    """The model of an MPS file."""
    with quiet():
        highs = highspy.Highs()
        highs.silent()
        status = highs.readModel(str(path))
    assert status == highspy.HighsStatus.kOk
    lp = highs.getLp()
    matrix, names, rows = lp.a_matrix_, list(lp.col_names_), list(lp.row_names_)
    assert matrix.format_ == highspy.MatrixFormat.kColwise
    starts, indices, values = list(matrix.start_), list(matrix.index_), list(matrix.value_)
    whole = [kind == highspy.HighsVarType.kInteger for kind in lp.integrality_] or [False] * len(names)
    entries: list[Row] = [{} for _ in rows]
    for c, name in enumerate(names):
        for at in range(starts[c], starts[c + 1]):
            entries[indices[at]][name] = values[at]
    return Model(
        dict(zip(names, lp.col_cost_, strict=True)),
        {name: (lp.col_lower_[c], lp.col_upper_[c], whole[c]) for c, name in enumerate(names)},
        {name: (lp.row_lower_[r], lp.row_upper_[r], entries[r]) for r, name in enumerate(rows)},
    )


def _differences(program: Program, built: PulpProgram, found: Model) -> Iterator[str]:
    arrays, named = program.arrays, [variable.name for variable in built.variables]
    for n, name in enumerate(named):
        cost, box = float(arrays.cost[n]) / built.unit, found.box.get(name)
        wanted = (float(arrays.lower[n]), float(arrays.upper[n]), bool(arrays.integer[n]))
        if box is None:
            if cost or n in set(arrays.column.tolist()):
                yield f"column {name} is missing"
        elif box != wanted or not _same(found.cost[name], cost):
            yield f"column {name}: {box} at {found.cost[name]}, not {wanted} at {cost}"
    names = set(found.rows)
    for n in range(program.n_rows):
        low, high, entries = _row(program, named, n)
        if not entries:  # PuLP gives it a zero coefficient: what counts is whether it can hold
            said = [found.rows[name][:2] for name in (f"r{n}", f"r{n}_low", f"r{n}_up") if name in found.rows]
            names -= {f"r{n}", f"r{n}_low", f"r{n}_up"}
            if (low <= 0 <= high) != all(below <= 0 <= above for below, above in said):
                yield f"row r{n} is empty: {said}, not {low}..{high}"
            continue
        parts = [f"r{n}"] if low == high else [f"r{n}_low"] * (low > -math.inf) + [f"r{n}_up"] * (high < math.inf)
        for part in parts:
            names.discard(part)
            yield from _row_differences(part, (low, high, entries), found)
    if names:
        yield f"rows nobody asked for: {sorted(names)}"


def _row(program: Program, named: list[str], n: int) -> tuple[float, float, Row]:
    arrays = program.arrays
    span = slice(arrays.row_start[n], arrays.row_start[n + 1])
    entries = {
        named[c]: float(v) for c, v in zip(arrays.column[span].tolist(), arrays.value[span].tolist(), strict=True)
    }
    low, high = int(arrays.row_lower[n]), int(arrays.row_upper[n])
    return (-math.inf if low <= -FREE else float(low)), (math.inf if high >= FREE else float(high)), entries


def _row_differences(name: str, wanted: tuple[float, float, Row], found: Model) -> Iterator[str]:
    if name not in found.rows:
        yield f"row {name} is missing"
        return
    low, high, entries = wanted
    have_low, have_high, have = found.rows[name]
    if name.endswith("_low"):
        high = math.inf
    if name.endswith("_up"):
        low = -math.inf
    if {key for key, value in have.items() if value} != set(entries):
        yield f"row {name}: entries {sorted(have)}, not {sorted(entries)}"
        return
    scale = _power_of_two(entries, have)
    pairs = [(have_low, low * scale), (have_high, high * scale)]
    pairs += [(have[key], value * scale) for key, value in entries.items()]
    if not all(_same(a, b) for a, b in pairs):
        yield f"row {name}: {have_low} <= {have} <= {have_high}, not {scale} times {low} <= {entries} <= {high}"


def _power_of_two(entries: Row, have: Row) -> float:
    """The power of two by which a row was divided, from its first entry."""
    key = next(iter(entries))
    return 2.0 ** round(math.log2(have[key] / entries[key]))


def _same(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= DIGITS * max(abs(one), abs(other))
