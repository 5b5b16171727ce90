"""Round trips as tables: estimates of many pairs at once, in whole microseconds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from planner.model.latency import Estimate, PathClass, Provenance

PROVENANCES: Final[tuple[Provenance, ...]] = get_args(Provenance)
PATHS: Final[tuple[PathClass, ...]] = get_args(PathClass)
Microseconds = NDArray[np.int64]
Codes = NDArray[np.int8]


@dataclass(frozen=True)
class RoundTrips:
    """Estimates of A × B pairs, shape [A, B] each; times in whole microseconds.

    Attributes:
        low: lower edge of the band.
        high: upper edge of the band.
        provenance: index into PROVENANCES.
        path: index into PATHS.
    """

    median: Microseconds
    low: Microseconds
    high: Microseconds
    provenance: Codes
    path: Codes

    def at(self, row: int, column: int) -> Estimate:
        """One estimate in ms."""
        rtt, low, high = (Decimal(int(t[row, column])).scaleb(-3) for t in (self.median, self.low, self.high))
        return Estimate(rtt, low, high, PROVENANCES[self.provenance[row, column]], PATHS[self.path[row, column]])

    def edge(self, at: str) -> Microseconds:
        """The figures a requirement looks at: `median`, or the `upper` edge of the band."""
        return self.high if at == "upper" else self.median
