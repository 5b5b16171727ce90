"""Bounds: a lower bound on a program's cost that is safe, whatever floats it was made from.

Any duals give a bound, because every column is boxed: cost ≥ Σ_i y_i · (the side of row i that y_i pushes from)
+ Σ_j min over the box of (c_j − Σ_i a_ij y_i) · x_j. Duals are rounded to whole multiples of 2⁻ᴮᴵᵀˢ; the rest is
whole numbers, so that nothing is lost to rounding and nothing can be too high.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.program import FREE, Arrays

BITS = 30
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class Bound:
    """A proved lower bound, and what each column adds to it when it leaves the end of its box that is cheapest.

    Attributes:
        least: the bound, in units of 2⁻ᴮᴵᵀˢ of the program's cost.
        reduced: exact reduced cost of every column, in the same units (Python integers).
    """

    least: int
    reduced: Objects

    @property
    def cost(self) -> Fraction:
        """The bound in the program's own cost (micro-USD)."""
        return Fraction(self.least, 1 << BITS)

    def with_one(self, column: int) -> Fraction:
        """The bound over all solutions in which a column boxed by 0 and 1 is 1."""
        return Fraction(self.least + max(int(self.reduced[column]), 0), 1 << BITS)


def safe_bound(arrays: Arrays, row_dual: NDArray[np.float64]) -> Bound:
    """The bound that approximate duals of the rows prove; a dual of the wrong sign counts as nothing."""
    duals = _whole(np.where(np.isfinite(row_dual), row_dual, 0.0))
    pushes_up, pushes_down = duals > 0, duals < 0
    duals[(pushes_up & (arrays.row_lower <= -FREE)) | (pushes_down & (arrays.row_upper >= FREE))] = 0
    sides = np.where(duals > 0, arrays.row_lower, arrays.row_upper).astype(object)
    rows = np.repeat(np.arange(len(duals)), np.diff(arrays.row_start))
    reduced = arrays.cost.astype(object) * (1 << BITS)
    useful = np.flatnonzero(duals[rows] != 0)
    np.subtract.at(reduced, arrays.column[useful], arrays.value[useful].astype(object) * duals[rows[useful]])
    ends = np.where(reduced > 0, arrays.lower, arrays.upper).astype(object)
    return Bound(int((duals * sides).sum()) + int((reduced * ends).sum()), reduced)


def _whole(values: NDArray[np.float64]) -> Objects:
    """Floats as Python integers in units of 2⁻ᴮᴵᵀˢ."""
    out = np.empty(len(values), dtype=object)
    out[:] = [round(value) for value in (values * float(1 << BITS)).tolist()]
    return out
