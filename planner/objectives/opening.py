"""Opening: what a region in use costs an entity, each month and once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.catalogue import Region
from planner.model.exact import micro_of
from planner.objectives import one_offs


def monthly_cost(regions: Sequence[Region]) -> NDArray[np.int64]:
    """[R] micro-USD a month while an entity uses the region."""
    return np.array([micro_of(Fraction(region.opening_cost)) for region in regions], dtype=np.int64)


def once_charge(regions: Sequence[Region], amortise: Decimal) -> NDArray[np.int64]:
    """[R] micro-USD charged for one month of `opening_once`."""
    months = one_offs.months_charged(amortise, None)
    return np.array([one_offs.monthly_charge(region.opening_once, months) for region in regions], dtype=np.int64)
