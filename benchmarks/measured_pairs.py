"""The measured pairs of the shipped catalogue, as the fit and the benchmark of the latency model read them."""

from __future__ import annotations

import numpy as np

from planner.geography.fitting import MeasuredPairs
from planner.model.latency import LatencyModel
from planner.reading.faults import Collector
from planner.reading.inspecting import catalogue_of
from planner.reading.latency import read_latency_model
from planner.reading.library import Library, data_root
from planner.reading.measurements import read_measurements, settle


def shipped_model() -> LatencyModel:
    """The model as it is checked in."""
    faults = Collector()
    model = read_latency_model(data_root() / "regions", faults)
    faults.raise_errors()
    assert model is not None
    return model


def shipped_pairs() -> MeasuredPairs:
    """Every measured pair whose two ends are in the catalogue, one figure a pair."""
    faults = Collector()
    regions = catalogue_of(Library.shipped()).regions
    rows = settle(read_measurements(data_root() / "regions" / "rtt.csv", faults))
    faults.raise_errors()
    rows = [row for row in rows if row.src in regions and row.dst in regions]
    keys = sorted({end for row in rows for end in (row.src, row.dst)})
    index = {key: number for number, key in enumerate(keys)}
    return MeasuredPairs(
        keys,
        [(regions[key].lat, regions[key].lon) for key in keys],
        np.array([index[row.src] for row in rows]),
        np.array([index[row.dst] for row in rows]),
        np.array([float(row.rtt_ms) for row in rows]),
    )
