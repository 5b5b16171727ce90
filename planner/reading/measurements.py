"""Measurements: round trips that somebody measured, from the catalogue and from the user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import numpy as np

from planner.geography.distances import great_circle_km
from planner.geography.formulas import floor_us
from planner.model.catalogue import Measurement, Region
from planner.model.question import DemandPoint
from planner.reading.csv_files import Row, number, read_rows
from planner.reading.faults import Collector
from planner.reading.regions import known_region

_STEP: Final = Decimal("0.001")
PLACE_KM: Final = 25
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


End = Region | DemandPoint


@dataclass(frozen=True)
class OwnMeasurements:
    """The user's own file: columns src, dst, rtt_ms, date and maybe source.

    Attributes:
        path: the CSV named under `latency: {measurements: …}`.
        ends: regions in play by key, and places of users by name such as `MY/Kuala Lumpur`.
        elsewhere: regions of the catalogue; rows about those that are not in play are left aside.
        unread: providers of the catalogue whose regions were not read.
    """

    path: Path
    ends: Mapping[str, End]
    elsewhere: frozenset[str]
    unread: frozenset[str]

    def read(self, faults: Collector) -> list[Measurement]:
        """Sound rows about the question, settled; the others are noted in `faults`."""
        out = []
        for row in read_rows(self.path, ("src", "dst", "rtt_ms", "date"), faults, optional=("source",)):
            rtt = number(row, "rtt_ms", "rtt_ms", faults)
            sound = [_dated(row, faults), *(self._known(row, end, faults) for end in ("src", "dst"))]
            if rtt is None or not all(sound) or not {row["src"], row["dst"]} <= self.ends.keys():
                continue
            if _possible(row, rtt, self.ends[row["src"]], self.ends[row["dst"]], faults):
                source = row.cells.get("source") or self.path.name
                out.append(Measurement(row["src"], row["dst"], rtt, source, row["date"]))
        return settle(out)

    def _known(self, row: Row, end: str, faults: Collector) -> bool:
        name = row[end]
        known = name in self.ends or name in self.elsewhere or name.partition(":")[0] in self.unread
        if not known:
            faults.unknown(row.at(end), "region or place", name, [*self.ends, *self.elsewhere], known_region)
        return known


def _dated(row: Row, faults: Collector) -> bool:
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        text = f"{row['date']!r} is not a date such as 2026-11-23"
        faults.add(row.at("date"), "C002", text, "say when it was measured")
        return False
    return True


def _possible(row: Row, rtt: Decimal, src: End, dst: End, faults: Collector) -> bool:
    """Whether light in fibre can be so fast, with what is not known about where the two ends stand in its favour."""
    if row["src"] == row["dst"]:
        faults.add(row.at("dst"), "N003", f"{row['src']} is measured against itself", "name two places")
        return False
    away = great_circle_km([(src.lat, src.lon)], [(dst.lat, dst.lon)])
    floor = int(floor_us(np.maximum(away - _slack(src) - _slack(dst), 0))[0, 0])
    if rtt == 0:
        faults.add(row.at("rtt_ms"), "C002", "a round trip of 0 ms is none", "write what was measured, in ms")
    elif rtt * 1000 < floor:
        text = f"{rtt} ms is faster than light in fibre: {away[0, 0]:,.0f} km take {Decimal(floor).scaleb(-3)} ms"
        faults.add(row.at("rtt_ms"), "N003", text, "check the unit (ms) and the two ends")
    return bool(rtt > 0 and rtt * 1000 >= floor)


def _slack(end: End) -> float:
    """How far from its coordinates an end may stand, km."""
    return float(PLACE_KM if isinstance(end, DemandPoint) else end.accuracy_km or 0)
