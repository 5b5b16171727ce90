"""Conflict: minimal sets of causes that cannot hold together, each proved by leaving out one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planner.answers.causes import described
from planner.answers.repairs import find_repairs
from planner.answers.several import first_lawful_from, has_plan, period_alone
from planner.candidates.find import find_candidates
from planner.candidates.opening_up import open_up
from planner.model.candidates import Candidates
from planner.model.conflict import CauseKey, Conflict, ConflictSet
from planner.model.outcome import SolverState
from planner.model.scenario import Scenario
from planner.solver.highs import Options, solve
from planner.solver.search import search
from planner.solver.suspects import Suspects, suspects_of

MOST_SETS = 5
LAST = ("rule", "requirement", "limit", "capacity", "stock", "mechanism", "fact")
"""What an author can change stands before what is so: a set prefers causes that come early."""


def find_conflict(scenario: Scenario) -> Conflict:
    """Why a scenario has no plan, and the cheapest ways out; a scenario with a plan has no conflict."""
    if scenario.horizon.periods > 1:
        return _between_periods(scenario) if not has_plan(scenario) else Conflict(scenario.name, "feasible", solves=1)
    suspects = suspects_in(scenario)
    asked = Asked(suspects, _limit(scenario))
    if asked.holds(list(suspects.claims)):
        return Conflict(scenario.name, "unsolved" if asked.doubts else "feasible", solves=asked.solves)
    _, outcome = search(scenario, find_candidates(scenario), ties=False)
    if outcome.state is not SolverState.INFEASIBLE:
        return Conflict(scenario.name, "unsolved", solves=asked.solves)
    return _explained(scenario, asked)


def conflict_of(scenario: Scenario) -> Conflict:
    """The conflict of a scenario that is known to have no plan."""
    if scenario.horizon.periods > 1:
        return _between_periods(scenario)
    return _explained(scenario, Asked(suspects_in(scenario), _limit(scenario)))


def _between_periods(scenario: Scenario) -> Conflict:
    """The conflict of the first period that has none even alone; else what lies between periods, as lead times do."""
    alone = period_alone(scenario)
    later = first_lawful_from(scenario)
    found = Conflict(scenario.name, "infeasible") if alone is None else conflict_of(alone)
    period = None if alone is None else alone.horizon.from_
    return replace(found, period=period, first_from=None if later is None else str(later))


def _explained(scenario: Scenario, asked: Asked) -> Conflict:
    sets = _disjoint_sets(asked)
    causes = [[described(key, scenario, asked.suspects) for key in each] for each in sets]
    proved = [_proved(asked, each) for each in sets]
    found = tuple(ConflictSet(tuple(c), p) for c, p in zip(causes, proved, strict=True))
    return Conflict(scenario.name, "infeasible", found, find_repairs(scenario, asked.suspects), asked.solves)


def suspects_in(scenario: Scenario) -> Suspects:
    """Every cause of a scenario with what it does to the program in which everything is open."""
    candidates = generous_candidates(scenario)
    return suspects_of(scenario, candidates, open_up(scenario, candidates))


def generous_candidates(scenario: Scenario) -> Candidates:
    """Candidates as if no mechanism were refused: that one is, is a cause of its own."""
    return find_candidates(replace(scenario, refused=frozenset()))


def _limit(scenario: Scenario) -> float | None:
    limit = scenario.solver.time_limit
    return None if limit is None else float(limit)


@dataclass
class Asked:
    """Whether causes can hold together, asked of the solver once each; a question without an answer counts as yes.

    Attributes:
        doubts: questions that a limit left without an answer.
    """

    suspects: Suspects
    time_limit: float | None
    solves: int = 0
    doubts: int = 0
    known: dict[frozenset[CauseKey], bool] = field(default_factory=dict)

    def holds(self, causes: Sequence[CauseKey]) -> bool:
        """Whether some plan keeps all these causes."""
        key = frozenset(causes)
        if key not in self.known:
            state = solve(self.suspects.holding(key), Options(time_limit=self.time_limit)).state
            self.solves += 1
            self.doubts += state is SolverState.UNSOLVED
            self.known[key] = state is not SolverState.INFEASIBLE
        return self.known[key]


def _disjoint_sets(asked: Asked) -> list[list[CauseKey]]:
    """One minimal set, another without any of its causes, and so on while what is left cannot hold."""
    left = sorted(asked.suspects.claims, key=lambda key: (LAST.index(key[0]), key))
    found: list[list[CauseKey]] = []
    while len(found) < MOST_SETS and not asked.holds(left):
        smallest = minimal(asked, left)
        found.append(smallest)
        left = [key for key in left if key not in smallest]
    return found


def minimal(asked: Asked, causes: Sequence[CauseKey]) -> list[CauseKey]:
    """A subset that cannot hold and from which nothing can be left out (QuickXplain); early causes are preferred."""
    return _explain(asked, [], False, list(causes))


def _explain(asked: Asked, kept: list[CauseKey], added: bool, causes: list[CauseKey]) -> list[CauseKey]:
    if added and not asked.holds(kept):
        return []
    if len(causes) == 1:
        return causes
    early, late = causes[: len(causes) // 2], causes[len(causes) // 2 :]
    of_late = _explain(asked, kept + early, bool(early), late)
    of_early = _explain(asked, kept + of_late, bool(of_late), early)
    return of_early + of_late


def _proved(asked: Asked, causes: list[CauseKey]) -> bool:
    """The |causes| + 1 solves: together they cannot hold, and without any one of them they can."""
    doubts = asked.doubts
    apart = all(asked.holds([other for other in causes if other != each]) for each in causes)
    return not asked.holds(causes) and apart and asked.doubts == doubts
