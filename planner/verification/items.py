"""Items: what a thing holds or processes, as pairs (class, subject's jurisdiction); None in a pair is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from planner.model.question import Component, Dataset, Flow, Users
from planner.model.scenario import Scenario

Item = tuple[str | None, str | None]
Items = frozenset[Item]


def find_items_of_dataset(dataset: Dataset) -> Items:
    """Classes x subjects of a dataset; an absent key is unknown, an empty list gives no items."""
    return frozenset(product(_or_unknown(dataset.classes), _or_unknown(dataset.subjects)))


def find_items_of_users(group: Users) -> Items:
    """What a user group carries x the countries where its users are."""
    countries = {p.country for p in group.points} or {place.partition("-")[0] for place in group.at}
    return frozenset(product(_or_unknown(group.carries), countries))


def find_processed_items(scenario: Scenario) -> Mapping[str, Items]:
    """Component id to the items it processes: its own, and those that flows from components bring (a fixed point)."""
    flows = [f for f in scenario.flows if f.from_ in scenario.component and f.to in scenario.component]
    items = {c.id: _own_items(scenario, c) for c in scenario.components}
    # Whether a source has items at all is settled first: "unknown when it has none" must not hold for a source
    # that is only waiting for its own items, or the unknown would then circulate for ever.
    filled = _find_filled(items, flows)
    grew = True
    while grew:
        grew = False
        for flow in flows:
            new = _carried(flow, items[flow.from_], flow.from_ in filled) - items[flow.to]
            grew = grew or bool(new)
            items[flow.to] |= new
    return items


def find_critical(scenario: Scenario, dataset: Dataset) -> bool | None:
    """Whether a component that reads, writes, feeds or is fed by the dataset is critical; None = unknown."""
    end = f"dataset:{dataset.id}"
    joined = {f.from_ for f in scenario.flows if f.to == end} | {f.to for f in scenario.flows if f.from_ == end}
    facts = [c.critical for c in scenario.components if c.id in joined or dataset.id in _named(c)]
    if True in facts:
        return True
    return None if None in facts else False


def _own_items(scenario: Scenario, component: Component) -> Items:
    sources = {f.from_ for f in scenario.flows if f.to == component.id}
    datasets = [d for d in scenario.datasets if d.id in _named(component) or f"dataset:{d.id}" in sources]
    groups = [g for g in scenario.users if f"users:{g.id}" in sources]
    found: set[Item] = set()
    found.update(*map(find_items_of_dataset, datasets), *map(find_items_of_users, groups))
    return frozenset(found)


def _named(component: Component) -> frozenset[str]:
    return frozenset(name.removeprefix("dataset:") for name in (*component.reads, *component.writes))


def _find_filled(own: Mapping[str, Items], flows: Iterable[Flow]) -> frozenset[str]:
    filled = {component for component, items in own.items() if items}
    waiting = [f for f in flows if f.carries is None or f.carries]
    while True:
        new = {f.to for f in waiting if f.carries or f.from_ in filled} - filled
        if not new:
            return frozenset(filled)
        filled |= new


def _carried(flow: Flow, source: Items, source_filled: bool) -> Items:
    if flow.carries is None:
        return source
    subjects: set[str | None] = {subject for _, subject in source} if source_filled else {None}
    return frozenset(product(flow.carries, subjects))


def _or_unknown(words: tuple[str, ...] | None) -> tuple[str | None, ...]:
    return (None,) if words is None else words
