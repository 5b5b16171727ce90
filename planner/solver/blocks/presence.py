"""Presence: x[k,r] = component k lives in region r; min ≤ Σ_r x ≤ max.

The whole compute cost is on x: units are count a region wherever they stand in it. A component that lives in exactly
one region also serves its users whole from there, so their traffic is priced on x too. A divisible component pays on
its shares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.model.program import FREE
from planner.solver.draft import Draft, Entries


def add(draft: Draft) -> None:
    """Add the columns x and the rows `presence`."""
    components, runs = draft.scenario.components, draft.now.runs
    shape = runs.allowed.shape
    x = draft.table("x", shape)
    own = np.array([not c.divisible or keeps_presence(draft, n) for n, c in enumerate(components)], dtype=bool)
    component, region = np.nonzero(draft.admitted(runs.allowed) & own[:, None])
    divisible = np.array([c.divisible for c in components], dtype=bool)
    for whole in (True, False):
        rows = np.flatnonzero(divisible[component] != whole)
        keys = {"component": component[rows], "region": region[rows]}
        cost = presence_cost(draft)[component[rows], region[rows]] if whole else 0
        price = draft.price_of(~runs.allowed[component[rows], region[rows]], cost)
        if len(rows):
            x[component[rows], region[rows]] = draft.add_columns(
                "x" if whole else "x_divisible", keys, upper=1, cost=price, integer=whole
            )
    _rows(draft, divisible)


def keeps_presence(draft: Draft, component: int) -> bool:
    """Whether a divisible component needs presence columns beside its shares: traffic, or a least number of regions."""
    limit = draft.scenario.limits.regions
    name = draft.scenario.components[component].id
    traffic = any(name in (f.from_, f.to) for f in draft.scenario.flows)
    return traffic or limit.at_least is not None or limit.exactly is not None


def presence_cost(draft: Draft) -> NDArray[np.int64]:
    """[K, R] micro-USD a month of living in a region: all units, and the users' traffic where there is one region."""
    cost = home_cost(draft)
    for serving in draft.servings:
        if serving.whole:
            cost[serving.component] += serving.cost.sum(axis=0)
    return cost


def home_cost(draft: Draft) -> NDArray[np.int64]:
    """[K, R] micro-USD a month of all units; those that are groups of accelerators are priced on their alternative."""
    runs = draft.now.runs
    counts = np.array([0 if c.accelerators else c.count for c in draft.scenario.components], dtype=np.int64)
    times = np.where(runs.quoted, 1, counts)
    cost: NDArray[np.int64] = runs.unit_cost[runs.need_of] * times[:, None] + runs.electricity[runs.need_of]
    return cost


def own_cost(draft: Draft) -> NDArray[np.int64]:
    """[K, R] the same with the cheapest alternative open there: what a component costs by itself."""
    cost, found = presence_cost(draft), draft.now.runs.alternatives
    cheapest = np.full(cost.shape, FREE, dtype=np.int64)
    np.minimum.at(cheapest, found.component, np.where(found.allowed, found.cost + found.electricity, FREE))
    return np.where(cheapest < FREE, cost + cheapest, cost)


def _rows(draft: Draft, divisible: NDArray[np.bool_]) -> None:
    x = draft.tables["x"]
    component, region = np.nonzero((x >= 0) & ~divisible[:, None])
    named, row = np.unique(component, return_inverse=True)
    missing = sorted(set(np.flatnonzero(~divisible).tolist()) - set(named.tolist()))
    spans = [c.regions for c in draft.scenario.components]
    named = np.concatenate([named, np.array(missing, dtype=np.int64)])
    draft.add_rows(
        "presence",
        {"component": named},
        [Entries(row, x[component, region])],
        lower=[spans[k].min for k in named],
        upper=[spans[k].max for k in named],
        cause=[draft.scenario.components[k].id for k in named],
    )
