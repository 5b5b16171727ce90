"""What the law asks, from part 1 of docs/mathematics.md: items that things hold, rules that bear, ways out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.model.catalogue import Region
from planner.model.law import Mechanism, Rule, Scope
from planner.model.question import Component, Dataset, Entity, Flow
from planner.model.scenario import Scenario
from planner.rules.confine import Confine

Item = tuple[str | None, str | None]
"""A data class and a subject's jurisdiction; None = unknown."""

Items = frozenset[Item]
Purchase = tuple[str, str, str]
"""A mechanism for an entity and the key of its scope (empty for the entity alone)."""

Ways = frozenset[Purchase]
"""Purchases any one of which lifts a rule; empty = nothing lifts it."""


@dataclass(frozen=True)
class Thing:
    """What a rule can bear on: a component (verb process) or a copy of a dataset (store, backup)."""

    verb: str
    entity: Entity
    critical: bool | None
    items: Items
    workload: str


def component_thing(scenario: Scenario, component: Component, items: Items) -> Thing:
    """A component as the law sees it."""
    return Thing("process", scenario.entity[component.entity], component.critical, items, component.workload)


def copy_thing(scenario: Scenario, dataset: Dataset, role: str) -> Thing:
    """A copy of a dataset as the law sees it."""
    verb = "backup" if role == "backup" else "store"
    critical = _dataset_critical(scenario, dataset)
    return Thing(verb, scenario.entity[dataset.entity], critical, dataset_items(dataset), dataset.id)


def ways_out(scenario: Scenario, thing: Thing, region: Region) -> frozenset[Ways]:
    """For each rule that refuses the thing in the region today: the purchases any of which would lift it."""
    return frozenset(
        _purchases(scenario, rule, thing, region)
        for rule in scenario.rules
        if _bears(scenario, rule, thing, region)
        and _refuses(scenario, rule, region)
        and not _lifted_today(scenario, rule, thing, region)
    )


def dataset_items(dataset: Dataset) -> Items:
    """Classes x subjects."""
    return _product(dataset.classes, dataset.subjects)


def component_items(scenario: Scenario) -> dict[str, Items]:
    """What each component processes: the least fixed point along the flows.

    A flow with `carries` whose source turns out to hold nothing carries its classes with an unknown subject; that is
    known only after a first fixed point, so there are two.
    """
    own = {component.id: _own_items(scenario, component) for component in scenario.components}
    between = [f for f in scenario.flows if f.from_ in own and f.to in own]
    first = _spread_along(own, between)
    for flow in between:
        if flow.carries and not first[flow.from_]:
            first[flow.to] |= _product(flow.carries, None)
    return _spread_along(first, between)


def _own_items(scenario: Scenario, component: Component) -> Items:
    items = frozenset[Item]()
    sources = [flow.from_ for flow in scenario.flows if flow.to == component.id]
    datasets = {*component.reads, *component.writes}
    datasets |= {source.removeprefix("dataset:") for source in sources if source.startswith("dataset:")}
    for dataset in datasets:
        items |= dataset_items(scenario.dataset[dataset.removeprefix("dataset:")])
    for source in sources:
        if source.startswith("users:"):
            group = scenario.user_group[source.removeprefix("users:")]
            items |= _product(group.carries, sorted({point.country for point in group.points}))
    return items


def _spread_along(start: Mapping[str, Items], flows: list[Flow]) -> dict[str, Items]:
    held = dict(start)
    while True:
        before = dict(held)
        for flow in flows:
            held[flow.to] |= _carried(flow, held[flow.from_])
        if held == before:
            return held


def _carried(flow: Flow, held: Items) -> Items:
    if flow.carries is None:
        return held
    return frozenset((data_class, subject) for data_class in flow.carries for _, subject in held)


def _product(classes: Iterable[str] | None, subjects: Iterable[str] | None) -> Items:
    named: list[str | None] = [None] if classes is None else list(classes)
    of: list[str | None] = [None] if subjects is None else list(subjects)
    return frozenset((data_class, subject) for data_class in named for subject in of)


def _dataset_critical(scenario: Scenario, dataset: Dataset) -> bool | None:
    end = f"dataset:{dataset.id}"
    beside = {flow.to for flow in scenario.flows if flow.from_ == end}
    beside |= {flow.from_ for flow in scenario.flows if flow.to == end}
    facts = [
        component.critical
        for component in scenario.components
        if component.id in beside or {dataset.id, end} & {*component.reads, *component.writes}
    ]
    if True in facts:
        return True
    return None if None in facts else False


def _bears(scenario: Scenario, rule: Rule, thing: Thing, region: Region) -> bool:
    first, last = scenario.days(scenario.periods[0])
    return (
        rule.level == "must"
        and thing.verb in rule.verbs
        and rule.in_force_between(first, last)
        and _meets_facts(scenario, rule, thing, region)
        and _meets_items(scenario, rule, thing)
    )


def _meets_facts(scenario: Scenario, rule: Rule, thing: Thing, region: Region) -> bool:
    when, entity = rule.when, thing.entity
    seats = None if when.established_in is None else scenario.codes(when.established_in)
    return (
        _may_meet(when.regulated_by, entity.regulated_by)
        and _may_meet(seats, entity.established_in)
        and _may_meet(when.sector, entity.sector)
        and (when.critical is None or thing.critical is None or when.critical == thing.critical)
        and _may_meet(when.deployment, (region.kind,))
    )


def _may_meet(named: Iterable[str] | None, fact: Iterable[str] | None) -> bool:
    """Whether a key of the box is met or might be: it names nothing, the fact is unknown, or they share a word."""
    return named is None or fact is None or not set(named).isdisjoint(fact)


def _meets_items(scenario: Scenario, rule: Rule, thing: Thing) -> bool:
    classes = rule.when.data_class
    subjects = None if rule.when.subjects_in is None else scenario.codes(rule.when.subjects_in)
    if classes is None and subjects is None:
        return True
    return any(
        _may_meet(classes, None if data_class is None else scenario.vocabulary.lineage(data_class))
        and _may_meet(subjects, None if subject is None else (subject,))
        for data_class, subject in thing.items
    )


def _refuses(scenario: Scenario, rule: Rule, region: Region) -> bool:
    effect = rule.then.effect
    inside = _inside(scenario, effect.in_, region)  # type: ignore[attr-defined]
    return not inside if isinstance(effect, Confine) else inside


def _inside(scenario: Scenario, places: tuple[str, ...], region: Region) -> bool:
    codes = scenario.codes(places)
    return "*" in codes or not codes.isdisjoint(region.places)


def _lifted_today(scenario: Scenario, rule: Rule, thing: Thing, region: Region) -> bool:
    if any(_inside(scenario, unless.destination_in, region) for unless in rule.then.unless):
        return True
    return any(_held(scenario, mechanism, thing, region) for mechanism in _named(scenario, rule))


def _purchases(scenario: Scenario, rule: Rule, thing: Thing, region: Region) -> Ways:
    return frozenset(
        (mechanism.id, thing.entity.id, _key(mechanism.scope, thing, region))
        for mechanism in _named(scenario, rule)
        if mechanism.id not in scenario.refused
    )


def _named(scenario: Scenario, rule: Rule) -> list[Mechanism]:
    return [scenario.vocabulary.mechanisms[name] for unless in rule.then.unless for name in unless.holds]


def _key(scope: Scope, thing: Thing, region: Region) -> str:
    keys = {
        Scope.ENTITY: "",
        Scope.DESTINATION: region.country,
        Scope.OPERATOR: region.provider,
        Scope.WORKLOAD: thing.workload,
    }
    return keys[scope]


def _held(scenario: Scenario, mechanism: Mechanism, thing: Thing, region: Region) -> bool:
    last = scenario.periods[0].last_day
    key = _key(mechanism.scope, thing, region)
    return any(
        hold.mechanism == mechanism.id
        and hold.entity == thing.entity.id
        and (mechanism.scope is Scope.ENTITY or getattr(hold, mechanism.scope.value) == key)
        and (hold.until is None or hold.until >= last)
        for hold in scenario.holds
    )
