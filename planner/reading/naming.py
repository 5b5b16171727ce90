"""Naming: short names in a scenario become full ids (`workload/component`, `users:…`, `dataset:…`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.errors import Where
from planner.model.question import Component, Dataset, Flow, Quote, Users, Workload
from planner.reading.faults import Collector


@dataclass(frozen=True, slots=True)
class Named:
    """Workloads and quotes with full ids."""

    workloads: tuple[Workload, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """Every name that a flow or a read may mean."""

    components: Mapping[str, Where]
    datasets: frozenset[str]
    users: frozenset[str]

    @property
    def all(self) -> list[str]:
        return [*self.components, *(f"dataset:{d}" for d in self.datasets), *self.users]


def resolve_names(
    workloads: Iterable[Workload],
    datasets: Iterable[Dataset],
    users: Iterable[Users],
    quotes: Iterable[Quote],
    faults: Collector,
) -> Named:
    """Give every component, flow, read, write and quote its full id; names that mean nothing are faults."""
    workloads = tuple(workloads)
    components: dict[str, Where] = {}
    for workload in workloads:
        for component in workload.components:
            full = f"{workload.id}/{component.id}"
            if full in components:
                faults.add(
                    component.where, "N002", f"component {full!r} is declared twice", f"first at {components[full]}"
                )
            components[full] = component.where
    names = _Names(components, frozenset(d.id for d in datasets), frozenset(u.id for u in users))
    return Named(
        tuple(_workload(workload, names, faults) for workload in workloads),
        tuple(_quote(quote, names, faults) for quote in quotes),
    )


def _workload(workload: Workload, names: _Names, faults: Collector) -> Workload:
    components = tuple(_component(c, workload, names, faults) for c in workload.components)
    flows = tuple(_flow(f, workload, names, faults) for f in workload.flows)
    return replace(workload, components=components, flows=tuple(sorted(flows, key=lambda f: f.id)))


def _component(component: Component, workload: Workload, names: _Names, faults: Collector) -> Component:
    reads, writes = (
        tuple(_dataset(d, component.where, names, faults) for d in ids) for ids in (component.reads, component.writes)
    )
    return replace(
        component,
        id=f"{workload.id}/{component.id}",
        workload=workload.id,
        entity=workload.entity,
        reads=tuple(sorted(set(reads))),
        writes=tuple(sorted(set(writes))),
        services=tuple(sorted(set(component.services))),
    )


def _dataset(name: str, where: Where, names: _Names, faults: Collector) -> str:
    plain = name.removeprefix("dataset:")
    if plain not in names.datasets:
        faults.unknown(where, "dataset", plain, names.datasets)
    return plain


def _flow(flow: Flow, workload: Workload, names: _Names, faults: Collector) -> Flow:
    ends = (_end(end, workload.id, flow.where, names, faults) for end in (flow.from_, flow.to))
    source, target = ends
    out = replace(flow, from_=source, to=target, workload=workload.id)
    if "/" not in source and "/" not in target:
        faults.add(flow.where, "N003", "a flow needs a component at one end", "users and datasets talk to components")
    if source == target:
        faults.add(flow.where, "N003", f"flow from {source!r} to itself", "leave it out")
    return out


def _end(name: str, workload: str, where: Where, names: _Names, faults: Collector) -> str:
    """The canonical end of a flow: a component of this workload first, then users, then a full or dataset name."""
    if name.startswith("dataset:"):
        return f"dataset:{_dataset(name, where, names, faults)}"
    if f"{workload}/{name}" in names.components:
        return f"{workload}/{name}"
    if name in names.users:
        return f"users:{name}"
    if name in names.components:
        return name
    if name in names.datasets:
        return f"dataset:{name}"
    short = [full.split("/", 1)[1] for full in names.components if full.startswith(f"{workload}/")]
    faults.unknown(where, "end of a flow", name, [*short, *names.all])
    return f"{workload}/{name}"


def _quote(quote: Quote, names: _Names, faults: Collector) -> Quote:
    if quote.component in names.components:
        return quote
    ending = [full for full in names.components if full.split("/", 1)[1] == quote.component]
    if len(ending) == 1:
        return replace(quote, component=ending[0])
    faults.unknown(quote.where, "component", quote.component, names.components)
    return quote
