"""Spread: units over so many different zones of each region a component lives in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Spread:
    """`spread: {zones: 3}`; with `even: true` no zone holds more than ceil(count / zones) units."""

    kind: ClassVar[str] = "spread"
    zones: int
    even: bool = False
