"""Shut out: every refused place of every component and copy, without a plan."""

from __future__ import annotations

from planner.candidates.find import find_candidates
from planner.model.plan import RefusedPlaces
from planner.model.refusals import refused_places
from planner.model.scenario import Scenario


def shut_out(scenario: Scenario) -> tuple[RefusedPlaces, ...]:
    """For each profile of components and each copy: every refused region with all its reasons."""
    return refused_places(find_candidates(scenario))
