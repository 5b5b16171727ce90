"""Round trips, worked out a second time from what a plan embeds: measured, else as docs/mathematics.md says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from math import ceil, exp
from typing import Final

from planner.model.catalogue import Measurement, Region
from planner.model.latency import (
    FALLBACK_BAND,
    GREAT_CIRCLE,
    HALF_WIDTH_US,
    INSIDE_MS,
    LIGHT_IN_FIBRE_KM_PER_MS,
    MAINLAND,
    BandOf,
    Curve,
    Estimate,
    Internet,
    LatencyModel,
    PathClass,
    Provenance,
)
from planner.model.question import DemandPoint
from planner.verification.corridors import Corridors, Point, find_km
from planner.verification.evidence import Evidence

STEP_MS: Final = Decimal("0.001")
FIBRE: Final = 199.86
End = Region | DemandPoint


def find_distance(one: End, other: End) -> float:
    """Great-circle distance, km."""
    return find_km(_point(one), _point(other))


def find_floor_us(km: float) -> int:
    """The least round trip over so many km, whole microseconds, rounded up."""
    return ceil(2000 * km / LIGHT_IN_FIBRE_KM_PER_MS)


class RoundTrips:
    """Estimated median round trips of one scenario."""

    def __init__(self, measurements: Sequence[Measurement], model: LatencyModel = GREAT_CIRCLE) -> None:
        """Keep one figure for each measured pair, whichever way it was written."""
        self._measured = {frozenset((row.src, row.dst)): row.rtt_ms for row in measurements}
        self._model = model
        self._found: dict[tuple[str, str], Estimate] = {}

    def between(self, src: End, dst: End) -> Estimate:
        """From one place to another, or between the zones of one region."""
        keys = _key(src), _key(dst)
        if keys not in self._found:
            self._found[keys] = self._estimate(src, dst)
        return self._found[keys]

    def to_users(self, point: DemandPoint, region: Region) -> Estimate:
        """From a demand point to a region."""
        return self.between(point, region)

    def _estimate(self, src: End, dst: End) -> Estimate:
        path, floor = _path(src, dst), find_floor_us(find_distance(src, dst))
        similarity = 0.0
        of: BandOf
        measured = self._measured.get(frozenset((_key(src), _key(dst)))) if path != "inside" else None
        if measured is not None:
            of, rtt = "measured", _us(measured)
        elif path == "inside":
            of, rtt = "inside", _us(INSIDE_MS)
        else:
            of, similarity, ms = self._model_ms(src, dst, path)
            least = 0 if _has_users(src, dst) else _us(INSIDE_MS)
            rtt = max(_us(Decimal(ms)), floor, least)
        low, high = self._band(of, similarity, rtt)
        low = max(low, min(floor, rtt))
        provenance: Provenance = of if of in ("measured", "twin", "interpolated") else "modelled"
        return Estimate(_ms(rtt), _ms(low), _ms(high), provenance, path)

    def _model_ms(self, src: End, dst: End, path: PathClass) -> tuple[BandOf, float, float]:
        """Which band, the similarity of the nearest measured pair, and the round trip, ms."""
        curve, net = self._model.curve, self._model.internet
        if curve is None or net is None:
            return "circle", 0.0, _circle(src, dst)
        way = self._corridors.find_way(_point(src), _point(dst))
        alone = _curve(way, curve)
        heard = self._evidence.hear(_point(src), _point(dst), _provider(src) if path == "backbone" else "")
        if path == "backbone":
            return heard.of, heard.similarity, alone * exp(heard.log)
        users = _has_users(src, dst)
        if path == "border":
            least = _users(way, net) if users else 0.0
            return "border", heard.similarity, max(alone * float(net.border), least)
        return (
            ("users", heard.similarity, _users(way, net))
            if users
            else ("internet", heard.similarity, alone * float(net.factor))
        )

    def _band(self, of: BandOf, similarity: float, rtt: int) -> tuple[int, int]:
        """The row with the largest least similarity, then the smallest step, that fits; edges rounded outwards."""
        rows = [b for b in self._model.bands if b.of == of and similarity >= float(b.least) and rtt <= b.upto_ms * 1000]
        row = max(rows, key=lambda b: (b.least, -b.upto_ms), default=FALLBACK_BAND)
        return min(rtt * row.low // 1000, rtt - HALF_WIDTH_US), max(-(-rtt * row.high // 1000), rtt + HALF_WIDTH_US)

    @cached_property
    def _corridors(self) -> Corridors:
        assert self._model.curve is not None
        return Corridors(self._model, self._model.curve)

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self._model)


def _path(src: End, dst: End) -> PathClass:
    if _key(src) == _key(dst):
        return "inside"
    if (src.country == MAINLAND) != (dst.country == MAINLAND):
        return "border"
    return "backbone" if _provider(src) and _provider(src) == _provider(dst) else "internet"


def _curve(way: float, curve: Curve) -> float:
    rise = float(curve.rise_ms) * (1 - exp(-way / float(curve.rise_km)))
    return float(curve.base_ms) + rise + float(curve.slope) * 2 * way / FIBRE


def _users(way: float, net: Internet) -> float:
    return float(net.access_ms) + float(net.access_slope) * 2 * way / FIBRE


def _circle(src: End, dst: End) -> float:
    km = find_distance(src, dst)
    if _has_users(src, dst):
        return 5.05 + 1.119 * 2 * 1.5 * km / FIBRE
    return 4.3 + 1.516 * 2 * km / LIGHT_IN_FIBRE_KM_PER_MS


def _has_users(src: End, dst: End) -> bool:
    return not (_provider(src) and _provider(dst))


def _key(end: End) -> str:
    return end.place if isinstance(end, DemandPoint) else end.key


def _provider(end: End) -> str:
    return "" if isinstance(end, DemandPoint) else end.provider


def _point(end: End) -> Point:
    return float(end.lat), float(end.lon)


def _us(ms: Decimal) -> int:
    return int((ms * 1000).quantize(Decimal(1), ROUND_HALF_EVEN))


def _ms(us: int) -> Decimal:
    return Decimal(us).scaleb(-3)
