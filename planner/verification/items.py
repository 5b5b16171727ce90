"""Items: what a thing holds or processes: (class, subject's jurisdiction, how many people); None is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from planner.model.question import Component, Dataset, Flow, Users
from planner.model.scenario import Scenario
from planner.model.vocabulary import Vocabulary
from planner.verification.facts import Item, Persons, counted

Items = frozenset[Item]


def find_items_of_dataset(dataset: Dataset) -> Items:
    """Classes x subjects of a dataset; an absent key is unknown, an empty list gives no items."""
    persons = (counted(dataset.persons),)
    return frozenset(product(_or_unknown(dataset.classes), _or_unknown(dataset.subjects), persons))


def find_items_of_users(group: Users) -> Items:
    """What a user group carries x the countries where its users are."""
    countries = {p.country for p in group.points} or {place.partition("-")[0] for place in group.at}
    return frozenset(product(_or_unknown(group.carries), countries, (counted(group.persons),)))


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
            new = _carried(scenario.vocabulary, flow, items[flow.from_], flow.from_ in filled) - items[flow.to]
            grew = grew or bool(new)
            items[flow.to] |= new
    return items


def find_critical(scenario: Scenario, dataset: Dataset) -> bool | None:
    """Whether a component that reads, writes, feeds or is fed by the dataset is critical; None = unknown."""
    facts = [c.critical for c in _find_touching(scenario, dataset)]
    if True in facts:
        return True
    return None if None in facts else False


def find_purposes(scenario: Scenario, dataset: Dataset) -> tuple[str, ...] | None:
    """The purposes of all components that touch the dataset, sorted; None when one of them is unknown."""
    purposes: set[str] = set()
    for component in _find_touching(scenario, dataset):
        if component.purpose is None:
            return None
        purposes |= set(component.purpose)
    return tuple(sorted(purposes))


def find_touched(scenario: Scenario, component: Component) -> tuple[Dataset, ...]:
    """The datasets that a component reads, writes, feeds or is fed by."""
    return tuple(d for d in scenario.datasets if _touches(scenario, component, d))


def _find_touching(scenario: Scenario, dataset: Dataset) -> Iterator[Component]:
    return (c for c in scenario.components if _touches(scenario, c, dataset))


def _touches(scenario: Scenario, component: Component, dataset: Dataset) -> bool:
    pair = {component.id, f"dataset:{dataset.id}"}
    return dataset.id in _named(component) or any({f.from_, f.to} == pair for f in scenario.flows)


def _own_items(scenario: Scenario, component: Component) -> Items:
    named, found = _named(component), set[Item]()
    found.update(*(find_items_of_dataset(d) for d in scenario.datasets if d.id in named))
    for flow in scenario.flows:
        if flow.to == component.id:
            found |= _transformed(scenario.vocabulary, flow, _find_source_items(scenario, flow.from_))
    return frozenset(found)


def _find_source_items(scenario: Scenario, end: str) -> Items:
    """The items of a dataset or a user group at the head of a flow; nothing for a component."""
    kind, _, name = end.partition(":")
    if kind == "dataset" and name in scenario.dataset:
        return find_items_of_dataset(scenario.dataset[name])
    if kind == "users" and name in scenario.user_group:
        return find_items_of_users(scenario.user_group[name])
    return frozenset()


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


def _carried(vocabulary: Vocabulary, flow: Flow, source: Items, source_filled: bool) -> Items:
    if flow.carries is None:
        return _transformed(vocabulary, flow, source)
    # What a flow declares to carry is what arrives: nothing is taken off it by a transform.
    people: set[tuple[str | None, Persons]] = {item[1:] for item in source} if source_filled else {(None, ())}
    return frozenset((data_class, *whose) for data_class in flow.carries for whose in people)


def _transformed(vocabulary: Vocabulary, flow: Flow, items: Items) -> Items:
    becomes = vocabulary.transforms.get(flow.transform or "", {})
    return frozenset((_become(vocabulary, becomes, item[0]), *item[1:]) for item in items)


def _become(vocabulary: Vocabulary, becomes: Mapping[str, str], data_class: str | None) -> str | None:
    """The class that the nearest named ancestor becomes; an unknown class stays unknown."""
    chain = () if data_class is None else vocabulary.lineage(data_class)
    return next((becomes[name] for name in chain if name in becomes), data_class)


def _or_unknown(words: tuple[str, ...] | None) -> tuple[str | None, ...]:
    return (None,) if words is None else words
