"""Checking words: every word of a scenario that names something names something known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain

from planner.errors import Where
from planner.model.question import Component, Dataset, Flow, Hold, Quote, Users, Workload
from planner.model.scenario import Scenario
from planner.reading.checking_rules import check_fact_place, check_persons, check_place
from planner.reading.faults import Collector, nearest
from planner.reading.regions import known_region
from planner.requirements.latency import MaxRtt

RESOURCES = ("vcpu", "memory", "power")
LATER_OBJECTIVES = ("carbon", "latency", "resilience")
RANKINGS = (("cost",), ("should-breaches", "cost"))


def check_words(scenario: Scenario, head: Where, faults: Collector) -> None:
    """Collect every word that names nothing; `head` is where the scenario file begins."""
    _check_objectives(scenario, head, faults)
    _check_entities(scenario, faults)
    _check_data(scenario, faults)
    _check_transforms(scenario, faults)
    _check_areas(scenario, faults)
    resources, services = _resources(scenario), {s.id for region in scenario.regions for s in region.services}
    for component in scenario.components:
        _check_component(component, scenario, resources, services, faults)
    for quote in scenario.quotes:
        _check_quote(quote, scenario, resources, faults)
    for hold in scenario.holds:
        _check_hold(hold, scenario, faults)
    for name in sorted(scenario.refused - set(scenario.vocabulary.mechanisms)):
        where = faults.inside(head, "mechanisms", name, key=True)
        faults.unknown(where, "mechanism", name, scenario.vocabulary.mechanisms)


def _check_objectives(scenario: Scenario, head: Where, faults: Collector) -> None:
    if scenario.objectives and set(scenario.objectives) <= {"cost", "should-breaches"}:
        if scenario.objectives not in RANKINGS:
            where = faults.inside(head, "objectives")
            hint = "write `[cost]` or `[should-breaches, cost]`"
            faults.add(where, "N003", "objectives are ranked, most important first, and end with cost", hint)
        return
    for name in scenario.objectives:
        if name not in ("cost", "should-breaches"):
            later = name in LATER_OBJECTIVES
            text = f"objective {name!r} is not " + ("enforced by this version" if later else "known")
            where = faults.inside(head, "objectives", name)
            faults.add(where, "S004" if later else "N001", text, "write `objectives: [cost]`")


def _check_entities(scenario: Scenario, faults: Collector) -> None:
    words = scenario.vocabulary
    for entity in scenario.entities:
        for key in ("established_in", "ultimate_parent_in"):
            for code in getattr(entity, key) or ():
                check_fact_place(code, faults.inside(entity.where, key, code), scenario.lists, faults)
        if scenario.rules:
            _check_each(entity.regulated_by, words.regulators, "regulator", entity.where, "regulated_by", faults)
            _check_each(entity.sector, words.sectors, "sector", entity.where, "sector", faults)
    all_owned: Iterable[Workload | Dataset] = chain(scenario.workloads, scenario.datasets)
    for owned in all_owned:
        if owned.entity not in scenario.entity:
            faults.unknown(faults.inside(owned.where, "entity"), "entity", owned.entity, scenario.entity)


def _check_each(
    given: Iterable[str] | None, known: Collection[str], what: str, where: Where, key: str, faults: Collector
) -> None:
    for word in given or ():
        if word not in known:
            faults.unknown(faults.inside(where, key, word), what, word, known)


def _check_data(scenario: Scenario, faults: Collector) -> None:
    classes = scenario.vocabulary.data_classes if scenario.rules else None
    for dataset in scenario.datasets:
        for code in dataset.subjects or ():
            check_fact_place(code, faults.inside(dataset.where, "subjects", code), scenario.lists, faults)
        if classes is not None:
            _check_each(dataset.classes, classes, "data class", dataset.where, "classes", faults)
            check_persons(dataset.persons, dataset.where, (), scenario.vocabulary, faults)
    for group in scenario.users if classes is not None else ():
        check_persons(group.persons, group.where, (), scenario.vocabulary, faults)
    carriers: Iterable[Flow | Users] = chain(scenario.flows, scenario.users)
    for carrier in carriers:
        if classes is not None:
            _check_each(carrier.carries, classes, "data class", carrier.where, "carries", faults)


def _check_transforms(scenario: Scenario, faults: Collector) -> None:
    known = scenario.vocabulary.transforms
    for flow in scenario.flows:
        if flow.transform is not None and flow.transform not in known:
            faults.unknown(faults.inside(flow.where, "transform"), "transform", flow.transform, known)
        if flow.transform is not None and (flow.carries is not None or ":" in flow.from_):
            where = faults.inside(flow.where, "transform")
            faults.add(where, "N003", "`transform` goes on a flow between components, without `carries`", "drop one")


def _check_areas(scenario: Scenario, faults: Collector) -> None:
    for region in scenario.regions:
        known = scenario.vocabulary.areas
        _check_each(region.areas, known, "area", region.where, "areas", faults)


def _resources(scenario: Scenario) -> frozenset[str]:
    stated = {name for region in scenario.regions for zone in region.zones for name in zone.capacity}
    return frozenset(stated.union(RESOURCES))


def _check_component(
    component: Component, scenario: Scenario, resources: Collection[str], services: Collection[str], faults: Collector
) -> None:
    for name in component.per_replica:
        if name not in resources:
            where = faults.inside(component.where, "per_replica", name, key=True)
            faults.unknown(where, f"resource of {component.id}", name, resources)
    if scenario.rules:
        _check_each(component.purpose, scenario.vocabulary.purposes, "purpose", component.where, "purpose", faults)
    for name in component.services:
        if name not in services and not faults.is_broken(name):
            where = faults.inside(component.where, "services", name)
            faults.add(where, "N001", f"service {name!r} is on offer in no region in play", nearest(name, services))
    for requirement in component.requires.values():
        if isinstance(requirement, MaxRtt) and requirement.to not in scenario.user_group:
            where = faults.inside(component.where, "requires", "max_rtt", "to")
            faults.unknown(where, "user group", requirement.to, scenario.user_group)


def _check_quote(quote: Quote, scenario: Scenario, resources: Collection[str], faults: Collector) -> None:
    if quote.place not in scenario.region:
        faults.unknown(faults.inside(quote.where, "place"), "region", quote.place, scenario.region, known_region)
    for name in quote.uses:
        if name not in resources:
            where = faults.inside(quote.where, "uses", name, key=True)
            faults.unknown(where, "resource", name, resources)


def _check_hold(hold: Hold, scenario: Scenario, faults: Collector) -> None:
    mechanisms = scenario.vocabulary.mechanisms
    if hold.entity not in scenario.entity:
        faults.unknown(faults.inside(hold.where, "entity"), "entity", hold.entity, scenario.entity)
    if hold.mechanism not in mechanisms:
        faults.unknown(faults.inside(hold.where, "mechanism"), "mechanism", hold.mechanism, mechanisms)
        return
    if mechanisms[hold.mechanism].technical:
        text = f"{hold.mechanism} is technical: it holds by how data is kept, not by a hold"
        faults.add(faults.inside(hold.where, "mechanism"), "N003", text, "state `keys:` on the datasets")
        return
    scope = mechanisms[hold.mechanism].scope.value.replace("shipment", "operator")
    given = getattr(hold, scope, None) or (hold.operator if scope == "destination" else None)
    if scope != "entity" and given is None and not faults.is_mended(hold.where):
        text = f"{hold.mechanism} is held for one {scope}: key {scope!r} is missing"
        faults.add(hold.where, "S002", text, f"add `{scope}:`")
    if hold.destination is not None:
        check_place(hold.destination, faults.inside(hold.where, "destination"), scenario.lists, faults)
    held_for = {*(workload.id for workload in scenario.workloads), *scenario.dataset}
    if hold.workload is not None and hold.workload.removeprefix("dataset:") not in held_for:
        where = faults.inside(hold.where, "workload")
        faults.unknown(where, "workload or dataset", hold.workload, held_for)
