"""Checking nouns: each piece of a scenario makes sense by itself; a piece that was read in part is not judged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Final

from planner.errors import Where
from planner.model.calendar import Horizon, Period
from planner.model.question import Component, Dataset, Entity, Flow, Quote, RegionsLimit, Users, Workload
from planner.model.scenario import Scenario
from planner.reading.faults import Collector
from planner.requirements.latency import Within
from planner.requirements.spread import Spread

_ID: Final = re.compile(r"[^\s/:>]+")
MOST_PERIODS: Final = 40
MAX_REPLICAS: Final = 1_000_000
FIRST_YEAR, LAST_YEAR = 1990, 2200


def check_nouns(scenario: Scenario, head: Where, faults: Collector) -> None:
    """Collect what is wrong with single pieces; `head` is where the scenario file begins."""
    _check_horizon(scenario.horizon, faults.inside(head, "horizon"), faults)
    if not scenario.objectives:
        where = faults.inside(head, "objectives")
        faults.add(where, "S002", "`objectives` is empty", "write `objectives: [cost]`")
    _check_limit(scenario.limits.regions, faults.inside(head, "limits", "regions"), faults)
    _check_ids(scenario, faults)
    for dataset in scenario.datasets:
        _check_copies(dataset, faults)
    for component in scenario.components:
        if not faults.is_mended(component.where):
            _check_presence(component, faults)
            _check_requirements(component, faults)
    _check_flows(scenario.flows, faults)
    _check_quotes(scenario.quotes, faults)


def first_period(horizon: Horizon) -> Period | None:
    """The first quarter, None when what is written is none."""
    try:
        return Period.parse(horizon.from_)
    except ValueError:
        return None


def _check_horizon(horizon: Horizon, where: Where, faults: Collector) -> None:
    if (first := first_period(horizon)) is None:
        text = f"horizon.from: {horizon.from_!r} is not a quarter such as 2026Q4"
        faults.add(faults.inside(where, "from"), "S003", text, "write for example 2026Q4")
    elif not FIRST_YEAR <= first.year <= LAST_YEAR:
        text = f"horizon.from: {first} is not from {FIRST_YEAR} to {LAST_YEAR}"
        faults.add(faults.inside(where, "from"), "S003", text, "write for example 2026Q4")
    if not 1 <= horizon.periods <= MOST_PERIODS:
        text = f"horizon.periods is {horizon.periods}"
        faults.add(faults.inside(where, "periods"), "S003", text, f"write a number from 1 to {MOST_PERIODS}")
    if horizon.amortise < 1 or horizon.amortise % 1:
        text = "horizon.amortise is not a whole number of months"
        faults.add(faults.inside(where, "amortise"), "S003", text, "write for example 36 months")


def _check_limit(limit: RegionsLimit, where: Where, faults: Collector) -> None:
    if limit.at_least is not None and limit.at_most is not None and limit.at_least > limit.at_most:
        text = f"limits.regions: at_least {limit.at_least} is above at_most {limit.at_most}"
        faults.add(where, "S003", text, "swap them")
    if limit.exactly is not None and (limit.at_least is not None or limit.at_most is not None):
        faults.add(where, "S003", "limits.regions: exactly stands alone", "leave at_least and at_most out")


def _check_ids(scenario: Scenario, faults: Collector) -> None:
    """Ids are parts of `workload/component`, `provider:region` and `from>to`, so they cannot hold those signs."""
    named: Iterable[Entity | Dataset | Workload | Users]
    named = chain(scenario.entities, scenario.datasets, scenario.workloads, scenario.users)
    for noun in named:
        _check_id(noun.id, noun.where, "id", faults)
    for component in scenario.components:
        _check_id(component.id.removeprefix(f"{component.workload}/"), component.where, "id", faults)
    for region in scenario.regions:
        _check_id(region.provider, region.where, "provider", faults)
        _check_id(region.id, region.where, "id", faults)
        for zone in region.zones:
            if not _ID.fullmatch(zone.id):
                _check_id(zone.id, faults.inside(region.where, "zones", zone.id), "id", faults)


def _check_id(word: str, where: Where, key: str, faults: Collector) -> None:
    if not _ID.fullmatch(word):
        text = f"{key} {word!r} is empty or holds a blank, /, : or >"
        faults.add(faults.inside(where, key), "S003", text, "use letters, digits, - and _")


def _check_copies(dataset: Dataset, faults: Collector) -> None:
    where = faults.inside(dataset.where, "copies")
    if faults.is_mended(where):
        return
    roles = [copy.role for copy in dataset.copies]
    if roles.count("primary") != 1:
        text = f"dataset {dataset.id!r} has {roles.count('primary')} primary copies"
        faults.add(where, "N003", text, "give exactly one")
    for index, role in enumerate(roles):
        if role != "primary" and role in roles[:index]:
            text = f"dataset {dataset.id!r} has two copies of role {role}"
            faults.add(faults.inside(where, index), "N002", text, "give each role once")


def _check_presence(component: Component, faults: Collector) -> None:
    span, where = component.regions, faults.inside(component.where, "regions")
    if component.replicas and not 1 <= component.replicas.count <= MAX_REPLICAS:
        text = f"{component.id}: replicas.count is {component.replicas.count}"
        at = faults.inside(component.where, "replicas", "count")
        faults.add(at, "S003", text, f"write a number from 1 to {MAX_REPLICAS:,}")
    if not 1 <= span.min <= span.max:
        text = f"{component.id}: regions {span.min}..{span.max} is no range"
        faults.add(where, "S003", text, "write for example {min: 1, max: 2}")
    if component.divisible and component.replicas:
        text = f"{component.id} is divisible and has replicas"
        faults.add(faults.inside(component.where, "divisible"), "N003", text, "choose one")
    if component.divisible and (span.min, span.max) != (1, 1):
        text = f"{component.id}: regions on a divisible component is not enforced by this version"
        faults.add(where, "S004", text, "leave it out")


def _check_requirements(component: Component, faults: Collector) -> None:
    for requirement in component.requires.values():
        if isinstance(requirement, Spread):
            _check_spread(component, requirement, faults)
        elif isinstance(requirement, Within) and requirement.users > 1:
            where = faults.inside(component.where, "requires", "within", "users")
            faults.add(where, "S003", f"{component.id}: within.users is above 100 %", "write for example 95 %")


def _check_spread(component: Component, spread: Spread, faults: Collector) -> None:
    where = faults.inside(component.where, "requires", "spread", "zones")
    if component.divisible:
        faults.add(where, "N003", f"{component.id} is divisible: spread needs replicas", "leave one out")
    elif spread.zones < 1:
        faults.add(where, "S003", f"{component.id}: spread over {spread.zones} zones", "write 1 or more")
    elif spread.zones > component.count >= 1 and not (component.accelerators or component.serves):
        text = f"{component.id}: {component.count} replica(s) cannot stand in {spread.zones} zones"
        faults.add(where, "N003", text, f"raise replicas.count to {spread.zones} or more")


def _check_flows(flows: Iterable[Flow], faults: Collector) -> None:
    seen: dict[str, Where] = {}
    for flow in flows:
        first = seen.setdefault(flow.id, flow.where)
        if first is not flow.where:
            text = f"two flows from {flow.from_} to {flow.to}"
            first, second = sorted((first, flow.where))
            faults.add(second, "N002", text, f"add them up; first at {first}")
        if flow.carries is not None and ":" in flow.from_:
            text = f"`carries` on a flow from {flow.from_}: users and datasets carry what they declare themselves"
            where = faults.inside(flow.where, "carries", key=True)
            faults.add(where, "N003", text, "write the classes there, or transform in a component")


def _check_quotes(quotes: Iterable[Quote], faults: Collector) -> None:
    seen: dict[tuple[str, str], Where] = {}
    for quote in quotes:
        first = seen.setdefault((quote.component, quote.place), quote.where)
        if first is not quote.where:
            text = f"two quotes for {quote.component} in {quote.place}"
            first, second = sorted((first, quote.where))
            faults.add(second, "N002", text, f"first at {first}; delete one of the two")
