"""Quotes: negotiated prices, inline or in a CSV beside the scenario (component,place,cost,uses_RESOURCE…)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from planner.errors import Where
from planner.model.question import Quote
from planner.reading.csv_files import number, read_rows
from planner.reading.faults import Collector
from planner.reading.quantities import QuantityError, parse_quantity, parse_resources


def read_quotes(given: tuple[Quote, ...] | str, folder: Path, where: Where, faults: Collector) -> tuple[Quote, ...]:
    """The scenario's quotes; a file name is read beside the scenario. Blank use = the component's own."""
    if not isinstance(given, str):
        return given
    path = folder / given
    if not path.exists():
        near = sorted(p.name for p in folder.glob("*.csv"))
        faults.add(
            where,
            "Y001",
            f"quotes file {given!r} is not there",
            f"files beside the scenario: {', '.join(near) or 'none'}",
        )
        return ()
    rows = read_rows(path, ("component", "place", "cost"), faults, prefix="uses_")
    return tuple(q for q in (_quote(at, row, faults) for at, row in rows) if q is not None)


def _quote(where: Where, row: dict[str, str], faults: Collector) -> Quote | None:
    cost = _cost(row["cost"], where, faults)
    uses: dict[str, Decimal] = {}
    for column, cell in row.items():
        if column.startswith("uses_") and cell:
            try:
                name = column.removeprefix("uses_")
                plain = cell if name in ("memory", "power") else number(cell, where, column, faults)
                uses |= parse_resources({name: plain}) if plain is not None else {}
            except QuantityError as error:
                faults.add(where, "C002", str(error), "write a plain count; memory as 4 GiB")
    return None if cost is None else Quote(row["component"], row["place"], cost, uses, where)


def _cost(text: str, where: Where, faults: Collector) -> Decimal | None:
    """Plain numbers are USD a month; with a unit they are read like any quantity."""
    if any(letter.isalpha() for letter in text):
        try:
            return parse_quantity(text, "usd_month", {})
        except QuantityError as error:
            faults.add(where, "C002", str(error), "write for example 8 USD/month")
            return None
    return number(text, where, "cost", faults)
