"""Units: n[k,z] units of k in zone z, Σ_{z∈r} n = count · x, n ≤ N · x with N what the empty zone can hold.

Only zones with a stated capacity need columns; elsewhere units are spread evenly after the solve, which costs the same.
"""

from __future__ import annotations

import numpy as np

from planner.solver.draft import Draft, Entries


def add(draft: Draft) -> None:
    """Add the columns n and the rows `units` and `units_zone`."""
    runs, candidates = draft.now.runs, draft.candidates
    x, zone_region = draft.tables["x"], candidates.zone_region
    counts = np.array([0 if c.divisible else c.count for c in draft.scenario.components], dtype=np.int64)
    n = draft.table("n", (len(candidates.components), len(candidates.zones)))
    counts[draft.accelerated] = 0
    component, zone = np.nonzero((x[:, zone_region] >= 0) & (counts > 0)[:, None] & draft.bounded[:, zone_region])
    if not len(component):
        return
    most = counts[component] if draft.elastic else runs.most[runs.need_of[component], zone]
    n[component, zone] = draft.add_columns("n", {"component": component, "zone": zone}, upper=most, integer=True)
    where = x[component, zone_region[zone]]
    places, row = np.unique(np.stack([component, zone_region[zone]]), axis=1, return_inverse=True)
    keys = {"component": places[0], "region": places[1]}
    stands = Entries(row.ravel(), n[component, zone])
    lives = Entries(np.arange(places.shape[1]), x[places[0], places[1]], -counts[places[0]])
    draft.add_rows("units", keys, [stands, lives], lower=0, upper=0)
    rows = np.arange(len(component))
    draft.add_rows(
        "units_zone",
        {"component": component, "zone": zone},
        [Entries(rows, n[component, zone]), Entries(rows, where, -most)],
        upper=0,
    )
