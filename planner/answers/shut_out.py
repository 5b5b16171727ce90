"""Shut out: every refused place of every component and copy, and every arrival struck out, without a plan."""

from __future__ import annotations

from planner.candidates.find import find_candidates
from planner.model.plan import RefusedPlaces, StruckOut
from planner.model.refusals import refused_places
from planner.model.scenario import Scenario


def shut_out(scenario: Scenario) -> tuple[tuple[RefusedPlaces, ...], tuple[StruckOut, ...]]:
    """For each profile of components and each copy every refused region with all its reasons; the refused arrivals."""
    candidates = find_candidates(scenario)
    return refused_places(candidates), candidates.periods[0].runs.alternatives.fleet.struck_out
