"""The shipped outlines: they are whole, the catalogue stands on them, and slips planted into it are found (docs/borders.md)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.errors import Where
from planner.geography.distances import great_circle_km
from planner.model.latency import LIGHT_IN_FIBRE_KM_PER_MS
from planner.model.places import COUNTRIES
from planner.reading.borders import borders_folder
from planner.reading.checking_borders import RoundTrip, Stated, check_round_trips
from planner.reading.faults import Collector
from tests.geography import planted_slips as slips
from tests.geography.planted_slips import BORDERS, REGIONS, recall, without_city

NOWHERE = Where("planted")
NEAR_A_BORDER = {
    "alibaba:ap-southeast-8",
    "alibaba:cn-shenzhen",
    "azure:southeast-asia-3-announced",
    "azure:switzerlandwest",
    "gcp:europe-west4",
    "huawei:cn-south-2",
    "oracle:il-jerusalem-1",
}


def test_every_country_but_the_antarctic_bouvet_and_the_vatican_has_an_outline_in_a_small_file() -> None:
    assert COUNTRIES - BORDERS.codes == {"AQ", "BV", "VA"}
    assert (borders_folder() / "countries.json").stat().st_size < 1_000_000
    assert {region.country for region in REGIONS} < BORDERS.codes


@pytest.mark.parametrize(
    ("place", "lat", "lon", "country"),
    [
        ("Singapore", 1.2897, 103.8501, "SG"),
        ("Johor Bahru", 1.4655, 103.7578, "MY"),
        ("Batam", 1.1301, 104.0529, "ID"),
        ("Labuan", 5.2803, 115.2475, "MY"),
        ("Hong Kong", 22.2783, 114.1747, "HK"),
        ("Macao", 22.2006, 113.5461, "MO"),
        ("Zhuhai", 22.2769, 113.5678, "CN"),
        ("Shenzhen", 22.5455, 114.0683, "CN"),
        ("Taipei", 25.0478, 121.5319, "TW"),
        ("Bandar Seri Begawan", 4.8903, 114.9401, "BN"),
    ],
)
def test_small_places_and_close_neighbours_of_asia_survive_the_simplification(
    place: str, lat: float, lon: float, country: str
) -> None:
    assert BORDERS.standings([lat], [lon])[0].country == country, place


def test_no_two_countries_lie_over_each_other_and_none_runs_round_the_world() -> None:
    ground = ("Reykjavik IS 64.14 -21.94", "Iqaluit CA 63.75 -68.5", "Nadi FJ -17.8 177.42", "Anadyr RU 64.73 177.5")
    for name, country, lat, lon in (each.split() for each in ground):
        assert [code for code, _ in BORDERS.standings([float(lat)], [float(lon)])[0].near] == [country], name
    assert {
        region.key for region in REGIONS if len(BORDERS.standings([region.lat], [region.lon])[0].near) > 1
    } <= NEAR_A_BORDER


def test_no_shipped_region_is_told() -> None:
    assert len(REGIONS) == 304
    assert slips.misplaced(REGIONS) == []


def test_a_sign_is_missed_only_where_the_flipped_point_is_in_the_same_country() -> None:
    found = recall("sign", slips.a_sign)
    assert (found.planted, found.found, found.named) == (608, 600, 599)
    countries = {region.country for region in REGIONS if region.key in found.missed}
    assert countries == {"GB", "ES"}, "London and Zaragoza are a degree or less from Greenwich"


def test_a_swap_is_missed_only_at_cairo_where_both_lie_in_egypt() -> None:
    found = recall("swap", slips.a_swap)
    assert (found.planted, found.found, found.named) == (304, 303, 303)
    assert found.missed == {"huawei:af-north-1"}


def test_every_point_at_sea_is_found() -> None:
    found = recall("offshore", slips.nearest_at_sea)
    assert (found.planted, found.found, found.named) == (304, 304, 304)


def test_middles_are_missed_only_in_small_countries_and_beside_a_central_city() -> None:
    found = recall("centroid", slips.the_middles)
    assert (found.planted, found.found) == (912, 866)
    countries = {region.country for region in REGIONS if region.key in found.missed}
    assert countries == {"SG", "HK", "BH", "RS"}


def test_published_middles_need_the_name_of_the_city() -> None:
    with_city, without = (
        recall("centroid", plant) for plant in (slips.a_published_middle, without_city(slips.a_published_middle))
    )
    assert (with_city.planted, with_city.found) == (212, 202)
    assert (without.planted, without.found) == (212, 122)


def test_every_wrong_country_among_those_in_play_is_found() -> None:
    found = recall("country", slips.every_other_country)
    assert (found.planted, found.found) == (304 * 43, 304 * 43)


def test_the_country_next_door_is_missed_only_in_jerusalem() -> None:
    found = recall("country", slips.the_country_next_door)
    assert (found.planted, found.found) == (304, 303)
    assert found.missed == {"oracle:il-jerusalem-1"}, "where the default accepts both"


def test_round_trips_at_nine_tenths_of_the_floor_are_found_and_those_at_the_floor_are_not() -> None:
    stated = {
        r.key: Stated(r.key, r.country, Decimal(str(r.lat)), Decimal(str(r.lon)), 0, NOWHERE, NOWHERE) for r in REGIONS
    }
    points = [(each.lat, each.lon) for each in stated.values()]
    floors = 2 * great_circle_km(points, points) / LIGHT_IN_FIBRE_KM_PER_MS
    apart = [(a, b, floors[a, b]) for a in range(304) for b in range(304) if floors[a, b] > 0.1]
    for share, more, expected in ((0.9, 0, len(apart)), (1, 0.001, 0)):
        faults = Collector()
        trips = (
            RoundTrip(REGIONS[a].key, REGIONS[b].key, Decimal(str(share * ms + more)), Where(f"{a}:{b}"))
            for a, b, ms in apart
        )
        check_round_trips(trips, stated, faults)
        assert len(faults.faults) == expected
    assert len(apart) > 90_000
