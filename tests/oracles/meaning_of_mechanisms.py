"""Ways out: mechanisms that are held, that hold by how data are kept, and that can be bought."""

from __future__ import annotations

from planner.model.catalogue import Region
from planner.model.law import Rule
from planner.model.question import Dataset, Hold
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope

from .meaning_of_boxes import Thing

Purchase = tuple[str, str, str]
"""A mechanism for an entity and the key of its scope (empty for the entity alone)."""

Ways = frozenset[Purchase]
"""Purchases any one of which lifts a rule; empty = nothing lifts it."""


def held_today(scenario: Scenario, rule: Rule, verb: str, thing: Thing, region: Region) -> bool:
    """Whether one of the mechanisms that lift the rule is held without buying; an arrival has its own papers alone."""
    if thing.papers is not None:
        return any(mechanism.id in thing.papers for mechanism in _named(scenario, rule))
    return any(_holds(scenario, mechanism, verb, thing, region) for mechanism in _named(scenario, rule))


def purchases(scenario: Scenario, rule: Rule, verb: str, thing: Thing, region: Region) -> Ways:
    """What may be bought to lift the rule: nothing technical, nothing refused, nothing for a workload there is not."""
    return frozenset(
        (mechanism.id, thing.entity.id, _key(_scope(mechanism, verb), thing, region))
        for mechanism in _named(scenario, rule)
        if mechanism.kind != "technical" and mechanism.id not in scenario.refused
        if thing.workload or _scope(mechanism, verb) is not Scope.WORKLOAD
    )


def keys_kept(dataset: Dataset, mode: str) -> bool:
    """Whether the keys of a dataset are held in a mode; an independent custodian keeps them as customers do."""
    return dataset.keys == mode or (mode == "customer_held" and dataset.keys == "independent_custodian")


def _named(scenario: Scenario, rule: Rule) -> list[Mechanism]:
    return [scenario.vocabulary.mechanisms[name] for unless in rule.then.unless for name in unless.holds]


def _scope(mechanism: Mechanism, verb: str) -> Scope:
    """What a mechanism is held for under a verb: who administers a region crosses the border, not the region."""
    abroad = mechanism.scope is Scope.SHIPMENT or (verb == "administer" and mechanism.scope is Scope.DESTINATION)
    return Scope.OPERATOR if abroad else mechanism.scope


def _key(scope: Scope, thing: Thing, region: Region) -> str:
    keys = {
        Scope.ENTITY: "",
        Scope.DESTINATION: region.country,
        Scope.OPERATOR: region.provider,
        Scope.WORKLOAD: thing.workload,
    }
    return keys[scope]


def _holds(scenario: Scenario, mechanism: Mechanism, verb: str, thing: Thing, region: Region) -> bool:
    if mechanism.kind == "technical":
        return bool(thing.datasets) and all(_kept_so(mechanism, dataset) for dataset in thing.datasets)
    scope, last = _scope(mechanism, verb), scenario.periods[0].last_day
    key = _key(scope, thing, region)
    return any(
        hold.mechanism == mechanism.id
        and hold.entity == thing.entity.id
        and _meant_for(hold, scope, key)
        and (hold.until is None or hold.until >= last)
        for hold in scenario.holds
    )


def _kept_so(mechanism: Mechanism, dataset: Dataset) -> bool:
    """Every pair of `holds_if` is so; nothing but `keys` is known of a dataset."""
    return all(name == "keys" and keys_kept(dataset, mode) for name, mode in mechanism.holds_if.items())


def _meant_for(hold: Hold, scope: Scope, key: str) -> bool:
    """Whether a hold names the key; the id of a dataset may stand without `dataset:`."""
    if scope is Scope.ENTITY:
        return True
    if scope is Scope.DESTINATION:
        return hold.destination == key
    if scope is Scope.WORKLOAD:
        return hold.workload is not None and hold.workload in (key, key.removeprefix("dataset:"))
    return hold.operator == key
