"""Profiles: what law asks of a thing, computed once for all things that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.model.question import Component, Dataset, Flow
from planner.model.scenario import Scenario

Item = tuple[str | None, str | None]
Items = frozenset[Item]


@dataclass(frozen=True, slots=True)
class LawProfile:
    """The facts rules look at. `key` names the workload or dataset only when a mechanism is bought for one."""

    entity: str
    critical: bool | None
    items: Items
    key: str


def items_of(classes: Sequence[str] | None, subjects: Iterable[str] | None) -> Items:
    """Classes × subjects; an absent list is unknown, an empty one gives nothing."""
    return frozenset((c, s) for c in ((None,) if classes is None else classes) for s in _subjects(subjects))


def _subjects(subjects: Iterable[str] | None) -> tuple[str | None, ...]:
    return (None,) if subjects is None else tuple(subjects)


def processed_items(scenario: Scenario) -> dict[str, Items]:
    """What each component processes: its datasets and everything that flows into it, to a fixed point.

    A flow with `carries` from a component that turns out to process nothing carries its classes about unknown subjects.
    """
    found = {c.id: _own_items(c, scenario) for c in scenario.components}
    into = _flows_by_source(scenario)
    for flow in scenario.flows:
        if flow.from_.startswith("users:") and flow.to in found:
            found[flow.to] |= _user_items(flow, scenario)
        elif flow.from_.startswith("dataset:") and flow.to in found:
            found[flow.to] |= dataset_items(scenario.dataset[flow.from_[8:]])
    _spread(found, into)
    silent = [flow for name in found if not found[name] for flow in into.get(name, ()) if flow.carries]
    for flow in silent:
        if flow.to in found:
            found[flow.to] |= items_of(flow.carries, None)
    _spread(found, into)
    return found


def _spread(found: dict[str, Items], into: dict[str, list[Flow]]) -> None:
    waiting = list(found)
    while waiting:
        source = waiting.pop()
        for flow in into.get(source, ()):
            arriving = _carried(flow, found[source])
            if flow.to in found and not arriving <= found[flow.to]:
                found[flow.to] |= arriving
                waiting.append(flow.to)


def _own_items(component: Component, scenario: Scenario) -> Items:
    out: Items = frozenset()
    for name in (*component.reads, *component.writes):
        out |= dataset_items(scenario.dataset[name])
    return out


def dataset_items(dataset: Dataset) -> Items:
    """The items of a dataset at rest."""
    return items_of(dataset.classes, dataset.subjects)


def _user_items(flow: Flow, scenario: Scenario) -> Items:
    group = scenario.user_group[flow.from_[6:]]
    return items_of(group.carries, sorted({p.country for p in group.points}))


def _carried(flow: Flow, items: Items) -> Items:
    """What a flow brings: all of its source, or the classes it declares with the source's subjects."""
    if flow.carries is None:
        return items
    subjects = {subject for _, subject in items}
    return frozenset((name, subject) for name in flow.carries for subject in subjects)


def _flows_by_source(scenario: Scenario) -> dict[str, list[Flow]]:
    out: dict[str, list[Flow]] = {}
    for flow in scenario.flows:
        out.setdefault(flow.from_, []).append(flow)
    return out


def dataset_critical(scenario: Scenario) -> dict[str, bool | None]:
    """Critical if a component that touches the dataset is; unknown if none is known to be and one is unknown."""
    touching: dict[str, set[bool | None]] = {d.id: set() for d in scenario.datasets}
    for component in scenario.components:
        for name in {*component.reads, *component.writes}:
            touching[name].add(component.critical)
    for flow in scenario.flows:
        for end, other in ((flow.from_, flow.to), (flow.to, flow.from_)):
            if end.startswith("dataset:") and other in scenario.component:
                touching[end[8:]].add(scenario.component[other].critical)
    return {name: True if True in seen else None if None in seen else False for name, seen in touching.items()}


def component_profiles(scenario: Scenario, *, keyed: bool) -> list[LawProfile]:
    """One profile a component, in order of id; `keyed` adds the workload."""
    items = processed_items(scenario)
    return [LawProfile(c.entity, c.critical, items[c.id], c.workload if keyed else "") for c in scenario.components]


def copy_profiles(scenario: Scenario, *, keyed: bool) -> list[LawProfile]:
    """One profile a dataset, in order of id; `keyed` adds the dataset."""
    critical = dataset_critical(scenario)
    plain = [LawProfile(d.entity, critical[d.id], dataset_items(d), f"dataset:{d.id}") for d in scenario.datasets]
    return plain if keyed else [replace(p, key="") for p in plain]
