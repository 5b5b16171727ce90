"""Cells: every verb done to every thing in every region of a plan, with the facts that rules may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from planner.model.catalogue import Region
from planner.model.law import Verb
from planner.model.question import Component, Dataset
from planner.model.scenario import Scenario
from planner.model.tokens import PREFIX
from planner.verification.claim import PRIMARY, Claim
from planner.verification.facts import Facts
from planner.verification.items import (
    find_critical,
    find_items_of_dataset,
    find_processed_items,
    find_purposes,
    find_touched,
)
from planner.verification.mechanisms import Held, find_held, find_lifting
from planner.verification.round_trips import find_distance

NO_OTHER_COPY: Final = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A thing (component id or `dataset:ID`) in a region, with the facts of one verb.

    `counts_copies` marks the dataset as a whole, judged where its primary is: then the facts tell of all its copies.
    """

    of: str
    region: Region
    facts: Facts
    counts_copies: bool = False


def find_cells(claim: Claim) -> Iterator[Cell]:
    """Components that run and are administered, copies that rest, and each dataset as a whole."""
    held = find_held(claim)
    yield from _components(claim, held)
    for dataset in claim.scenario.datasets:
        yield from _copies(claim, held, dataset)


def _components(claim: Claim, held: Held) -> Iterator[Cell]:
    processed = find_processed_items(claim.scenario)
    for component in claim.scenario.components:
        thing = replace(
            _of_entity(claim, component.entity),
            items=tuple(processed[component.id]),
            critical=component.critical,
            purpose=component.purpose,
        )
        for key in claim.homes[component.id]:
            region = claim.scenario.region[key]
            for verb in (Verb.PROCESS, Verb.ADMINISTER):
                holds = _held_by(claim, held, component, region, verb)
                facts = facts_of_region(claim.scenario, replace(thing, verb=verb.value, holds=holds), region)
                for kind in claim.kinds(component.id, key) if component.accelerators else ():
                    yield Cell(component.id, region, with_chip(claim.scenario, facts, kind))
                if not component.accelerators:
                    yield Cell(component.id, region, facts)


def _copies(claim: Claim, held: Held, dataset: Dataset) -> Iterator[Cell]:
    of, primary = f"dataset:{dataset.id}", claim.primary(dataset.id)
    thing = _of_dataset(claim, dataset)
    for role in sorted({spec.role for spec in dataset.copies}):
        verb = Verb.BACKUP if role == "backup" else Verb.STORE
        for key in claim.copies.get((dataset.id, role), ()):
            yield Cell(of, claim.scenario.region[key], _at_rest(claim, held, dataset, thing, key, verb))
    if primary is None:
        return
    for verb in (Verb.STORE, Verb.BACKUP):
        facts = _at_rest(claim, held, dataset, thing, primary, verb)
        yield Cell(of, claim.scenario.region[primary], _with_copies(claim, dataset, primary, facts), counts_copies=True)


def _of_dataset(claim: Claim, dataset: Dataset) -> Facts:
    return replace(
        _of_entity(claim, dataset.entity),
        items=tuple(find_items_of_dataset(dataset)),
        critical=find_critical(claim.scenario, dataset),
        purpose=find_purposes(claim.scenario, dataset),
        keys=dataset.keys,
    )


def _of_entity(claim: Claim, entity_id: str) -> Facts:
    entity = claim.scenario.entity[entity_id]
    # Data and most components have no accelerator, and having none is a fact, so rules on chips are silent.
    return Facts(
        verb="",
        regulated_by=entity.regulated_by,
        established_in=entity.established_in,
        sector=entity.sector,
        chip=(),
        chip_control=(),
    )


def with_chip(scenario: Scenario, facts: Facts, kind: str | None) -> Facts:
    """The facts of what runs on, or is, a kind of chip; without a name, and where the kind is not known, unknown."""
    if kind is not None and kind.startswith(PREFIX):
        return replace(facts, chip=(), chip_control=())
    accelerator = None if kind is None else scenario.accelerators.get(kind)
    control = accelerator.control if accelerator else None
    return replace(
        facts,
        chip=None if kind is None else scenario.vocabulary.chip_words(kind),
        chip_control=None if control is None else (control,),
    )


def facts_of_region(scenario: Scenario, facts: Facts, region: Region) -> Facts:
    """The facts with what is known of a region and its operator."""
    operator = scenario.operators.get(region.provider)
    return replace(
        facts,
        places=region.places,
        deployment=(region.kind,),
        zone_funding=None if region.funding is None else (region.funding,),
        isolation=region.isolation,
        sites=scenario.admin_sites(region),
        operator=(region.provider,),
        operator_parent_in=scenario.parents.get(region.provider),
        operator_entity_listed=operator.entity_listed if operator else None,
    )


def _held_by(claim: Claim, held: Held, component: Component, region: Region, verb: Verb) -> frozenset[str]:
    keys = [dataset.keys for dataset in find_touched(claim.scenario, component)]
    return find_lifting(held, claim, component.entity, region, component.workload, keys, verb)


def _at_rest(claim: Claim, held: Held, dataset: Dataset, thing: Facts, key: str, verb: Verb) -> Facts:
    region = claim.scenario.region[key]
    holds = find_lifting(held, claim, dataset.entity, region, f"dataset:{dataset.id}", (dataset.keys,), verb)
    return facts_of_region(claim.scenario, replace(thing, verb=verb.value, holds=holds), region)


def _with_copies(claim: Claim, dataset: Dataset, primary: str, facts: Facts) -> Facts:
    region = claim.scenario.region
    roles = {role: claim.copies.get((dataset.id, role), ()) for role in {spec.role for spec in dataset.copies}}
    others = [key for role, keys in roles.items() for key in keys if role != PRIMARY]
    apart = [Decimal(find_distance(region[primary], region[key])) for key in others]
    return replace(
        facts,
        copies_in=frozenset(code for keys in roles.values() for key in keys for code in region[key].places),
        copies_apart_km=max(apart, default=NO_OTHER_COPY),
    )
