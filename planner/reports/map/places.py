"""Places: what a map shows of a plan. Regions of one city are one place; two countries never are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from planner.geography.borders import plane
from planner.geography.distances import great_circle_km
from planner.model.catalogue import Region
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.reports.map.features import volumes_of_users

SAME_PLACE_KM = 15.0


@dataclass(frozen=True, slots=True)
class Place:
    """A city in use: its regions, what runs there in USD a month, and where it lies on the Mercator plane, km."""

    name: str
    country: str
    regions: tuple[str, ...]
    usd_month: Decimal
    components: int
    copies: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Crowd:
    """Users at one point: their groups, and where it lies on the Mercator plane, km."""

    name: str
    groups: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Link:
    """Traffic between two places, or from users (`crowd`) to a place, GB a month, by position in their tuples."""

    a: int
    b: int
    gb_month: Fraction
    crowd: bool = False


@dataclass(frozen=True, slots=True)
class Sights:
    """All a map shows; places by USD, dearest first."""

    places: tuple[Place, ...]
    crowds: tuple[Crowd, ...]
    links: tuple[Link, ...]


def sights_of(plan: Plan, scenario: Scenario) -> Sights:
    """What a map of the first period of a plan shows."""
    usd, components, copies = _loads(plan, scenario)
    in_use = [scenario.region[key] for key in sorted({*components, *copies})]
    groups = [_place(group, usd, components, copies) for group in _same_places(in_use)]
    places = tuple(sorted(groups, key=lambda place: (-place.usd_month, place.regions)))
    crowds, at = _crowds(scenario)
    at_place = {key: n for n, place in enumerate(places) for key in place.regions}
    links = (*_between(plan, scenario, at_place), *_from_users(plan, scenario, at_place, at))
    return Sights(places, crowds, links)


def sights_asked(scenario: Scenario) -> Sights:
    """What a map of a question without a plan shows: its users, and every region in play at no cost."""
    groups = [_place(group, {}, {}, {}) for group in _same_places(sorted(scenario.regions, key=lambda r: r.key))]
    return Sights(tuple(groups), _crowds(scenario)[0], ())


def _loads(plan: Plan, scenario: Scenario) -> tuple[dict[str, Decimal], dict[str, set[str]], dict[str, set[str]]]:
    first = str(scenario.periods[0])
    usd: dict[str, Decimal] = {}
    components: dict[str, set[str]] = {}
    copies: dict[str, set[str]] = {}
    for row in plan.placements:
        if row.period == first:
            usd[row.region] = usd.get(row.region, Decimal(0)) + row.usd_month
            components.setdefault(row.region, set()).add(row.component)
    for copy in plan.copies:
        if copy.period == first:
            copies.setdefault(copy.region, set()).add(f"{copy.dataset}/{copy.role}")
    return usd, components, copies


def _same_places(regions: list[Region]) -> list[list[Region]]:
    """Regions of one country that stand within 15 km of the first of their group."""
    groups: list[list[Region]] = []
    for region in regions:
        near = (g for g in groups if g[0].country == region.country and _km(g[0], region) <= SAME_PLACE_KM)
        group = next(near, None)
        if group is None:
            groups.append([region])
        else:
            group.append(region)
    return groups


def _km(a: Region, b: Region) -> float:
    return float(great_circle_km([(a.lat, a.lon)], [(b.lat, b.lon)])[0, 0])


def _place(
    group: list[Region],
    usd: Mapping[str, Decimal],
    components: Mapping[str, set[str]],
    copies: Mapping[str, set[str]],
) -> Place:
    first, keys = group[0], tuple(region.key for region in group)
    x, y = _at(float(first.lon), float(first.lat))
    return Place(
        first.city or first.name or first.id,
        first.country,
        keys,
        sum((usd.get(key, Decimal(0)) for key in keys), Decimal(0)),
        len({name for key in keys for name in components.get(key, ())}),
        len({name for key in keys for name in copies.get(key, ())}),
        x,
        y,
    )


def _at(lon: float, lat: float) -> tuple[float, float]:
    x, y = plane(np.array([lon]), np.array([lat]))
    return float(x[0]), float(y[0])


def _crowds(scenario: Scenario) -> tuple[tuple[Crowd, ...], dict[tuple[str, str], int]]:
    """Users by point; the second maps (group, place) to a position in the first."""
    found: dict[tuple[Decimal, Decimal], tuple[str, list[str]]] = {}
    for group in scenario.users:
        for point in group.points:
            found.setdefault((point.lon, point.lat), (point.place, []))[1].append(group.id)
    order = sorted(found)
    crowds = tuple(
        Crowd(found[at][0].rpartition("/")[2], tuple(sorted(set(found[at][1]))), *_at(float(at[0]), float(at[1])))
        for at in order
    )
    number = {at: n for n, at in enumerate(order)}
    return crowds, {(g.id, p.place): number[p.lon, p.lat] for g in scenario.users for p in g.points}


def _between(plan: Plan, scenario: Scenario, at_place: Mapping[str, int]) -> Iterable[Link]:
    """Traffic between places, both ways together."""
    first = str(scenario.periods[0])
    sums: dict[tuple[int, int], Fraction] = {}
    for route in plan.flows:
        a, b = at_place.get(route.src_region), at_place.get(route.dst_region)
        if route.period == first and a is not None and b is not None and a != b:
            key = (min(a, b), max(a, b))
            sums[key] = sums.get(key, Fraction(0)) + Fraction(route.gb_month)
    return (Link(a, b, gb) for (a, b), gb in sorted(sums.items()) if gb)


def _from_users(
    plan: Plan, scenario: Scenario, at_place: Mapping[str, int], at_crowd: Mapping[tuple[str, str], int]
) -> Iterable[Link]:
    """Traffic from users to the places that serve them: the volume of their flow by weight and share."""
    first = str(scenario.periods[0])
    weight = {(g.id, p.place): Fraction(p.weight) for g in scenario.users for p in g.points}
    volume = volumes_of_users(scenario)
    sums: dict[tuple[int, int], Fraction] = {}
    for row in plan.served:
        at, crowd = at_place.get(row.region), at_crowd.get((row.users, row.place))
        if row.period == first and at is not None and crowd is not None and row.share:
            gb = volume.get((row.users, row.component), Fraction(0)) * weight[row.users, row.place] * row.share
            sums[crowd, at] = sums.get((crowd, at), Fraction(0)) + gb
    return (Link(crowd, at, gb, crowd=True) for (crowd, at), gb in sorted(sums.items()))
