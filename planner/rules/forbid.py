"""Forbid: refused in the places named (`*` = everywhere), unless a way out is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Forbid:
    """`forbid: {in: ["*"]}`."""

    kind: ClassVar[str] = "forbid"
    in_: tuple[str, ...]
