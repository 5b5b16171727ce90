"""The difference of two plans in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model import difference as nouns
from planner.reports import difference as report

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Difference:
    """What comes, changes and goes; `noun` holds everything. It is false when nothing does."""

    noun: nouns.Difference

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return not self.noun.empty

    @property
    def usd_month(self) -> float | None:
        """Recurring USD a month more; None where a side has no plan."""
        return None if self.noun.usd_month is None else float(self.noun.usd_month)

    @property
    def lines(self) -> pandas.DataFrame:
        """One row a component or copy that is different: sign, what, was, now, USD a month."""
        import pandas

        frame = pandas.DataFrame(report.line_rows(self.noun), columns=list(report.LINE_KEYS))
        frame["usd_month"] = frame["usd_month"].astype(float)
        return frame

    def __str__(self) -> str:
        """The terminal report."""
        return report.render(self.noun, "text")

    def _repr_html_(self) -> str:
        from planner.desk.html import difference_html

        return difference_html(self.noun)
