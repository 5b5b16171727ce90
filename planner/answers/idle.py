"""Idle: proofs that leaving rules out makes no plan cheaper, so that nothing need be solved again.

Two proofs. The same program: everything that enters the program is unchanged. A bound: without the rules every plan of
the old program remains, and each new one uses a cell that they touched; exact reduced costs show that no plan with such
a cell costs less than the optimum that is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.model.alternatives import Fleet
from planner.model.candidates import Candidates, Copies, PeriodCandidates, Runs
from planner.model.exclusions import Gate, Mask
from planner.model.scenario import Scenario
from planner.solver.bounds import safe_bound
from planner.solver.formulate import formulate
from planner.solver.highs import relax

EVIDENCE = ("exclusions", "matched", "struck_out")
"""Parts of a table that say why, not what is possible at what cost."""
_TABLE = {"exclusions", "allowed", "gates", "matched", "unit_cost"}
KNOWN: Mapping[type, set[str]] = {
    PeriodCandidates: {"period", "runs", "copies", "paths"},
    Runs: _TABLE | {"need_of", "most", "quoted", "resources", "electricity", "alternatives"},
    Copies: _TABLE | {"dataset", "role", "apart", "primary", "distance", "duties"},
}
"""What `touched` looks at, or knows that no rule changes."""
HALF = Fraction(1, 2)
"""Micro-USD: a plan that is cheaper by less is not cheaper, because totals are whole micro-USD."""

Cell = tuple[str, int, int]


class Fingerprints:
    """Digests of candidates: those with one digest make programs with the same plans at the same costs.

    Hard gates count by what they shut and what opens them, whatever their rule; gates and duties only where a cell is
    open. Arrays of the base are read once.
    """

    def __init__(self, base: Candidates) -> None:
        """Read the arrays of the candidates with all rules."""
        self._base = base
        self._known = {id(array): _array_digest(array) for array in _arrays(base)}

    def of(self, candidates: Candidates) -> bytes:
        """The digest of candidates."""
        return self._digest(candidates)

    def _digest(self, part: Any) -> bytes:
        if isinstance(part, np.ndarray):
            known = self._known.get(id(part))
            return _array_digest(part) if known is None else known
        if is_dataclass(part):
            return _joined(self._field(part, f.name) for f in fields(part) if f.name not in EVIDENCE)
        if isinstance(part, dict):
            return _joined(repr(key).encode() + self._digest(value) for key, value in sorted(part.items()))
        if isinstance(part, tuple):
            return _joined(self._digest(each) for each in part)
        return repr(part).encode()

    def _field(self, table: Any, name: str) -> bytes:
        part = getattr(table, name)
        if name == "gates":
            part = _gates(part, table.buyable if isinstance(table, Fleet) else table.allowed)
        if name == "duties":
            part = [_duty(duty, table.allowed) for duty in part]
            return _joined(sorted({_joined(map(self._digest, duty)) for duty in part if duty}))
        return name.encode() + self._digest(part)


def _gates(gates: tuple[Gate, ...], allowed: Mask) -> dict[str, Mask]:
    """What the gates shut among open cells: one mask for each set of ways out, soft rules each by itself."""
    merged: dict[str, Mask] = {}
    for gate in gates:
        soft = "" if gate.penalty is None else f"{gate.rule} {gate.penalty}"
        key = repr((gate.alternatives, gate.administer, soft))
        cells = gate.cells & allowed
        if cells.any():
            merged[key] = merged[key] | cells if key in merged else cells
    return merged


def _duty(duty: Any, allowed: Mask) -> tuple[Any, ...]:
    """A duty without its rule (a soft one with it); nothing where it bears on no open cell."""
    bears = duty.bears & allowed[duty.copy]
    soft = "" if duty.penalty is None else f"{duty.rule} {duty.penalty}"
    return (duty.copy, duty.others_only, soft, bears, duty.meets & bears[:, None]) if bears.any() else ()


def _arrays(part: Any) -> Iterator[NDArray[Any]]:
    if isinstance(part, np.ndarray):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in EVIDENCE:
                yield from _arrays(getattr(part, field.name))
    elif isinstance(part, dict | tuple):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _arrays(each)


def _array_digest(array: NDArray[Any]) -> bytes:
    head = f"{array.dtype}{array.shape}".encode()
    return hashlib.sha256(head + np.ascontiguousarray(array).tobytes()).digest()


def _joined(parts: Any) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


def touched(before: Candidates, after: Candidates, rules: frozenset[str]) -> list[Cell] | None:
    """Cells (table, thing, region) of which every plan that the rules forbid or make dearer uses one.

    Valid where leaving the rules out only widens. None = some table is not known here, or accelerators are judged anew
    without the rules, so nothing is proved.
    """
    if len(before.periods) != 1 or not _all_known(before):
        return None
    if before.periods[0].runs.alternatives is not after.periods[0].runs.alternatives:
        return None
    cells: list[Cell] = []
    for name, was, now in (
        ("x", before.periods[0].runs, after.periods[0].runs),
        ("b", before.periods[0].copies, after.periods[0].copies),
    ):
        mask = now.allowed & ~was.allowed
        for gate in was.gates:
            if gate.rule in rules:
                mask = mask | (gate.cells & now.allowed)
        for duty in getattr(was, "duties", ()):
            if duty.rule in rules:
                mask[duty.copy] |= duty.bears & now.allowed[duty.copy]
        cells += [(name, *pair) for pair in zip(*(axis.tolist() for axis in np.nonzero(mask)), strict=True)]
    return cells


def _all_known(candidates: Candidates) -> bool:
    """Whether the tables hold only what `touched` looks at: a new part of them may let rules touch other cells."""
    now = candidates.periods[0]
    return all({f.name for f in fields(part)} <= KNOWN[type(part)] for part in (now, now.runs, now.copies))


def bound_proves(scenario: Scenario, candidates: Candidates, cells: list[Cell], least: Fraction) -> bool:
    """Whether no plan of the scenario that uses one of the cells costs less than `least` micro-USD.

    A cell of a divisible component can be used in part, so there the bound alone must reach.
    """
    if scenario.ranks_breaches:
        return False
    draft = formulate(scenario, candidates)
    arrays = draft.finish().arrays
    relaxation = relax(arrays)
    if relaxation is None:
        return False
    bound = safe_bound(arrays, relaxation.row_dual)
    if bound.cost >= least - HALF:
        return True
    columns = [int(draft.tables[name][thing, region]) for name, thing, region in cells]
    return all(arrays.integer[c] and bound.with_one(c) >= least - HALF for c in columns)
