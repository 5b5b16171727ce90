"""Several periods: which answers are not given for them yet, and from which quarter on a plan exists at all."""

from __future__ import annotations

from dataclasses import replace

from planner.candidates.find import find_candidates
from planner.errors import Fault, InputFaults, Where
from planner.model.calendar import Period
from planner.model.growing import scenario_in
from planner.model.outcome import SolverState
from planner.model.scenario import Scenario
from planner.solver.formulate import program_of
from planner.solver.highs import Options
from planner.solver.parts import solve_parts

LATEST = 8
"""Quarters by which the first period is put off at most."""


def only_one_period(scenario: Scenario, answer: str) -> None:
    """Raise InputFaults where an answer, which is known for a single period, is asked of several."""
    if scenario.horizon.periods > 1:
        text = f"{answer} over several periods is not answered by this version"
        raise InputFaults([Fault(Where("horizon.periods"), "S004", text, "ask one: --set horizon.periods=1")])


def period_alone(scenario: Scenario) -> Scenario | None:
    """The first period that has no plan even by itself, where no lead time binds; None when each has one."""
    for number in range(scenario.horizon.periods):
        alone = scenario_in(scenario, number)
        if not has_plan(alone):
            return alone
    return None


def first_lawful_from(scenario: Scenario) -> Period | None:
    """The first quarter from which a plan over as many periods exists; None when none of the next ones is."""
    first = scenario.periods[0]
    for later in range(1, LATEST + 1):
        moved = replace(scenario.horizon, from_=str(first.plus(later)))
        if has_plan(replace(scenario, horizon=moved)):
            return first.plus(later)
    return None


def has_plan(scenario: Scenario) -> bool:
    """Whether a plan exists, at whatever cost."""
    limit = scenario.solver.time_limit
    arrays = program_of(scenario, find_candidates(scenario)).arrays
    found = solve_parts(arrays, Options(gap=1.0, time_limit=None if limit is None else float(limit)))
    return found.state in (SolverState.OPTIMAL, SolverState.FEASIBLE)
