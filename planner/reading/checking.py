"""Checking: what a resolved scenario must make sense of before anyone plans with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planner.errors import Where
from planner.model.calendar import Period
from planner.model.question import Component, Dataset
from planner.model.scenario import Scenario
from planner.reading.faults import Collector, nearest
from planner.reading.policies import check_place
from planner.reading.regions import known_region
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread

RESOURCES = ("vcpu", "memory", "power")


def check_question(scenario: Scenario, faults: Collector) -> None:
    """Collect every fault of a resolved scenario."""
    _check_frame(scenario, faults)
    _check_entities(scenario, faults)
    for dataset in scenario.datasets:
        _check_dataset(dataset, scenario, faults)
    resources = _known_resources(scenario)
    for component in scenario.components:
        _check_component(component, scenario, resources, faults)
    _check_flows(scenario, faults)
    _check_quotes(scenario, resources, faults)
    _check_holds(scenario, faults)


def _check_frame(scenario: Scenario, faults: Collector) -> None:
    at = next((w.where for w in scenario.workloads), Where("scenario"))
    head = Where(at.file)
    for objective in scenario.objectives:
        if objective != "cost":
            later = objective in ("carbon", "latency", "should-breaches", "resilience")
            message = f"objective {objective!r} is not " + ("enforced by this version" if later else "known")
            faults.add(head, "S004" if later else "N001", message, "write `objectives: [cost]`")
    if not scenario.objectives:
        faults.add(head, "S002", "`objectives` is empty", "write `objectives: [cost]`")
    _check_horizon(scenario, head, faults)
    if not scenario.regions:
        faults.add(head, "N003", "no region is in play", "widen `catalog` or write `regions:` inline")
    if not scenario.components:
        faults.add(head, "N003", "no component is declared", "give `workloads` some components")


def _check_horizon(scenario: Scenario, head: Where, faults: Collector) -> None:
    try:
        first = Period.parse(scenario.horizon.from_)
    except ValueError as error:
        faults.add(head, "S003", f"horizon.from: {error}", "write for example 2026Q4")
        return
    if scenario.horizon.periods != 1:
        faults.add(head, "S004", "horizon.periods above 1 is not enforced by this version", "write `periods: 1`")
    if first.last_day < scenario.as_of:
        faults.add(
            head,
            "N003",
            f"the horizon ends before as_of {scenario.as_of}",
            f"write `from: {Period.of(scenario.as_of)}`",
        )
    if scenario.horizon.amortise < 1 or scenario.horizon.amortise % 1:
        faults.add(head, "S003", "horizon.amortise is not a whole number of months", "write for example 36 months")


def _check_entities(scenario: Scenario, faults: Collector) -> None:
    for entity in scenario.entities:
        for code in (*(entity.established_in or ()), *(entity.ultimate_parent_in or ())):
            check_place(code, entity.where, scenario.lists, faults)
        words = scenario.vocabulary
        for given, known, what in (
            (entity.regulated_by, words.regulators, "regulator"),
            (entity.sector, words.sectors, "sector"),
        ):
            for word in given or ():
                if scenario.rules and word not in known:
                    faults.unknown(entity.where, what, word, known)
    for workload in scenario.workloads:
        if workload.entity not in scenario.entity:
            faults.unknown(workload.where, "entity", workload.entity, scenario.entity)


def _check_dataset(dataset: Dataset, scenario: Scenario, faults: Collector) -> None:
    if dataset.entity not in scenario.entity:
        faults.unknown(dataset.where, "entity", dataset.entity, scenario.entity)
    _check_classes(dataset.classes, dataset.where, scenario, faults)
    for code in dataset.subjects or ():
        check_place(code, dataset.where, scenario.lists, faults)
    roles = Counter(copy.role for copy in dataset.copies)
    if roles["primary"] != 1:
        faults.add(
            dataset.where, "N003", f"dataset {dataset.id!r} has {roles['primary']} primary copies", "give exactly one"
        )
    for role in sorted(r for r, n in roles.items() if n > 1 and r != "primary"):
        faults.add(
            dataset.where, "N002", f"dataset {dataset.id!r} has two copies of role {role}", "give each role once"
        )


def _check_classes(classes: Iterable[str] | None, where: Where, scenario: Scenario, faults: Collector) -> None:
    for name in classes or ():
        if scenario.rules and name not in scenario.vocabulary.data_classes:
            faults.unknown(where, "data class", name, scenario.vocabulary.data_classes)


def _known_resources(scenario: Scenario) -> frozenset[str]:
    stated = {name for region in scenario.regions for zone in region.zones for name in zone.capacity}
    return frozenset(stated | set(RESOURCES))


def _check_component(component: Component, scenario: Scenario, resources: frozenset[str], faults: Collector) -> None:
    where = component.where
    for name in component.per_replica:
        if name not in resources:
            faults.unknown(where, f"resource of {component.id}", name, resources)
    services = {s.id for region in scenario.regions for s in region.services}
    for name in component.services:
        if name not in services:
            faults.add(where, "N001", f"service {name!r} is on offer in no region in play", nearest(name, services))
    if component.replicas and component.replicas.count < 1:
        faults.add(where, "S003", f"{component.id}: replicas.count is {component.replicas.count}", "write 1 or more")
    _check_presence(component, faults)
    _check_requirements(component, scenario, faults)


def _check_presence(component: Component, faults: Collector) -> None:
    where, span = component.where, component.regions
    if not 1 <= span.min <= span.max:
        faults.add(
            where, "S003", f"{component.id}: regions {span.min}..{span.max} is no range", "write {min: 1, max: 2}"
        )
    if component.divisible and component.replicas:
        faults.add(where, "N003", f"{component.id} is divisible and has replicas", "choose one")
    if component.divisible and (span.min, span.max) != (1, 1):
        faults.add(
            where,
            "S004",
            f"{component.id}: regions on a divisible component is not enforced by this version",
            "leave it out",
        )


def _check_requirements(component: Component, scenario: Scenario, faults: Collector) -> None:
    for requirement in component.requires.values():
        if isinstance(requirement, Spread):
            _check_spread(component, requirement, faults)
        elif isinstance(requirement, MaxRtt) and requirement.to not in scenario.user_group:
            faults.unknown(component.where, "user group", requirement.to, scenario.user_group)
        elif isinstance(requirement, Within):
            served = any(
                f.from_.startswith("users:") or f.to.startswith("users:")
                for f in scenario.flows
                if component.id in (f.from_, f.to)
            )
            if not served:
                faults.add(
                    component.where,
                    "N003",
                    f"{component.id} asks `within` but serves no users",
                    "add a flow from users",
                )
            if requirement.users > 1:
                faults.add(
                    component.where, "S003", f"{component.id}: within.users is above 100 %", "write for example 95 %"
                )


def _check_spread(component: Component, spread: Spread, faults: Collector) -> None:
    if component.divisible:
        faults.add(component.where, "N003", f"{component.id} is divisible: spread needs replicas", "leave one out")
    elif spread.zones < 1:
        faults.add(component.where, "S003", f"{component.id}: spread over {spread.zones} zones", "write 1 or more")
    elif spread.zones > component.count:
        text = f"{component.id}: {component.count} replica(s) cannot stand in {spread.zones} zones"
        faults.add(component.where, "N003", text, f"raise replicas.count to {spread.zones} or more")


def _check_flows(scenario: Scenario, faults: Collector) -> None:
    seen: dict[str, Where] = {}
    for flow in scenario.flows:
        if flow.id in seen:
            faults.add(
                flow.where,
                "N002",
                f"two flows from {flow.from_} to {flow.to}",
                f"add them up; first at {seen[flow.id]}",
            )
        seen[flow.id] = flow.where
        _check_classes(flow.carries, flow.where, scenario, faults)
        if flow.carries is not None and ":" in flow.from_:
            text = f"`carries` on a flow from {flow.from_}: users and datasets carry what they declare themselves"
            faults.add(flow.where, "N003", text, "write the classes there, or transform in a component")
    for group in scenario.users:
        _check_classes(group.carries, group.where, scenario, faults)
    for component in scenario.components:
        span = component.regions
        if span.max > 1 and span.min != span.max and not _has_load(component, scenario):
            text = f"{component.id} lives in {span.min} to {span.max} regions but nothing says how its load is shared"
            faults.add(component.where, "N003", text, "give min = max, or add a flow into it")


def _has_load(component: Component, scenario: Scenario) -> bool:
    for flow in scenario.flows:
        if component.id not in (flow.from_, flow.to):
            continue
        other = flow.from_ if flow.to == component.id else flow.to
        if other.startswith("users:") or (flow.to == component.id and "/" in other and flow.volume > 0):
            return True
    return False


def _check_quotes(scenario: Scenario, resources: frozenset[str], faults: Collector) -> None:
    seen: dict[tuple[str, str], Where] = {}
    for quote in scenario.quotes:
        if quote.place not in scenario.region:
            faults.add(
                quote.where, "N001", f"region {quote.place!r} is not known", known_region(quote.place, scenario.region)
            )
        key = (quote.component, quote.place)
        if key in seen:
            faults.add(
                quote.where, "N002", f"two quotes for {quote.component} in {quote.place}", f"first at {seen[key]}"
            )
        seen[key] = quote.where
        for name in quote.uses:
            if name not in resources:
                faults.unknown(quote.where, "resource", name, resources)
    _check_prices(scenario, faults)


def _check_prices(scenario: Scenario, faults: Collector) -> None:
    """A region written inline without any price is refused only where a price is needed (DESIGN section 7)."""
    quoted = {quote.component for quote in scenario.quotes}
    needs = sorted(
        {
            name
            for c in scenario.components
            if c.id not in quoted
            for name, n in c.per_replica.items()
            if n and name in ("vcpu", "memory")
        }
    )
    if any(d.size for d in scenario.datasets):
        needs.append("storage")
    if any(f.volume and "users:" in f.id for f in scenario.flows):
        needs.append("internet egress")
    for region in scenario.regions:
        prices = region.prices
        if not region.operator and not (prices.rates or prices.storage or prices.internet or prices.pairs) and needs:
            text = f"region {region.key} has no price of {', '.join(needs)}"
            faults.add(region.where, "N004", text, "add `prices:` to the region, or `quotes:` for the components")


def _check_holds(scenario: Scenario, faults: Collector) -> None:
    mechanisms = scenario.vocabulary.mechanisms
    for hold in scenario.holds:
        if hold.mechanism not in mechanisms:
            faults.unknown(hold.where, "mechanism", hold.mechanism, mechanisms)
            continue
        if hold.entity not in scenario.entity:
            faults.unknown(hold.where, "entity", hold.entity, scenario.entity)
        scope = mechanisms[hold.mechanism].scope.value
        if scope != "entity" and getattr(hold, scope) is None:
            faults.add(
                hold.where,
                "S002",
                f"{hold.mechanism} is held for one {scope}: key {scope!r} is missing",
                f"add `{scope}:`",
            )
    for name in sorted(scenario.refused):
        if name not in mechanisms:
            faults.unknown(
                Where(scenario.workloads[0].where.file if scenario.workloads else "scenario"),
                "mechanism",
                name,
                mechanisms,
            )
