"""One-offs: cash paid once, charged a month over the amortisation or the validity, whichever is shorter."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from planner.model.exact import micro_of


def months_charged(amortise: Decimal, valid_months: int | None) -> int:
    """Over how many months a one-off is charged."""
    longest = int(amortise)
    return longest if valid_months is None else max(1, min(longest, valid_months))


def monthly_charge(cash_usd: Decimal, months: int) -> int:
    """Micro-USD charged for one month, rounded half-even once."""
    return micro_of(Fraction(cash_usd) / months)
