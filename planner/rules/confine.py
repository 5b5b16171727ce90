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
