"""Where things may stand, from part 1 of docs/mathematics.md: round trips, distances, usable regions, unit vectors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.model.catalogue import Region, Zone
from planner.model.question import Component, DemandPoint, Users
from planner.model.scenario import Scenario
from planner.requirements.latency import MaxRtt
from planner.requirements.spread import Spread

from .meaning_of_costs import amounts, home_cost, quote_of

EARTH_KM: Final = 6371.0088
INSIDE_ONE_REGION: Final = Decimal("0.76")

Room = tuple[tuple[tuple[str, Fraction], ...], ...]
"""What is left of each stated capacity, zone by zone."""


def distance_km(a: Region | DemandPoint, b: Region | DemandPoint) -> float:
    """Great-circle distance on a sphere of mean Earth radius (haversine)."""
    north_a, north_b = math.radians(a.lat), math.radians(b.lat)
    half_north, half_east = (north_b - north_a) / 2, math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_north) ** 2 + math.cos(north_a) * math.cos(north_b) * math.sin(half_east) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


def round_trip_between(scenario: Scenario, a: Region, b: Region) -> Decimal:
    """Round trip of two regions in ms: own measurement of either direction, else the estimate."""
    for source, target in ((a, b), (b, a)):
        for own in scenario.measurements:
            if (own.src, own.dst) == (source.key, target.key):
                return own.rtt_ms
    if a.key == b.key:
        return INSIDE_ONE_REGION
    return _thousandths(4.3 + 1.516 * 2 * distance_km(a, b) / (2 / 3 * 299.792458))


def round_trip_to_users(point: DemandPoint, region: Region) -> Decimal:
    """Round trip of a demand point and a region in ms."""
    return _thousandths(5.05 + 1.119 * 2 * 1.5 * distance_km(point, region) / 199.86)


def _thousandths(rtt_ms: float) -> Decimal:
    return Decimal(str(round(rtt_ms, 3)))


def group_named(scenario: Scenario, name: str) -> Users:
    """A user group by its id or by the end of a flow, `users:ID`."""
    return scenario.user_group[name.removeprefix("users:")]


def open_for_business(scenario: Scenario, region: Region) -> bool:
    """Whether anything can be placed in the region at all."""
    first, _ = scenario.days(scenario.periods[0])
    return region.status == "active" or (region.opens is not None and region.opens <= first)


def suits(scenario: Scenario, component: Component, region: Region) -> bool:
    """Whether status, services, quotes, prices and round trips let the component live there (law aside)."""
    quotes = quote_of(scenario, component)
    return (
        open_for_business(scenario, region)
        and (not quotes or region.key in quotes)
        and home_cost(component, region, quotes.get(region.key)) is not None
        and all(_offered(scenario, service, region) for service in component.services)
        and _near_enough(scenario, component, region)
    )


def _offered(scenario: Scenario, service: str, region: Region) -> bool:
    first, last = scenario.days(scenario.periods[0])
    return any(offer.id == service and offer.offered(first, last) for offer in region.services)


def _near_enough(scenario: Scenario, component: Component, region: Region) -> bool:
    wish = component.requires.get("max_rtt")
    if not isinstance(wish, MaxRtt):
        return True
    group = group_named(scenario, wish.to)
    return group.latency == "none" or all(round_trip_to_users(p, region) <= wish.rtt for p in group.points)


def rooms(scenario: Scenario, region: Region, residents: Sequence[Component]) -> Iterator[Room]:
    """Every way to stand the units of all residents in the region's zones, as what each zone has left."""
    left = [{name: Fraction(amount) for name, amount in zone.capacity.items()} for zone in region.zones]
    yield from _stand(scenario, region, list(residents), left)


def _stand(
    scenario: Scenario, region: Region, residents: list[Component], left: list[dict[str, Fraction]]
) -> Iterator[Room]:
    if not residents:
        yield tuple(tuple(sorted(zone.items())) for zone in left)
        return
    component, *others = residents
    needs = amounts(component, quote_of(scenario, component).get(region.key))
    for units in unit_vectors(component, region.zones):
        after = [_minus(zone, needs, count) for zone, count in zip(left, units, strict=True)]
        if all(amount >= 0 for zone in after for amount in zone.values()):
            yield from _stand(scenario, region, others, after)


def _minus(left: Mapping[str, Fraction], needs: Mapping[str, Fraction], units: int) -> dict[str, Fraction]:
    return {name: amount - units * needs.get(name, Fraction(0)) for name, amount in left.items()}


def unit_vectors(component: Component, zones: Sequence[Zone]) -> Iterator[tuple[int, ...]]:
    """Every way to split the component's units over the zones of one region that keeps its spread."""
    for units in _splits(component.count, len(zones)):
        if _spread_kept(component, units):
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


def _spread_kept(component: Component, units: tuple[int, ...]) -> bool:
    wish = component.requires.get("spread")
    if not isinstance(wish, Spread):
        return True
    enough_zones = sum(count > 0 for count in units) >= wish.zones
    return enough_zones and not (wish.even and max(units) > math.ceil(component.count / wish.zones))
