"""Opening: o[e,r] = entity e uses region r, x ≤ o, b ≤ o; y[r] = anyone does, o ≤ y, limits on Σ_r y.

Where a least number of regions is asked for, o ≤ Σx + Σb and y ≤ Σ_e o keep unused regions from counting.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.model.program import FREE
from planner.objectives import opening
from planner.solver.draft import Draft, Entries


def add(draft: Draft) -> None:
    """Add the columns o and y, and the rows `open`, `open_used`, `open_any`, `open_any_used`, `limit_regions`."""
    limit = draft.scenario.limits.regions
    counted = any(v is not None for v in (limit.at_most, limit.at_least, limit.exactly))
    regions = draft.scenario.regions
    once = opening.once_charge(regions, draft.scenario.horizon.amortise)
    monthly = opening.monthly_cost(regions)
    wanted = np.ones(len(regions), dtype=bool) if counted else monthly + once > 0
    things = _presences(draft)
    least = limit.at_least is not None or limit.exactly is not None
    o = _entity_columns(draft, things, wanted, monthly + once if draft.once else monthly)
    # A region kept open without use would save a second opening: what is charged between periods needs the truth.
    _links(draft, things, o, least=least or not draft.once)
    if counted:
        _limit(draft, o, least=least)


def _presences(draft: Draft) -> list[tuple[int, NDArray[np.int64]]]:
    """(entity index, [R] presence columns) of every component and copy."""
    index = {e.id: n for n, e in enumerate(draft.scenario.entities)}
    runs = [(index[c.entity], draft.tables["x"][k]) for k, c in enumerate(draft.scenario.components)]
    owner = [index[draft.scenario.datasets[int(d)].entity] for d in draft.now.copies.dataset]
    return runs + [(e, draft.tables["b"][c]) for c, e in enumerate(owner)]


def _entity_columns(
    draft: Draft, things: list[tuple[int, NDArray[np.int64]]], wanted: NDArray[np.bool_], cost: NDArray[np.int64]
) -> NDArray[np.int64]:
    o = draft.table("o", (len(draft.scenario.entities), len(wanted)))
    possible = np.zeros(o.shape, dtype=bool)
    for owner, columns in things:
        possible[owner] |= columns >= 0
    entity, region = np.nonzero(possible & wanted[None, :])
    if len(entity):
        price = 0 if draft.elastic else cost[region]
        o[entity, region] = draft.add_columns(
            "o", {"entity": entity, "region": region}, upper=1, cost=price, integer=True
        )
    return o


def _links(draft: Draft, things: list[tuple[int, NDArray[np.int64]]], o: NDArray[np.int64], *, least: bool) -> None:
    thing, region, used, opened = [], [], [], []
    for number, (owner, columns) in enumerate(things):
        places = np.flatnonzero((columns >= 0) & (o[owner] >= 0))
        thing += [number] * len(places)
        region += places.tolist()
        used += columns[places].tolist()
        opened += o[owner, places].tolist()
    rows = np.arange(len(used))
    draft.add_rows(
        "open", {"thing": thing, "region": region}, [Entries(rows, used), Entries(rows, opened, -1)], upper=0
    )
    if least:
        named, row = np.unique(np.array(opened, dtype=np.int64), return_inverse=True)
        entries = [Entries(np.arange(len(named)), named), Entries(row, used, -1)]
        draft.add_rows("open_used", {"column": named}, entries, upper=0)


def _limit(draft: Draft, o: NDArray[np.int64], *, least: bool) -> None:
    limit = draft.scenario.limits.regions
    regions = np.flatnonzero((o >= 0).any(axis=0))
    y = draft.table("y", (o.shape[1],))
    if len(regions):
        y[regions] = draft.add_columns("y", {"region": regions}, upper=1, integer=True)
    entity, region = np.nonzero(o >= 0)
    rows = np.arange(len(entity))
    entries = [Entries(rows, o[entity, region]), Entries(rows, y[region], -1)]
    draft.add_rows("open_any", {"entity": entity, "region": region}, entries, upper=0)
    if least:
        position = {int(r): n for n, r in enumerate(regions)}
        backs = Entries([position[int(r)] for r in region], o[entity, region], -1)
        draft.add_rows(
            "open_any_used", {"region": regions}, [Entries(np.arange(len(regions)), y[regions]), backs], upper=0
        )
    low = max((v for v in (limit.at_least, limit.exactly) if v is not None), default=-FREE)
    high = min((v for v in (limit.at_most, limit.exactly) if v is not None), default=FREE)
    entries = [Entries([0] * len(regions), y[regions])]
    draft.add_rows(
        "limit_regions", {"limit": ["regions"]}, entries, lower=low, upper=high, cause="limits.regions", elastic=True
    )
