"""Measurements: round trips that somebody measured, from the catalogue and from the user."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import numpy as np

from planner.errors import Where
from planner.geography.distances import great_circle_km
from planner.geography.formulas import floor_us
from planner.model.catalogue import Measurement, Region
from planner.model.question import DemandPoint
from planner.reading.csv_files import Row, number, read_rows
from planner.reading.faults import Collector
from planner.reading.regions import known_region

_STEP: Final = Decimal("0.001")
_PLACE_KM: Final = 25
"""A place where users are stands for everybody within so many km."""


def read_measurements(path: Path, faults: Collector) -> list[Measurement]:
    """Rows of a catalogue folder: columns src, dst (`provider:region-id`), rtt_ms, source, date, confidence."""
    out = []
    for row in read_rows(path, ("src", "dst", "rtt_ms", "source", "date"), faults, optional=("confidence",)):
        rtt = number(row, "rtt_ms", "rtt_ms", faults)
        if rtt is not None:
            out.append(Measurement(row["src"], row["dst"], rtt, row["source"], row["date"]))
    return out


def settle(measurements: Iterable[Measurement]) -> list[Measurement]:
    """One figure for each pair: of the newest date, the mean of both directions, to 0.001 ms; sorted."""
    by_pair: dict[tuple[str, str], list[Measurement]] = {}
    for each in measurements:
        by_pair.setdefault((min(each.src, each.dst), max(each.src, each.dst)), []).append(each)
    return [_settled(pair, by_pair[pair]) for pair in sorted(by_pair)]


def _settled(pair: tuple[str, str], found: Sequence[Measurement]) -> Measurement:
    newest = max(each.date for each in found)
    kept = [each for each in found if each.date == newest]
    mean = sum((each.rtt_ms for each in kept), Decimal(0)) / len(kept)
    sources = "; ".join(sorted({each.source for each in kept}))
    return Measurement(*pair, mean.quantize(_STEP), sources, newest)


def overriding(own: Sequence[Measurement], shipped: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """The user's measurements, and the shipped ones of all other pairs; sorted by pair."""
    taken = {(each.src, each.dst) for each in own}
    return tuple(sorted([*own, *(m for m in shipped if (m.src, m.dst) not in taken)], key=lambda m: (m.src, m.dst)))


def read_own(
    path: Path,
    regions: Mapping[str, Region],
    places: Mapping[str, DemandPoint],
    known: Collection[str],
    faults: Collector,
) -> list[Measurement]:
    """The user's own file: columns src, dst, rtt_ms, date and maybe source; settled.

    Args:
        path: the CSV named under `latency: {measurements: …}`.
        regions: regions in play by key.
        places: places of users by name, such as `MY/Kuala Lumpur`.
        known: regions of the catalogue that are not in play: their rows are left aside.
        faults: takes unknown ids, values that are no round trip, and values no signal can reach.
    """
    out = []
    ends: dict[str, Region | DemandPoint] = {**places, **regions}
    for row in read_rows(path, ("src", "dst", "rtt_ms", "date"), faults, optional=("source",)):
        rtt = number(row, "rtt_ms", "rtt_ms", faults)
        sound = [_known(row, end, ends, known, faults) for end in ("src", "dst")]
        if rtt is None or not all(sound) or not _dated(row, faults) or not _possible(row, rtt, ends, faults):
            continue
        source = row.cells.get("source") or path.name
        out.append(Measurement(row["src"], row["dst"], rtt, source, row["date"]))
    return settle(out)


def _known(row: Row, end: str, ends: Collection[str], known: Collection[str], faults: Collector) -> bool:
    name = row[end]
    if name not in ends and name not in known:
        faults.unknown(row.at(end), "region or place", name, [*ends], known_region)
    return name in ends


def _dated(row: Row, faults: Collector) -> bool:
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        text = f"{row['date']!r} is not a date; write for example 2026-11-23"
        faults.add(row.at("date"), "C002", text, "say when it was measured")
        return False
    return True


def _possible(row: Row, rtt: Decimal, ends: Mapping[str, Region | DemandPoint], faults: Collector) -> bool:
    """Whether light in fibre can be so fast, with what is not known about where the two ends stand in its favour."""
    src, dst = ends[row["src"]], ends[row["dst"]]
    where: Where = row.at("rtt_ms")
    if row["src"] == row["dst"]:
        faults.add(row.at("dst"), "N003", f"{row['src']} is measured against itself", "name two places")
        return False
    if rtt <= 0:
        faults.add(where, "C002", f"a round trip of {rtt} ms is none", "write what was measured, in ms")
        return False
    away = great_circle_km([(src.lat, src.lon)], [(dst.lat, dst.lon)])
    slack = sum(float(_accuracy(end)) for end in (src, dst))
    floor = int(floor_us(np.maximum(away - slack, 0))[0, 0])
    if rtt * 1000 < floor:
        text = f"{rtt} ms is faster than light in fibre: {away[0, 0]:,.0f} km take {Decimal(floor).scaleb(-3)} ms"
        faults.add(where, "N003", text, "check the unit (ms) and the two ends")
        return False
    return True


def _accuracy(end: Region | DemandPoint) -> Decimal:
    """How far from its coordinates an end may stand, km."""
    if isinstance(end, DemandPoint):
        return Decimal(_PLACE_KM)
    return end.accuracy_km or Decimal(0)
