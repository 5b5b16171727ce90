"""Fitting: the curve and the weights of the measured pairs, from the corridor graph and what was measured.

The curve is fitted robustly to logarithms; what it leaves over is carried by kriging with one kernel,
(1 + same provider) · e^(−q / length), q the summed distances of the ends, so that each pair gets one weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import least_squares

from planner.geography.corridors import Corridors, Points
from planner.geography.distances import great_circle_km
from planner.geography.formulas import curve_ms
from planner.model.latency import Anchor, Curve, LatencyModel, MeasuredSite

Numbers = NDArray[np.float64]

VARIANCE: Final = 0.006
NUGGET: Final = 0.001
ROUNDING_MS: Final = 0.29
"""Standard deviation of a figure that was rounded to whole ms."""
MOST_LEFT: Final = 0.3
"""A pair that is further from the curve than this (logarithm) is carried as if it were so far."""
SOFT: Final = 0.05
"""Errors (logarithm) beyond this count less than squared."""
FIRST: Final = (6.5, 686.0, 1.0)
LEAST_AND_MOST: Final = ((0.0, 50.0, 0.5), (50.0, 5000.0, 2.0))
"""Where the search for rise (ms), rise (km) and slope begins, and where it may go."""


@dataclass(frozen=True)
class MeasuredPairs:
    """Measured pairs: N indices into S sites and round trips.

    Attributes:
        keys: [S] `provider:id`.
        points: [S] degrees.
        src: [N] site.
        dst: [N] site.
        ms: [N] measured round trip.
    """

    keys: Sequence[str]
    points: Points
    src: NDArray[np.int64]
    dst: NDArray[np.int64]
    ms: Numbers

    def only(self, kept: NDArray[np.bool_]) -> MeasuredPairs:
        """The same sites with some of the pairs."""
        return replace(self, src=self.src[kept], dst=self.dst[kept], ms=self.ms[kept])


@dataclass(frozen=True)
class Fit:
    """A fitted model and what it says of its own pairs.

    Attributes:
        left_out: [N] logarithm that the other pairs carry to each pair; what is left of its own voice is out.
        alone: [N] the curve's round trip, ms.
    """

    model: LatencyModel
    left_out: Numbers
    alone: Numbers


def fit(pairs: MeasuredPairs, model: LatencyModel) -> Fit:
    """The model with its curve and anchors fitted; landings, corridors and the rest are taken from it as they are."""
    assert model.curve is not None
    way = Corridors(model, model.curve).path_km(pairs.points, pairs.points)[pairs.src, pairs.dst]
    curve = fit_curve(way, pairs.ms, model.curve)
    alone = curve_ms(way, curve)
    rest = np.clip(np.log(pairs.ms / alone), -MOST_LEFT, MOST_LEFT)
    weight, own = _krige(pairs, rest, replace(model, curve=curve))
    anchors = tuple(
        Anchor(pairs.keys[a], pairs.keys[b], _six(VARIANCE * w))
        for a, b, w in zip(pairs.src, pairs.dst, weight, strict=True)
    )
    used = sorted({*pairs.src.tolist(), *pairs.dst.tolist()})
    sites = tuple(MeasuredSite(pairs.keys[n], *pairs.points[n]) for n in used)
    return Fit(replace(model, curve=curve, anchors=anchors, sites=sites), rest - weight / own, alone)


def fit_curve(way: Numbers, ms: Numbers, start: Curve) -> Curve:
    """Rise and slope that fit the measured pairs; `base_ms` stays: two halls of a metro are not milliseconds apart."""

    def off(x: Numbers) -> Numbers:
        return np.asarray(np.log(curve_ms(way, _curve(start, x)) / ms))

    found = least_squares(off, FIRST, bounds=LEAST_AND_MOST, loss="soft_l1", f_scale=SOFT, x_scale=FIRST)
    return _curve(start, found.x, digits=4)


def _curve(start: Curve, x: Numbers, digits: int = 12) -> Curve:
    rise_ms, rise_km, slope = (Decimal(str(round(float(value), digits))) for value in x)
    return replace(start, rise_ms=rise_ms, rise_km=rise_km, slope=slope)


def _krige(pairs: MeasuredPairs, rest: Numbers, model: LatencyModel) -> tuple[Numbers, Numbers]:
    """Weights α of (K + noise) α = rest, and the diagonal of the inverse."""
    cover = kernel(pairs, model) * VARIANCE
    cover[np.diag_indices_from(cover)] += NUGGET + (ROUNDING_MS / pairs.ms) ** 2
    factor = cho_factor(cover, lower=True)
    weight = cho_solve(factor, rest)
    own = np.diag(cho_solve(factor, np.eye(len(rest))))
    return np.asarray(weight), np.asarray(own)


def kernel(pairs: MeasuredPairs, model: LatencyModel) -> Numbers:
    """[N, N] how much each measured pair speaks for each other."""
    assert model.carrying is not None
    near = np.exp(-great_circle_km(pairs.points, pairs.points) / float(model.carrying.length_km))
    one = near[np.ix_(pairs.src, pairs.src)] * near[np.ix_(pairs.dst, pairs.dst)]
    other = near[np.ix_(pairs.src, pairs.dst)] * near[np.ix_(pairs.dst, pairs.src)]
    providers = np.array([key.partition(":")[0] for key in pairs.keys])[pairs.src]
    same = providers[:, None] == providers[None, :]
    return np.asarray((one + other) * (1 + float(model.carrying.same_provider) * same))


def _six(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))
