"""Round trips of a scenario: which model, which measurements, as far as the question asks for any."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from planner.errors import Fault, Where
from planner.model.catalogue import Measurement, Region
from planner.model.latency import GREAT_CIRCLE, LatencyModel
from planner.model.question import DemandPoint, Latency
from planner.model.scenario import Scenario
from planner.reading.faults import Collector, nearest
from planner.reading.latency import read_latency_model, stamp
from planner.reading.library import Library, is_there
from planner.reading.measurements import OwnMeasurements, overriding, read_measurements, settle
from planner.reading.regions import Catalogue


def with_round_trips(
    scenario: Scenario,
    wanted: Latency,
    catalogue: Catalogue,
    library: Library,
    folder: Path,
    where: Where,
    faults: Collector,
) -> Scenario:
    """The scenario with its measurements and its model; what it never asks for is left out of it."""
    own = _own(scenario, wanted, catalogue, folder, where, faults)
    between = any(flow.max_rtt is not None and "users:" not in flow.id for flow in scenario.flows)
    if not scenario.users and not between:
        return replace(scenario, measurements=overriding(own, ()))
    found = [m for m in shipped_measurements(library, faults) if {m.src, m.dst} <= scenario.region.keys()]
    model = GREAT_CIRCLE if wanted.model == "great-circle" else read_model(library, faults)
    if not between:
        model, found = replace(model, anchors=(), sites=()), []
    return replace(scenario, measurements=overriding(own, found), latency=model)


def _own(
    scenario: Scenario, wanted: Latency, catalogue: Catalogue, folder: Path, where: Where, faults: Collector
) -> list[Measurement]:
    if wanted.measurements is None:
        return []
    path = folder / wanted.measurements
    if not (is_there(path) and path.is_file()):
        at = faults.inside(where, "latency", "measurements")
        near = sorted(p.name for p in folder.glob("*.csv"))
        faults.add(at, "Y001", f"measurements file {wanted.measurements!r} is not there", nearest(path.name, near))
        faults.complete = False
        return []
    ends = {**_places(scenario, catalogue), **scenario.region}
    unread = frozenset(catalogue.providers - set(catalogue.operators))
    return OwnMeasurements(path, ends, frozenset(catalogue.regions), unread).read(faults)


def _places(scenario: Scenario, catalogue: Catalogue) -> dict[str, DemandPoint | Region]:
    named = {point.place: point for points in catalogue.demand.values() for point in points}
    return {**named, **{point.place: point for group in scenario.users for point in group.points}}


def read_model(library: Library, faults: Collector) -> LatencyModel:
    """The latency model of the last catalogue folder that holds one."""
    found = [read_latency_model(folder, faults) for folder in library.regions]
    return next((model for model in reversed(found) if model is not None), GREAT_CIRCLE)


def shipped_measurements(library: Library, faults: Collector) -> tuple[Measurement, ...]:
    """Measured pairs of the catalogue folders, settled; each file is read once a session."""
    rows: list[Measurement] = []
    for path in (folder / "rtt.csv" for folder in library.regions):
        if path.exists():
            measured, wrong = _read_once(path, stamp(path))
            rows += measured
            faults.faults += wrong
    return tuple(settle(rows))


@lru_cache(maxsize=8)
def _read_once(path: Path, stamped: tuple[int, int]) -> tuple[tuple[Measurement, ...], tuple[Fault, ...]]:
    faults = Collector()
    return tuple(settle(read_measurements(path, faults))), tuple(faults.faults)
