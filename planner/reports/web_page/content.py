"""Content: what a web page is told, and the plain pieces that it lays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.geography.borders import Borders
from planner.model.conflict import Conflict
from planner.model.plan import Plan, RefusedPlaces, StruckOut
from planner.model.price import Prices
from planner.model.scenario import Scenario


@dataclass(frozen=True)
class Answer:
    """Everything a web page is told; it solves nothing.

    Attributes:
        state: of the outcome: `optimal`, `feasible`, `infeasible` or `unsolved`.
        plan: the verified plan, None when there is none.
        refused, struck_out: refused places and arrivals of a question without a plan; a plan brings its own.
        prices: what each rule costs, None = not asked.
        conflict: why there is no plan, None = not asked.
        inputs_sha256: digest of the question as the plan document embeds it.
        version: of the planner that writes the page.
    """

    state: str
    scenario: Scenario
    borders: Borders
    inputs_sha256: str
    version: str
    plan: Plan | None = None
    refused: tuple[RefusedPlaces, ...] = ()
    struck_out: tuple[StruckOut, ...] = ()
    prices: Prices | None = None
    conflict: Conflict | None = None

    @property
    def exclusions(self) -> tuple[RefusedPlaces, ...]:
        """Every refused place with its reasons."""
        return self.plan.evidence.exclusions if self.plan else self.refused


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with more than its text: how it looks, where it leads, what stands below it, how long its bar is."""

    text: str
    style: str = ""
    href: str = ""
    note: str = ""
    bar: float | None = None


Row = Sequence[str | Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and whether it holds numbers."""

    heading: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names the row. `total` is a last row that sums up."""

    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: Row = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """A table or list behind a heading that opens."""

    summary: str
    table: Table | None = None
    lines: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: its anchor, its heading, a sentence, tables, what folds, and its word in the menu."""

    id: str
    heading: str
    lead: str = ""
    tables: tuple[Table, ...] = ()
    folds: tuple[Fold, ...] = ()
    short: str = ""


def columns(*headings: str) -> tuple[Column, ...]:
    """Columns by heading; one that begins with `#` holds numbers."""
    return tuple(Column(each.lstrip("#"), each.startswith("#")) for each in headings)


def link(url: str | None) -> str:
    """The address if a browser may follow it, else nothing: only http and https lead out of the page."""
    found = (url or "").strip()
    return found if found.lower().startswith(("https://", "http://")) else ""


def listed(words: Sequence[str], most: int = 6) -> str:
    """`a, b and c`, the rest counted."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def day(when: date) -> str:
    """A day for people: `23 Nov 2026`."""
    return f"{when.day} {when:%b} {when.year}"
