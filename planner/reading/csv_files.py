"""CSV with positions: rows as dictionaries, each cell with its line and column, header checked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path

from planner.errors import Where
from planner.reading.documents import Document, Mark
from planner.reading.faults import Collector, nearest
from planner.reading.library import label
from planner.reading.quantities import LARGEST

MAX_BYTES = 20_000_000
_COMMA_OR_QUOTE = re.compile('[,"]')


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `cells` maps column names to stripped text."""

    where: Where
    cells: Mapping[str, str]
    marks: Mapping[str, Mark]

    def __getitem__(self, column: str) -> str:
        """The text of a cell."""
        return self.cells[column]

    def at(self, column: str) -> Where:
        """Position of a cell."""
        return Where(self.where.file, *self.marks.get(column, (self.where.line, self.where.column)))


def read_rows(
    path: Path, required: Sequence[str], faults: Collector, *, optional: Sequence[str] = (), prefix: str = ""
) -> Iterator[Row]:
    """Yield each record; columns that start with `prefix` are allowed too.

    A missing file, a bad header or a short row is noted in `faults`, never skipped silently.
    """
    name = label(path)
    text = _text(path, name, faults)
    if text is None:
        return
    records = _records(text, name, faults)
    first = next(records, (1, [], []))
    header = [cell.strip() for cell in first[1]]
    if not _header_fits(header, first[2], (required, optional, prefix), Where(name, first[0]), faults):
        faults.complete = False
        return
    document = Document(name, [])
    faults.know(document)
    for line, cells, columns in records:
        where = Where(name, line)
        if len(cells) != len(header):
            text = f"the row has {len(cells)} cells, the header {len(header)}"
            faults.add(where, "C001", text, "check commas and quotes")
            faults.leave_out((), [cells])
            continue
        yield _row(document, header, cells, [(line, column) for column in columns])


def has_words(row: Row, words: Mapping[str, Collection[str]], faults: Collector) -> bool:
    """Whether each column of a row holds one of its words; each that does not is a fault."""
    wrong = [column for column, allowed in words.items() if row[column] not in allowed]
    for column in wrong:
        faults.unknown(row.at(column), column, row[column], words[column])
    return not wrong


def _text(path: Path, name: str, faults: Collector) -> str | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            faults.add(Where(name), "Y003", f"the file is larger than {MAX_BYTES:,} bytes", "split it")
            return None
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        faults.add(Where(name), "Y001", f"cannot read the file: {error.strerror}", "check the name")
    except UnicodeDecodeError:
        faults.add(Where(name), "Y003", "the file is not UTF-8", "save it as UTF-8")
    faults.complete = False
    return None


def _records(text: str, name: str, faults: Collector) -> Iterator[tuple[int, list[str], list[int]]]:
    """Line, cells and columns of each record that is not blank."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells, _columns(lines[start - 1].rstrip("\r\n"), len(cells))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.add(Where(name, start), "C001", f"not CSV: {error}", "check commas and quotes")
        faults.complete = False


def _columns(line: str, count: int) -> list[int]:
    """Column where each cell begins, blanks skipped; 1 for cells on a later line."""
    starts, quoted = [0], False
    for mark in _COMMA_OR_QUOTE.finditer(line):
        if mark[0] == '"':
            quoted = not quoted
        elif not quoted:
            starts.append(mark.end())
    ends = [*(after - 1 for _, after in pairwise(starts)), len(line)]
    found = [a + len(line[a:b]) - len(line[a:b].lstrip()) + 1 for a, b in zip(starts, ends, strict=True)]
    return (found + [1] * count)[:count]


def _row(document: Document, header: Sequence[str], cells: Sequence[str], marks: Sequence[Mark]) -> Row:
    named = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    places = dict(zip(header, marks, strict=True))
    line = marks[0][0]
    index = len(document.data)
    document.data.append(named)
    document.values[index,] = (line, 1)
    document.values |= {(index, column): mark for column, mark in places.items()}
    return Row(Where(document.file, line), named, places)


def _header_fits(
    header: Sequence[str],
    columns: Sequence[int],
    allowed: tuple[Sequence[str], Sequence[str], str],
    where: Where,
    faults: Collector,
) -> bool:
    required, optional, prefix = allowed
    known = (*required, *optional)
    strange = [
        (column, Where(where.file, where.line, at))
        for column, at in zip(header, columns, strict=True)
        if column not in known and not (prefix and column.startswith(prefix))
    ]
    for column, at in strange:
        faults.add(at, "C001", f"unknown column {column!r}", nearest(column, known))
    meant = {nearest(column, [name]) for column, _ in strange for name in known}
    missing = [name for name in required if name not in header]
    for name in missing:
        if f"did you mean {name!r}?" not in meant:
            faults.add(where, "C001", f"column {name!r} is missing", f"the header is {','.join(required)}")
    for column in {column for column in header if header.count(column) > 1}:
        faults.add(where, "C001", f"column {column!r} appears twice", "delete one of the two")
    return not missing and len(set(header)) == len(header)


def number(row: Row, column: str, what: str, faults: Collector, *, signed: bool = False) -> Decimal | None:
    """A cell as a finite decimal, not negative unless `signed`; otherwise None and a fault."""
    text = row[column]
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if value.is_finite() and abs(value) <= LARGEST and (value >= 0 or signed):
        return value
    faults.add(row.at(column), "C002", f"{what} {text!r} is not a usable number", "write a plain number such as 12.5")
    faults.leave_out((), [list(row.cells.values())])
    return None
