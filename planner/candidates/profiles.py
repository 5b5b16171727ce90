"""Profiles: what law asks of a thing, computed once for all things that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.model.question import Component, Dataset, Flow
from planner.model.scenario import Scenario
from planner.model.thresholds import words_met

Item = tuple[str | None, str | None, tuple[str, ...]]
"""A class, its subject's jurisdiction (None = unknown), and the words on head counts that are true of it."""

Items = frozenset[Item]


@dataclass(frozen=True, slots=True)
class LawProfile:
    """The facts rules look at.

    `keys` says who holds the keys of the dataset, or of each dataset the component touches. `key` names the workload or
    dataset only when a mechanism is bought for one. `chip` is the accelerator it runs on ('' = none, '*' = one of
    several that are judged one by one) and `control` its class. An `entity` of '' is one of whom nothing is known.
    """

    entity: str
    critical: bool | None
    purpose: tuple[str, ...] | None
    items: Items
    keys: tuple[str | None, ...]
    key: str
    chip: str = ""
    control: str | None = None


def items_of(classes: Sequence[str] | None, subjects: Iterable[str] | None, counts: tuple[str, ...] = ()) -> Items:
    """Classes × subjects, all with the same counts; an absent list is unknown, an empty one gives nothing."""
    return frozenset((c, s, counts) for c in ((None,) if classes is None else classes) for s in _subjects(subjects))


def _subjects(subjects: Iterable[str] | None) -> tuple[str | None, ...]:
    return (None,) if subjects is None else tuple(subjects)


def processed_items(scenario: Scenario) -> dict[str, Items]:
    """What each component processes: its datasets and everything that flows into it, to a fixed point.

    A flow with `carries` from a component that turns out to process nothing carries its classes about unknown subjects
    in unknown numbers.
    """
    found = {c.id: _own_items(c, scenario) for c in scenario.components}
    into = _flows_by_source(scenario)
    for flow in scenario.flows:
        if flow.from_.startswith("users:") and flow.to in found:
            found[flow.to] |= _user_items(flow, scenario)
        elif flow.from_.startswith("dataset:") and flow.to in found:
            found[flow.to] |= dataset_items(scenario, scenario.dataset[flow.from_[8:]])
    _spread(found, into, scenario)
    silent = [flow for name in found if not found[name] for flow in into.get(name, ()) if flow.carries]
    for flow in silent:
        if flow.to in found:
            found[flow.to] |= items_of(flow.carries, None)
    _spread(found, into, scenario)
    return found


def declared_items(scenario: Scenario, processed: Mapping[str, Items]) -> dict[str, Items]:
    """What the author says of each component: its datasets, its users, and flows that declare or transform."""
    found = {c.id: _own_items(c, scenario) for c in scenario.components}
    for flow in scenario.flows:
        if flow.to not in found:
            continue
        if flow.from_.startswith("users:"):
            found[flow.to] |= _user_items(flow, scenario)
        elif flow.carries is not None or flow.transform is not None:
            of_unknown = items_of(flow.carries or (), None) & processed[flow.to]
            found[flow.to] |= _carried(flow, source_items(flow, processed, scenario), scenario) | of_unknown
    return found


def source_items(flow: Flow, processed: Mapping[str, Items], scenario: Scenario) -> Items:
    """All that the dataset or component at the beginning of a flow holds or processes."""
    of_data = flow.from_.startswith("dataset:")
    return dataset_items(scenario, scenario.dataset[flow.from_[8:]]) if of_data else processed[flow.from_]


def _spread(found: dict[str, Items], into: dict[str, list[Flow]], scenario: Scenario) -> None:
    waiting = list(found)
    while waiting:
        source = waiting.pop()
        for flow in into.get(source, ()):
            arriving = _carried(flow, found[source], scenario)
            if flow.to in found and not arriving <= found[flow.to]:
                found[flow.to] |= arriving
                waiting.append(flow.to)


def _own_items(component: Component, scenario: Scenario) -> Items:
    out: Items = frozenset()
    for name in (*component.reads, *component.writes):
        out |= dataset_items(scenario, scenario.dataset[name])
    return out


def dataset_items(scenario: Scenario, dataset: Dataset) -> Items:
    """The items of a dataset at rest."""
    return items_of(dataset.classes, dataset.subjects, words_met(scenario.vocabulary.thresholds, dataset.persons))


def _user_items(flow: Flow, scenario: Scenario) -> Items:
    group = scenario.user_group[flow.from_[6:]]
    counts = words_met(scenario.vocabulary.thresholds, group.persons)
    return items_of(group.carries, sorted({p.country for p in group.points}), counts)


def _carried(flow: Flow, items: Items, scenario: Scenario) -> Items:
    """What a flow brings: all of its source, transformed where it says so, or the classes it declares."""
    if flow.carries is not None:
        return frozenset((name, subject, counts) for name in flow.carries for _, subject, counts in items)
    if flow.transform is None:
        return items
    becomes = scenario.vocabulary.transforms[flow.transform]
    return frozenset((_transformed(name, becomes, scenario), subject, counts) for name, subject, counts in items)


def _transformed(name: str | None, becomes: Mapping[str, str], scenario: Scenario) -> str | None:
    if name is None:
        return None
    return next((becomes[each] for each in scenario.vocabulary.lineage(name) if each in becomes), name)


def _flows_by_source(scenario: Scenario) -> dict[str, list[Flow]]:
    out: dict[str, list[Flow]] = {}
    for flow in scenario.flows:
        out.setdefault(flow.from_, []).append(flow)
    return out


def dataset_critical(scenario: Scenario) -> dict[str, bool | None]:
    """Critical if a component that touches the dataset is; unknown if none is known to be and one is unknown."""
    out: dict[str, bool | None] = {}
    for name, touching in _touching(scenario).items():
        seen = {c.critical for c in touching}
        out[name] = True if True in seen else None if None in seen else False
    return out


def component_profiles(scenario: Scenario, *, keyed: bool) -> list[LawProfile]:
    """One profile a component, in order of id; `keyed` adds the workload."""
    items = processed_items(scenario)
    keys: dict[str, set[str | None]] = {c.id: set() for c in scenario.components}
    for name, touching in _touching(scenario).items():
        for component in touching:
            keys[component.id].add(scenario.dataset[name].keys)
    return [
        LawProfile(
            c.entity,
            c.critical,
            c.purpose,
            items[c.id],
            tuple(sorted(keys[c.id], key=str)),
            c.workload if keyed else "",
            "*" if c.accelerators else "",
        )
        for c in scenario.components
    ]


def copy_profiles(scenario: Scenario, *, keyed: bool) -> list[LawProfile]:
    """One profile a dataset, in order of id; `keyed` adds the dataset."""
    critical, purpose = dataset_critical(scenario), dataset_purposes(scenario)
    return [
        LawProfile(
            d.entity,
            critical[d.id],
            purpose[d.id],
            dataset_items(scenario, d),
            (d.keys,),
            f"dataset:{d.id}" if keyed else "",
        )
        for d in scenario.datasets
    ]


def dataset_purposes(scenario: Scenario) -> dict[str, tuple[str, ...] | None]:
    """Purposes of all components that touch a dataset; unknown if one of them is unknown."""
    out: dict[str, tuple[str, ...] | None] = {}
    for name, touching in _touching(scenario).items():
        known = [c.purpose for c in touching]
        out[name] = None if None in known else tuple(sorted({word for words in known for word in words or ()}))
    return out


def _touching(scenario: Scenario) -> dict[str, list[Component]]:
    """The components that read, write, feed or are fed by each dataset."""
    touching: dict[str, list[Component]] = {d.id: [] for d in scenario.datasets}
    for component in scenario.components:
        for name in {*component.reads, *component.writes}:
            touching[name].append(component)
    for flow in scenario.flows:
        for end, other in ((flow.from_, flow.to), (flow.to, flow.from_)):
            if end.startswith("dataset:") and other in scenario.component:
                touching[end[8:]].append(scenario.component[other])
    return touching
