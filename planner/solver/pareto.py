"""Pareto: plans of least cost under a ceiling on the mean round trip of users, and of least round trip at that cost."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Candidates
from planner.model.outcome import Outcome, SolverState
from planner.model.plan import Plan
from planner.model.program import Arrays
from planner.model.scenario import Scenario
from planner.solver.draft import Draft, Entries
from planner.solver.extraction import extract
from planner.solver.formulate import formulate
from planner.solver.highs import Options
from planner.solver.parts import solve_parts

MILLION = 10**6
"""Parts of all traffic in which the weight of a demand point is counted."""


@dataclass(frozen=True)
class Trade:
    """The program of a scenario, with what each column adds to the mean round trip (μs times a million)."""

    draft: Draft
    slowness: NDArray[np.int64]

    @classmethod
    def of(cls, scenario: Scenario, candidates: Candidates) -> Trade:
        """Of a scenario of one period."""
        draft = formulate(scenario, candidates)
        return cls(draft, _slowness(draft))

    @property
    def measured(self) -> bool:
        """Whether any user's round trip counts."""
        return bool(self.slowness.any())

    def slow(self, plan_values: NDArray[np.float64]) -> int:
        """The mean round trip of a plan, whole microseconds."""
        return round(float(self.slowness @ plan_values)) // MILLION

    def best(self, ceiling: int | None) -> tuple[Plan, int] | None:
        """The cheapest plan under a ceiling (μs), of those the fastest, with its mean round trip; None = none."""
        most = None if ceiling is None else (ceiling + 1) * MILLION - 1
        first = _solve(self.draft, most, self.slowness, None)
        if first is None or first.values is None:
            return None
        cost = self.draft.finish().arrays.cost
        least = round(float(cost @ first.values))
        second = _solve(self.draft, least, cost, self.slowness.astype(float))
        found = first if second is None or second.values is None else second
        assert found.values is not None
        plan = extract(self.draft, Outcome(SolverState.FEASIBLE, found.values, least, first.bound, "HiGHS"))
        return plan, self.slow(found.values)

    def fastest(self) -> int | None:
        """The least mean round trip of any plan."""
        outcome = solve_parts(self.draft.finish().arrays, Options(), self.slowness.astype(float))
        return None if outcome.values is None else self.slow(outcome.values)


def _solve(
    draft: Draft, ceiling: int | None, of: NDArray[np.int64], goal: NDArray[np.float64] | None
) -> Outcome | None:
    outcome = solve_parts(_under(draft, of, ceiling), Options(), goal)
    return outcome if outcome.state is SolverState.OPTIMAL else None


def _under(draft: Draft, of: NDArray[np.int64], ceiling: int | None) -> Arrays:
    """The program with a row Σ of · column ≤ ceiling."""
    if ceiling is None:
        return draft.finish().arrays
    wider = Draft(draft.scenario, draft.candidates, draft.now)
    wider.columns, wider.rows = list(draft.columns), list(draft.rows)
    wider.width, wider.height = draft.width, draft.height
    columns = np.flatnonzero(of)
    entries = Entries(np.zeros(len(columns), dtype=np.int64), columns, of[columns])
    wider.add_rows("ceiling", {"rank": [0]}, [entries], upper=ceiling)
    return wider.finish().arrays


def _slowness(draft: Draft) -> NDArray[np.int64]:
    counted = [s for s in draft.servings if draft.scenario.user_group[s.group].latency != "none"]
    total = sum((sum(s.weights, Fraction(0)) for s in counted), Fraction(0))
    out = np.zeros(draft.width, dtype=np.int64)
    for serving in counted if total else ():
        share = np.array([round(weight / total * MILLION) for weight in serving.weights], dtype=np.int64)
        trips = share[:, None] * draft.now.paths.point_rtt[serving.group].median
        if serving.whole:
            columns, amounts = draft.tables["x"][serving.component], trips.sum(axis=0)
        else:
            columns, amounts = draft.tables[f"q:{serving.key}"], trips
        np.add.at(out, columns[columns >= 0], amounts[columns >= 0])
    return out
