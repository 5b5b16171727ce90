"""Questions about round trips outside a scenario: every region, zone and place of users by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.geography.explaining import Explanation, explain, without_own
from planner.geography.round_trips import find_round_trips
from planner.model.catalogue import Measurement, Region
from planner.model.latency import Estimate, LatencyModel
from planner.model.question import DemandPoint
from planner.reading.csv_files import read_rows
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.regions import known_region, read_catalogue
from planner.reading.round_trips import read_model, shipped_measurements

End = Region | DemandPoint


@dataclass(frozen=True)
class Atlas:
    """Everything a round trip can be asked between.

    Attributes:
        ends: regions, zones (as their region) and places of users by name.
        measurements: one figure for each measured pair of the catalogue folders.
    """

    ends: Mapping[str, End]
    measurements: tuple[Measurement, ...]
    model: LatencyModel

    def nearest(self, word: str) -> str:
        """A suggestion for a name that is not known."""
        return known_region(word, self.ends)

    def explain(self, src: str, dst: str, *, own: bool = True) -> Explanation:
        """One estimate taken apart; both names must be known."""
        return explain(self.ends[src], self.ends[dst], self.measurements, self.model, own)

    def estimates(self, pairs: Sequence[tuple[str, str]], *, own: bool = True) -> list[Estimate | None]:
        """Estimates in the order asked; None where a name is not known."""
        known = [(a, b) for a, b in pairs if a in self.ends and b in self.ends]
        found = self._with_own(known) if own else self._without_own(known)
        return [found.get(pair) for pair in pairs]

    def _with_own(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Estimate]:
        rows = {name: n for n, name in enumerate(dict.fromkeys(a for a, _ in pairs))}
        columns = {name: n for n, name in enumerate(dict.fromkeys(b for _, b in pairs))}
        ends = [self.ends[name] for name in rows], [self.ends[name] for name in columns]
        table = find_round_trips(*ends, self.measurements, self.model)
        return {(a, b): table.at(rows[a], columns[b]) for a, b in pairs}

    def _without_own(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Estimate]:
        ends = [(self.ends[a], self.ends[b]) for a, b in pairs]
        return dict(zip(pairs, without_own(ends, self.measurements, self.model), strict=True))


def atlas_of(library: Library) -> Atlas:
    """The atlas of a library; raises InputFaults."""
    faults = Collector()
    catalogue = read_catalogue(library, faults)
    model, measurements = read_model(library, faults), shipped_measurements(library, faults)
    faults.raise_errors()
    ends: dict[str, End] = {point.place: point for points in catalogue.demand.values() for point in points}
    for region in catalogue.regions.values():
        ends |= {region.zone_key(zone): region for zone in region.zones}
    return Atlas({**ends, **catalogue.regions}, measurements, model)


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The pairs of a CSV with columns src and dst; columns of a file of measurements may stand beside them.

    Raises:
        InputFaults: the file is no such CSV.
    """
    faults = Collector()
    rows = list(read_rows(path, ("src", "dst"), faults, optional=("rtt_ms", "date", "source", "confidence")))
    faults.raise_errors()
    return [(row["src"], row["dst"]) for row in rows]
