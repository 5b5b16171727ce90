"""Accelerators: a[alternative,r] = the component lives in r on this kind of chip, Σ_h a = x.

Where it matters in which zone groups stand: na[alternative,z] groups, Σ_{z∈r} na = groups · a, n[k,z] = Σ_h na; chips
of a kind that a region states: Σ group · na ≤ stock + lawful arrivals + bought[h,z]; bought ≤ U · buys where law gates
it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.requirements.spread import Spread
from planner.solver.draft import Draft, Entries, Index


def add(draft: Draft) -> None:
    """Add the columns a, na, n and bought, and the rows that tie them together."""
    found, regions = draft.now.runs.alternatives, len(draft.candidates.regions)
    draft.table("a", (len(found.component), regions))
    draft.table("na", (len(found.component), len(draft.candidates.zones)))
    draft.table("bought", (len(found.kinds), len(draft.candidates.zones)))
    draft.table("buys", (len(found.kinds), regions))
    if len(found.component):
        _choices(draft)
        _groups(draft)
        _even(draft)
        _units(draft)
        _purchases(draft)
        _stock(draft)


def _choices(draft: Draft) -> None:
    found, x, a = draft.now.runs.alternatives, draft.tables["x"], draft.tables["a"]
    row, region = np.nonzero(draft.admitted(found.allowed) & (x[found.component] >= 0))
    cost = (found.cost + found.electricity)[row, region]
    keys = {"alternative": row, "region": region}
    price = draft.price_of(~found.allowed[row, region], cost)
    a[row, region] = draft.add_columns("a", keys, upper=1, cost=price, integer=True)
    component, place = np.nonzero((x >= 0) & draft.accelerated[:, None])
    position = np.full(x.shape, -1, dtype=np.int64)
    position[component, place] = np.arange(len(component))
    chosen = Entries(position[found.component[row], region], a[row, region])
    lives = Entries(np.arange(len(component)), x[component, place], -1)
    draft.add_rows("kind", {"component": component, "region": place}, [chosen, lives], lower=0, upper=0)


def _groups(draft: Draft) -> None:
    """The groups of an alternative by zone; at most what an empty zone can hold."""
    found, zone_region = draft.now.runs.alternatives, draft.candidates.zone_region
    a, na = draft.tables["a"], draft.tables["na"]
    row, zone = np.nonzero((a[:, zone_region] >= 0) & draft.bounded[found.component][:, zone_region])
    if not len(row):
        return
    most = _most(draft)[row, zone]
    na[row, zone] = draft.add_columns("na", {"alternative": row, "zone": zone}, upper=most, integer=True)
    places, local = np.unique(np.stack([row, zone_region[zone]]), axis=1, return_inverse=True)
    stand = Entries(local.ravel(), na[row, zone])
    whole = Entries(np.arange(places.shape[1]), a[places[0], places[1]], -found.groups[places[0]])
    draft.add_rows("groups", {"alternative": places[0], "region": places[1]}, [stand, whole], lower=0, upper=0)
    tight = np.flatnonzero(most < found.groups[row])
    keys = {"alternative": row[tight], "zone": zone[tight]}
    here = Entries(np.arange(len(tight)), na[row[tight], zone[tight]])
    chosen = Entries(np.arange(len(tight)), a[row[tight], zone_region[zone[tight]]], -most[tight])
    draft.add_rows("groups_zone", keys, [here, chosen], upper=0)


def _most(draft: Draft) -> NDArray[np.int64]:
    """[A, Z] groups that a zone can hold, by its capacity and by the chips there."""
    found, runs = draft.now.runs.alternatives, draft.now.runs
    if draft.elastic:
        return np.broadcast_to(found.groups[:, None], draft.tables["na"].shape)
    return np.asarray(np.minimum(runs.most[runs.need_of[found.component]], found.fitting))


def _even(draft: Draft) -> None:
    """An even spread over z zones leaves at most ⌈groups / z⌉ in each."""
    found, zone_region = draft.now.runs.alternatives, draft.candidates.zone_region
    spreads = [component.requires.get("spread") for component in draft.scenario.components]
    zones = np.array([s.zones if isinstance(s, Spread) and s.even else 0 for s in spreads], dtype=np.int64)
    row, zone = np.nonzero((draft.tables["na"] >= 0) & (zones > 0)[found.component][:, None])
    caps = -(-found.groups[row] // zones[found.component[row]])
    here = Entries(np.arange(len(row)), draft.tables["na"][row, zone])
    chosen = Entries(np.arange(len(row)), draft.tables["a"][row, zone_region[zone]], -caps)
    keys = {"component": found.component[row], "alternative": row, "zone": zone}
    draft.add_rows("spread_even_groups", keys, [here, chosen], upper=0, cause="spread", elastic=True)


def _units(draft: Draft) -> None:
    """n[k,z] counts the groups of every kind, so that capacity and spread read it like any units."""
    found, na = draft.now.runs.alternatives, draft.tables["na"]
    row, zone = np.nonzero(na >= 0)
    if not len(row):
        return
    places, local = np.unique(np.stack([found.component[row], zone]), axis=1, return_inverse=True)
    n = draft.table("n", (len(draft.candidates.components), len(draft.candidates.zones)))
    most = np.zeros(places.shape[1], dtype=np.int64)
    np.maximum.at(most, local.ravel(), found.groups[row])
    keys = {"component": places[0], "zone": places[1]}
    n[places[0], places[1]] = draft.add_columns("n", keys, upper=most, integer=True)
    parts = Entries(local.ravel(), na[row, zone])
    whole = Entries(np.arange(places.shape[1]), n[places[0], places[1]], -1)
    draft.add_rows("groups_of_kinds", keys, [parts, whole], lower=0, upper=0)


def _purchases(draft: Draft) -> None:
    """Chips bought in own halls, at most what all components could use; `buys` is the gate that law may shut."""
    found, zone_region = draft.now.runs.alternatives, draft.candidates.zone_region
    fleet, wanted = found.fleet, _wanted(draft)
    kind, zone = np.nonzero(fleet.buyable[:, zone_region] & (wanted > 0))
    if not len(kind):
        return
    bought, buys = draft.tables["bought"], draft.tables["buys"]
    cost = fleet.charge[kind, zone_region[zone]] if draft.once and not draft.elastic else 0
    upper = wanted[kind, zone]
    keys = {"kind": kind, "zone": zone}
    bought[kind, zone] = draft.add_columns("bought", keys, upper=upper, cost=cost, integer=True)
    gated = np.zeros(buys.shape, dtype=bool)
    for gate in fleet.gates:
        gated |= gate.cells
    which, region = np.nonzero(gated & (np.bincount(zone_region[zone], minlength=buys.shape[1]) > 0)[None, :])
    if not len(which):
        return
    buys[which, region] = draft.add_columns("buys", {"kind": which, "region": region}, upper=1, integer=True)
    shut = np.flatnonzero(buys[kind, zone_region[zone]] >= 0)
    here = Entries(np.arange(len(shut)), bought[kind[shut], zone[shut]])
    gate_of = Entries(np.arange(len(shut)), buys[kind[shut], zone_region[zone[shut]]], -upper[shut])
    draft.add_rows("buys_if", {"kind": kind[shut], "zone": zone[shut]}, [here, gate_of], upper=0)


def _wanted(draft: Draft) -> Index:
    """[H, Z] chips that all components together could use in a zone."""
    found, na = draft.now.runs.alternatives, draft.tables["na"]
    if draft.most_chips is not None:
        return np.repeat(draft.most_chips[:, None], na.shape[1], axis=1)
    chips = np.where(na >= 0, (found.groups * found.group)[:, None], 0)
    out = np.zeros((len(found.kinds), na.shape[1]), dtype=np.int64)
    np.add.at(out, found.kind, chips)
    return out


def _stock(draft: Draft) -> None:
    found, zone_region = draft.now.runs.alternatives, draft.candidates.zone_region
    na, bought = draft.tables["na"], draft.tables["bought"]
    stated = found.fleet.stated[:, zone_region]
    row, zone = np.nonzero((na >= 0) & stated[found.kind])
    if not len(row):
        return
    places, local = np.unique(np.stack([found.kind[row], zone]), axis=1, return_inverse=True)
    used = Entries(local.ravel(), na[row, zone], found.group[row])
    more = np.flatnonzero(bought[places[0], places[1]] >= 0)
    extra = Entries(more, bought[places[0], places[1]][more], -1)
    causes = [f"stock: {found.kinds[h]} in {draft.candidates.zones[z]}" for h, z in places.T.tolist()]
    draft.add_rows(
        "stock",
        {"kind": places[0], "zone": places[1]},
        [used, extra, _held_back(draft, places)],
        upper=found.fleet.units[places[1], places[0]],
        cause=causes,
        elastic=True,
    )


def _held_back(draft: Draft, places: Index) -> Entries:
    """Arrivals that stand in `units` only as far as no rule holds them back; `places` are the (kind, zone) of rows."""
    found, zones = draft.now.runs.alternatives, draft.candidates.zones
    row_of = {(found.kinds[h], zones[z]): row for row, (h, z) in enumerate(places.T.tolist())}
    held = [each for each in found.fleet.held_back if (each.accelerator, each.zone) in row_of]
    if not held:
        return Entries(places[0][:0], places[0][:0])
    columns = draft.add_columns("held", {"arrival": np.arange(len(held))}, upper=[s.units for s in held], integer=True)
    ties = [(n, rule) for n, each in enumerate(held) for rule in each.rules]
    region = draft.candidates.zone_region
    keys = {
        "rule": [rule for _, rule in ties],
        "arrival": [n for n, _ in ties],
        "region": [int(region[zones.index(held[n].zone)]) for n, _ in ties],
    }
    least, causes = [held[n].units for n, _ in ties], [rule for _, rule in ties]
    entries = [Entries(np.arange(len(ties)), columns[[n for n, _ in ties]])]
    draft.add_rows("hold_back", keys, entries, lower=least, cause=causes, elastic=True)
    return Entries([row_of[s.accelerator, s.zone] for s in held], columns)
