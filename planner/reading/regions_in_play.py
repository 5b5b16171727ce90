"""Regions in play: the part of the catalogue that a scenario sees, its own regions, and where each of them lies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from planner.errors import Where
from planner.model.catalogue import Region
from planner.model.places import COUNTRIES
from planner.model.question import Catalog, Entity
from planner.reading.accelerators import operated_halls
from planner.reading.checking_regions import check_services
from planner.reading.faults import Collector, nearest
from planner.reading.placing import check_turned, in_areas
from planner.reading.policies import PolicySet
from planner.reading.regions import Catalogue, add_regions


def regions_in_play(
    wanted: Catalog,
    own: Collection[Region],
    entities: Collection[Entity],
    catalogue: Catalogue,
    policies: PolicySet,
    as_of: date,
    head: Where,
    faults: Collector,
) -> dict[str, Region]:
    """The regions by key: those of the catalogue that are wanted, and those the scenario writes itself."""
    for provider in wanted.providers or ():
        if provider not in catalogue.providers:
            where = faults.inside(head, "catalog", "providers", provider)
            faults.unknown(where, "provider", provider, sorted(catalogue.providers))
    placed = {key: _in_place(region, policies) for key, region in catalogue.regions.items()}
    chosen = _wanted(wanted, placed, catalogue, policies, as_of, head, faults)
    chosen = operated_halls(chosen, entities, wanted.providers, catalogue.halls, head, faults)
    add_regions((_in_place(region, policies) for region in own), chosen, faults)
    for region in own:
        check_services(region, faults)
    check_turned(policies.outlines, policies.vocabulary.areas, {**placed, **chosen}.values(), faults)
    return {key: _without_distant_pairs(region, chosen) for key, region in chosen.items()}


def _wanted(
    wanted: Catalog,
    placed: dict[str, Region],
    catalogue: Catalogue,
    policies: PolicySet,
    as_of: date,
    head: Where,
    faults: Collector,
) -> dict[str, Region]:
    known = {code for region in placed.values() for code in _around(region)}
    if len(catalogue.providers) > len(catalogue.operators):  # some files were left unread: any country may be in them
        known |= COUNTRIES
    known |= {name for name, each in policies.lists.items() if each.kind == "places"}
    for place in wanted.places or ():
        if place not in known:
            where = faults.inside(head, "catalog", "places", place)
            faults.add(where, "N001", f"no region lies in place {place!r}", nearest(place, known))
    codes = None if wanted.places is None else _codes(wanted.places, policies, as_of)
    return {
        key: region
        for key, region in placed.items()
        if (_unasked(region, catalogue) if wanted.providers is None else region.provider in wanted.providers)
        and (codes is None or codes & _around(region))
    }


def _unasked(region: Region, catalogue: Catalogue) -> bool:
    """Whether a region is in play without being named: halls for one company or its guests are not, but for owners."""
    return region.key not in catalogue.halls or region.kind == "own"


def _in_place(region: Region, policies: PolicySet) -> Region:
    """Zones in order of id, and the areas the region lies in."""
    in_order = replace(region, zones=tuple(sorted(region.zones, key=lambda z: z.id)))
    return in_areas(in_order, policies.vocabulary.areas, policies.outlines)


def _around(region: Region) -> frozenset[str]:
    """Every code that contains the region on the map, the law of which may not reach in, and everywhere."""
    return region.places | {*region.displaced, "*"}


def _without_distant_pairs(region: Region, chosen: Collection[str]) -> Region:
    """Prices to regions that are not in play are of no use, and there are many."""
    pairs = {key: figure for key, figure in region.prices.pairs.items() if key in chosen}
    return replace(region, prices=replace(region.prices, pairs=pairs))


def _codes(places: tuple[str, ...], policies: PolicySet, day: date) -> frozenset[str]:
    listed = [policies.lists[place].codes(day) for place in places if place in policies.lists]
    return frozenset(places).union(*listed)
