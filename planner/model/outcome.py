"""The outcome: what the solver said, translated into our own closed set of states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class SolverState(StrEnum):
    """DESIGN section 5, States of an Outcome."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNSOLVED = "unsolved"


@dataclass(frozen=True)
class Outcome:
    """State, column values (None without a plan), objective and proved bound in micro-dollars, and who said so.

    Attributes:
        least_violation: for `infeasible`, the least scaled violation of the elastic program, its own proof.
        tie_break: `completed`, or why the canonical plan among equals was not sought.
    """

    state: SolverState
    values: NDArray[np.float64] | None
    objective: float
    bound: float
    solver: str
    seconds: float = 0.0
    nodes: int = 0
    least_violation: float | None = None
    tie_break: str = "not needed"
