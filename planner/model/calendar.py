"""Calendar: quarters, windows of dates, and the horizon a scenario plans over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planner.model.units import Months, Ratio

_QUARTER = re.compile(r"(\d{4})Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter of a year, written `2026Q4`."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2026Q4`; raises ValueError for anything else."""
        match = _QUARTER.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a quarter such as 2026Q4")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Period:
        """The quarter that contains a day."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        """The written form, `2026Q4`."""
        return f"{self.year}Q{self.quarter}"

    def plus(self, quarters: int) -> Period:
        """The quarter so many quarters later."""
        index = self.year * 4 + self.quarter - 1 + quarters
        return Period(index // 4, index % 4 + 1)

    @property
    def first_day(self) -> date:
        """First day of the quarter."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last_day(self) -> date:
        """Last day of the quarter."""
        return self.plus(1).first_day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Dates from `from_` to `to`, both inclusive; no `to` means open-ended. YAML keys: from, to."""

    from_: date
    to: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether any day of first..last lies inside."""
        return self.from_ <= last and (self.to is None or first <= self.to)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The quarters planned over. YAML keys: from, periods, discount_rate, amortise."""

    from_: str
    periods: int = 1
    discount_rate: Ratio = Decimal(0)
    amortise: Months = Decimal(36)

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The planned quarters in order."""
        first = Period.parse(self.from_)
        return tuple(first.plus(offset) for offset in range(self.periods))
