"""What things hold: items (class, subject, people) of datasets and components, criticality and purposes of datasets.

From part 1 of docs/mathematics.md (Process) and the table of facts of docs/rule-language.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.model.question import Component, Dataset, Flow
from planner.model.scenario import Scenario

People = frozenset[tuple[str, int]]
"""How many people, by each way of counting that is declared."""

Item = tuple[str | None, str | None, People]
"""A data class, a subject's jurisdiction (None = unknown), and how many people they are."""

NOT_COUNTED: People = frozenset()

Items = frozenset[Item]


def dataset_items(dataset: Dataset) -> Items:
    """Classes x subjects, all of the same people."""
    return _product(dataset.classes, dataset.subjects, frozenset(dataset.persons.items()))


def component_items(scenario: Scenario) -> dict[str, Items]:
    """What each component processes: the least fixed point along the flows.

    A flow with `carries` whose source turns out to hold nothing carries its classes with an unknown subject in
    unknown numbers; that is known only after a first fixed point, so there are two.
    """
    own = {component.id: _own_items(scenario, component) for component in scenario.components}
    between = [f for f in scenario.flows if f.from_ in own and f.to in own]
    first = _spread_along(scenario, own, between)
    for flow in between:
        if flow.carries and not first[flow.from_]:
            first[flow.to] |= _product(flow.carries, None)
    return _spread_along(scenario, first, between)


def dataset_critical(scenario: Scenario, dataset: Dataset) -> bool | None:
    """Critical if a component that touches it is; unknown if none is known to be and one is unknown."""
    facts = [component.critical for component in _touching(scenario, dataset)]
    if True in facts:
        return True
    return None if None in facts else False


def dataset_purposes(scenario: Scenario, dataset: Dataset) -> frozenset[str] | None:
    """The purposes of all components that touch it; unknown if one of them is unknown, empty if none touches it."""
    facts = [component.purpose for component in _touching(scenario, dataset)]
    if None in facts:
        return None
    return frozenset(purpose for fact in facts for purpose in fact or ())


def _touching(scenario: Scenario, dataset: Dataset) -> list[Component]:
    """The components that read or write a dataset, or have a flow from or to it."""
    end = f"dataset:{dataset.id}"
    beside = {flow.to for flow in scenario.flows if flow.from_ == end}
    beside |= {flow.from_ for flow in scenario.flows if flow.to == end}
    return [
        component
        for component in scenario.components
        if component.id in beside or {dataset.id, end} & {*component.reads, *component.writes}
    ]


def _own_items(scenario: Scenario, component: Component) -> Items:
    items = frozenset[Item]()
    sources = [flow.from_ for flow in scenario.flows if flow.to == component.id]
    datasets = {*component.reads, *component.writes}
    datasets |= {source for source in sources if source.startswith("dataset:")}
    for dataset in datasets:
        items |= dataset_items(scenario.dataset[dataset.removeprefix("dataset:")])
    for source in sources:
        if source.startswith("users:"):
            group = scenario.user_group[source.removeprefix("users:")]
            countries = sorted({point.country for point in group.points})
            items |= _product(group.carries, countries, frozenset(group.persons.items()))
    return items


def _spread_along(scenario: Scenario, start: Mapping[str, Items], flows: list[Flow]) -> dict[str, Items]:
    held = dict(start)
    while True:
        before = dict(held)
        for flow in flows:
            held[flow.to] |= _carried(scenario, flow, held[flow.from_])
        if held == before:
            return held


def _carried(scenario: Scenario, flow: Flow, held: Items) -> Items:
    """What a flow brings of the items its source holds: all, its own classes, or what a transform makes of them."""
    if flow.carries is not None:
        return frozenset((data_class, *about) for data_class in flow.carries for _, *about in held)
    if flow.transform is not None:
        return frozenset((_become(scenario, flow.transform, data_class), *about) for data_class, *about in held)
    return held


def _become(scenario: Scenario, transform: str, data_class: str | None) -> str | None:
    """The class a transform makes of a class: that of the nearest named ancestor, itself included; else no change."""
    if data_class is None:
        return None
    table = scenario.vocabulary.transforms[transform]
    return next((table[each] for each in scenario.vocabulary.lineage(data_class) if each in table), data_class)


def _product(classes: Iterable[str] | None, subjects: Iterable[str] | None, people: People = NOT_COUNTED) -> Items:
    named: list[str | None] = [None] if classes is None else list(classes)
    of: list[str | None] = [None] if subjects is None else list(subjects)
    return frozenset((data_class, subject, people) for data_class in named for subject in of)
