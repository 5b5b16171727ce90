"""Require: something must be so besides the place: a copy at home, copies apart, isolation, keys; a record is only reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from planner.model.units import Kilometres


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
    copies_apart_km: Kilometres | None = None
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
