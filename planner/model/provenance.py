"""Provenance: where a size or figure comes from, and marks of fields that reading fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from planner.errors import Where

HIDDEN: Final[Mapping[str, Any]] = {"hidden": True}
NOWHERE: Final = Where("", 0, 0)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a size or figure comes from; carried through to the output, never used in arithmetic."""

    basis: str | None = None
    source: str | None = None
    as_of: str | None = None
    confidence: Literal["high", "medium", "low", "memory"] | None = None
    note: str | None = None
    arithmetic: str | None = None
