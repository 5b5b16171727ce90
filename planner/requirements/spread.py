"""Spread: units over so many different zones of each region a component lives in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Spread:
    """`spread: {zones: 3}`; with `even: true` no zone holds more than ceil(count / zones) units."""

    kind: ClassVar[str] = "spread"
    zones: int
    even: bool = False

    def excludes(self, zones_of_region: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Vectorised face: regions with fewer zones than are asked for; zones_of_region has shape [R]."""
        return zones_of_region < self.zones
