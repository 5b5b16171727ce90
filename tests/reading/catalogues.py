"""Small catalogue folders for tests, written in a few lines."""

from __future__ import annotations

from pathlib import Path

from planner.errors import Fault
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.regions import Catalogue, read_catalogue

HEAD = """\
schema: residency-regions/1
provider: acme
name: Acme Cloud
operator: {name: Acme, ultimate_parent_in: MY, source: its own page, as_of: 2026-11-01, confidence: high}
regions_from: {source: its own page, as_of: 2026-11-01, confidence: high}
"""
REGIONS = """\
regions:
  - {id: kl, lat: 3.14, lon: 101.69, country: MY, zones: [kl-a, kl-b]}
  - {id: jb, lat: 1.49, lon: 103.74, country: MY, grid: MY-01, zones: [jb-a]}
  - {id: sg, lat: 1.29, lon: 103.85, country: SG, zones: [sg-a]}
"""
COLUMNS = "figure,to,value,stand_in,copied_from,source,as_of,confidence,note"
CHIPS = """\
schema: residency-accelerators/1
accelerators:
  - {id: H100-SXM, name: H100, vendor: Nvidia, vendor_in: US}
  - {id: L4, name: L4, vendor: Nvidia, vendor_in: US}
"""


def folder(
    path: Path, extra: str = "", regions: str = REGIONS, rows: str = "", power: str = "", *, chips: bool = True
) -> Path:
    """A folder with one provider; rows are `region,figure,to,value`, power rows `place,figure,to,value`."""
    figures = "figures: acme.csv\n" if rows else ""
    (path / "acme.yaml").write_text(HEAD + figures + extra + regions)
    if chips:
        (path / "accelerators.yaml").write_text(CHIPS)
    for name, first, lines in (("acme.csv", "region", rows), ("power.csv", "place", power)):
        if lines:
            origin = ",,,a list,2026-11-01,high,"
            body = "".join(f"{line}{origin}\n" for line in lines.split())
            (path / name).write_text(f"{first},{COLUMNS}\n{body}")
    return path


def read(path: Path) -> Catalogue:
    """The catalogue of a folder that has no fault."""
    catalogue, faults = look(path)
    assert not faults, [str(fault) for fault in faults]
    return catalogue


def look(path: Path) -> tuple[Catalogue, list[Fault]]:
    """The catalogue of a folder, and what is wrong with it."""
    faults = Collector()
    return read_catalogue(Library((path,), ()), faults), faults.faults
