"""Exclusions: all reasons of every refused cell as bit masks, and the gates that mechanisms can open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Whole = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell is refused: a rule id or the name of a requirement, with words for a reader.

    `derived`: no reason of its own; it tells why every alternative of the thing is refused there.
    """

    id: str
    detail: str
    where: str = ""
    derived: bool = False


@dataclass(frozen=True)
class Exclusions:
    """All reasons of every refused cell, as bit masks by (profile, place); a profile is what reasons depend on.

    Attributes:
        profile_of: profile of each thing, shape [things].
        bits: reason bits, shape [profiles, places, words of 64 reasons].
        reasons: what each bit means.
    """

    profile_of: Whole
    bits: Words
    reasons: tuple[Reason, ...]

    def refused(self) -> Mask:
        """Whether each thing is refused in each place, shape [things, places]."""
        return np.asarray(np.any(self.bits, axis=2))[self.profile_of]

    def at(self, thing: int, place: int) -> tuple[Reason, ...]:
        """Every reason that refuses a thing in a place."""
        return self.named(self.bits[self.profile_of[thing], place])

    def named(self, words: Words) -> tuple[Reason, ...]:
        """The reasons whose bits are set in the words of one cell, or of several cells joined."""
        return tuple(r for i, r in enumerate(self.reasons) if int(words[i // 64]) >> (i % 64) & 1)

    def cells(self, reason: int) -> Mask:
        """[profiles, places] the cells that a reason refuses, by its index."""
        return np.asarray(self.bits[:, :, reason // 64] >> np.uint64(reason % 64) & np.uint64(1), dtype=bool)


class ExclusionsDraft:
    """Collects reasons, mask by mask; `finish` packs them."""

    def __init__(self, profile_of: Sequence[int], profiles: int, places: int) -> None:
        """An empty table over profiles × places."""
        self.profile_of = np.asarray(profile_of, dtype=np.int64)
        self.shape = (profiles, places)
        self.masks: list[Mask] = []
        self.reasons: list[Reason] = []

    def add(self, reason: Reason, mask: Mask) -> None:
        """Refuse the cells of a mask [profiles, places] for a reason; empty masks are dropped."""
        if mask.any():
            self.masks.append(np.broadcast_to(mask, self.shape))
            self.reasons.append(reason)

    def finish(self) -> Exclusions:
        """Pack the masks into words of 64 bits."""
        bits = np.zeros((*self.shape, max(1, -(-len(self.masks) // 64))), dtype=np.uint64)
        for index, mask in enumerate(self.masks):
            bits[:, :, index // 64] |= mask.astype(np.uint64) << np.uint64(index % 64)
        return Exclusions(self.profile_of, bits, tuple(self.reasons))


@dataclass(frozen=True)
class Gate:
    """A rule that refuses cells unless one of its mechanisms is held: cell ≤ Σ purchases of `alternatives`.

    Attributes:
        rule: id of the rule.
        alternatives: mechanism ids that lift it and can be bought.
        cells: refused cells that are not lifted already, shape [things, regions].
        penalty: micro-USD a month that a soft rule costs for each thing with a breach; None = hard.
        administer: whether the rule is about who reaches the region, so that mechanisms go by its operator.
    """

    rule: str
    alternatives: tuple[str, ...]
    cells: Mask
    penalty: int | None = None
    administer: bool = False
