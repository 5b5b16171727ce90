"""Misplacing: points that cannot be where a region stands, each with the slip of the pen that explains it best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from planner.geography.borders import Borders
from planner.geography.distances import great_circle_km
from planner.model.borders import Cities, City, Disputes, Misplaced, Placed, Slip, Standing

MIDDLE_KM: Final = 15.0
MIDDLE_SHARE: Final = 0.03
"""So near to the middle of a country, in km or as a share of its size, a point stands for the country."""
LEAST_SIZE_KM: Final = 50.0
"""A country not larger than a square with this side is a city itself: its middle says nothing."""
NAMED_KM: Final = 75.0
"""A region stands no further than this from the city it names."""
CITY_KM: Final = 3.0
"""Nearer than this to a city in the middle of its country, a point stands for that city."""
STEPS: Final = 6
"""Lists of countries round their middles to whole parts of a degree, so many to one: no city is met so on both axes."""
TURNS: Final[tuple[tuple[Slip, bool, int, int], ...]] = (
    ("sign", False, -1, 1),
    ("sign", False, 1, -1),
    ("swap", True, 1, 1),
    ("sign", False, -1, -1),
    ("swap", True, -1, 1),
    ("swap", True, 1, -1),
    ("swap", True, -1, -1),
)
"""What may have been done to a right point: turned round or not, and the sign of what is now written."""


def find_misplaced(places: Sequence[Placed], borders: Borders, disputes: Disputes, cities: Cities) -> list[Misplaced]:
    """Every region whose point is not in its country, only the middle of it, or far from the city that it names.

    In the order of `places`. Regions of countries without an outline are not judged.
    """
    known = [place for place in places if place.country in borders.codes]
    standings = _standings([(place.lat, place.lon) for place in known], borders)
    wrong = {n for n, place in enumerate(known) if not _fits(place, standings[n], disputes)}
    turned = _turned([known[n] for n in sorted(wrong)], borders, disputes)
    inside = [place for n, place in enumerate(known) if n not in wrong]
    doubtful = {**_far_from_city(inside, cities.known), **_middles(inside, borders, cities.central)}
    said = dict(zip(sorted(wrong), turned, strict=True))
    out = []
    for n, place in enumerate(known):
        found = (said[n] or _elsewhere(place, standings[n])) if n in wrong else doubtful.get(place)
        out += [found] if found else []
    return out


def _standings(points: Sequence[tuple[float, float]], borders: Borders) -> list[Standing]:
    """Where points stand; what is no point on Earth stands nowhere."""
    usable = [abs(lat) <= 90 and abs(lon) <= 180 for lat, lon in points]
    here = [point if ok else (0.0, 0.0) for point, ok in zip(points, usable, strict=True)]
    found = borders.standings([lat for lat, _ in here], [lon for _, lon in here])
    return [each if ok else Standing(()) for each, ok in zip(found, usable, strict=True)]


def _fits(place: Placed, standing: Standing, disputes: Disputes) -> bool:
    return place.country in disputes.accepted(place.lat, place.lon, standing)


def _turned(places: Sequence[Placed], borders: Borders, disputes: Disputes) -> list[Misplaced | None]:
    """For each misplaced region the first turn that brings it home, or None."""
    tries = [[_turn(place, *turn) for turn in TURNS] for place in places]
    flat = _standings([(each.lat, each.lon) for row in tries for each in row], borders)
    out = []
    for n, row in enumerate(tries):
        here = flat[n * len(TURNS) : (n + 1) * len(TURNS)]
        home = (m for m, each in enumerate(row) if _fits(each, here[m], disputes))
        first = next(home, None)
        out.append(None if first is None else _told(places[n], row[first], TURNS[first][0]))
    return out


def _turn(place: Placed, slip: Slip, swapped: bool, up: int, across: int) -> Placed:
    lat, lon = (place.lon, place.lat) if swapped else (place.lat, place.lon)
    return Placed(place.key, place.country, up * lat, across * lon)


def _told(place: Placed, right: Placed, slip: Slip) -> Misplaced:
    what = "latitude and longitude are swapped" if slip == "swap" else "a sign is wrong"
    text = f"{_point(place)} is not in {place.country}: {what}"
    return Misplaced(place.key, slip, text, f"did you mean {_point(right)}?")


def _elsewhere(place: Placed, standing: Standing) -> Misplaced:
    if not standing.near:
        text = f"{_point(place)} is offshore, more than 10 km from any land"
        return Misplaced(place.key, "offshore", text, f"take the point of the city in {place.country}")
    text = f"{_point(place)} is in {standing.country}, not in {place.country}"
    return Misplaced(place.key, "country", text, f"write {standing.country}, or mend latitude and longitude")


def _far_from_city(places: Sequence[Placed], known: Sequence[City]) -> Mapping[Placed, Misplaced]:
    by_name: dict[tuple[str, str], list[City]] = {}
    for city in known:
        by_name.setdefault((city.country, city.city.casefold()), []).append(city)
    out: dict[Placed, Misplaced] = {}
    for place in places:
        named = by_name.get((place.country, place.city.casefold()), []) if place.city else []
        points = [(city.lat, city.lon) for city in named if city.known_from != place.key]
        away = _least_km(place, points)
        if points and away > NAMED_KM:
            text = f"{_point(place)} is {away:,.0f} km from {place.city}"
            out[place] = Misplaced(place.key, "city", text, "take the point of the city, or name the one that is meant")
    return out


def _middles(places: Sequence[Placed], borders: Borders, cities: Sequence[City]) -> Mapping[Placed, Misplaced]:
    out: dict[Placed, Misplaced] = {}
    for code in sorted({place.country for place in places}):
        own = [place for place in places if place.country == code]
        out.update(_of_country(code, own, borders, [city for city in cities if city.country == code]))
    return out


def _of_country(
    code: str, places: Sequence[Placed], borders: Borders, cities: Sequence[City]
) -> Iterator[tuple[Placed, Misplaced]]:
    middles, size = borders.middles(code)
    near = max(MIDDLE_KM, MIDDLE_SHARE * size)
    for place in places if size > LEAST_SIZE_KM else ():
        at_city = _least_km(place, [(city.lat, city.lon) for city in cities]) <= CITY_KM
        if not at_city and (_is_round(place) or _least_km(place, middles) <= near):
            text = f"{_point(place)} is the middle of {code} rather than a city"
            yield place, Misplaced(place.key, "centroid", text, "take the point of the city")


def _least_km(place: Placed, points: Sequence[tuple[float, float]]) -> float:
    if not points:
        return float("inf")
    return float(great_circle_km([(place.lat, place.lon)], points).min())  # type: ignore[arg-type, list-item]


def _is_round(place: Placed) -> bool:
    steps = np.array([place.lat, place.lon]) * STEPS
    return bool(np.all(np.abs(steps - np.round(steps)) < 0.001))


def _point(place: Placed) -> str:
    return f"{place.lat:g}, {place.lon:g}"
