"""Lawfulness: every must-rule on every placement and every copy, with what is held and bought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.model.catalogue import Region
from planner.model.law import Level, Verb
from planner.model.plan import Breach
from planner.verification.claim import Claim
from planner.verification.items import Items, find_critical, find_items_of_dataset, find_processed_items
from planner.verification.judging import Facts, judge
from planner.verification.mechanisms import Held, find_held, find_lifting


def find_unlawful(claim: Claim) -> Iterator[Breach]:
    """Placements and copies that a rule refuses and nothing held or bought lifts."""
    held = find_held(claim)
    yield from _components(claim, held)
    yield from _datasets(claim, held)


def _components(claim: Claim, held: Held) -> Iterator[Breach]:
    processed = find_processed_items(claim.scenario)
    for component in claim.scenario.components:
        facts = _facts(claim, Verb.PROCESS, component.entity, component.critical, processed[component.id])
        for key in claim.homes[component.id]:
            region = claim.scenario.region[key]
            holds = find_lifting(held, claim, component.entity, region, component.workload)
            yield from _refusals(claim, component.id, replace(facts, holds=holds), region)


def _datasets(claim: Claim, held: Held) -> Iterator[Breach]:
    for dataset in claim.scenario.datasets:
        of, items = f"dataset:{dataset.id}", find_items_of_dataset(dataset)
        critical = find_critical(claim.scenario, dataset)
        for role in {spec.role for spec in dataset.copies}:
            verb = Verb.BACKUP if role == "backup" else Verb.STORE
            facts = _facts(claim, verb, dataset.entity, critical, items)
            for key in claim.copies.get((dataset.id, role), ()):
                region = claim.scenario.region[key]
                holds = find_lifting(held, claim, dataset.entity, region, of)
                yield from _refusals(claim, of, replace(facts, holds=holds), region)


def _facts(claim: Claim, verb: Verb, entity_id: str, critical: bool | None, items: Items) -> Facts:
    entity = claim.scenario.entity[entity_id]
    return Facts(
        verb=verb.value,
        regulated_by=entity.regulated_by,
        established_in=entity.established_in,
        sector=entity.sector,
        critical=critical,
        items=tuple(items),
    )


def _refusals(claim: Claim, of: str, facts: Facts, region: Region) -> Iterator[Breach]:
    scenario = claim.scenario
    first, last = scenario.days(claim.period)
    here = replace(facts, places=region.places, deployment=(region.kind,))
    for rule in scenario.rules:
        if rule.level != Level.MUST:
            continue
        verdict = judge(rule, here, first, last, scenario.vocabulary, scenario.lists, scenario.as_of)
        if verdict.answer == "deny":
            remedy = f"none of {', '.join(verdict.lifts)} is held for it" if verdict.lifts else "nothing lifts that"
            places = ", ".join(sorted(region.places))
            yield Breach(rule.id, of, f"the rule refuses to {facts.verb} it in {region.key} ({places}) and {remedy}")
