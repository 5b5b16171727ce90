"""Page: plain text with tables that wrap, for a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


class Page:
    """A page of plain text with tables that wrap; user text is never read as markup."""

    def __init__(self, width: int, *, color: bool = False) -> None:
        """A page of so many columns."""
        self.buffer = io.StringIO()
        self.console = Console(
            file=self.buffer,
            width=width,
            highlight=False,
            markup=False,
            emoji=False,
            force_terminal=color,
            no_color=not color,
        )

    def line(self, text: str = "", style: str = "") -> None:
        """A line of text, wrapped; what begins with spaces is indented as a whole."""
        indent = len(text) - len(text.lstrip(" "))
        self.console.print(Padding(Text(text.lstrip(" "), style=style), (0, 0, 0, indent)))

    def table(self, columns: Iterable[tuple[str, bool]], rows: Iterable[Iterable[str]]) -> None:
        """A table; a column is (heading, whether it is a number)."""
        table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
        for heading, numeric in columns:
            table.add_column(Text(heading), justify="right" if numeric else "left", overflow="fold", no_wrap=numeric)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console.print(table)

    @property
    def width(self) -> int:
        """Columns of the page."""
        return self.console.width

    @property
    def text(self) -> str:
        """Everything written, without trailing spaces."""
        return "\n".join(line.rstrip() for line in self.buffer.getvalue().splitlines()) + "\n"


def money(usd: Decimal) -> str:
    """USD for people: thousands separated, cents."""
    return f"{usd:,.2f}"
