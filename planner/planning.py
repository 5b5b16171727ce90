"""Planning: the conductor. Scenario in, verified plan out."""

from __future__ import annotations

from dataclasses import dataclass

from planner.candidates.find import find_candidates
from planner.errors import NoLawfulPlan, Unsolved, VerificationFailed
from planner.model.candidates import Candidates
from planner.model.outcome import Outcome, SolverState
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.solver.highs import Progress
from planner.solver.search import search
from planner.verification import find_breaches


@dataclass(frozen=True)
class Planned:
    """A verified plan with the question it answers, the candidates it was chosen from, and what the solver said."""

    scenario: Scenario
    candidates: Candidates
    plan: Plan
    outcome: Outcome | None


def plan(scenario: Scenario, *, solver: str = "highs", progress: Progress | None = None) -> Planned:
    """The cheapest lawful plan, checked by the independent verifier.

    Raises:
        NoLawfulPlan: proved that none exists.
        Unsolved: a limit came before the first plan.
        VerificationFailed: the verifier refused what the solver found; nothing of it is shown.
    """
    candidates = find_candidates(scenario)
    found, outcome = search(scenario, candidates, solver=solver, progress=progress)
    if found is None:
        raise _nothing(outcome)
    check(found, scenario)
    return Planned(scenario, candidates, found, outcome)


def check(found: Plan, scenario: Scenario) -> None:
    """Raise VerificationFailed unless the verifier agrees with every figure of the plan."""
    breaches = find_breaches(found, scenario)
    if breaches:
        raise VerificationFailed(breaches)


def _nothing(outcome: Outcome) -> Exception:
    return NoLawfulPlan(outcome) if outcome.state is SolverState.INFEASIBLE else Unsolved(outcome)
