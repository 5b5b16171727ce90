"""Round trips: estimates between regions and from users, in whole microseconds, each with its band and provenance.

Order (docs/latency.md): own measurement, else the corridor graph with what measured pairs nearby carry to it, else
the graph alone. Estimates are medians, symmetric, and never below the physical floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.geography.bands import BANDS, edges_of
from planner.geography.corridors import corridors_of
from planner.geography.distances import great_circle_km
from planner.geography.evidence import Carried, evidence_of
from planner.geography.formulas import by_class, circle_ms, curve_ms, floor_us
from planner.geography.sites import Site, classes_of, site_of, users_at
from planner.model.catalogue import Measurement, Region
from planner.model.latency import INSIDE_MS, BandOf, LatencyModel
from planner.model.question import DemandPoint
from planner.model.round_trips import PATHS, PROVENANCES, Codes, Microseconds, RoundTrips

_INSIDE_US: Final = int(INSIDE_MS * 1000)


def find_round_trips(
    a: Sequence[Region | DemandPoint],
    b: Sequence[Region | DemandPoint],
    measurements: Sequence[Measurement],
    model: LatencyModel,
) -> RoundTrips:
    """Estimates from each of a to each of b; kept, so that a second question about the same places costs nothing."""
    return _find(tuple(map(site_of, a)), tuple(map(site_of, b)), tuple(measurements), model)


@lru_cache(maxsize=64)
def _find(
    a: tuple[Site, ...], b: tuple[Site, ...], measurements: tuple[Measurement, ...], model: LatencyModel
) -> RoundTrips:
    points = [site.point for site in a], [site.point for site in b]
    paths, users, distance = classes_of(a, b), users_at(a, b), great_circle_km(*points)
    floor = floor_us(distance)
    if model.curve is None or model.internet is None:
        carried = Carried.nothing(distance.shape)
        of = np.full(distance.shape, BANDS.index("circle"), dtype=np.int8)
        ms = circle_ms(distance, users)
    else:
        carried = evidence_of(model).carry(*points, [s.provider for s in a], [s.provider for s in b])
        way = corridors_of(model, model.curve).path_km(*points)
        of = _kinds(paths, users, carried)
        ms = by_class(curve_ms(way, model.curve), way, carried.log, paths, users, model.internet)
    median = np.maximum(np.rint(ms * 1000).astype(np.int64), np.maximum(floor, np.where(users, 0, _INSIDE_US)))
    inside = paths == PATHS.index("inside")
    median[inside], of[inside] = _INSIDE_US, BANDS.index("inside")
    _put_measured(a, b, measurements, median, of)
    low, high = edges_of(median, of, carried.similarity, model.bands)
    return RoundTrips(median, np.maximum(low, np.minimum(floor, median)), high, _provenance(of), paths)


def _kinds(paths: Codes, users: NDArray[np.bool_], carried: Carried) -> Codes:
    """Which band each pair has, an index into BANDS."""
    cases: dict[BandOf, NDArray[np.bool_]] = {
        "border": paths == PATHS.index("border"),
        "users": users,
        "internet": paths == PATHS.index("internet"),
        "twin": carried.twin,
        "interpolated": carried.spoken,
    }
    codes = [np.full(paths.shape, BANDS.index(of), dtype=np.int8) for of in cases]
    return np.asarray(np.select(list(cases.values()), codes, np.int8(BANDS.index("modelled"))), dtype=np.int8)


def _provenance(of: Codes) -> Codes:
    named = [PROVENANCES.index(b) if b in PROVENANCES else PROVENANCES.index("modelled") for b in BANDS]
    return np.array(named, dtype=np.int8)[of]


def _put_measured(
    a: Sequence[Site], b: Sequence[Site], measurements: Sequence[Measurement], median: Microseconds, of: Codes
) -> None:
    rows, columns = ({site.key: n for n, site in enumerate(sites)} for sites in (a, b))
    for m in measurements:
        for src, dst in ((m.src, m.dst), (m.dst, m.src)):
            if src in rows and dst in columns:
                median[rows[src], columns[dst]] = round(m.rtt_ms * 1000)
                of[rows[src], columns[dst]] = BANDS.index("measured")
