"""Accelerators: price of the chips in use, USD a month of 730 hours, and of chips that are bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from planner.model.accelerators import Alternative
from planner.model.catalogue import Region
from planner.model.exact import ExactTable
from planner.model.units import HOURS_PER_MONTH
from planner.objectives import compute


def cost(
    alternatives: Sequence[Alternative], amounts: Sequence[Mapping[str, Decimal]], regions: Sequence[Region]
) -> NDArray[np.int64]:
    """[A, R] micro-USD a month of all groups with what each takes besides its chips; unknown prices count 0.

    Tokens behind an API cost by the million instead of by the chip.
    """
    chips = np.empty((len(alternatives), 1), dtype=object)
    chips[:, 0] = [a.units for a in alternatives]
    groups = np.empty((len(alternatives), 1), dtype=object)
    groups[:, 0] = [a.groups for a in alternatives]
    prices, rest = hourly([a.id for a in alternatives], regions), compute.unit_table(amounts, regions)
    whole = ExactTable(prices.numerators * chips, prices.denominator)
    beside = ExactTable(rest.numerators * groups, rest.denominator)
    return whole.plus(beside).times(HOURS_PER_MONTH).plus(_by_tokens(alternatives, regions)).micro()


def _by_tokens(alternatives: Sequence[Alternative], regions: Sequence[Region]) -> ExactTable:
    """[A, R] exact USD a month of alternatives that are paid by what is sent and answered; 0 for chips."""
    cells = [
        region.prices.tokens[a.tokens.model].month(a.tokens)
        if a.tokens and a.tokens.model in region.prices.tokens
        else 0
        for a in alternatives
        for region in regions
    ]
    flat = ExactTable.of(cells)
    return ExactTable(flat.numerators.reshape(len(alternatives), len(regions)), flat.denominator)


def hourly(kinds: Sequence[str], regions: Sequence[Region]) -> ExactTable:
    """[A, R] exact USD a chip and hour; unknown counts 0."""
    found = [region.prices.accelerators.get(kind) for kind in kinds for region in regions]
    flat = ExactTable.of([figure.value if figure else None for figure in found])
    return ExactTable(flat.numerators.reshape(len(kinds), len(regions)), flat.denominator)


def priced(alternatives: Sequence[Alternative], regions: Sequence[Region]) -> NDArray[np.bool_]:
    """[A, R] whether the region has a price for the kind, or for tokens of the model."""
    cells = [
        [a.tokens.model in r.prices.tokens if a.tokens else a.id in r.prices.accelerators for r in regions]
        for a in alternatives
    ]
    return np.array(cells, dtype=bool).reshape(len(alternatives), len(regions))
