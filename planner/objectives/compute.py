"""Compute: list price of the resources a unit asks for, USD a month of 730 hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from planner.model.catalogue import Region
from planner.model.exact import ExactTable
from planner.model.units import HOURS_PER_MONTH

PRICED = ("vcpu", "memory")
"""Resources that cannot be had without a price; others cost nothing here."""


def unit_cost(amounts: Sequence[Mapping[str, Decimal]], regions: Sequence[Region]) -> NDArray[np.int64]:
    """[Q, R] micro-USD a month of one unit of each profile in each region; unknown rates count 0 (see `unknown`)."""
    return unit_table(amounts, regions).times(HOURS_PER_MONTH).micro()


def unit_table(amounts: Sequence[Mapping[str, Decimal]], regions: Sequence[Region]) -> ExactTable:
    """[Q, R] exact USD an hour of one unit."""
    total = ExactTable(np.zeros((len(amounts), len(regions)), dtype=object), 1)
    for name in PRICED:
        rates = [region.prices.rates.get(name) for region in regions]
        prices = ExactTable.of([figure.value if figure else None for figure in rates])
        total = total.plus(ExactTable.of([a.get(name) for a in amounts]).outer(prices))
    return total


def unknown(name: str, amounts: Sequence[Mapping[str, Decimal]], regions: Sequence[Region]) -> NDArray[np.bool_]:
    """[Q, R] cells that need the rate of a resource nobody knows."""
    needed = np.array([bool(a.get(name)) for a in amounts], dtype=bool)
    missing = np.array([name not in region.prices.rates for region in regions], dtype=bool)
    return np.asarray(needed[:, None] & missing[None, :])
