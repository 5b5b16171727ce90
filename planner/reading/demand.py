"""Demand: user groups given by country, city or coordinates, as weighted points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from planner.model.places import COUNTRIES, is_country
from planner.model.question import At, DemandPoint, Users
from planner.reading.faults import Collector

_STEP = Decimal("0.000001")


def with_points(
    groups: Iterable[Users],
    demand: Mapping[str, list[DemandPoint]],
    people: Mapping[str, Decimal],
    faults: Collector,
) -> tuple[Users, ...]:
    """Each group with its demand points; a country's weight is split over its metros by population."""
    cities = {point.place: point for points in demand.values() for point in points}
    weighed = [_weighed(group, people, faults) for group in groups]
    return tuple(replace(group, points=_points(group, demand, cities, faults)) for group in weighed)


def _weighed(group: Users, people: Mapping[str, Decimal], faults: Collector) -> Users:
    """The group with a number for each place: as written, or as many as a country has people."""
    counted = {place for place, at in group.at.items() if at.by is not None}
    at = {place: _as_number(place, each, group, people, faults) for place, each in group.at.items()}
    if counted and counted != set(group.at) and not faults.is_mended(faults.inside(group.where, "at")):
        where = faults.inside(group.where, "at", min(set(group.at) - counted), key=True)
        text = f"user group {group.id!r} mixes numbers and by-population"
        faults.add(where, "N003", text, "write by-population for every country, or numbers for all")
    return replace(group, at=at)


def _as_number(place: str, at: At, group: Users, people: Mapping[str, Decimal], faults: Collector) -> At:
    where = faults.inside(group.where, "at", place)
    if at.by is None:
        return at
    if place not in people and place in COUNTRIES:
        faults.add(where, "N001", f"how many people live in {place} is not known here", "write a number")
    elif place not in people:
        faults.add(where, "N003", f"by-population is for countries, {place!r} is none", "write a number")
    return replace(at, weight=people.get(place, Decimal(1)), by=None)


def _points(
    group: Users, demand: Mapping[str, list[DemandPoint]], cities: Mapping[str, DemandPoint], faults: Collector
) -> tuple[DemandPoint, ...]:
    raw: dict[str, tuple[DemandPoint, Fraction]] = {}
    before = len(faults.faults)
    for place, at in group.at.items():
        found = _places(place, at, group, demand, cities, faults)
        total = sum((Fraction(p.weight) for p in found), Fraction(0))
        for point in found:
            weight = Fraction(at.weight or 0) * Fraction(point.weight) / total if total else Fraction(0)
            raw[point.place] = (point, raw.get(point.place, (point, Fraction(0)))[1] + weight)
    positive = {key: value for key, value in raw.items() if value[1] > 0}
    if not positive and before == len(faults.faults) and not faults.is_mended(group.where):
        where = faults.inside(group.where, "at")
        faults.add(where, "N003", f"user group {group.id!r} has no weight anywhere", "give `at:` a positive weight")
    return _normalised(positive)


def _places(
    place: str,
    at: At,
    group: Users,
    demand: Mapping[str, list[DemandPoint]],
    cities: Mapping[str, DemandPoint],
    faults: Collector,
) -> list[DemandPoint]:
    if at.lat is not None and at.lon is not None and at.country is not None:
        return _own_place(place, at.country, at.lat, at.lon, group, faults)
    if at.lat is not None or at.lon is not None or at.country is not None:
        where = faults.inside(group.where, "at", place, key=True)
        if not faults.is_mended(faults.inside(group.where, "at", place)):
            faults.add(where, "S002", f"place {place!r} needs lat, lon and country together", "give all three")
        return []
    if place in demand:
        return demand[place]
    if place in cities:
        return [cities[place]]
    where = faults.inside(group.where, "at", place, key=True)
    faults.unknown(where, "place of users", place, [*demand, *cities])
    return []


def _own_place(
    place: str, country: str, lat: Decimal, lon: Decimal, group: Users, faults: Collector
) -> list[DemandPoint]:
    if not is_country(country):
        near = [code for code in COUNTRIES if code[0] == country[:1].upper()]
        faults.unknown(faults.inside(group.where, "at", place, "country"), "country", country, near)
    for axis, value, most in (("lat", lat, 90), ("lon", lon, 180)):
        if abs(value) > most:
            where = faults.inside(group.where, "at", place, axis)
            faults.add(where, "N003", f"{axis} {value} is no point on Earth", f"{axis} is from -{most} to {most}")
    return [DemandPoint(place, country, Decimal(1), lat, lon)]


def _normalised(raw: Mapping[str, tuple[DemandPoint, Fraction]]) -> tuple[DemandPoint, ...]:
    """Weights as shares with six decimals that sum to exactly 1 (the remainder goes to the largest)."""
    total = sum((weight for _, weight in raw.values()), Fraction(0))
    if not total:
        return ()
    shares = {key: _six_decimals(weight / total) for key, (_, weight) in sorted(raw.items())}
    largest = max(sorted(shares), key=lambda key: shares[key])
    shares[largest] += 1 - sum(shares.values(), Decimal(0))
    return tuple(replace(raw[key][0], weight=share) for key, share in shares.items() if share > 0)


def _six_decimals(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_STEP, ROUND_HALF_EVEN)
