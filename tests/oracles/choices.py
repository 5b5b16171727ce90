"""The discrete choices the oracle enumerates: homes of components and places of copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, product

from planner.model.accelerators import Alternative
from planner.model.catalogue import Region
from planner.model.question import Component, CopySpec, Dataset, RegionCount
from planner.model.scenario import Scenario

from .meaning_of_boxes import component_thing, copy_thing
from .meaning_of_chips import may_stand, open_to
from .meaning_of_costs import egress_cost, home_cost, quote_of, storage_cost
from .meaning_of_items import Items
from .meaning_of_places import distance_km, open_for_business, suits
from .meaning_of_rules import Ask, asks, duties_on_copies
from .standing import standings

Names = tuple[str, ...]
"""Region keys, sorted."""


@dataclass(frozen=True)
class Stay:
    """One way to live in one region: on which accelerators, what that costs, and what the law refuses of it."""

    region: str
    on: Alternative | None
    cost: Fraction
    asked: frozenset[Ask]


@dataclass(frozen=True)
class Home:
    """Where one component lives: one stay in each region of R(k).

    All of them count as in use; a divisible component may have a share of zero in some.
    """

    stays: tuple[Stay, ...]
    divisible: bool

    @cached_property
    def regions(self) -> Names:
        """R(k)."""
        return tuple(stay.region for stay in self.stays)

    @cached_property
    def on(self) -> Mapping[str, Alternative | None]:
        """The accelerators it uses in each region."""
        return {stay.region: stay.on for stay in self.stays}

    @cached_property
    def cost(self) -> Fraction:
        """USD a month that is fixed by this choice."""
        return Fraction(0) if self.divisible else sum((stay.cost for stay in self.stays), Fraction(0))

    @cached_property
    def least_share_cost(self) -> Fraction:
        """For a divisible component, what its shares cost at least."""
        return min(stay.cost for stay in self.stays) if self.divisible else Fraction(0)

    @cached_property
    def asked(self) -> frozenset[Ask]:
        """What the law refuses of it there."""
        return frozenset(chain.from_iterable(stay.asked for stay in self.stays))


@dataclass(frozen=True)
class Shelf:
    """Where the copies of one dataset stand: one region key for each of its `copies`, and what that costs and asks."""

    places: Names
    cost: Fraction
    asked: frozenset[Ask]


def homes(scenario: Scenario, component: Component, items: Items) -> list[Home]:
    """Every set of regions in which a component may live, on any of its accelerators in each."""
    fit = [region for region in scenario.regions if suits(scenario, component, region)]
    stays = {region.key: _stays(scenario, component, items, region) for region in fit}
    possible = sorted(key for key, found in stays.items() if found)
    return [
        Home(each, component.divisible)
        for regions in _region_sets(component, possible)
        for each in product(*(stays[key] for key in regions))
    ]


def _stays(scenario: Scenario, component: Component, items: Items, region: Region) -> list[Stay]:
    """Every way to live in one region that is lawful, priced, open to the entity, and fits into the empty region."""
    quote, found = quote_of(scenario, component).get(region.key), []
    for on in component.accelerators or (None,):
        cost = home_cost(scenario, component, region, quote, on)
        chip = None if on is None or on.tokens is not None else on.id
        asked = asks(scenario, component_thing(scenario, component, items, chip), region)
        lawful = not any(ask.impossible for ask in asked) and open_to(scenario, region, component.entity)
        lawful = lawful and (on is None or may_stand(scenario, region, on.id))
        if cost is not None and lawful and _stands_alone(scenario, component, region, on):
            found.append(Stay(region.key, on, cost, asked))
    return found


def _stands_alone(scenario: Scenario, component: Component, region: Region, on: Alternative | None) -> bool:
    return component.divisible or next(standings(scenario, region, [(component, on)]), None) is not None


def _region_sets(component: Component, possible: Sequence[str]) -> Iterator[Names]:
    """Every R(k); a divisible component lives in any set of regions unless it says otherwise."""
    free = component.divisible and component.regions == RegionCount()
    return _subsets(possible, component.regions.min, len(possible) if free else component.regions.max)


def _subsets(things: Sequence[str], least: int, most: int) -> Iterator[Names]:
    for size in range(max(least, 1), min(most, len(things)) + 1):
        yield from combinations(things, size)


def copies_of(dataset: Dataset) -> tuple[CopySpec, ...]:
    """The copies asked for; a dataset always has a primary."""
    has_primary = any(copy.role == "primary" for copy in dataset.copies)
    return dataset.copies if has_primary else (CopySpec("primary"), *dataset.copies)


def shelves(scenario: Scenario, dataset: Dataset) -> list[Shelf]:
    """Every way to place the copies of a dataset, each in exactly one region."""
    roles = [copy.role for copy in copies_of(dataset)]
    lawful = [_lawful_regions(scenario, dataset, role) for role in roles]
    found = []
    for places in product(*lawful):
        regions = [scenario.region[place] for place in places]
        cost = _shelf_cost(scenario, dataset, regions)
        asked = frozenset(chain.from_iterable(options[place] for options, place in zip(lawful, places, strict=True)))
        asked |= duties_on_copies(scenario, dataset, roles, regions)
        if cost is not None and not any(ask.impossible for ask in asked):
            found.append(Shelf(places, cost, asked))
    return found


def _lawful_regions(scenario: Scenario, dataset: Dataset, role: str) -> dict[str, frozenset[Ask]]:
    thing = copy_thing(scenario, dataset, role)
    usable = [
        region
        for region in scenario.regions
        if open_for_business(scenario, region) and open_to(scenario, region, dataset.entity)
    ]
    asked = {region.key: asks(scenario, thing, region) for region in usable}
    return {place: wanted for place, wanted in asked.items() if not any(ask.impossible for ask in wanted)}


def _shelf_cost(scenario: Scenario, dataset: Dataset, regions: Sequence[Region]) -> Fraction | None:
    """Storage of every copy and replication from the primary; None when too near or a price is not known."""
    copies = copies_of(dataset)
    primary = next(region for copy, region in zip(copies, regions, strict=True) if copy.role == "primary")
    costs: list[Fraction | None] = []
    for copy, region in zip(copies, regions, strict=True):
        costs.append(storage_cost(dataset.size, region))
        if copy.role != "primary":
            costs.append(egress_cost(dataset.change, primary, region))
            if copy.apart > 0 and distance_km(primary, region) < copy.apart:
                return None
    known = [cost for cost in costs if cost is not None]
    return sum(known, Fraction(0)) if len(known) == len(costs) else None
