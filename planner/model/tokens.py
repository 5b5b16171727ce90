"""Tokens: a demand served by the model's owner, or a reseller, behind an API, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.model.units import HOURS_PER_MONTH

PREFIX: Final = "api:"
"""Begins the id of an alternative that is no chip: `api:deepseek-v3`."""
MILLION: Final = 10**6
HOURS_PER_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens a day of a model: input that no cache holds, input from a cache, output."""

    model: str
    fresh: Decimal
    cached: Decimal
    output: Decimal

    def __str__(self) -> str:
        """The id of the alternative."""
        return f"{PREFIX}{self.model}"


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """USD per million tokens of one model. Input from a cache costs as much as other input where nothing is said."""

    input: Decimal
    output: Decimal
    cached: Decimal | None = None

    def month(self, tokens: Tokens) -> Fraction:
        """Exact USD a month of 730 hours."""
        cached = self.input if self.cached is None else self.cached
        day = tokens.fresh * self.input + tokens.cached * cached + tokens.output * self.output
        return Fraction(day) / MILLION * HOURS_PER_MONTH / HOURS_PER_DAY
