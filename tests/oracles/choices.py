"""The discrete choices the oracle enumerates: homes of components, places of copies, purchases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product

from planner.model.catalogue import Region
from planner.model.question import Component, CopySpec, Dataset, RegionCount
from planner.model.scenario import Scenario

from .meaning_of_costs import egress_cost, home_cost, purchase_cost, quote_of, storage_cost
from .meaning_of_places import distance_km, open_for_business, rooms, suits
from .meaning_of_rules import Items, Purchase, Ways, component_thing, copy_thing, ways_out

Names = tuple[str, ...]
"""Region keys, sorted."""


@dataclass(frozen=True)
class Home:
    """Where one component lives.

    Attributes:
        regions: R(k).
        used: those of R(k) that count as in use; for a divisible component, those it may have a share in.
        cost: USD a month that is fixed by this choice.
        least_share_cost: for a divisible component, what its shares cost at least.
        asked: for each rule to lift, the purchases any of which lifts it.
    """

    regions: Names
    used: Names
    cost: Fraction
    least_share_cost: Fraction
    asked: frozenset[Ways]


@dataclass(frozen=True)
class Shelf:
    """Where the copies of one dataset stand: one region key for each of its `copies`, and what that costs and asks."""

    places: Names
    cost: Fraction
    asked: frozenset[Ways]


def homes(scenario: Scenario, component: Component, items: Items) -> list[Home]:
    """Every set of regions in which a component may live."""
    thing = component_thing(scenario, component, items)
    asked: dict[str, frozenset[Ways]] = {}
    for region in scenario.regions:
        wanted = ways_out(scenario, thing, region)
        lawful = frozenset() not in wanted
        if lawful and suits(scenario, component, region) and _stands_alone(scenario, component, region):
            asked[region.key] = wanted
    costs = _home_costs(scenario, component, asked)
    return [
        Home(
            regions,
            used,
            Fraction(0) if component.divisible else sum((costs[r] for r in regions), Fraction(0)),
            min(costs[r] for r in used) if component.divisible else Fraction(0),
            frozenset(chain.from_iterable(asked[r] for r in regions)),
        )
        for regions, used in _region_sets(scenario, component, sorted(asked))
    ]


def _stands_alone(scenario: Scenario, component: Component, region: Region) -> bool:
    return component.divisible or next(rooms(scenario, region, [component]), None) is not None


def _home_costs(scenario: Scenario, component: Component, regions: Iterable[str]) -> dict[str, Fraction]:
    quotes = quote_of(scenario, component)
    costs = {key: home_cost(component, scenario.region[key], quotes.get(key)) for key in regions}
    return {key: cost for key, cost in costs.items() if cost is not None}


def _region_sets(scenario: Scenario, component: Component, possible: Sequence[str]) -> Iterator[tuple[Names, Names]]:
    """Pairs (R(k), regions in use). They differ only for a divisible component.

    Its R(k) may hold regions without a share. That matters only when R(k) bounds where traffic may go, or when it
    must have more than one region.
    """
    least, most = component.regions.min, component.regions.max
    if not component.divisible:
        for regions in _subsets(possible, least, most):
            yield regions, regions
        return
    if component.regions == RegionCount():
        most = len(possible)
    reached = any(component.id == flow.to or _user_flow(flow.from_, flow.to, component.id) for flow in scenario.flows)
    for regions in _subsets(possible, least, most):
        for used in _subsets(regions, 1, len(regions)) if reached or least > 1 else (regions,):
            yield regions, used


def _user_flow(source: str, target: str, component: str) -> bool:
    return source == component and target.startswith("users:")


def _subsets(things: Sequence[str], least: int, most: int) -> Iterator[Names]:
    for size in range(max(least, 1), min(most, len(things)) + 1):
        yield from combinations(things, size)


def copies_of(dataset: Dataset) -> tuple[CopySpec, ...]:
    """The copies asked for; a dataset always has a primary."""
    has_primary = any(copy.role == "primary" for copy in dataset.copies)
    return dataset.copies if has_primary else (CopySpec("primary"), *dataset.copies)


def shelves(scenario: Scenario, dataset: Dataset) -> list[Shelf]:
    """Every way to place the copies of a dataset, each in exactly one region."""
    copies = copies_of(dataset)
    lawful = [_lawful_regions(scenario, dataset, copy.role) for copy in copies]
    found = []
    for places in product(*lawful):
        cost = _shelf_cost(scenario, dataset, [scenario.region[place] for place in places])
        if cost is not None:
            asked = [options[place] for options, place in zip(lawful, places, strict=True)]
            found.append(Shelf(places, cost, frozenset(chain.from_iterable(asked))))
    return found


def _lawful_regions(scenario: Scenario, dataset: Dataset, role: str) -> dict[str, frozenset[Ways]]:
    thing = copy_thing(scenario, dataset, role)
    usable = [region for region in scenario.regions if open_for_business(scenario, region)]
    asked = {region.key: ways_out(scenario, thing, region) for region in usable}
    return {place: wanted for place, wanted in asked.items() if frozenset() not in wanted}


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


def cheapest_purchases(scenario: Scenario, asked: frozenset[Ways]) -> Fraction:
    """The least monthly charge of a set of purchases that has one of each group of alternatives."""
    relevant: list[Purchase] = sorted(frozenset[Purchase]().union(*asked))
    charge = {p: purchase_cost(scenario, scenario.vocabulary.mechanisms[p[0]]) for p in relevant}
    return min(
        sum((charge[purchase] for purchase in bought), Fraction(0))
        for size in range(len(relevant) + 1)
        for bought in combinations(relevant, size)
        if all(not ways.isdisjoint(bought) for ways in asked)
    )
