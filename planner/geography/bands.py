"""Bands: where nine of ten measurements fall around an estimate, in whole microseconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from planner.model.latency import FALLBACK_BAND, HALF_WIDTH_US, Band, BandOf

BANDS: Final[tuple[BandOf, ...]] = get_args(BandOf)
Whole = NDArray[np.int64]


def edges_of(
    median: Whole, of: NDArray[np.int8], similarity: NDArray[np.float64], bands: Sequence[Band]
) -> tuple[Whole, Whole]:
    """Lower and upper edges; `of` is an index into BANDS.

    Edges are products of whole numbers, rounded outwards, so that no two machines differ in one.
    """
    low, high = (np.full(median.shape, edge, dtype=np.int64) for edge in (FALLBACK_BAND.low, FALLBACK_BAND.high))
    for row in sorted(bands, key=lambda band: (band.least, -band.upto_ms)):
        fits = (of == BANDS.index(row.of)) & (similarity >= float(row.least)) & (median <= int(row.upto_ms * 1000))
        low[fits], high[fits] = row.low, row.high
    below, above = median * low // 1000, -(-median * high // 1000)
    return np.minimum(below, median - HALF_WIDTH_US), np.maximum(above, median + HALF_WIDTH_US)
