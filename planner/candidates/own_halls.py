"""Own halls: a hall that an entity of the scenario operates is open to that entity alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.model.catalogue import Region
from planner.model.exclusions import Mask, Reason
from planner.model.scenario import Scenario

REASON = Reason("own hall", "another entity's own hall")


def operator_of(region: Region, scenario: Scenario) -> str | None:
    """The entity that operates the region's provider; None when it is not in the scenario."""
    return next((e.id for e in scenario.entities if region.provider in e.operates), None)


def owner_of(region: Region, scenario: Scenario) -> str | None:
    """The entity whose own hall the region is; None for what is sold, or whose owner is not in the scenario."""
    return operator_of(region, scenario) if region.kind == "own" else None


def closed_to(entities: Sequence[str], scenario: Scenario) -> Mask:
    """[things, R] whether a region is another entity's own hall, for the entity of each thing."""
    owners = [owner_of(region, scenario) for region in scenario.regions]
    closed = [[owner is not None and owner != entity for owner in owners] for entity in entities]
    return np.array(closed, dtype=bool).reshape(len(entities), len(owners))
