"""Flows: f[e,r,r'] = share of flow e from r to r'. Rows: Σ_{r'} f = s[u,r]; f ≤ x[v,r'].

Into a component of one region the second margin is an equality, Σ_r f = x[v,r']. A component of several regions
without users takes its share from all flows into it: (Σ V_e) · s = Σ_e V_e Σ_r f_e. Reads turn the margins round:
Σ_r f = s[v,r'], f ≤ Σ readable copies.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.model.question import Flow
from planner.solver.blocks.users import whole_numbers
from planner.solver.draft import Draft, Entries

Index = NDArray[np.int64]


def add(draft: Draft) -> None:
    """Add the columns f and the rows `flow_out`, `flow_in`, `flow_here`, `read`, `read_here`, `share_flows`."""
    for number, flow in enumerate(draft.scenario.flows):
        if "users:" not in flow.id:
            _flow(draft, number, flow)
    for component in range(len(draft.scenario.components)):
        if share_from_flows(draft, component):
            _share(draft, component)


def _flow(draft: Draft, number: int, flow: Flow) -> None:
    allowed, cost = draft.now.paths.allowed[number], draft.now.paths.cost[number]
    can_leave, can_reach = _ends(draft, flow)
    src, dst = np.nonzero(draft.admitted(allowed) & can_leave[:, None] & can_reach[None, :])
    f = draft.table(f"f:{number}", allowed.shape)
    price = draft.price_of(~allowed[src, dst], cost[src, dst])
    if len(src):
        keys = {"flow": [number] * len(src), "src": src, "dst": dst}
        f[src, dst] = draft.add_columns("f", keys, upper=1, cost=price)
    if flow.from_.startswith("dataset:"):
        _margin(draft, "read", number, f.T, _share_of(draft, flow.to))
        _bound(draft, "read_here", number, f, readable(draft, flow.from_[8:]), 0)
        return
    _margin(draft, "flow_out", number, f, _share_of(draft, flow.from_))
    if _lives_in_one(draft, flow.to):
        _margin(draft, "flow_in", number, f.T, _presence_of(draft, flow.to))
    else:
        _bound(draft, "flow_here", number, f, [_presence_of(draft, flow.to)], 1)


def _margin(draft: Draft, name: str, number: int, f: Index, whole: Index) -> None:
    """Σ over the second axis of f = the share at each place of the first."""
    places = np.flatnonzero((whole >= 0) | (f >= 0).any(axis=1))
    position = {int(r): n for n, r in enumerate(places)}
    first, second = np.nonzero(f >= 0)
    have = places[whole[places] >= 0]
    entries = [
        Entries([position[int(r)] for r in first], f[first, second]),
        Entries([position[int(r)] for r in have], whole[have], -1),
    ]
    draft.add_rows(name, {"flow": [number] * len(places), "region": places}, entries, lower=0, upper=0)


def _bound(draft: Draft, name: str, number: int, f: Index, holders: list[Index], axis: int) -> None:
    """F ≤ Σ of the columns that let traffic use the place on one of its axes."""
    src, dst = np.nonzero(f >= 0)
    place = (src, dst)[axis]
    rows = np.arange(len(src))
    entries = [Entries(rows, f[src, dst])]
    for holder in holders:
        have = holder[place] >= 0
        entries.append(Entries(rows[have], holder[place[have]], -1))
    draft.add_rows(name, {"flow": [number] * len(src), "src": src, "dst": dst}, entries, upper=0)


def _share(draft: Draft, component: int) -> None:
    flows = draft.inflow.into[draft.scenario.components[component].id]
    volumes = whole_numbers([Fraction(draft.scenario.flows[n].volume) for n in flows])
    s = draft.tables["s"][component]
    regions = np.flatnonzero(s >= 0)
    position = {int(r): n for n, r in enumerate(regions)}
    entries = [Entries(np.arange(len(regions)), s[regions], -sum(volumes))]
    for number, volume in zip(flows, volumes, strict=True):
        f = draft.tables[f"f:{number}"]
        src, dst = np.nonzero((f >= 0) & (s >= 0)[None, :])
        entries.append(Entries([position[int(r)] for r in dst], f[src, dst], volume))
    draft.add_rows(
        "share_flows", {"component": [component] * len(regions), "region": regions}, entries, lower=0, upper=0
    )


def share_from_flows(draft: Draft, component: int) -> bool:
    """Whether a component's share follows from the flows into it: several regions, and no users."""
    shown = draft.scenario.components[component]
    several = shown.divisible or shown.regions.max > 1
    serves = any(s.component == component for s in draft.servings)
    return several and not serves and shown.id in draft.inflow.into


def readable(draft: Draft, dataset: str) -> list[Index]:
    """[R] columns of the copies of a dataset that can be read: the primary and replicas."""
    copies = draft.now.copies
    wanted = draft.candidates.datasets.index(dataset)
    return [draft.tables["b"][n] for n, d in enumerate(copies.dataset) if d == wanted and copies.role[n] != "backup"]


def _number(draft: Draft, name: str) -> int:
    return draft.candidates.components.index(name)


def _share_of(draft: Draft, name: str) -> Index:
    return np.asarray(draft.tables["s"][_number(draft, name)])


def _presence_of(draft: Draft, name: str) -> Index:
    """[R] columns that let a flow arrive: presence of a component, or the primary copy of a dataset."""
    if not name.startswith("dataset:"):
        return np.asarray(draft.tables["x"][_number(draft, name)])
    copies = draft.now.copies
    dataset = draft.candidates.datasets.index(name[8:])
    primary = next(n for n, d in enumerate(copies.dataset) if d == dataset and copies.role[n] == "primary")
    return np.asarray(draft.tables["b"][primary])


def _lives_in_one(draft: Draft, name: str) -> bool:
    if name.startswith("dataset:"):
        return True
    shown = draft.scenario.component[name]
    return not shown.divisible and shown.regions.max == 1


def _ends(draft: Draft, flow: Flow) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """[R] regions the flow can leave from, [R] regions it can arrive in."""
    if flow.from_.startswith("dataset:"):
        leave = np.logical_or.reduce([columns >= 0 for columns in readable(draft, flow.from_[8:])])
        return leave, _share_of(draft, flow.to) >= 0
    return _share_of(draft, flow.from_) >= 0, _presence_of(draft, flow.to) >= 0
