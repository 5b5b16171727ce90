"""Linting regions: what a catalogue file may say but should not, each finding with its position."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from planner.errors import Where
from planner.model.accelerators import Chips
from planner.model.catalogue import Region
from planner.model.figures import figures_of
from planner.reading.csv_files import Row, read_rows
from planner.reading.faults import Collector
from planner.reading.figures import COLUMNS
from planner.reading.providers import ProviderFile

ORIGIN: Final = ("source", "as_of", "confidence")
SENTINELS: Final[dict[str, tuple[Decimal, ...]]] = {
    "vcpu_hour": (Decimal(0),),
    "memory_gib_hour": (Decimal(0),),
    "accelerator_hour": (Decimal(0), Decimal(700)),
    "storage_gb_month": (Decimal(0),),
    "tariff_kwh": (Decimal(0),),
    "tariff_domestic_kwh": (Decimal(0),),
    "pue": (Decimal(0),),
}
"""Numbers by which public lists say `unknown`; traffic that is free is no such case."""


def lint_provider(file: ProviderFile, folder: Path, regions: Iterable[Region], faults: Collector) -> None:
    """Warn of facts and figures without an origin, and of numbers that stand for nothing.

    Args:
        file: a provider file that was read without faults.
        folder: where it lies.
        regions: its regions as read.
        faults: takes the warnings; it has read the file.
    """
    for region in regions:
        _origin(region, f"region {region.key}", region.where, faults)
        for zone in region.zones:
            chips: tuple[Chips, ...] = (*zone.stock, *zone.arrivals)
            for each in chips:
                where = faults.inside(region.where, "zones", zone.id)
                _origin(each, f"{each.units} {each.accelerator} in {zone.id}", where, faults)
        for offering in region.services:
            _origin(offering, f"service {offering.id} in {region.key}", region.where, faults)
        if file.figures is None:
            for kind, to, figure in figures_of(region):
                _origin(figure, " ".join(filter(None, (kind, to, "of", region.key))), region.where, faults)
    _origin(file.operator, f"operator of {file.provider}", faults.inside(file.where, "operator"), faults)
    if file.figures:
        lint_figures(folder / file.figures, "region", faults)


def lint_figures(path: Path, first: str, faults: Collector) -> None:
    """Warn of rows without an origin, and of numbers that stand for nothing; `first` is the first column."""
    for row in read_rows(path, (first, *COLUMNS[1:]), Collector()):
        what = " ".join(filter(None, (row["figure"], row["to"], "of", row[first])))
        for column in ORIGIN:
            if not row[column]:
                faults.warn(row.at(column), "G101", f"{what} has no {column}", "say where the figure is from")
        if _value(row) in SENTINELS.get(row["figure"], ()):
            text = f"{what} is {row['value']}, by which lists mean that it is unknown"
            faults.warn(row.at("value"), "G102", text, "leave the row out: no row means unknown")


def _value(row: Row) -> Decimal | None:
    try:
        return Decimal(row["value"])
    except InvalidOperation:
        return None


def _origin(noun: Any, what: str, where: Where, faults: Collector) -> None:
    missing = [name for name in ORIGIN if not getattr(noun, name)]
    if missing:
        faults.warn(where, "G101", f"{what} has no {', '.join(missing)}", "say where it is from")
