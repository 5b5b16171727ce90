"""Quotes: negotiated prices, inline or in a CSV beside the scenario (component,place,cost,uses_RESOURCE…)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from planner.errors import Where
from planner.model.question import Quote
from planner.model.units import RESOURCE_KINDS
from planner.reading.csv_files import Row, number, read_rows
from planner.reading.faults import Collector, nearest
from planner.reading.library import is_there
from planner.reading.quantities import QuantityError, parse_quantity

Rates = Mapping[str, Decimal]


def read_quotes(
    given: tuple[Quote, ...] | str, folder: Path, where: Where, rates: Rates, faults: Collector
) -> tuple[Quote, ...]:
    """The scenario's quotes; a file name is read beside the scenario. Blank use = the component's own."""
    if not isinstance(given, str):
        return given
    path = folder / given
    if not (is_there(path) and path.is_file()):
        near = sorted(p.name for p in folder.glob("*.csv"))
        faults.add(where, "Y001", f"quotes file {given!r} is not there", nearest(given, near))
        faults.complete = False
        return ()
    rows = read_rows(path, ("component", "place", "cost"), faults, prefix="uses_")
    return tuple(q for q in (_quote(row, rates, faults) for row in rows) if q is not None)


def _quote(row: Row, rates: Rates, faults: Collector) -> Quote | None:
    cost = _amount(row, "cost", "usd_month", rates, faults)
    uses: dict[str, Decimal] = {}
    for column, cell in row.cells.items():
        if column.startswith("uses_") and cell:
            name = column.removeprefix("uses_")
            amount = _amount(row, column, RESOURCE_KINDS.get(name, ""), rates, faults)
            uses |= {} if amount is None else {name: amount}
    return None if cost is None else Quote(row["component"], row["place"], cost, uses, row.where)


def _amount(row: Row, column: str, kind: str, rates: Rates, faults: Collector) -> Decimal | None:
    """A cell as a quantity; plain numbers are USD a month, or counts of a resource without a unit."""
    text = row[column]
    if not kind or (kind == "usd_month" and not any(letter.isalpha() for letter in text)):
        return number(row, column, column, faults)
    try:
        return parse_quantity(text, kind, rates)
    except QuantityError as error:
        message, _, hint = str(error).partition("; ")
        faults.add(row.at(column), "C002", f"{column}: {message}", hint)
        faults.leave_out((), [list(row.cells.values())])
        return None
