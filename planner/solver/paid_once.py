"""Paid once: mechanisms, openings, chips and moves of a plan over several periods, with what is charged of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.model.calendar import Period
from planner.model.exact import usd_of
from planner.model.plan import Move, OneOff, Purchase
from planner.objectives import one_offs
from planner.objectives.migration import UNKNOWN
from planner.solver.draft import Draft
from planner.solver.links.chips import chip_charge
from planner.solver.links.mechanisms import granted, purchase_charge
from planner.solver.links.movers import Mover, find_movers, standing_before
from planner.solver.links.moves import move_charge
from planner.solver.links.opening import opening_charge, used_before
from planner.solver.pricing import regions_in_use
from planner.solver.solution import Solution

Bought = tuple[str, str, str, str]
"""Mechanism, entity, key, quarter."""


def purchase_rows(joint: Draft, bought: Sequence[Bought]) -> Iterator[Purchase]:
    """Mechanisms bought, each with its quarter and the day from which it holds."""
    for name, entity, key, quarter in bought:
        mechanism = joint.scenario.vocabulary.mechanisms[name]
        lawful = granted(mechanism, Period.parse(quarter), joint.scenario)
        unsure = mechanism.probability is not None and mechanism.probability < 1
        yield Purchase(name, entity, key, quarter, lawful, mechanism.cost_usd, False, unsure)


def mechanisms_of(joint: Draft, bought: Sequence[Bought]) -> Iterator[OneOff]:
    """What mechanisms cost."""
    for name, entity, key, quarter in bought:
        mechanism = joint.scenario.vocabulary.mechanisms[name]
        months = one_offs.months_charged(joint.scenario.horizon.amortise, mechanism.valid_months)
        charged = usd_of(purchase_charge(name, Period.parse(quarter), joint.scenario))
        yield OneOff(f"mechanism:{name}/{entity}/{key}", quarter, mechanism.cost_usd, months, charged)


def openings_of(joint: Draft, solutions: Sequence[Solution]) -> Iterator[OneOff]:
    """What openings cost: paid wherever an entity uses a region that it did not use in the period before."""
    regions = joint.scenario.regions
    months = one_offs.months_charged(joint.scenario.horizon.amortise, None)
    before = set(used_before(joint.scenario))
    for layer, solution in zip(joint.layers, solutions, strict=True):
        now = {(entity, joint.candidates.regions[r]): r for entity, r in regions_in_use(layer.draft, solution)}
        for (entity, key), r in sorted(now.items()):
            if (entity, key) not in before and regions[r].opening_once:
                charged = usd_of(opening_charge(joint.scenario, r, layer.number))
                period = str(layer.draft.now.period)
                yield OneOff(f"opening:{entity}@{key}", period, regions[r].opening_once, months, charged)
        before = set(now)


def chips_of(joint: Draft, solutions: Sequence[Solution]) -> Iterator[OneOff]:
    """What chips cost that are bought in each period, all zones of a region together."""
    months = one_offs.months_charged(joint.scenario.horizon.amortise, None)
    for layer, solution in zip(joint.layers, solutions, strict=True):
        found, chips = layer.draft.now.runs.alternatives, dict[tuple[int, int], int]()
        for (h, z), units in solution.bought.items():
            r = int(joint.candidates.zone_region[z])
            chips[h, r] = chips.get((h, r), 0) + units
        for (h, r), units in sorted(chips.items()):
            cash = found.fleet.cash[h][r]
            charged = usd_of(chip_charge(joint.scenario, Fraction(cash), layer.number) * units)
            what = f"accelerators:{found.kinds[h]}@{joint.candidates.regions[r]}"
            yield OneOff(what, str(layer.draft.now.period), cash * units, months, charged)


def moves_of(joint: Draft, solutions: Sequence[Solution]) -> tuple[tuple[Move, ...], tuple[OneOff, ...]]:
    """Every entry into a region, from the cheapest region the thing was in, and what the entries cost."""
    movers = {mover.name: mover for mover in find_movers(joint)}
    months = one_offs.months_charged(joint.scenario.horizon.amortise, None)
    regions, moves, once = joint.candidates.regions, [], []
    for name, number, region, was in _entries(joint, solutions):
        micro, source = _cheapest(movers.get(name), number, region, was, regions)
        period = str(joint.scenario.periods[number])
        moves.append(Move(name, period, regions[source], regions[region], usd_of(micro)))
        if micro:
            charged = usd_of(move_charge(joint, micro, number))
            once.append(OneOff(f"migration:{name}@{regions[region]}", period, usd_of(micro), months, charged))
    return tuple(sorted(moves, key=lambda m: (m.period, m.what, m.dst_region))), tuple(once)


def _cheapest(
    mover: Mover | None, number: int, region: int, was: frozenset[int], regions: tuple[str, ...]
) -> tuple[int, int]:
    """Micro-USD of an entry and the region it comes from; of equally cheap ones the first by name."""
    cash = {source: int(mover.cash[number][source, region]) if mover else 0 for source in was}
    return min(((micro, s) for s, micro in cash.items() if micro != UNKNOWN), key=lambda c: (c[0], regions[c[1]]))


def _entries(joint: Draft, solutions: Sequence[Solution]) -> Iterator[tuple[str, int, int, frozenset[int]]]:
    """(name, period, region, where it was before) of everything that enters a region."""
    before = standing_before(joint)
    for number, solution in enumerate(solutions):
        now = {c.id: frozenset(solution.regions[k]) for k, c in enumerate(joint.scenario.components)}
        now |= {f"dataset:{joint.candidates.copies[c]}": frozenset([r]) for c, r in solution.copies.items()}
        for name, regions in sorted(now.items()):
            was = before.get(name)
            if was:
                yield from ((name, number, region, was) for region in sorted(regions - was))
        before = now
