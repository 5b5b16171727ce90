"""Naming: short names in a scenario become full ids (`workload/component`, `users:…`, `dataset:…`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

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
    """Every name that a flow, a read or a quote may mean; `short` maps a component's own id to its full ids."""

    components: Mapping[str, Where]
    datasets: frozenset[str]
    users: frozenset[str]
    short: Mapping[str, list[str]]
    of_workload: Mapping[str, list[str]]

    def ends(self, workload: str) -> Iterable[str]:
        """What a flow of a workload may name; read only when a suggestion is looked for."""
        own = self.of_workload.get(workload, [])
        return chain(own, self.components, self.datasets, (f"dataset:{d}" for d in self.datasets), self.users)


def resolve_names(
    workloads: Iterable[Workload],
    datasets: Iterable[Dataset],
    users: Iterable[Users],
    quotes: Iterable[Quote],
    faults: Collector,
) -> Named:
    """Give every component, flow, read, write and quote its full id; names that mean nothing are faults."""
    workloads = tuple(workloads)
    names = _names(workloads, frozenset(d.id for d in datasets), frozenset(u.id for u in users), faults)
    return Named(
        tuple(_workload(workload, names, faults) for workload in workloads),
        tuple(_quote(quote, names, faults) for quote in quotes),
    )


def _names(workloads: Iterable[Workload], datasets: frozenset[str], users: frozenset[str], faults: Collector) -> _Names:
    names = _Names({}, datasets, users, defaultdict(list), defaultdict(list))
    components: dict[str, Where] = {}
    for workload in workloads:
        for component in workload.components:
            full = f"{workload.id}/{component.id}"
            if full in components:
                where = faults.inside(component.where, "id")
                faults.twice(where, f"component {full!r}", components[full])
                continue
            components[full] = component.where
            names.short[component.id].append(full)
            names.of_workload[workload.id].append(component.id)
    return replace(names, components=components)


def _workload(workload: Workload, names: _Names, faults: Collector) -> Workload:
    components = tuple(_component(c, workload, names, faults) for c in workload.components)
    flows = tuple(_flow(f, workload, names, faults) for f in workload.flows)
    return _growing(replace(workload, components=components, flows=tuple(sorted(flows, key=lambda f: f.id))))


def _growing(workload: Workload) -> Workload:
    """Its growth is that of every component and flow which states none."""
    if not workload.growth:
        return workload
    components = tuple(replace(c, growth=workload.growth) if c.growth is None else c for c in workload.components)
    flows = tuple(replace(f, growth=workload.growth) if f.growth is None else f for f in workload.flows)
    return replace(workload, components=components, flows=flows)


def _component(component: Component, workload: Workload, names: _Names, faults: Collector) -> Component:
    reads = {_dataset(d, component.where, "reads", names, faults) for d in component.reads}
    writes = {_dataset(d, component.where, "writes", names, faults) for d in component.writes}
    return replace(
        component,
        id=f"{workload.id}/{component.id}",
        workload=workload.id,
        entity=workload.entity,
        reads=tuple(sorted(reads)),
        writes=tuple(sorted(writes)),
        services=tuple(sorted(set(component.services))),
    )


def _dataset(name: str, where: Where, key: str, names: _Names, faults: Collector) -> str:
    plain = name.removeprefix("dataset:")
    if plain not in names.datasets:
        faults.unknown(faults.inside(where, key, name), "dataset", plain, names.datasets)
    return plain


def _flow(flow: Flow, workload: Workload, names: _Names, faults: Collector) -> Flow:
    source = _end(flow.from_, "from", flow, workload.id, names, faults)
    target = _end(flow.to, "to", flow, workload.id, names, faults)
    if "/" not in source and "/" not in target:
        text = "a flow needs a component at one end"
        faults.add(flow.where, "N003", text, "users and datasets talk to components")
    if source == target:
        faults.add(faults.inside(flow.where, "to"), "N003", f"flow from {source!r} to itself", "leave it out")
    return replace(flow, from_=source, to=target, workload=workload.id)


def _end(name: str, key: str, flow: Flow, workload: str, names: _Names, faults: Collector) -> str:
    """The canonical end of a flow: a component of this workload first, then users, then a full or dataset name."""
    own = f"{workload}/{name}"
    if name.startswith("dataset:"):
        return f"dataset:{_dataset(name, flow.where, key, names, faults)}"
    if own in names.components:
        return own
    if name in names.users:
        return f"users:{name}"
    if name in names.components:
        return name
    if name in names.datasets:
        return f"dataset:{name}"
    faults.unknown(faults.inside(flow.where, key), "end of a flow", name, names.ends(workload))
    return own


def _quote(quote: Quote, names: _Names, faults: Collector) -> Quote:
    if quote.component in names.components:
        return quote
    ending = names.short.get(quote.component, [])
    if len(ending) == 1:
        return replace(quote, component=ending[0])
    where = faults.inside(quote.where, "component")
    if ending:
        text = f"component {quote.component!r} is in several workloads"
        faults.add(where, "N001", text, f"write one of {', '.join(ending[:8])}")
    else:
        faults.unknown(where, "component", quote.component, chain(names.components, names.short))
    return quote
