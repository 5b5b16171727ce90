"""Storage: price of a copy at rest, USD a month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from planner.model.catalogue import Region
from planner.model.exact import ExactTable


def unit_cost(sizes_gb: Sequence[Decimal], regions: Sequence[Region]) -> NDArray[np.int64]:
    """[C, R] micro-USD a month of each copy in each region; an unknown price counts 0 (see `unknown`)."""
    prices = [region.prices.storage for region in regions]
    return ExactTable.of(sizes_gb).outer(ExactTable.of([p.value if p else None for p in prices])).micro()


def unknown(sizes_gb: Sequence[Decimal], regions: Sequence[Region]) -> NDArray[np.bool_]:
    """[C, R] cells that need a storage price nobody knows."""
    missing = np.array([region.prices.storage is None for region in regions], dtype=bool)
    needed = np.array([bool(size) for size in sizes_gb], dtype=bool)
    return np.asarray(needed[:, None] & missing[None, :])
