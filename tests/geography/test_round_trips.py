"""Round trips over a graph small enough for a pocket calculator, and what every estimate must satisfy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import exp

import pytest

from planner.geography.round_trips import find_round_trips
from planner.model.catalogue import Measurement, Region
from planner.model.latency import GREAT_CIRCLE, Estimate, LatencyModel
from planner.model.question import DemandPoint
from tests.geography.small_model import MODEL, A, B, C, D, region, with_measured

PLACE = DemandPoint("MY/Town", "MY", Decimal(1), Decimal(0), Decimal(100))
OVER_THE_SEA = 0.18 + 2 * 1334.34 / 199.86


def estimate(
    a: Region | DemandPoint, b: Region | DemandPoint, model: LatencyModel = MODEL, *measured: Measurement
) -> Estimate:
    return find_round_trips([a], [b], measured, model).at(0, 0)


def test_a_way_follows_the_cables_and_weighs_them_by_kind() -> None:
    assert float(estimate(A, B).rtt_ms) == pytest.approx(OVER_THE_SEA, abs=0.002)
    # b – c is ten degrees of a meridian on land: 1111.95 km × 1.5 more
    assert float(estimate(A, C).rtt_ms) == pytest.approx(0.18 + 2 * (1334.34 + 1667.93) / 199.86, abs=0.002)


def test_nobody_joins_at_a_place_that_is_no_city() -> None:
    beside_mid = region("p:m", 0, 104)
    # joins a, four degrees away: 444.780 km × 1.5
    assert float(estimate(beside_mid, A).rtt_ms) == pytest.approx(0.18 + 2 * 667.17 / 199.86, abs=0.002)


def test_sites_near_each_other_go_straight() -> None:
    beside = region("p:x", 0.5, 100)
    assert float(estimate(A, beside).rtt_ms) == pytest.approx(0.18 + 2 * 55.597 * 1.5 / 199.86, abs=0.002)


def test_a_measured_pair_speaks_for_one_nearby_by_its_weight_and_distance() -> None:
    beside_a = region("p:x", 1, 100)
    alone = float(estimate(beside_a, B).rtt_ms)
    similarity = exp(-111.195 / 1000)
    # the same provider counts twice; the pair the other way round is 1112 km off at both ends
    carried = 0.1 * 2 * (similarity + exp(-(1112 + 1117.5) / 1000))
    found = estimate(beside_a, B, with_measured("0.1"))
    assert float(found.rtt_ms) == pytest.approx(alone * exp(carried), rel=1e-3)
    assert found.provenance == "interpolated"


def test_a_measured_pair_of_another_provider_counts_once() -> None:
    ours, theirs = (estimate(region(f"{p}:x", 1, 100), region(f"{p}:y", 0, 110), with_measured("0.1")) for p in "pq")
    alone = estimate(region("q:x", 1, 100), region("q:y", 0, 110))
    ratio = [float(e.rtt_ms / alone.rtt_ms) for e in (ours, theirs)]
    assert ratio[0] == pytest.approx(ratio[1] ** 2, rel=1e-3)


def test_what_is_far_from_every_measured_pair_is_the_graph_alone() -> None:
    north = region("p:n", 30, 110)
    assert estimate(C, north, with_measured("0.1")).rtt_ms == estimate(C, north).rtt_ms
    assert estimate(C, north, with_measured("0.1")).provenance == "modelled"


def test_regions_of_the_same_two_metros_are_twins() -> None:
    found = estimate(region("q:x", 0.1, 100), region("q:y", 0, 110.1), with_measured("0.1"))
    assert found.provenance == "twin"


def test_an_own_measurement_counts_in_both_directions_and_before_everything() -> None:
    own = Measurement("p:a", "p:b", Decimal("20.5"))
    there, back = (estimate(*ends, with_measured("0.1"), own) for ends in ((A, B), (B, A)))
    assert there == back
    assert (there.rtt_ms, there.provenance) == (Decimal("20.5"), "measured")
    assert (there.low_ms, there.high_ms) == (Decimal("20.0"), Decimal("21.0")), "half a millisecond at least"


def test_bands_are_taken_by_similarity_then_by_step() -> None:
    near, far = (estimate(region("p:x", lat, 100), B, with_measured("0")) for lat in (0.8, 3))
    assert near.high_ms == pytest.approx(near.rtt_ms * Decimal("1.1"), abs=Decimal("0.001"))
    assert far.high_ms == pytest.approx(far.rtt_ms * Decimal("1.25"), abs=Decimal("0.001"))


def test_users_and_two_providers_go_over_the_public_internet() -> None:
    users, two = estimate(PLACE, B), estimate(A, region("q:b", 0, 110))
    assert float(users.rtt_ms) == pytest.approx(5 + 2 * 1334.34 / 199.86, abs=0.002)
    assert float(two.rtt_ms) == pytest.approx(OVER_THE_SEA * 1.25, abs=0.002)
    assert {users.path, two.path} == {"internet"}


@pytest.mark.parametrize(
    ("a", "b", "path"), [("CN", "CN", "backbone"), ("CN", "HK", "border"), ("TW", "CN", "border"), ("HK", "TW", "backbone")]
)
def test_only_the_border_of_mainland_china_is_a_class_of_its_own(a: str, b: str, path: str) -> None:
    found = estimate(region("p:a", 0, 100, a), region("p:b", 0, 110, b))
    assert found.path == path
    assert float(found.rtt_ms) == pytest.approx(OVER_THE_SEA * (3 if path == "border" else 1), abs=0.003)


def test_between_zones_of_one_region_it_is_the_median_of_measured_zones() -> None:
    found = estimate(A, A)
    assert (found.rtt_ms, found.path) == (Decimal("0.760"), "inside")


def test_a_region_more_changes_no_other_estimate() -> None:
    alone = find_round_trips([A], [B], (), MODEL).median[0, 0]
    crowd = [A, B, C, *(region(f"p:{n}", 0, 100 + n) for n in range(1, 10))]
    assert find_round_trips(crowd, crowd, (), MODEL).median[0, 1] == alone


def test_no_estimate_is_below_the_physical_floor() -> None:
    assert MODEL.curve is not None
    fast = replace(MODEL, curve=replace(MODEL.curve, slope=D("0.1")))
    # ten degrees: 2 × 1111.951 km over two thirds of the speed of light
    assert float(estimate(A, B, fast).rtt_ms) == pytest.approx(11.128, abs=0.001)
    assert estimate(A, B, fast).low_ms == estimate(A, B, fast).rtt_ms


def test_without_corridors_the_great_circle_is_all_there_is() -> None:
    found = estimate(A, B, GREAT_CIRCLE)
    assert float(found.rtt_ms) == pytest.approx(4.3 + 1.516 * 11.1274, abs=0.001)
    assert found.provenance == "modelled"
