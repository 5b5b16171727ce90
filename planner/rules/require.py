"""Require: something must be so besides the place: a copy at home, copies apart, isolation, keys; or be recorded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from planner.model.places import EVERYWHERE


@dataclass(frozen=True, slots=True)
class LocalCopy:
    """`local_copy: {in: [VN]}`: at least one copy of the dataset rests there."""

    in_: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Require:
    """`require: {…}`, one or more keys.

    Attributes:
        local_copy: places of which one must hold a copy.
        copies_apart_km: some other copy stands at least so far from the primary.
        isolation: least level of the vocabulary's `isolation` a region must offer.
        keys: who must hold the encryption keys (`customer_held` is also met by an independent custodian).
        record: duties without effect on placement; they appear in the report.
    """

    kind: ClassVar[str] = "require"
    local_copy: LocalCopy | None = None
    copies_apart_km: Decimal | None = None
    isolation: str | None = None
    keys: Literal["customer_held", "independent_custodian"] | None = None
    record: tuple[str, ...] = ()

    def lacks_isolation(self, offered: tuple[str, ...] | None, levels: tuple[str, ...]) -> bool:
        """Table face: whether a region offers no level as strong as the one asked for; unknown offers lack it."""
        if self.isolation is None:
            return False
        strong = levels[levels.index(self.isolation) :]
        return offered is None or not any(level in strong for level in offered)

    def lacks_keys(self, mode: str | None) -> bool:
        """Table face: whether the way a dataset's keys are held does not meet what is asked; unknown does not."""
        if self.keys is None:
            return False
        return mode not in ({self.keys, "independent_custodian"} if self.keys == "customer_held" else {self.keys})

    def denies_copies(self, places: frozenset[str] | None, named: frozenset[str]) -> bool | None:
        """Scalar face: whether no copy rests as asked, given the places of all; `named` is `local_copy.in` as codes.

        None = unknown, here and below.
        """
        if self.local_copy is None:
            return False
        if places is None:
            return None
        return not places if EVERYWHERE in named else places.isdisjoint(named)

    def denies_distance(self, apart_km: Decimal | None) -> bool | None:
        """Scalar face: whether the farthest other copy is too near, km from the primary (negative: there is none)."""
        if self.copies_apart_km is None:
            return False
        return None if apart_km is None else apart_km < self.copies_apart_km

    def denies_offer(self, offered: tuple[str, ...] | None, levels: tuple[str, ...]) -> bool | None:
        """Scalar face: whether what a region offers is too weak; `levels` runs from weakest to strongest."""
        if self.isolation is None:
            return False
        if offered is None:
            return None
        least = levels.index(self.isolation) if self.isolation in levels else len(levels)
        return self.isolation not in offered and not any(level in offered for level in levels[least:])

    def denies_keys(self, keys: str | None) -> bool | None:
        """Scalar face: whether the dataset's keys are held otherwise than asked."""
        if self.keys is None:
            return False
        return None if keys is None else not keys_meet(keys, self.keys)


def keys_meet(keys: str | None, mode: str) -> bool:
    """Whether keys are held in a mode; an independent custodian too keeps them from the provider, as customers do."""
    return keys == mode or (mode == "customer_held" and keys == "independent_custodian")
