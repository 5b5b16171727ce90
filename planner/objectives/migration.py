"""Migration: what one move costs once, by the region something comes from and the region that it enters."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np

from planner.model.exact import ExactTable, Whole
from planner.model.exclusions import Mask
from planner.model.moving import Migration
from planner.model.units import MICRO
from planner.objectives.egress import EgressPrices

UNKNOWN: Final = -1


def cash(migration: Migration, data_gb: Decimal, monthly: Whole, known: Mask, prices: EgressPrices) -> Whole:
    """[R, R] micro-USD from row region to column region, rounded half-even once; UNKNOWN where a price is missing.

    Args:
        migration: what the mover states.
        data_gb: GB carried out of the region it comes from.
        monthly: [R] micro-USD a month of standing in a region.
        known: [R] whether that figure is known.
        prices: of traffic between the regions.
    """
    running = ExactTable(monthly.astype(object)[:, None] * np.ones((1, len(monthly)), dtype=object), MICRO)
    total = running.times(migration.parallel).plus(prices.pair_usd(data_gb)).plus(_same(migration.cost, len(monthly)))
    priced = prices.pair_known(data_gb) & (known[:, None] | (not migration.parallel))
    return np.where(priced, total.micro(), UNKNOWN)


def _same(usd: Decimal, count: int) -> ExactTable:
    one = ExactTable.of([usd])
    return ExactTable(np.full((count, count), one.numerators[0], dtype=object), one.denominator)
