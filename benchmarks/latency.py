"""How wrong the latency model is on metros it has not seen, beside simpler models and the noise between providers.

    python -m benchmarks.latency                prints the table of docs/benchmarks.md; about two minutes

Metros are left out in five folds: every pair with an end in a left-out metro is predicted from pairs without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.calibrating import FAR, LeftOut, bands_of, folds_of, leave_out, metros_of, metros_out, regions_out
from benchmarks.measured_pairs import shipped_model, shipped_pairs
from planner.geography.bands import edges_of
from planner.geography.distances import great_circle_km
from planner.geography.fitting import MeasuredPairs, fit
from planner.geography.round_trips import find_round_trips
from planner.model.latency import Band, LatencyModel
from planner.reading.inspecting import catalogue_of
from planner.reading.library import Library

FOLDS: Final = 5
SEEDS: Final = (11, 12, 13)
"""Other partitions than the fit calibrates its bands on."""

Numbers = NDArray[np.float64]


def main() -> None:
    """Print the table, the cover of the bands and the time for all pairs."""
    pairs, model = shipped_pairs(), shipped_model()
    found = [leave_out(pairs, model, metros_out(pairs, FOLDS, [seed])) for seed in SEEDS]
    out = _joined(found)
    print(f"{len(pairs.ms)} measured pairs, {len(out.ms)} predictions of pairs with a left-out metro")
    print("| model | pairs | median | p90 | bias (median, mean) |")
    print("|---|---|---|---|---|")
    print(_line("great circle x constant + constant", *_circle(pairs)))
    print(_line("corridor graph and curve", out.alone / out.measured - 1, len(set(out.pair.tolist()))))
    print(_line("corridor graph and what measured pairs carry", out.error, len(set(out.pair.tolist()))))
    print(_line("another provider between the same metros", *_noise(pairs)))
    cover = [cover_of(each, part) for each in found for part in np.unique(each.part)]
    inside, asked = (sum(n) for n in zip(*cover, strict=True))
    print(f"inside the band: {inside / asked:.1%} of {asked} (bands from the other folds)")
    print(_all_pairs(model))
    print("One region left out, its metro still measured by another provider:")
    for name, error in _twins(pairs, model):
        print(_line(name, error, len(error)))


def _line(name: str, error: Numbers, pairs: int) -> str:
    away = np.abs(error)
    bias = f"{np.median(error):+.1%}, {error.mean():+.1%}"
    return f"| {name} | {pairs} | {np.median(away):.1%} | {np.quantile(away, 0.9):.1%} | {bias} |"


def _joined(found: Sequence[LeftOut]) -> LeftOut:
    columns = zip(*((f.pair, f.ms, f.alone, f.measured, f.similarity, f.of, f.part) for f in found), strict=True)
    return LeftOut(*(np.concatenate(column) for column in columns))


def _circle(pairs: MeasuredPairs) -> tuple[Numbers, int]:
    """Straight line through the great circle, fitted to the pairs that are left in, by least relative error."""
    away = great_circle_km(pairs.points, pairs.points)[pairs.src, pairs.dst]
    errors = []
    for seed in SEEDS:
        fold = folds_of(pairs, FOLDS, seed)
        for n in range(FOLDS):
            out = (fold[pairs.src] == n) | (fold[pairs.dst] == n)
            table = np.stack([np.ones(len(away)), away], axis=1) / pairs.ms[:, None]
            fitted = np.linalg.lstsq(table[~out], np.ones((~out).sum()), rcond=None)[0]
            errors.append((table[out] @ fitted) - 1)
    return np.concatenate(errors), len(pairs.ms)


def _noise(pairs: MeasuredPairs) -> tuple[Numbers, int]:
    """What another provider measured between the same metros, against each pair."""
    ends = _metro_pairs(pairs)
    providers = np.array([key.partition(":")[0] for key in pairs.keys])[pairs.src]
    errors = []
    for n in range(len(pairs.ms)):
        twins = (ends == ends[n]).all(axis=1) & (providers != providers[n])
        errors += [float(np.median(pairs.ms[twins]) / pairs.ms[n] - 1)] if twins.any() else []
    return np.array(errors), len(errors)


def _twins(pairs: MeasuredPairs, model: LatencyModel) -> list[tuple[str, Numbers]]:
    """Errors of another provider's figure scaled by the ratio of the graph, and of the model, on the same pairs."""
    out = leave_out(pairs, model, regions_out(pairs))
    ends = _metro_pairs(pairs)
    alone = fit(pairs, model).alone
    providers = np.array([key.partition(":")[0] for key in pairs.keys])[pairs.src]
    scaled, found = [], []
    for n, ms in zip(out.pair, out.ms, strict=True):
        twins = (ends == ends[n]).all(axis=1) & (providers != providers[n])
        if twins.any():
            scaled.append(float(np.median(pairs.ms[twins] / alone[twins])) * alone[n] / pairs.ms[n] - 1)
            found.append(ms / pairs.ms[n] - 1)
    return [
        ("the other provider, scaled by the graph", np.array(scaled)),
        ("the model, twins among it", np.array(found)),
    ]


def _metro_pairs(pairs: MeasuredPairs) -> NDArray[np.int64]:
    metro = metros_of(pairs.points, 60)
    return np.sort(np.stack([metro[pairs.src], metro[pairs.dst]], axis=1), axis=1)


def cover_of(out: LeftOut, part: int) -> tuple[int, int]:
    """How many measurements of one fold lie inside bands that were calibrated on the other folds."""
    others, here = out.only(out.part != part), out.only(out.part == part)
    bands = list(_bands(others))
    median = np.rint(here.ms * 1000).astype(np.int64)
    low, high = edges_of(median, here.of.astype(np.int8), here.similarity, bands)
    measured = here.measured * 1000
    return int(((measured >= low) & (measured <= high)).sum()), len(here.ms)


def _bands(out: LeftOut) -> Iterator[Band]:
    for kind in (
        bands_of(out, "interpolated", FAR),
        bands_of(out, "interpolated", below=FAR),
        bands_of(out, "modelled"),
    ):
        yield from (band for band, _ in kind)


def _all_pairs(model: LatencyModel) -> str:
    regions = [region for _, region in sorted(catalogue_of(Library.shipped()).regions.items())]
    start = perf_counter()
    find_round_trips(regions, regions, (), model)
    first = perf_counter() - start
    start = perf_counter()
    find_round_trips(regions, regions, (), model)
    return f"all pairs of {len(regions)} regions: {first:.2f} s, asked again {perf_counter() - start:.3f} s"


if __name__ == "__main__":
    main()
