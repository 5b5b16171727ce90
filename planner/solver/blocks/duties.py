"""Duties: copies that law asks for.

For each region r of the primary in which the rule bears: Σ copies that meet it ≥ b_primary[r]; a soft rule adds its v.
"""

from __future__ import annotations

import numpy as np

from planner.model.candidates import Duty
from planner.solver.blocks.mechanisms import owner_of_copy
from planner.solver.draft import Draft, Entries


def add(draft: Draft) -> None:
    """Add the rows `duty`."""
    for duty in draft.now.copies.duties:
        _duty(draft, duty)


def _duty(draft: Draft, duty: Duty) -> None:
    b, copies = draft.tables["b"], draft.now.copies
    same = copies.dataset == copies.dataset[duty.copy]
    if duty.others_only:
        same = same & (np.arange(len(same)) != duty.copy)
    places = np.flatnonzero(duty.bears & (b[duty.copy] >= 0))
    rows = np.arange(len(places))
    entries = [Entries(rows, b[duty.copy, places], -1)]
    for copy in np.flatnonzero(same):
        row, other = np.nonzero(duty.meets[places] & (b[copy] >= 0)[None, :])
        entries.append(Entries(row, b[copy, other]))
    paid = draft.penalties.get((duty.rule, owner_of_copy(draft, duty.copy)))
    if paid is not None:
        entries.append(Entries(rows, np.full(len(rows), paid)))
    keys = {"rule": [duty.rule] * len(places), "copy": [duty.copy] * len(places), "region": places}
    draft.add_rows("duty", keys, entries, lower=0, cause=duty.rule, elastic=True)
