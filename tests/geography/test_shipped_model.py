"""The shipped model: what its fit gives, how wrong it is on metros it has not seen, and what it may never say."""

from __future__ import annotations

import random
import subprocess
import sys
from functools import cache
from time import perf_counter

import numpy as np
import pytest

from benchmarks.calibrating import folds_of, leave_out, metros_out
from benchmarks.latency import cover_of
from benchmarks.measured_pairs import shipped_model, shipped_pairs
from planner.geography.distances import great_circle_km
from planner.geography.explaining import without_own
from planner.geography.fitting import MeasuredPairs, fit
from planner.geography.round_trips import find_round_trips
from planner.model.catalogue import Region
from planner.model.latency import LIGHT_IN_FIBRE_KM_PER_MS
from planner.model.question import DemandPoint
from planner.reading.library import Library
from planner.reading.round_trip_questions import Atlas, atlas_of
from planner.verification.round_trips import RoundTrips


@cache
def atlas() -> Atlas:
    return atlas_of(Library.shipped())


@cache
def pairs() -> MeasuredPairs:
    return shipped_pairs()


def regions() -> list[Region]:
    return [end for name, end in sorted(atlas().ends.items()) if isinstance(end, Region) and end.key == name]


def places() -> list[DemandPoint]:
    return [end for _, end in sorted(atlas().ends.items()) if isinstance(end, DemandPoint)]


def test_the_checked_in_curve_and_weights_are_what_the_shipped_files_give() -> None:
    model = shipped_model()
    again = fit(pairs(), model).model
    why = "run `python -m benchmarks.fit_latency`"
    assert again.curve == model.curve, why
    assert again.sites == model.sites, why
    assert [(a.src, a.dst) for a in again.anchors] == [(a.src, a.dst) for a in model.anchors], why
    off = [abs(a.weight - b.weight) for a, b in zip(again.anchors, model.anchors, strict=True)]
    assert max(off) < 1e-5, why


def test_metros_left_out_are_predicted_within_the_targets() -> None:
    out = leave_out(pairs(), shipped_model(), metros_out(pairs(), 5, [21]))
    away = np.abs(out.error)
    assert len(set(out.pair.tolist())) >= 1300
    assert np.median(away) <= 0.05
    assert np.quantile(away, 0.9) <= 0.17
    assert abs(np.median(out.error)) <= 0.02
    assert abs(out.error.mean()) <= 0.02
    cover = np.array([cover_of(out, part) for part in np.unique(out.part)]).sum(axis=0)
    assert 0.87 <= cover[0] / cover[1] <= 0.93


def test_a_fold_of_metros_leaves_no_pair_with_an_end_in_it_behind() -> None:
    fold = folds_of(pairs(), 5, 21)
    for number, out in enumerate(metros_out(pairs(), 5, [21])):
        left_in = ~out
        assert not (fold[pairs().src[left_in]] == number).any()
        assert not (fold[pairs().dst[left_in]] == number).any()


def test_what_a_pair_is_without_its_own_measurement_is_what_a_fit_without_it_says() -> None:
    model, number = shipped_model(), 700
    names = pairs().keys[pairs().src[number]], pairs().keys[pairs().dst[number]]
    ends = atlas().ends[names[0]], atlas().ends[names[1]]
    kept = np.arange(len(pairs().ms)) != number
    refitted = fit(pairs().only(kept), model).model
    expected = find_round_trips([ends[0]], [ends[1]], (), refitted).at(0, 0)
    found = without_own([ends], atlas().measurements, model)[0]
    assert float(found.rtt_ms) == pytest.approx(float(expected.rtt_ms), rel=2e-3)
    assert found.provenance == expected.provenance != "measured"


def test_both_implementations_of_the_model_say_the_same() -> None:
    draw = random.Random(5)
    judge = RoundTrips(atlas().measurements, atlas().model)
    for _ in range(25):
        a, b = draw.sample(regions(), 5), [*draw.sample(regions(), 3), *draw.sample(places(), 3)]
        table = find_round_trips(a, b, atlas().measurements, atlas().model)
        for row, src in enumerate(a):
            for column, dst in enumerate(b):
                assert judge.between(src, dst) == table.at(row, column), (src.key, dst)


def test_estimates_are_symmetric_and_never_faster_than_light_in_fibre() -> None:
    points = [(region.lat, region.lon) for region in regions()]
    table = find_round_trips(regions(), regions(), (), atlas().model)
    assert (table.median == table.median.T).all()
    assert (table.low == table.low.T).all()
    assert (table.high == table.high.T).all()
    floor_us = 2000 * great_circle_km(points, points) / LIGHT_IN_FIBRE_KM_PER_MS
    assert (table.low >= np.minimum(floor_us, table.median) - 1e-6).all()
    assert (table.median >= floor_us - 1e-6).all()


def test_johor_and_singapore_are_less_than_two_milliseconds_apart() -> None:
    johor = atlas().ends["alibaba:ap-southeast-8"]
    for key in ("alibaba:ap-southeast-1", "aws:ap-southeast-1", "azure:southeastasia", "gcp:asia-southeast1"):
        assert find_round_trips([johor], [atlas().ends[key]], (), atlas().model).at(0, 0).rtt_ms < 2


def test_all_pairs_of_the_catalogue_take_three_seconds_once_and_nothing_again() -> None:
    assert len(regions()) >= 304
    asked = list(reversed(regions()))  # in an order that no other test has asked for
    start = perf_counter()
    first = find_round_trips(asked, asked, (), atlas().model)
    assert perf_counter() - start <= 3
    assert find_round_trips(asked, asked, (), atlas().model) is first


def test_estimating_a_round_trip_imports_no_geopandas() -> None:
    code = (
        "import sys; from planner.cli.main import cli\n"
        "cli(['latency', 'azure:uksouth', 'aws:ap-southeast-1'], standalone_mode=False)\n"
        "assert not {'geopandas', 'shapely', 'pandas', 'pyproj'} & set(sys.modules), sorted(sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
