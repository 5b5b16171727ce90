"""Confine: allowed only in the places named, unless a way out is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Confine:
    """`confine: {in: [MY, bloc:EEA]}`."""

    kind: ClassVar[str] = "confine"
    in_: tuple[str, ...]

    def denies(self, places: frozenset[str] | None, named: frozenset[str]) -> bool | None:
        """Whether a thing in these places is refused, None when they are unknown; `named` is `in_` as plain codes."""
        if EVERYWHERE in named:
            return False
        return None if places is None else places.isdisjoint(named)
