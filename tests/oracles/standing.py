"""How units and groups stand in the zones of one region: what each way leaves free, and which chips it asks to buy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.model.accelerators import Alternative
from planner.model.catalogue import Region
from planner.model.question import Component
from planner.model.scenario import Scenario
from planner.requirements.spread import Spread

from .meaning_of_chips import counted, may_buy, standing
from .meaning_of_costs import amounts, quote_of, units_of

Room = tuple[tuple[tuple[str, Fraction], ...], ...]
"""What is left of each stated capacity, zone by zone."""

Resident = tuple[Component, Alternative | None]
"""A component and the accelerators it uses in the region."""

Stock = list[dict[str, int]]
"""Chips left by kind, zone by zone, of kinds that are counted; below zero where they are bought."""


@dataclass(frozen=True, order=True)
class Standing:
    """One way to stand in a region. `bought` counts the chips to buy by kind, without zeros, in order of kind."""

    bought: tuple[tuple[str, int], ...]
    room: Room

    def no_worse_than(self, other: Standing) -> bool:
        """Whether it asks to buy no more of anything and leaves no less of anything anywhere."""
        return buys_no_more(self.bought, other.bought) and all(
            here >= there
            for zone, other_zone in zip(self.room, other.room, strict=True)
            for (_, here), (_, there) in zip(zone, other_zone, strict=True)
        )


def buys_no_more(one: Iterable[tuple[str, int]], other: Iterable[tuple[str, int]]) -> bool:
    """Whether one purchase is part of another."""
    most = dict(other)
    return all(chips <= most.get(kind, 0) for kind, chips in one)


def standings(scenario: Scenario, region: Region, residents: Sequence[Resident]) -> Iterator[Standing]:
    """Every way to stand the units and groups of all residents in the region's zones."""
    kinds = sorted({on.id for _, on in residents if on is not None and counted(scenario, region, on.id)})
    sold = frozenset(kind for kind in kinds if may_buy(scenario, region, kind))
    left = [{name: Fraction(amount) for name, amount in zone.capacity.items()} for zone in region.zones]
    stock = [{kind: standing(scenario, region, zone, kind) for kind in kinds} for zone in region.zones]
    yield from _Region(scenario, region, sold).stand(list(residents), left, stock)


@dataclass(frozen=True)
class _Region:
    scenario: Scenario
    region: Region
    sold: frozenset[str]

    def stand(self, residents: list[Resident], left: list[dict[str, Fraction]], stock: Stock) -> Iterator[Standing]:
        if not residents:
            yield Standing(_bought(stock), tuple(tuple(sorted(zone.items())) for zone in left))
            return
        (component, on), *others = residents
        needs = amounts(component, quote_of(self.scenario, component).get(self.region.key))
        for units in unit_vectors(component, units_of(component, on), len(self.region.zones)):
            free = [_minus(zone, needs, count) for zone, count in zip(left, units, strict=True)]
            chips = [_without(zone, on, count) for zone, count in zip(stock, units, strict=True)]
            if self._fits(free, chips):
                yield from self.stand(others, free, chips)

    def _fits(self, left: list[dict[str, Fraction]], stock: Stock) -> bool:
        return all(amount >= 0 for zone in left for amount in zone.values()) and all(
            chips >= 0 or kind in self.sold for zone in stock for kind, chips in zone.items()
        )


def _bought(stock: Stock) -> tuple[tuple[str, int], ...]:
    """Chips are bought for the zone that lacks them; what another zone has left does not help."""
    lacking = {kind: sum(max(0, -zone[kind]) for zone in stock) for kind in (stock[0] if stock else ())}
    return tuple((kind, chips) for kind, chips in sorted(lacking.items()) if chips > 0)


def _minus(left: Mapping[str, Fraction], needs: Mapping[str, Fraction], units: int) -> dict[str, Fraction]:
    return {name: amount - units * needs.get(name, Fraction(0)) for name, amount in left.items()}


def _without(stock: Mapping[str, int], on: Alternative | None, groups: int) -> dict[str, int]:
    taken = {on.id: groups * on.group} if on else {}
    return {kind: chips - taken.get(kind, 0) for kind, chips in stock.items()}


def unit_vectors(component: Component, count: int, zones: int) -> Iterator[tuple[int, ...]]:
    """Every way to split the component's units or groups over the zones of one region that keeps its spread."""
    for units in _splits(count, zones):
        if _spread_kept(component, count, units):
            yield units


def _splits(count: int, zones: int) -> Iterator[tuple[int, ...]]:
    if zones == 0:
        return
    if zones == 1:
        yield (count,)
        return
    for here in range(count + 1):
        for rest in _splits(count - here, zones - 1):
            yield (here, *rest)


def _spread_kept(component: Component, count: int, units: tuple[int, ...]) -> bool:
    wish = component.requires.get("spread")
    if not isinstance(wish, Spread):
        return True
    enough_zones = sum(units_here > 0 for units_here in units) >= wish.zones
    return enough_zones and not (wish.even and max(units) > math.ceil(count / wish.zones))
