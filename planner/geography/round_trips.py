"""Round trips: whole microseconds between regions and from demand points, until a better model replaces them.

The coefficients come from fits to about 2,700 public region-to-region measurements (docs/mathematics.md, part 1);
estimates are medians, provenance `modelled`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planner.geography.distances import great_circle_km
from planner.model.catalogue import Measurement, Region
from planner.model.question import DemandPoint

INSIDE_US = 760
LIGHT_KM_PER_MS = 299.792458

Microseconds = NDArray[np.int64]


def region_round_trips(regions: Sequence[Region], measurements: Sequence[Measurement]) -> Microseconds:
    """[R, R] estimates: own measurement in either direction, else the great-circle model; inside a region 0.76 ms."""
    points = [(r.lat, r.lon) for r in regions]
    distance = great_circle_km(points, points)
    out = _microseconds(4.3 + 1.516 * 2 * distance / (2 / 3 * LIGHT_KM_PER_MS))
    index = {r.key: i for i, r in enumerate(regions)}
    for m in sorted(measurements, key=lambda m: (m.src, m.dst)):
        a, b = index.get(m.src), index.get(m.dst)
        if a is not None and b is not None and a != b:
            out[a, b] = out[b, a] = round(m.rtt_ms * 1000)
    np.fill_diagonal(out, INSIDE_US)
    return out


def point_round_trips(points: Sequence[DemandPoint], regions: Sequence[Region]) -> Microseconds:
    """[points, R] estimates over the public internet from a metro to a region."""
    distance = great_circle_km([(p.lat, p.lon) for p in points], [(r.lat, r.lon) for r in regions])
    return _microseconds(5.05 + 1.119 * 2 * 1.5 * distance / 199.86)


def _microseconds(ms: NDArray[np.float64]) -> Microseconds:
    return np.asarray(np.rint(ms * 1000), dtype=np.int64)
