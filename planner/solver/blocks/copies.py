"""Copies: b[c,r] = copy c of a dataset rests in r, Σ_r b = 1 for each copy; recovery; replication.

Recovery by distance: Σ_{r' far from r} b_c[r'] ≥ b_primary[r] for each r, no pair products. Replication from the
primary to copy c: f[r,r'] with Σ_{r'} f = b_primary[r] and Σ_r f = b_c[r'].
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.solver.draft import Draft, Entries


def add(draft: Draft) -> None:
    """Add the columns b and fb, and the rows `copy`, `recovery`, `replication_out`, `replication_in`."""
    copies = draft.now.copies
    b = draft.table("b", copies.allowed.shape)
    copy, region = np.nonzero(draft.admitted(copies.allowed))
    if len(copy):
        price = draft.price_of(~copies.allowed[copy, region], copies.unit_cost[copy, region])
        b[copy, region] = draft.add_columns("b", {"copy": copy, "region": region}, upper=1, cost=price, integer=True)
    causes = [f"dataset:{draft.candidates.datasets[int(d)]}" for d in copies.dataset]
    named = np.arange(len(copies.dataset))
    draft.add_rows("copy", {"copy": named}, [Entries(copy, b[copy, region])], lower=1, upper=1, cause=causes)
    for number in named:
        if copies.role[number] != "primary":
            _recovery(draft, int(number))
            _replication(draft, int(number))


def _recovery(draft: Draft, number: int) -> None:
    copies, b = draft.now.copies, draft.tables["b"]
    if copies.apart[number] <= 0:
        return
    primary = b[copies.primary[number]]
    places = np.flatnonzero(primary >= 0)
    near_of, far = np.nonzero((copies.distance[places] >= copies.apart[number]) & (b[number] >= 0)[None, :])
    entries = [Entries(near_of, b[number, far]), Entries(np.arange(len(places)), primary[places], -1)]
    keys = {"copy": [number] * len(places), "region": places}
    draft.add_rows("recovery", keys, entries, lower=0, cause="apart", elastic=True)


def _replication(draft: Draft, number: int) -> None:
    allowed, cost = draft.now.paths.copy_allowed[number], draft.now.paths.copy_cost[number]
    if allowed.all() and not cost.any():
        return
    b = draft.tables["b"]
    primary, here = b[draft.now.copies.primary[number]], b[number]
    src, dst = np.nonzero(draft.admitted(allowed) & (primary >= 0)[:, None] & (here >= 0)[None, :])
    fb = draft.table(f"fb:{number}", allowed.shape)
    if len(src):
        price = draft.price_of(~allowed[src, dst], cost[src, dst])
        fb[src, dst] = draft.add_columns(
            "fb", {"copy": [number] * len(src), "src": src, "dst": dst}, upper=1, cost=price
        )
    _margin(draft, "replication_out", number, fb, primary)
    _margin(draft, "replication_in", number, fb.T, here)


def _margin(draft: Draft, name: str, number: int, fb: NDArray[np.int64], whole: NDArray[np.int64]) -> None:
    places = np.flatnonzero(whole >= 0)
    row, other = np.nonzero(fb[places] >= 0)
    entries = [Entries(row, fb[places[row], other]), Entries(np.arange(len(places)), whole[places], -1)]
    draft.add_rows(name, {"copy": [number] * len(places), "region": places}, entries, lower=0, upper=0)
