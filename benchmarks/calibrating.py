"""Calibrating: how wrong the model is on pairs it has not seen, and the bands that follow from that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.geography.bands import BANDS
from planner.geography.corridors import Corridors
from planner.geography.distances import great_circle_km
from planner.geography.evidence import Evidence
from planner.geography.fitting import MeasuredPairs, fit
from planner.geography.formulas import curve_ms
from planner.model.latency import Band, BandOf, LatencyModel

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

METRO_KM: Final = 100
INSIDE_THE_BAND: Final = 0.92
"""Part of the left-out pairs that a band holds; a little above nine of ten, for pairs kept elsewhere were harder."""
STEPS_MS: Final = (15, 30, 60, 100, 150, 200)
MOST_MS: Final = 1_000_000
FAR: Final = Decimal("0.4")
FEWEST: Final = 40
"""A step with fewer left-out pairs is merged with the next."""


@dataclass(frozen=True)
class LeftOut:
    """Predictions for measured pairs that were left out of the fit.

    Attributes:
        pair: index of the measured pair.
        ms: predicted round trip.
        alone: what the curve alone says.
        measured: what was measured.
        similarity: to the nearest pair that was left in.
        of: index into BANDS.
        part: which part was left out.
    """

    pair: NDArray[np.int64]
    ms: Numbers
    alone: Numbers
    measured: Numbers
    similarity: Numbers
    of: NDArray[np.int64]
    part: NDArray[np.int64]

    @property
    def error(self) -> Numbers:
        """Relative error of each prediction."""
        return self.ms / self.measured - 1

    def only(self, kept: Mask) -> LeftOut:
        """Some of the predictions."""
        parts = (self.pair, self.ms, self.alone, self.measured, self.similarity, self.of, self.part)
        return LeftOut(*(part[kept] for part in parts))


def metros_of(points: Sequence[tuple[Decimal, Decimal]], within_km: float = METRO_KM) -> NDArray[np.int64]:
    """A number for each site; sites in a chain of steps below `within_km` share one."""
    near = great_circle_km(points, points) < within_km
    metro = np.arange(len(points))
    while True:
        lowest = np.where(near, metro[None, :], len(points)).min(axis=1)
        if (lowest == metro).all():
            return metro
        metro = lowest


def folds_of(pairs: MeasuredPairs, folds: int, seed: int) -> NDArray[np.int64]:
    """The fold of each site: metros dealt out in a random order that a seed fixes."""
    metro = metros_of(pairs.points)
    order = np.random.default_rng(seed).permutation(np.unique(metro[np.r_[pairs.src, pairs.dst]]))
    dealt = {int(m): n % folds for n, m in enumerate(order)}
    return np.array([dealt.get(int(m), -1) for m in metro])


def leave_out(pairs: MeasuredPairs, model: LatencyModel, out: Iterator[Mask]) -> LeftOut:
    """Fit without each part of the pairs and predict that part."""
    found = [_predict(pairs, model, np.flatnonzero(mask), mask, part) for part, mask in enumerate(out) if mask.any()]
    columns = zip(*((f.pair, f.ms, f.alone, f.measured, f.similarity, f.of, f.part) for f in found), strict=True)
    return LeftOut(*(np.concatenate(column) for column in columns))  # type: ignore[arg-type]


def metros_out(pairs: MeasuredPairs, folds: int, seeds: Sequence[int]) -> Iterator[Mask]:
    """Parts of the pairs with an end in a fold of metros."""
    for seed in seeds:
        fold = folds_of(pairs, folds, seed)
        yield from ((fold[pairs.src] == n) | (fold[pairs.dst] == n) for n in range(folds))


def regions_out(pairs: MeasuredPairs) -> Iterator[Mask]:
    """Parts of the pairs with an end in one region; its metro stays in where another region stands there."""
    yield from ((pairs.src == n) | (pairs.dst == n) for n in np.unique(np.r_[pairs.src, pairs.dst]))


def _predict(pairs: MeasuredPairs, model: LatencyModel, rows: NDArray[np.int64], mask: Mask, part: int) -> LeftOut:
    fitted = fit(pairs.only(~mask), model).model
    assert fitted.curve is not None
    assert fitted.carrying is not None
    way = Corridors(fitted, fitted.curve).path_km(pairs.points, pairs.points)[pairs.src[rows], pairs.dst[rows]]
    providers = [key.partition(":")[0] for key in pairs.keys]
    carried = Evidence(fitted, fitted.carrying).carry(pairs.points, pairs.points, providers, providers)
    at = pairs.src[rows], pairs.dst[rows]
    alone = curve_ms(way, fitted.curve)
    words: list[BandOf] = ["twin", "interpolated", "modelled"]
    codes = [BANDS.index(word) for word in words]
    of = np.where(carried.twin[at], codes[0], np.where(carried.spoken[at], codes[1], codes[2]))
    ms = alone * np.exp(carried.log[at])
    return LeftOut(rows, ms, alone, pairs.ms[rows], carried.similarity[at], of, np.full(len(rows), part))


def bands_of(
    left_out: LeftOut,
    of: BandOf,
    least: Decimal = Decimal(0),
    below: Decimal = Decimal(2),
    inside: float = INSIDE_THE_BAND,
) -> list[tuple[Band, int]]:
    """Bands of one kind in steps of the predicted round trip, each with how many pairs it rests on."""
    alike = (left_out.similarity >= float(least)) & (left_out.similarity < float(below))
    chosen = left_out.only(alike & (left_out.of == BANDS.index(of)))
    return [
        (_band(of, least, upto, inside, chosen.only((chosen.ms > start) & (chosen.ms <= upto))), pairs)
        for start, upto, pairs in _steps(chosen)
    ]


def _steps(chosen: LeftOut) -> list[tuple[float, float, int]]:
    """Steps with enough predictions, the last without an end; what is too few joins the next step."""
    out: list[tuple[float, float, int]] = []
    start = 0.0
    for upto in (*STEPS_MS, MOST_MS):
        here, beyond = (chosen.ms > start) & (chosen.ms <= upto), (chosen.ms > upto).sum()
        if upto == MOST_MS or (here.sum() >= FEWEST and beyond >= FEWEST):
            out.append((start, upto, len(np.unique(chosen.pair[here]))))
            start = upto
    return out if len(chosen.ms) else []


def _band(of: BandOf, least: Decimal, upto: float, inside: float, chosen: LeftOut) -> Band:
    width = float(np.quantile(np.abs(np.log(chosen.measured / chosen.ms)), inside))
    return Band(of, least, Decimal(int(upto)), floor(1000 * np.exp(-width)), ceil(1000 * np.exp(width)))
