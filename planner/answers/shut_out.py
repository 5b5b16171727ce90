"""Shut out: every refused place of every component and copy, without a plan."""

from __future__ import annotations

from planner.candidates.find import find_candidates
from planner.model.plan import RefusedPlaces
from planner.model.scenario import Scenario
from planner.solver.evidence import refused_places
from planner.solver.formulate import formulate


def shut_out(scenario: Scenario) -> tuple[RefusedPlaces, ...]:
    """For each profile of components and each copy: every refused region with all its reasons."""
    return refused_places(formulate(scenario, find_candidates(scenario)))
