"""CSV with positions: rows as dictionaries, each with its line, header checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from planner.errors import Where
from planner.reading.faults import Collector, nearest
from planner.reading.library import label


def read_rows(
    path: Path, required: Sequence[str], faults: Collector, *, optional: Sequence[str] = (), prefix: str = ""
) -> Iterator[tuple[Where, dict[str, str]]]:
    """Yield (position, row) for each line; columns that start with `prefix` are allowed too.

    A missing file, a bad header or a short row is noted in `faults`, never skipped silently.
    """
    name = label(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        faults.add(Where(name), "Y001", f"cannot read the file: {error}", "check the name; save it as UTF-8")
        return
    reader = csv.DictReader(io.StringIO(text))
    if not _header_fits(reader.fieldnames or [], required, optional, prefix, name, faults):
        return
    for row in reader:
        where = Where(name, reader.line_num, 1)
        if None in row or any(row[column] is None for column in required):
            faults.add(where, "C001", "the row does not have as many cells as the header", "check commas and quotes")
            continue
        yield where, {key: value.strip() for key, value in row.items() if value is not None}


def _header_fits(
    header: Sequence[str], required: Sequence[str], optional: Sequence[str], prefix: str, name: str, faults: Collector
) -> bool:
    missing = [column for column in required if column not in header]
    for column in missing:
        faults.add(Where(name), "C001", f"column {column!r} is missing", f"the header is {','.join(required)}")
    known = (*required, *optional)
    for column in header:
        if column not in known and not (prefix and column.startswith(prefix)):
            faults.add(Where(name), "C001", f"unknown column {column!r}", nearest(column, known))
    return not missing


def number(text: str, where: Where, what: str, faults: Collector, *, signed: bool = False) -> Decimal | None:
    """A finite decimal, not negative unless `signed`; otherwise None and a fault."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or (value < 0 and not signed):
        faults.add(where, "C002", f"{what} {text!r} is not a usable number", "leave the row out when it is unknown")
        return None
    return value
