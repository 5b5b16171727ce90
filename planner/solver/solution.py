"""The solution: integers and exact shares read from the solver's floats, still keyed by index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.solver.draft import Draft

DIGITS = 12
Shares = dict[int, Fraction]


@dataclass
class Solution:
    """What was decided. Keys are indices of sorted ids.

    Attributes:
        regions: component to the regions it lives in.
        units: (component, zone) to units.
        shares: component to region to share.
        zone_shares: (component, zone) to share, divisible components.
        copies: copy to region.
        served: serving number to point to region to share.
        routes: flow number to (src, dst) to share.
        purchases: (mechanism, entity, key).
        chosen: columns x, b, a and buys that are 1 (for a divisible component: where it has a share).
        kinds: (component, region) to the alternative it runs on there.
        bought: (kind, zone) to chips.
    """

    regions: dict[int, list[int]] = field(default_factory=dict)
    units: dict[tuple[int, int], int] = field(default_factory=dict)
    shares: dict[int, Shares] = field(default_factory=dict)
    zone_shares: dict[tuple[int, int], Fraction] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    served: dict[int, dict[int, Shares]] = field(default_factory=dict)
    routes: dict[int, dict[tuple[int, int], Fraction]] = field(default_factory=dict)
    purchases: list[tuple[str, str, str]] = field(default_factory=list)
    chosen: frozenset[int] = frozenset()
    kinds: dict[tuple[int, int], int] = field(default_factory=dict)
    bought: dict[tuple[int, int], int] = field(default_factory=dict)


def at(values: NDArray[np.float64], index: NDArray[np.int64]) -> NDArray[np.float64]:
    """Values of an index table, 0 where there is no column."""
    return np.where(index >= 0, values[np.maximum(index, 0)], 0.0)


def exact_parts(floats: Mapping[int, float], whole: Fraction) -> Shares:
    """Floats that should sum to `whole` as exact fractions: simple ones where they fit, else 12 decimals.

    The remainder of the 12 decimals goes to the largest part.
    """
    kept = {key: value for key, value in floats.items() if value > 1e-9}
    if not kept:
        return {}
    if len(kept) == 1:
        return {next(iter(kept)): whole}
    simple = {key: Fraction(value).limit_denominator(10**6) for key, value in kept.items()}
    close = all(abs(float(part) - kept[key]) < 1e-10 for key, part in simple.items())
    if close and sum(simple.values()) == whole:
        return simple
    rounded = {key: Fraction(round(value * 10**DIGITS), 10**DIGITS) for key, value in kept.items()}
    largest = max(sorted(rounded), key=lambda key: rounded[key])
    rounded[largest] += whole - sum(rounded.values())
    return rounded


def read_solution(draft: Draft, values: NDArray[np.float64]) -> Solution:
    """Round the integers and recompute everything continuous from them, exactly."""
    out = Solution()
    _read_presence(draft, values, out)
    _read_copies(draft, values, out)
    _read_purchases(draft, values, out)
    _read_served(draft, values, out)
    _read_free_shares(draft, values, out)
    _read_flows(draft, values, out)
    _read_divisible_presence(draft, values, out)
    _read_kinds(draft, values, out)
    _read_units(draft, values, out)
    runs = {int(draft.tables["x"][k, r]) for k, regions in out.regions.items() for r in regions}
    rests = {int(draft.tables["b"][c, r]) for c, r in out.copies.items()}
    out.chosen = frozenset(runs | rests | _chosen_chips(draft, out))
    return out


def _read_kinds(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    found = draft.now.runs.alternatives
    for a, r in np.argwhere(at(values, draft.tables["a"]) > 0.5).tolist():
        out.kinds[int(found.component[a]), r] = a
    bought = at(values, draft.tables["bought"])
    out.bought = {(h, z): round(bought[h, z]) for h, z in np.argwhere(bought > 0.5).tolist()}


def _chosen_chips(draft: Draft, out: Solution) -> set[int]:
    zone_region, buys = draft.candidates.zone_region, draft.tables["buys"]
    kinds = {int(draft.tables["a"][a, r]) for (_, r), a in out.kinds.items()}
    return kinds | {int(buys[h, zone_region[z]]) for h, z in out.bought}


def _read_presence(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    x = at(values, draft.tables["x"])
    for k, component in enumerate(draft.scenario.components):
        if not component.divisible:
            out.regions[k] = np.flatnonzero(x[k] > 0.5).tolist()


def _read_divisible_presence(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    """Regions with a share; where a least number of regions is asked for, also the ones it keeps as stand-by."""
    limit = draft.scenario.limits.regions
    least = limit.at_least is not None or limit.exactly is not None
    x = at(values, draft.tables["x"])
    for k, component in enumerate(draft.scenario.components):
        if component.divisible:
            kept = set(np.flatnonzero(x[k] > 0.5).tolist()) if least else set()
            shared = {r for r, share in out.shares[k].items() if share}
            out.regions[k] = sorted(shared | kept | _met_there(draft, out, k))


def _met_there(draft: Draft, out: Solution, component: int) -> set[int]:
    """Regions where traffic without volume meets the component: they carry no share, yet it must be there."""
    name = draft.scenario.components[component].id
    served = {
        r
        for serving in draft.servings
        if serving.component == component
        for shares in out.served[serving.number].values()
        for r, share in shares.items()
        if share
    }
    arriving = {
        dst
        for number, routes in out.routes.items()
        if draft.scenario.flows[number].to == name
        for (_, dst), share in routes.items()
        if share
    }
    return served | arriving


def _read_copies(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    for c, row in enumerate(at(values, draft.tables["b"])):
        out.copies[c] = int(np.argmax(row))


def _read_purchases(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    block = next((b for b in draft.columns if b.name == "buy"), None)
    if block is None:
        return
    bought = np.flatnonzero(values[block.start : block.start + block.size] > 0.5)
    parts = [block.keys[k] for k in ("mechanism", "entity", "key")]
    out.purchases = [(str(parts[0][n]), str(parts[1][n]), str(parts[2][n])) for n in bought]


def _read_served(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    for serving in draft.servings:
        points = range(len(serving.weights))
        if serving.whole:
            home = out.regions[serving.component][0]
            out.served[serving.number] = {p: {home: Fraction(1)} for p in points}
            continue
        q = at(values, draft.tables[f"q:{serving.key}"])
        out.served[serving.number] = {p: exact_parts(dict(enumerate(q[p].tolist())), Fraction(1)) for p in points}


def _read_free_shares(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    """Shares that follow from users, from an even split, or that are decisions themselves."""
    s = at(values, draft.tables["s"])
    for k, component in enumerate(draft.scenario.components):
        servings = [serving for serving in draft.servings if serving.component == k]
        if servings:
            out.shares[k] = _weighted(
                (weight, out.served[serving.number][p])
                for serving in servings
                for p, weight in enumerate(serving.weights)
            )
        elif not component.divisible and component.regions.max == 1:
            out.shares[k] = {out.regions[k][0]: Fraction(1)}
        elif component.id not in draft.inflow.into:
            floats = dict(enumerate(s[k].tolist()))
            homes = out.regions.get(k, [])
            even = {r: Fraction(1, len(homes)) for r in homes}
            out.shares[k] = exact_parts(floats, Fraction(1)) if component.divisible else even


def _weighted(parts: Iterable[tuple[Fraction, Shares]]) -> Shares:
    """Σ weight · shares / Σ weight."""
    sums: Shares = {}
    total = Fraction(0)
    for weight, shares in parts:
        total += weight
        for region, share in shares.items():
            sums[region] = sums.get(region, Fraction(0)) + weight * share
    return {region: value / total for region, value in sorted(sums.items()) if value}


def _read_flows(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    """Routes in an order in which the shares they start from are known; a circle falls back to the solver's shares."""
    waiting = [n for n, flow in enumerate(draft.scenario.flows) if "users:" not in flow.id]
    index = {c.id: k for k, c in enumerate(draft.scenario.components)}
    while waiting:
        ready = [n for n in waiting if _starts_known(draft, n, index, out)]
        if not ready:
            _break_circle(draft, values, index, waiting, out)
            continue
        for n in ready:
            _read_route(draft, values, n, index, out)
        waiting = [n for n in waiting if n not in ready]
        _shares_from_flows(draft, index, out)


def _starts_known(draft: Draft, number: int, index: dict[str, int], out: Solution) -> bool:
    flow = draft.scenario.flows[number]
    anchor = flow.to if flow.from_.startswith("dataset:") else flow.from_
    return index[anchor] in out.shares


def _break_circle(
    draft: Draft, values: NDArray[np.float64], index: dict[str, int], waiting: list[int], out: Solution
) -> None:
    flow = draft.scenario.flows[waiting[0]]
    k = index[flow.to if flow.from_.startswith("dataset:") else flow.from_]
    s = at(values, draft.tables["s"])
    out.shares[k] = exact_parts(dict(enumerate(s[k].tolist())), Fraction(1))


def _read_route(draft: Draft, values: NDArray[np.float64], number: int, index: dict[str, int], out: Solution) -> None:
    flow = draft.scenario.flows[number]
    f = at(values, draft.tables[f"f:{number}"])
    routes: dict[tuple[int, int], Fraction] = {}
    if flow.from_.startswith("dataset:"):
        for here, share in out.shares[index[flow.to]].items():
            routes |= {(src, here): part for src, part in exact_parts(dict(enumerate(f[:, here])), share).items()}
    else:
        for src, share in out.shares[index[flow.from_]].items():
            routes |= {(src, dst): part for dst, part in exact_parts(dict(enumerate(f[src])), share).items()}
    out.routes[number] = routes


def _shares_from_flows(draft: Draft, index: dict[str, int], out: Solution) -> None:
    for name, numbers in draft.inflow.into.items():
        k = index[name]
        if k not in out.shares and all(n in out.routes for n in numbers):
            parts = []
            for n in numbers:
                arriving: Shares = {}
                for (_, dst), share in out.routes[n].items():
                    arriving[dst] = arriving.get(dst, Fraction(0)) + share
                parts.append((Fraction(draft.scenario.flows[n].volume), arriving))
            out.shares[k] = _weighted(parts)


def _read_units(draft: Draft, values: NDArray[np.float64], out: Solution) -> None:
    """Units and zone shares; where zones have no stated capacity they are spread evenly."""
    n, sz = (at(values, draft.tables[t]) for t in ("n", "sz"))
    zones_of = [
        np.flatnonzero(draft.candidates.zone_region == r).tolist() for r in range(len(draft.candidates.regions))
    ]
    for k, component in enumerate(draft.scenario.components):
        for r in out.regions[k]:
            if component.divisible:
                whole = out.shares[k].get(r, Fraction(0))
                out.zone_shares |= _zone_parts(k, whole, sz[k], zones_of[r])
            elif draft.bounded[k, r]:
                out.units |= {(k, z): round(n[k, z]) for z in zones_of[r] if n[k, z] > 0.5}
            else:
                out.units |= _even_units(k, units_in(draft, out, k, r), zones_of[r])


def units_in(draft: Draft, out: Solution, component: int, region: int) -> int:
    """Units of a component in a region where it lives: replicas, or groups of the kind it runs on there."""
    if (component, region) in out.kinds:
        return int(draft.now.runs.alternatives.groups[out.kinds[component, region]])
    return draft.scenario.components[component].count


def _zone_parts(k: int, whole: Fraction, sz: NDArray[np.float64], zones: list[int]) -> dict[tuple[int, int], Fraction]:
    parts = exact_parts({z: float(sz[z]) for z in zones}, whole) if whole else {}
    if not parts:
        return {(k, zones[0]): whole}
    return {(k, z): part for z, part in parts.items()}


def _even_units(k: int, count: int, zones: list[int]) -> dict[tuple[int, int], int]:
    base, extra = divmod(count, len(zones))
    each = {(k, z): base + (position < extra) for position, z in enumerate(zones)}
    return {key: units for key, units in each.items() if units}
