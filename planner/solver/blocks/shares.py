"""Shares: s[k,r] of a component's load, Σ_r s = 1, s ≤ x; zone shares of a divisible component, Σ_{z∈r} s_z = s.

A component in one region has s = x. Shares that follow from users or flows get their rows there; a component of
several regions with neither shares evenly: |regions| · s = x.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.solver.blocks.presence import keeps_presence
from planner.solver.draft import NONE, Draft, Entries


def add(draft: Draft) -> None:
    """Add the columns s and sz, and the rows `share_sum`, `share_here`, `share_even`, `share_zones`."""
    components, runs = draft.scenario.components, draft.now.runs
    s = draft.table("s", runs.allowed.shape)
    divisible = np.array([c.divisible for c in components], dtype=bool)
    several = np.array([not c.divisible and c.regions.max > 1 for c in components], dtype=bool)
    single = ~divisible & ~several
    s[single] = draft.tables["x"][single]
    _columns(draft, s, several, divisible)
    _sum_to_one(draft, s, several | divisible)
    _no_more_than_presence(draft, s, several | divisible)
    _even(draft, s, several)
    _zone_shares(draft, s, divisible)
    for k in np.flatnonzero(divisible):
        if not keeps_presence(draft, int(k)):
            draft.tables["x"][k] = s[k]


def _columns(draft: Draft, s: NDArray[np.int64], several: NDArray[np.bool_], divisible: NDArray[np.bool_]) -> None:
    runs = draft.now.runs
    component, region = np.nonzero(draft.admitted(runs.allowed) & (several | divisible)[:, None])
    if not len(component):
        return
    whole = (runs.unit_cost + runs.electricity)[runs.need_of[component], region]
    cost = np.where(divisible[component], whole, 0)
    without_x = draft.tables["x"][component, region] < 0
    price = draft.price_of(~runs.allowed[component, region] & without_x, cost)
    s[component, region] = draft.add_columns("s", {"component": component, "region": region}, upper=1, cost=price)


def _sum_to_one(draft: Draft, s: NDArray[np.int64], which: NDArray[np.bool_]) -> None:
    named = np.flatnonzero(which)
    row, region = np.nonzero(s[named] >= 0)
    draft.add_rows("share_sum", {"component": named}, [Entries(row, s[named[row], region])], lower=1, upper=1)


def _no_more_than_presence(draft: Draft, s: NDArray[np.int64], which: NDArray[np.bool_]) -> None:
    x = draft.tables["x"]
    component, region = np.nonzero((s >= 0) & (x >= 0) & which[:, None])
    rows = np.arange(len(component))
    entries = [Entries(rows, s[component, region]), Entries(rows, x[component, region], -1)]
    draft.add_rows("share_here", {"component": component, "region": region}, entries, upper=0)


def _even(draft: Draft, s: NDArray[np.int64], several: NDArray[np.bool_]) -> None:
    free = np.array([several[k] and not load_given(draft, k) for k in range(len(several))], dtype=bool)
    component, region = np.nonzero((s >= 0) & free[:, None])
    rows = np.arange(len(component))
    counts = np.array([draft.scenario.components[int(k)].regions.min for k in component], dtype=np.int64)
    entries = [Entries(rows, s[component, region], counts), Entries(rows, draft.tables["x"][component, region], -1)]
    draft.add_rows("share_even", {"component": component, "region": region}, entries, lower=0, upper=0)


def load_given(draft: Draft, component: int) -> bool:
    """Whether users or flows say how a component's load is shared."""
    name = draft.scenario.components[component].id
    return name in draft.inflow.into or any(s.component == component for s in draft.servings)


def _zone_shares(draft: Draft, s: NDArray[np.int64], divisible: NDArray[np.bool_]) -> None:
    """Regions of one zone, or without stated capacity, need no zone columns."""
    zone_region = draft.candidates.zone_region
    sz = draft.table("sz", (len(divisible), len(zone_region)))
    zones = np.bincount(zone_region, minlength=s.shape[1])
    alone = (zones == 1)[zone_region]
    here = (s[:, zone_region] >= 0) & divisible[:, None] & draft.bounded[:, zone_region]
    sz[here & alone[None, :]] = s[:, zone_region][here & alone[None, :]]
    component, zone = np.nonzero(here & ~alone[None, :])
    if not len(component):
        return
    sz[component, zone] = draft.add_columns("sz", {"component": component, "zone": zone}, upper=1)
    places, row = np.unique(np.stack([component, zone_region[zone]]), axis=1, return_inverse=True)
    whole = Entries(np.arange(places.shape[1]), s[places[0], places[1]], NONE)
    keys = {"component": places[0], "region": places[1]}
    draft.add_rows("share_zones", keys, [Entries(row.ravel(), sz[component, zone]), whole], lower=0, upper=0)
