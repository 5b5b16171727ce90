"""Parametric: the nearest point at which another plan is as cheap, when costs go along a line.

The least cost is concave and piecewise linear in the parameter, each plan a line. The present plan's line is cut with
the line of a plan that is cheaper further out, then with one that is cheaper at the cut, until none is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.outcome import SolverState
from planner.model.program import Arrays, Whole
from planner.model.units import CENT
from planner.solver.highs import Options
from planner.solver.parts import solve_parts

Values = NDArray[np.float64]
MOST_CUTS = 40


@dataclass(frozen=True)
class Ray:
    """Costs `start + factor · slope`, micro-USD, of the columns of one program; factor 1 is the present."""

    arrays: Arrays
    start: Whole
    slope: Whole

    def line(self, values: Values) -> tuple[float, float]:
        """(cost at factor 0, cost of one factor more) of a plan."""
        return float(self.start @ values), float(self.slope @ values)

    def best(self, factor: float) -> Values | None:
        """The cheapest plan at a factor; None when none was proved."""
        outcome = solve_parts(self.arrays, Options(), self.start + factor * self.slope)
        return outcome.values if outcome.state is SolverState.OPTIMAL else None


def break_even(ray: Ray, present: Values, limit: float) -> tuple[float, Values] | None:
    """The factor nearest to 1, towards `limit`, at which another plan is as cheap, and that plan; None up to there."""
    mine, other = ray.line(present), ray.best(limit)
    if other is None or not _cheaper(ray.line(other), mine, limit):
        return None
    for _ in range(MOST_CUTS):
        factor = _cut(mine, ray.line(other), limit)
        nearer = ray.best(factor)
        if nearer is None or not _cheaper(ray.line(nearer), mine, factor):
            return factor, other
        other = nearer
    return None


def _cheaper(line: tuple[float, float], mine: tuple[float, float], factor: float) -> bool:
    """By more than what costs are rounded to, and what the solver leaves open."""
    own = mine[0] + factor * mine[1]
    return line[0] + factor * line[1] < own - max(float(CENT), 1e-9 * abs(own))


def _cut(mine: tuple[float, float], other: tuple[float, float], limit: float) -> float:
    """Where two lines meet; between 1 and the limit, whatever rounding says."""
    low, high = sorted((1.0, limit))
    return min(max((other[0] - mine[0]) / (mine[1] - other[1]), low), high)
