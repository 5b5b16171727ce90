"""Discounting: what a dollar of a later quarter weighs, and what of a one-off is charged inside the horizon."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final

from planner.model.calendar import Horizon, Period
from planner.model.exact import micro_of

MONTHS: Final = 3
"""Months of one of several periods; a single period is a steady state and is charged one month."""
_EXACT = Context(prec=60)
_DIGITS = Decimal("1e-12")


def weights(horizon: Horizon) -> tuple[Decimal, ...]:
    """(1 + discount rate)^(−t/4) for each period t from 0, rounded half-even to twelve decimals."""
    return tuple(_weight(horizon.discount_rate, quarter) for quarter in range(horizon.periods))


def _weight(rate: Decimal, quarter: int) -> Decimal:
    root = _EXACT.sqrt(_EXACT.sqrt(_EXACT.power(1 + rate, quarter)))
    return _EXACT.divide(Decimal(1), root).quantize(_DIGITS, rounding=ROUND_HALF_EVEN, context=_EXACT)


def months_inside(paid: Period, months: int, horizon: Horizon) -> tuple[int, ...]:
    """For each period the months of it in which a one-off, paid in a quarter and charged over `months`, is charged."""
    ages = (MONTHS * _quarters_between(paid, period) for period in horizon.quarters)
    return tuple(min(max(months - age, 0), MONTHS) if age >= 0 else 0 for age in ages)


def charge(cash_usd: Fraction, paid: Period, months: int, horizon: Horizon) -> int:
    """Micro-USD of a one-off charged inside the horizon, discounted, rounded half-even once."""
    inside = zip(weights(horizon), months_inside(paid, months, horizon), strict=True)
    return micro_of(cash_usd * sum((Fraction(w) * m for w, m in inside), Fraction(0)) / months)


def _quarters_between(first: Period, second: Period) -> int:
    return (second.year - first.year) * 4 + second.quarter - first.quarter
