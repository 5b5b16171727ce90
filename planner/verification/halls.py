"""Halls: who operates a region, and that an entity's own hall is used by nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.catalogue import Region
from planner.model.plan import Breach
from planner.model.question import Entity
from planner.model.scenario import Scenario
from planner.verification.claim import Claim


def find_operators(scenario: Scenario, region: Region) -> tuple[Entity, ...]:
    """The entities of the scenario that operate the region's provider, of whatever kind the region is."""
    return tuple(entity for entity in scenario.entities if region.provider in entity.operates)


def find_owners(scenario: Scenario, region: Region) -> tuple[Entity, ...]:
    """The entities whose own hall the region is: they alone may use it and buy accelerators for it."""
    return find_operators(scenario, region) if region.kind == "own" else ()


def find_hall_breaches(claim: Claim) -> Iterator[Breach]:
    """Components and copies that stand in a hall which belongs to other entities of the scenario."""
    for of, entity, key in _find_tenants(claim):
        owners = [owner.id for owner in find_owners(claim.scenario, claim.scenario.region[key])]
        if owners and entity not in owners:
            yield Breach("own hall", of, f"{key} is a hall of {', '.join(owners)} alone, it belongs to {entity}")


def _find_tenants(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Each thing in use as (component id or `dataset:ID`, entity id, region key)."""
    for component in claim.scenario.components:
        for key in claim.homes[component.id]:
            yield component.id, component.entity, key
    for (name, _), keys in claim.copies.items():
        dataset = claim.scenario.dataset.get(name)
        for key in keys if dataset else ():
            yield f"dataset:{name}", dataset.entity if dataset else "", key
