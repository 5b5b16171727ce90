"""Shut out: every refused place of every component and copy, and every arrival struck out, without a plan."""

from __future__ import annotations

from planner.candidates.find import find_candidates
from planner.model.plan import RefusedPlaces, StruckOut
from planner.model.refusals import refused_places
from planner.model.scenario import Scenario


def shut_out(scenario: Scenario) -> tuple[RefusedPlaces, ...]:
    """For each profile of components and each copy: every refused region with all its reasons."""
    return refused_places(find_candidates(scenario))


def struck_out(scenario: Scenario) -> tuple[StruckOut, ...]:
    """The arrivals of accelerators that rules refuse."""
    if not any(zone.arrivals for region in scenario.regions for zone in region.zones):
        return ()
    return find_candidates(scenario).periods[0].runs.alternatives.fleet.struck_out
