"""Spread: p[k,z] = some unit of k stands in z; p ≤ n, Σ_{z∈r} p ≥ Z · x; `even` caps n at ⌈count/Z⌉."""

from __future__ import annotations

import numpy as np

from planner.requirements.spread import Spread
from planner.solver.draft import Draft, Entries, Index


def add(draft: Draft) -> None:
    """Add the columns p and the rows `spread`, for components that ask for spread in zones with capacity."""
    n, x, zone_region = draft.tables["n"], draft.tables["x"], draft.candidates.zone_region
    asked = {k: s for k, c in enumerate(draft.scenario.components) if isinstance(s := c.requires.get("spread"), Spread)}
    wanted = np.array([k in asked for k in range(len(draft.scenario.components))], dtype=bool)
    component, zone = np.nonzero((n >= 0) & wanted[:, None])
    if not len(component):
        return
    p = draft.add_columns("p", {"component": component, "zone": zone}, upper=1, integer=True)
    rows = np.arange(len(component))
    units = n[component, zone]
    draft.add_rows(
        "spread_used", {"component": component, "zone": zone}, [Entries(rows, p), Entries(rows, units, -1)], upper=0
    )
    places, row = np.unique(np.stack([component, zone_region[zone]]), axis=1, return_inverse=True)
    least = np.array([asked[int(k)].zones for k in places[0]], dtype=np.int64)
    draft.add_rows(
        "spread",
        {"component": places[0], "region": places[1]},
        [Entries(row.ravel(), p), Entries(np.arange(len(least)), x[places[0], places[1]], -least)],
        lower=0,
        cause="spread",
        elastic=True,
    )
    _even(draft, asked, component, zone)


def _even(draft: Draft, asked: dict[int, Spread], component: Index, zone: Index) -> None:
    chosen = np.array([asked[int(k)].even for k in component], dtype=bool) & ~draft.accelerated[component]
    caps = [-(-draft.scenario.components[int(k)].count // asked[int(k)].zones) for k in component[chosen]]
    keys = {"component": component[chosen], "zone": zone[chosen]}
    entries = [Entries(np.arange(int(chosen.sum())), draft.tables["n"][component[chosen], zone[chosen]])]
    draft.add_rows("spread_even", keys, entries, upper=caps, cause="spread", elastic=True)
