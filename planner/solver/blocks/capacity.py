"""Capacity: for each limited resource and zone, Σ use · n + Σ use · s_z ≤ capacity.

The use of a unit may depend on the region.
"""

from __future__ import annotations

import numpy as np

from planner.model.candidates import Resource
from planner.solver.draft import Draft, Entries


def add(draft: Draft) -> None:
    """Add the rows `capacity`, one a (resource, zone) that some column uses."""
    for number, resource in enumerate(draft.now.runs.resources):
        _resource(draft, number, resource)


def _resource(draft: Draft, number: int, resource: Resource) -> None:
    zone_region, need_of = draft.candidates.zone_region, draft.now.runs.need_of
    limited = resource.capacity >= 0
    entries = []
    zones: list[int] = []
    for table in ("n", "sz"):
        index = draft.tables[table]
        component, zone = np.nonzero((index >= 0) & limited[None, :])
        use = resource.use[need_of[component], zone_region[zone]]
        entries.append((zone, index[component, zone], use))
        zones += zone[use > 0].tolist()
    named = np.array(sorted(set(zones)), dtype=np.int64)
    position = np.full(len(limited), -1, dtype=np.int64)
    position[named] = np.arange(len(named))
    kept = [(z, c, u) for z, c, u in entries]
    draft.add_rows(
        "capacity",
        {"resource": [number] * len(named), "zone": named},
        [Entries(position[z[u > 0]], c[u > 0], u[u > 0]) for z, c, u in kept],
        upper=resource.capacity[named],
        cause=[f"capacity: {resource.name} in {draft.candidates.zones[z]}" for z in named],
        elastic=True,
    )
