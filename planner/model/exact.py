"""Exact arithmetic on whole tables: products of decimals, rounded once to whole micro-dollars.

Numbers are Python integers over a common denominator in object arrays, so nothing overflows and nothing is rounded
before the one rounding that DESIGN section 5 (Exactness) allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.model.units import MICRO

Whole = NDArray[np.int64]
Objects = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class ExactTable:
    """Exact rationals: `numerators` (object array of int, any shape) over one `denominator`."""

    numerators: Objects
    denominator: int

    @classmethod
    def of(cls, values: Iterable[Decimal | Fraction | int | None]) -> ExactTable:
        """One-dimensional table of exact values; None counts as 0 (mask unknown values yourself)."""
        fractions = [Fraction(0) if value is None else Fraction(value) for value in values]
        denominator = lcm(1, *(f.denominator for f in fractions))
        numerators = np.empty(len(fractions), dtype=object)
        numerators[:] = [f.numerator * (denominator // f.denominator) for f in fractions]
        return cls(numerators, denominator)

    def outer(self, other: ExactTable) -> ExactTable:
        """All products, shape self × other."""
        product: Any = np.multiply.outer(self.numerators, other.numerators)
        return ExactTable(product, self.denominator * other.denominator)

    def plus(self, other: ExactTable) -> ExactTable:
        """Element-wise sum of two tables of one shape."""
        common = lcm(self.denominator, other.denominator)
        total = self.numerators * (common // self.denominator) + other.numerators * (common // other.denominator)
        return ExactTable(total, common)

    def times(self, factor: Fraction | Decimal | int) -> ExactTable:
        """Every element times one exact factor."""
        exact = Fraction(factor)
        return ExactTable(self.numerators * exact.numerator, self.denominator * exact.denominator)

    def micro(self) -> Whole:
        """USD as whole micro-dollars, rounded half-even."""
        return round_half_even(self.numerators * MICRO, self.denominator)


def round_half_even(numerators: Objects, denominator: int) -> Whole:
    """Integer nearest to numerators / denominator, ties to even; shape kept."""
    if numerators.size == 0:
        return np.zeros(numerators.shape, dtype=np.int64)
    quotient = numerators // denominator
    twice = (numerators - quotient * denominator) * 2
    up = (twice > denominator) | ((twice == denominator) & (quotient % 2 == 1))
    return np.asarray(quotient + up, dtype=np.int64)


def micro_of(value: Fraction) -> int:
    """One exact USD amount as whole micro-dollars, rounded half-even."""
    return round(value * MICRO)


def usd_of(micro: int | Fraction) -> Decimal:
    """Whole micro-dollars (a fraction is rounded half-even) as USD with six decimals."""
    return Decimal(round(micro)).scaleb(-6)
