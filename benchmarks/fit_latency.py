"""Fit the latency model from the files that ship, and write its result to regions/latency/.

    python -m benchmarks.fit_latency      writes settings.csv (three figures), anchors.csv, sites.csv, bands.csv; 2 min

Input: regions/rtt.csv, regions/corridors*.csv, the coordinates of the regions, and the figures of settings.csv that
are not fitted. The same input gives the same files.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from benchmarks.calibrating import FAR, MOST_MS, bands_of, leave_out, metros_out, regions_out
from benchmarks.measured_pairs import shipped_model, shipped_pairs
from planner.geography.fitting import MeasuredPairs, fit
from planner.model.latency import Band, LatencyModel
from planner.reading.latency import SETTINGS
from planner.reading.library import data_root

AS_OF: Final = "2026-11-23"
"""The day written beside fitted figures: change it with what goes in."""
FOLDS: Final = 5
NINE_OF_TEN: Final = 0.9
SEEDS: Final = (1, 2, 3)
FIXED: Final = (
    ("inside", MOST_MS, 171, 2843, "least and most of the pairs of zones in rtt-zones.csv", "high"),
    ("measured", MOST_MS, 980, 1020, "nine of ten pairs differ by less between their two directions", "medium"),
    ("internet", 10, 500, 4000, "assumption: where two providers meet in a metro is not known", "low"),
    ("internet", MOST_MS, 790, 1600, "assumption: from the backbone's own estimate up", "low"),
    ("border", MOST_MS, 312, 1600, "assumption: from the backbone's own estimate up", "low"),
    ("users", MOST_MS, 700, 1600, "assumption: access networks differ", "low"),
)
"""Bands that no left-out pair can calibrate: thousandths of the estimate."""


def main() -> None:
    """Fit, calibrate, write."""
    folder = data_root() / "regions" / "latency"
    pairs, start = shipped_pairs(), shipped_model()
    model = fit(pairs, start).model
    _write_settings(folder / "settings.csv", model)
    _write(folder / "anchors.csv", ("src", "dst", "weight"), ((a.src, a.dst, a.weight) for a in model.anchors))
    _write(folder / "sites.csv", ("key", "lat", "lon"), ((s.key, s.lat, s.lon) for s in model.sites))
    header = ("of", "least", "upto_ms", "low", "high", "pairs", "source", "as_of", "confidence")
    _write(folder / "bands.csv", header, _band_rows(pairs, model))
    print(f"{len(model.anchors)} pairs, {len(model.sites)} sites: {model.curve}")


def _band_rows(pairs: MeasuredPairs, model: LatencyModel) -> Iterable[Sequence[object]]:
    far_metros = leave_out(pairs, model, metros_out(pairs, FOLDS, SEEDS))
    near_metros = leave_out(pairs, model, regions_out(pairs))
    found = [
        bands_of(near_metros, "twin", inside=NINE_OF_TEN),
        bands_of(far_metros, "interpolated", FAR),
        bands_of(far_metros, "interpolated", below=FAR),
        bands_of(far_metros, "modelled"),
    ]
    for bands in found:
        for band, pairs_used in bands:
            yield (*_figures(band), pairs_used, "pairs left out of the fit", AS_OF, "medium")
    for of, upto, low, high, source, confidence in FIXED:
        yield of, 0, upto, low, high, "", source, AS_OF, confidence


def _figures(band: Band) -> tuple[str, Decimal, Decimal, int, int]:
    return band.of, band.least, band.upto_ms, band.low, band.high


def _write_settings(path: Path, model: LatencyModel) -> None:
    assert model.curve is not None
    fitted = {f"curve.{name}": getattr(model.curve, name) for name in ("rise_ms", "rise_km", "slope")}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["value"] = str(fitted.get(row["figure"], row["value"]))
    _write(path, SETTINGS, ([row[column] for column in SETTINGS] for row in rows))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
