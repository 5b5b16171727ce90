"""How deep a point lies in an outline, and the two shortcuts that spare the geometry."""

from __future__ import annotations

from decimal import Decimal
from math import cos, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planner.geography.areas import depth_km, find_flaw, lies_near, most_depth_km, point_accuracy_km
from planner.model.areas import Outline, Ring

DEGREE = 111.195


def box(west: float, south: float, east: float, north: float) -> Ring:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


SQUARE = Outline("square", ((box(100, 0, 102, 2),),), 0)
HOLED = Outline("holed", ((box(100, 0, 102, 2), box(100.9, 0.9, 101.1, 1.1)),), 0)
PAIR = Outline("pair", ((box(100, 0, 101, 1),), (box(105, 0, 106, 1),)), 0)


@pytest.mark.parametrize(
    ("outline", "lat", "lon", "degrees"),
    [
        (SQUARE, 1, 101, 1),
        (SQUARE, 0.25, 101, 0.25),
        (SQUARE, 0, 101, 0),
        (SQUARE, 2, 102, 0),
        (SQUARE, -0.5, 101, -0.5),
        (SQUARE, 5, 106, -5),
        (HOLED, 1, 101, -0.1),
        (HOLED, 1, 101.2, 0.1),
        (PAIR, 0.5, 105.5, 0.5),
        (PAIR, 0.5, 103, -2),
    ],
)
def test_depth_is_the_way_to_the_nearest_line_and_negative_outside(
    outline: Outline, lat: float, lon: float, degrees: float
) -> None:
    assert depth_km(outline, lat, lon) == pytest.approx(degrees * DEGREE, rel=0.005, abs=1e-9)


def test_a_degree_of_longitude_is_shorter_in_the_north() -> None:
    north = Outline("north", ((box(20, 59, 22, 61),),), 0)
    assert depth_km(north, 60, 20.5) == pytest.approx(0.5 * DEGREE * cos(radians(60)), rel=0.001)


def stars(draw: some.DrawFn) -> Outline:
    """A star about (104 E, 1.5 N): its line never crosses itself."""
    reach = draw(some.lists(some.floats(0.05, 2), min_size=3, max_size=12))
    corners = [
        (104 + far * cos(2 * pi * n / len(reach)), 1.5 + far * sin(2 * pi * n / len(reach)))
        for n, far in enumerate(reach)
    ]
    return Outline("star", (((*corners, corners[0]),),), 0)


@given(some.composite(stars)(), some.floats(-2, 5), some.floats(101, 107), some.floats(0, 300))
def test_the_shortcuts_never_deny_what_geometry_finds(outline: Outline, lat: float, lon: float, km: float) -> None:
    depth = depth_km(outline, lat, lon)
    assert most_depth_km(outline, lat, lon) >= depth - 1e-6
    if not lies_near(outline, lat, lon, km):
        assert depth < -km + 1e-6


def test_a_line_that_crosses_itself_and_parts_that_overlap_are_found() -> None:
    bow = ((0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0))
    assert find_flaw(Outline("bow", ((bow,),), 0)) == "Self-intersection[1 1]"
    assert find_flaw(Outline("over", ((box(0, 0, 2, 2),), (box(1, 1, 3, 3),)), 0)).startswith("Self-intersection")
    assert find_flaw(Outline("hole", ((box(0, 0, 1, 1), box(5, 5, 6, 6)),), 0)).startswith("Hole lies outside shell")
    assert find_flaw(PAIR) == find_flaw(HOLED) == ""


@pytest.mark.parametrize(
    ("lat", "lon", "stated", "km"),
    [
        ("25.2106", "55.2779", "25", 25),
        ("25.2106", "55.2779", "0", 0),
        ("0", "0", None, 0.5 * DEGREE * 2**0.5),
        ("0.0", "0.0", None, 0.05 * DEGREE * 2**0.5),
        ("60", "10.000", None, 0.5 * DEGREE),
    ],
)
def test_a_point_is_as_exact_as_stated_else_as_its_last_digit(
    lat: str, lon: str, stated: str | None, km: float
) -> None:
    found = point_accuracy_km(Decimal(lat), Decimal(lon), None if stated is None else Decimal(stated))
    assert found == pytest.approx(km, rel=0.001)
