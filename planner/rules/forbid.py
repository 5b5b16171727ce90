"""Forbid: refused in the places named (`*` = everywhere), unless a way out is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from planner.model.places import EVERYWHERE


@dataclass(frozen=True, slots=True)
class Forbid:
    """`forbid: {in: ["*"]}`."""

    kind: ClassVar[str] = "forbid"
    in_: tuple[str, ...]

    def denies(self, places: frozenset[str] | None, named: frozenset[str]) -> bool | None:
        """Whether a thing in these places is refused, None when they are unknown; `named` is `in_` as plain codes."""
        if EVERYWHERE in named:
            return True
        return None if places is None else not places.isdisjoint(named)

    def refuses(self, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Vectorised face: refused places, given which places lie inside the ones named."""
        return inside
