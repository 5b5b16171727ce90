"""Latency: the corridor graph, the fitted model and measured round trips, from the catalogue folders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast, get_args

from planner.errors import Fault, Where
from planner.model.latency import (
    Anchor,
    Band,
    BandOf,
    Carrying,
    Corridor,
    Curve,
    Internet,
    Landing,
    LatencyModel,
    MeasuredSite,
)
from planner.reading.csv_files import has_words, number, read_rows
from planner.reading.faults import Collector
from planner.reading.library import label

FOLDER: Final = "latency"
PLACES: Final = ("place", "lat", "lon", "kind", "source", "as_of", "confidence", "note")
EDGES: Final = ("a", "b", "kind", "source", "as_of", "confidence", "note")
SETTINGS: Final = ("figure", "value", "source", "as_of", "confidence", "note")
BANDS: Final = ("of", "least", "upto_ms", "low", "high", "pairs", "source", "as_of", "confidence")
_KINDS: Final = ("city", "landing", "waypoint")
_CABLES: Final = ("terrestrial", "submarine")


@dataclass(frozen=True, slots=True)
class LatencyRead:
    """What the latency files of a folder hold, and what is wrong with them."""

    model: LatencyModel
    faults: tuple[Fault, ...]


def read_latency_model(folder: Path, faults: Collector) -> LatencyModel | None:
    """The model of a catalogue folder, or None when it holds none; the files are read once a session."""
    if not (folder / FOLDER).is_dir():
        return None
    names = [*sorted((folder / FOLDER).glob("*.csv")), folder / "corridors.csv", folder / "corridors-places.csv"]
    found = _read(folder, tuple((path, stamp(path)) for path in names))
    faults.faults += found.faults
    return found.model


def stamp(path: Path) -> tuple[int, int]:
    """Time and size of a file: changes when the file does."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=4)
def _read(folder: Path, stamps: tuple[tuple[Path, tuple[int, int]], ...]) -> LatencyRead:
    faults = Collector()
    landings = tuple(_landings(folder / "corridors-places.csv", faults))
    names = {each.id for each in landings}
    settings = _settings(folder / FOLDER / "settings.csv", faults)
    sites = tuple(_sites(folder / FOLDER / "sites.csv", faults))
    model = LatencyModel(
        landings,
        tuple(_corridors(folder / "corridors.csv", names, faults)),
        _group(Curve, settings, folder, faults),
        _group(Carrying, settings, folder, faults),
        _group(Internet, settings, folder, faults),
        tuple(_bands(folder / FOLDER / "bands.csv", faults)),
        tuple(_anchors(folder / FOLDER / "anchors.csv", {site.key for site in sites}, faults)),
        sites,
    )
    return LatencyRead(model, tuple(faults.faults))


def _landings(path: Path, faults: Collector) -> Iterable[Landing]:
    for row in read_rows(path, PLACES, faults):
        lat, lon = (number(row, axis, axis, faults, signed=True) for axis in ("lat", "lon"))
        if has_words(row, {"kind": _KINDS}, faults) and lat is not None and lon is not None:
            yield Landing(row["place"], lat, lon, row["kind"] == "city")


def _corridors(path: Path, places: Collection[str], faults: Collector) -> Iterable[Corridor]:
    for row in read_rows(path, EDGES, faults):
        if has_words(row, {"a": places, "b": places, "kind": _CABLES}, faults):
            yield Corridor(row["a"], row["b"], cast("Any", row["kind"]))


def _settings(path: Path, faults: Collector) -> Mapping[str, Decimal]:
    rows = [(row["figure"], number(row, "value", "value", faults)) for row in read_rows(path, SETTINGS, faults)]
    return {name: value for name, value in rows if value is not None}


Group = TypeVar("Group", Curve, Carrying, Internet)


def _group(noun: type[Group], settings: Mapping[str, Decimal], folder: Path, faults: Collector) -> Group | None:
    """A noun whose fields are figures `noun.field` of the settings."""
    prefix = noun.__name__.lower()
    wanted = {field.name: f"{prefix}.{field.name}" for field in fields(noun)}
    missing = [name for name in wanted.values() if name not in settings]
    if missing:
        where = Where(label(folder / FOLDER / "settings.csv"), 1, 1)
        faults.add(where, "C001", f"figures are missing: {', '.join(missing)}", "add them")
        return None
    values: dict[str, Any] = {name: settings[figure] for name, figure in wanted.items()}
    if noun is Curve:
        values["joins"] = int(values["joins"])
    return noun(**values)


def _bands(path: Path, faults: Collector) -> Iterable[Band]:
    for row in read_rows(path, BANDS, faults):
        least, upto, low, high = (number(row, name, name, faults) for name in ("least", "upto_ms", "low", "high"))
        if not has_words(row, {"of": get_args(BandOf)}, faults) or None in (least, upto, low, high):
            continue
        yield Band(cast("BandOf", row["of"]), least or Decimal(0), upto or Decimal(0), int(low or 0), int(high or 0))


def _sites(path: Path, faults: Collector) -> Iterable[MeasuredSite]:
    for row in read_rows(path, ("key", "lat", "lon"), faults):
        lat, lon = (number(row, axis, axis, faults, signed=True) for axis in ("lat", "lon"))
        if lat is not None and lon is not None:
            yield MeasuredSite(row["key"], lat, lon)


def _anchors(path: Path, sites: Collection[str], faults: Collector) -> Iterable[Anchor]:
    for row in read_rows(path, ("src", "dst", "weight"), faults):
        weight = number(row, "weight", "weight", faults, signed=True)
        if has_words(row, {"src": sites}, faults) and has_words(row, {"dst": sites}, faults) and weight is not None:
            yield Anchor(row["src"], row["dst"], weight)
