"""Formulate: from candidates to the program, one row family after the other."""

from __future__ import annotations

from collections.abc import Callable

from planner.model.candidates import Candidates
from planner.model.program import Program
from planner.model.scenario import Scenario
from planner.solver.blocks import (
    accelerators,
    capacity,
    copies,
    duties,
    flows,
    mechanisms,
    opening,
    presence,
    shares,
    spread,
    units,
    users,
)
from planner.solver.draft import Draft
from planner.solver.stack import stack

FAMILIES: tuple[Callable[[Draft], None], ...] = (
    presence.add,
    shares.add,
    units.add,
    accelerators.add,
    spread.add,
    capacity.add,
    users.add,
    copies.add,
    flows.add,
    opening.add,
    mechanisms.add,
    duties.add,
)
"""The order matters: later families use the columns of earlier ones."""


def formulate(scenario: Scenario, candidates: Candidates) -> Draft:
    """The draft of the scenario's program, with the index tables that extraction reads back."""
    return _build(scenario, candidates, elastic=False)


def formulate_elastic(scenario: Scenario, candidates: Candidates) -> Draft:
    """The same with refused cells back at price 1; slack is added to its elastic rows by `elastic`."""
    return _build(scenario, candidates, elastic=True)


def _build(scenario: Scenario, candidates: Candidates, *, elastic: bool) -> Draft:
    if len(candidates.periods) > 1:
        return stack(scenario, candidates, FAMILIES, elastic=elastic)
    draft = Draft(scenario, candidates, candidates.periods[0], elastic)
    for family in FAMILIES:
        family(draft)
    return draft


def program_of(scenario: Scenario, candidates: Candidates) -> Program:
    """The program alone."""
    return formulate(scenario, candidates).finish()
