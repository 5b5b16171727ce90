"""Where things may stand, from part 1 of docs/mathematics.md: round trips, distances, usable regions."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

from planner.model.catalogue import Region
from planner.model.question import Component, DemandPoint, Users
from planner.model.scenario import Scenario
from planner.requirements.latency import MaxRtt

from .meaning_of_costs import quote_of

EARTH_KM: Final = 6371.0088
INSIDE_ONE_REGION: Final = Decimal("0.76")


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
    """Whether status, services, quotes and round trips let the component live there (law and prices aside)."""
    quotes = quote_of(scenario, component)
    return (
        open_for_business(scenario, region)
        and (not quotes or region.key in quotes)
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
