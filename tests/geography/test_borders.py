"""On whose land a point stands, and what is wrong with one that stands elsewhere; two square islands make the world."""

from __future__ import annotations

import pytest

from planner.geography.borders import Borders
from planner.geography.misplacing import find_misplaced
from planner.model.borders import Cities, City, Dispute, Disputes, Placed

KM = 1 / 111.195


def square(west: float, south: float, size: float) -> list[list[tuple[float, float]]]:
    east, north = west + size, south + size
    return [[(west, south), (east, south), (east, north), (west, north), (west, south)]]


WORLD = Borders(
    {"MY": [square(100, 2, 4)], "SG": [square(104, 2, 2)], "NO": [square(10, 60, 4)], "HK": [square(114, 22, 0.3)]}
)
"""Malaysia and Singapore share the line at 104 east."""
NOWHERE = Disputes()


def slips(*places: Placed, disputes: Disputes = NOWHERE, cities: Cities = Cities()) -> list[tuple[str, str]]:  # noqa: B008
    return [(found.key, found.slip) for found in find_misplaced(places, WORLD, disputes, cities)]


@pytest.mark.parametrize(
    ("lat", "lon", "country", "km"),
    [
        (3, 102, "MY", 0),
        (3, 105, "SG", 0),
        (2 - 9.9 * KM, 102, "MY", 9.9),
        (61, 14 + 9.9 * KM / 0.4848, "NO", 9.9),
    ],
    ids=["inside", "next door", "9.9 km south of the coast", "9.9 km east of a coast at 61 degrees north"],
)
def test_a_point_belongs_to_its_land_or_to_the_nearest_within_ten_km(
    lat: float, lon: float, country: str, km: float
) -> None:
    standing = WORLD.standings([lat], [lon])[0]
    assert standing.country == country
    assert standing.near[0][1] == pytest.approx(km, abs=0.05)


def test_further_out_it_belongs_to_nobody() -> None:
    assert [each.country for each in WORLD.standings([2 - 10.1 * KM, 0], [102, 0])] == ["", ""]


def test_within_two_km_of_a_line_both_sides_are_possible() -> None:
    near, far = WORLD.standings([3, 3], [104 + 1.9 * KM, 104 + 2.1 * KM])
    assert (near.country, near.possible) == ("SG", {"SG", "MY"})
    assert (far.country, far.possible) == ("SG", {"SG"})


def test_a_right_point_and_a_country_without_an_outline_are_left_alone() -> None:
    assert slips(Placed("kl", "MY", 3.1, 101.7), Placed("rome", "VA", 0, 0)) == []


@pytest.mark.parametrize(
    ("lat", "lon", "slip"),
    [
        (-3.1, 101.7, "sign"),
        (3.1, -101.7, "sign"),
        (-3.1, -101.7, "sign"),
        (101.7, 3.1, "swap"),
        (-101.7, 3.1, "swap"),
        (1, 102, "offshore"),
        (3.1, 105.1, "country"),
        (4.001, 102.001, "centroid"),
        (2.5, 103.5, "centroid"),
    ],
)
def test_each_slip_is_called_by_its_name(lat: float, lon: float, slip: str) -> None:
    assert slips(Placed("kl", "MY", lat, lon)) == [("kl", slip)]


def test_the_right_point_is_suggested() -> None:
    found = find_misplaced([Placed("kl", "MY", 101.7, 3.1)], WORLD, NOWHERE, Cities())[0]
    assert (found.text, found.hint) == (
        "101.7, 3.1 is not in MY: latitude and longitude are swapped",
        "did you mean 3.1, 101.7?",
    )


def test_a_city_in_the_middle_of_its_country_and_a_country_that_is_a_city_are_no_slips() -> None:
    temerloh = Cities(central=(City("MY", "Temerloh", 4.0, 102.01),))
    assert slips(Placed("t", "MY", 4.001, 102.001), cities=temerloh) == []
    assert slips(Placed("hk", "HK", 22.151, 114.149)) == []


def test_a_region_75_km_from_the_city_it_names_is_told_but_not_by_its_own_word() -> None:
    known = Cities(known=(City("MY", "Ipoh", 4.6, 101.1), City("MY", "Ipoh", 2.3, 101.1, known_from="wrong")))
    assert slips(Placed("wrong", "MY", 2.3, 101.1, "IPOH"), cities=known) == [("wrong", "city")]
    assert slips(Placed("right", "MY", 4.7, 101.1, "ipoh"), cities=known) == []


def test_in_a_disputed_area_the_setting_decides() -> None:
    strip = Dispute("strip", "Strip", ("MY", "SG"), ("MY", "SG"), 104, 2, 106, 4)
    place = Placed("s", "MY", 3.1, 105.1)
    assert slips(place, disputes=Disputes((strip,))) == []
    assert slips(place, disputes=Disputes((strip,), {"strip": "SG"})) == [("s", "country")]
    drawn = Dispute("strip", "Strip", ("MY", "SG"), (), 104, 2, 106, 4)
    assert slips(place, disputes=Disputes((drawn,))) == [("s", "country")]
    assert slips(place, disputes=Disputes((drawn,), {"strip": "MY"})) == []
