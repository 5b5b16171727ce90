"""Exact amounts: rounding to a micro-dollar, the tolerance of rows that hold shares, and figures as plain words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

TOLERANCE: Final = Fraction(1, 10**9)
"""Relative to the scale of a row; only for rows with shares, which are written with 12 decimals."""

HOURS: Final = 730
"""In a month."""

HALF_MICRO: Final = Fraction(1, 2 * 10**6)
"""What rounding one written row to 10^-6 USD can move it, USD."""


def to_micro(usd: Fraction) -> Fraction:
    """USD rounded half-even to 10^-6."""
    return round(usd, 6)


def differ(one: Fraction, other: Fraction, scale: Fraction = Fraction(1)) -> bool:
    """Whether two sums of shares differ by more than the tolerance, relative to the scale of their row."""
    return abs(one - other) > TOLERANCE * scale


def plain(value: Fraction | Decimal | int) -> str:
    """The figure as a decimal with at most 9 digits after the point, for sentences."""
    rounded = round(Fraction(value), 9)
    text = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_micro_usd(usd: Decimal) -> Fraction:
    """A written figure, USD, rounded half-even to 10^-6."""
    return to_micro(Fraction(usd))
