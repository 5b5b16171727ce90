"""Partitions: a dataset split by its subjects becomes one dataset each, `ID@CODE`, and its traffic with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from planner.model.question import Component, Dataset, Flow, Workload
from planner.reading.faults import Collector

Parts = Mapping[str, tuple[tuple[str, Decimal], ...]]
"""Dataset id to its parts: (id of the part, share)."""


def split_datasets(datasets: Iterable[Dataset], faults: Collector) -> tuple[tuple[Dataset, ...], Parts]:
    """The datasets with every partitioned one replaced by its parts."""
    out: list[Dataset] = []
    parts: dict[str, tuple[tuple[str, Decimal], ...]] = {}
    for dataset in datasets:
        if dataset.partition_by is None or not _shares_fit(dataset, faults):
            out.append(dataset)
            continue
        parts[dataset.id] = tuple((f"{dataset.id}@{code}", share) for code, share in sorted(dataset.shares.items()))
        out += [_part(dataset, code, share) for code, share in sorted(dataset.shares.items())]
    return tuple(out), parts


def _shares_fit(dataset: Dataset, faults: Collector) -> bool:
    if set(dataset.shares) == set(dataset.subjects or ()) and sum(dataset.shares.values()) == 1:
        return True
    text = f"dataset {dataset.id!r}: partition_by needs `shares` for each of its subjects that sum to 100 %"
    where = faults.inside(dataset.where, "shares" if dataset.shares else "partition_by")
    faults.add(where, "N003", text, "write for example `shares: {MY: 99 %, SG: 1 %}`")
    return False


def _part(dataset: Dataset, code: str, share: Decimal) -> Dataset:
    return replace(
        dataset,
        id=f"{dataset.id}@{code}",
        subjects=(code,),
        size=dataset.size * share,
        change=dataset.change * share,
        partition_by=None,
        shares={},
    )


def split_traffic(workloads: Iterable[Workload], parts: Parts) -> tuple[Workload, ...]:
    """Reads, writes and flows of a partitioned dataset go to its parts, volumes by share."""
    if not parts:
        return tuple(workloads)
    return tuple(
        replace(
            workload,
            components=tuple(_component(c, parts) for c in workload.components),
            flows=tuple(sorted((f for flow in workload.flows for f in _flows(flow, parts)), key=lambda f: f.id)),
        )
        for workload in workloads
    )


def _component(component: Component, parts: Parts) -> Component:
    reads, writes = (
        tuple(name for dataset in names for name in _names(dataset, parts))
        for names in (component.reads, component.writes)
    )
    return replace(component, reads=reads, writes=writes)


def _names(dataset: str, parts: Parts) -> tuple[str, ...]:
    return tuple(name for name, _ in parts[dataset]) if dataset in parts else (dataset,)


def _flows(flow: Flow, parts: Parts) -> tuple[Flow, ...]:
    for key, end in (("from_", flow.from_), ("to", flow.to)):
        dataset = end.removeprefix("dataset:")
        if end.startswith("dataset:") and dataset in parts:
            split = ((f"dataset:{name}", flow.volume * share) for name, share in parts[dataset])
            return tuple(replace(flow, **{key: name, "volume": volume}) for name, volume in split)  # type: ignore[arg-type]
    return (flow,)
