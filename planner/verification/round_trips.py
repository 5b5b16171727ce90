"""Round trips, ms, recomputed point by point: a measurement where there is one, else the three published formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Final

from planner.model.catalogue import Measurement, Region
from planner.model.question import DemandPoint

EARTH_RADIUS_KM: Final = 6371.0088
INSIDE_MS: Final = Decimal("0.76")
STEP_MS: Final = Decimal("0.001")


def find_distance(one: Region | DemandPoint, other: Region | DemandPoint) -> float:
    """Great-circle distance, km, by the haversine on a sphere of the mean Earth radius."""
    lat1, lat2 = radians(float(one.lat)), radians(float(other.lat))
    half_lat = (lat2 - lat1) / 2
    half_lon = radians(float(other.lon) - float(one.lon)) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


class RoundTrips:
    """Estimated median round trips of one scenario, ms, each rounded half-even to 0.001."""

    def __init__(self, measurements: Sequence[Measurement]) -> None:
        """Keep the first measurement of each direction."""
        self._measured: dict[tuple[str, str], Decimal] = {}
        for row in measurements:
            self._measured.setdefault((row.src, row.dst), row.rtt_ms)

    def between(self, src: Region, dst: Region) -> Decimal:
        """From one region to another, or between the zones of one region, ms."""
        measured = self._measured.get((src.key, dst.key), self._measured.get((dst.key, src.key)))
        if measured is not None:
            return _round(measured)
        if src.key == dst.key:
            return _round(INSIDE_MS)
        return _round(Decimal(4.3 + 1.516 * 2 * find_distance(src, dst) / (2 / 3 * 299.792458)))

    def to_users(self, point: DemandPoint, region: Region) -> Decimal:
        """From a demand point to a region, ms."""
        return _round(Decimal(5.05 + 1.119 * 2 * 1.5 * find_distance(point, region) / 199.86))


def _round(rtt_ms: Decimal) -> Decimal:
    return rtt_ms.quantize(STEP_MS, ROUND_HALF_EVEN)
