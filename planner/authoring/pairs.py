"""Pairs of rules: which facts both, one or neither of them can meet, exactly, for all pairs at once.

A state is four bits: in the box and in the `not` of the first rule, and of the second. A key is an AND, so the states
that some facts reach are found by folding one key after another; sixteen states hold all that a pair can notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from planner.authoring.law_tables import FACT_KEYS, Codes, LawTables, Mask

STATES: Final = 16
FIRST_BEARS: Final = np.array([code & 3 == 1 for code in range(STATES)])
SECOND_BEARS: Final = np.array([code >> 2 == 1 for code in range(STATES)])


@dataclass(frozen=True)
class Pairs:
    """All ordered pairs (i, j) of the rules of a table; R rules, G kinds of region."""

    tables: LawTables

    @cached_property
    def reached(self) -> Mask:
        """[R, R, 16] states that some facts reach, without the region."""
        count = len(self.tables.rules)
        reached = np.zeros((STATES, count, count), dtype=bool)
        # A rule without a `not` never has that bit set: no fact lies in a box that is not there.
        has_not = np.array([rule.when.not_ is not None for rule in self.tables.rules])
        start = _pair_codes(1 + 2 * has_not.astype(np.uint8))
        for state in range(STATES):
            reached[state] = start == state
        for key in FACT_KEYS:
            reached = _folded(reached, self._available(key))
        return np.moveaxis(reached, 0, 2)

    def _available(self, key: str) -> Mask:
        """[16, R, R] states that single words of a key reach."""
        codes = self.tables.codes(key)
        available = np.zeros((STATES, len(codes), len(codes)), dtype=bool)
        rows, columns = np.indices(available.shape[1:])
        for value in range(codes.shape[1]):
            available[_pair_codes(codes[:, value]), rows, columns] = True
        return available

    def region_codes(self, place: int) -> Codes:
        """[R, R] codes of one kind of region."""
        return _pair_codes(self.tables.region_codes[:, place])

    def exists(self, wanted: Mask) -> Mask:
        """[R, R, 16] whether some facts lead to a wanted state, for each code of the region."""
        table = np.array([[wanted[state & code] for code in range(STATES)] for state in range(STATES)])
        return np.asarray(self.reached.astype(np.uint8) @ table.astype(np.uint8) > 0)

    def facts(self, i: int, j: int, code: int, wanted: Mask) -> dict[str, Any] | None:
        """Words, one a key that either rule names, that lead a pair to a wanted state in a region of a code."""
        ways: dict[int, dict[str, Any]] = {int(self._start(i, j)): {}}
        for key in FACT_KEYS:
            ways = self._step(ways, i, j, key)
        return next((words for state, words in ways.items() if wanted[state & code]), None)

    def _start(self, i: int, j: int) -> int:
        nots = [int(self.tables.rules[n].when.not_ is not None) for n in (i, j)]
        return 1 + 2 * nots[0] + 4 + 8 * nots[1]

    def _step(self, ways: dict[int, dict[str, Any]], i: int, j: int, key: str) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        codes = self.tables.codes(key)
        for state, words in ways.items():
            for index, value in enumerate(self.tables.values(key)):
                after = state & (int(codes[i, index]) + 4 * int(codes[j, index]))
                silent = after == state and all(self._ignores(n, key) for n in (i, j))
                found.setdefault(after, words if silent else {**words, key: value})
        return found

    def _ignores(self, rule: int, key: str) -> bool:
        when = self.tables.rules[rule].when
        return getattr(when, key) is None and (when.not_ is None or getattr(when.not_, key) is None)


def _pair_codes(codes: Codes) -> Codes:
    return np.asarray(codes[:, None] + 4 * codes[None, :], dtype=np.uint8)


def _folded(reached: Mask, available: Mask) -> Mask:
    out = np.zeros_like(reached)
    for state in range(STATES):
        if not reached[state].any():
            continue
        for word in range(STATES):
            out[state & word] |= reached[state] & available[word]
    return out
