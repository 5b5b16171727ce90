"""Horizon: weights of later dollars, what of a one-off is charged inside the horizon, and when a mechanism holds."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.model.calendar import Period
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism
from planner.verification.growth import fourth_root

MONTHS: Final = 3
DIGITS: Final = 12


def find_weight(scenario: Scenario, quarter: int) -> Fraction:
    """(1 + discount rate)^(−quarter / 4), rounded half-even to twelve decimals."""
    return fourth_root((1 + Fraction(scenario.horizon.discount_rate)) ** -quarter, DIGITS)


def find_months(scenario: Scenario, validity: int | None) -> int:
    """Over how many months a one-off is charged; a validity under a month still takes one."""
    amortise = scenario.horizon.amortise
    return int(max(Decimal(1), amortise if validity is None else min(amortise, Decimal(validity))))


def find_charged(scenario: Scenario, usd: Fraction, paid: Period, months: int) -> Fraction:
    """USD charged inside the horizon for what is paid in a quarter, discounted, not yet rounded."""
    total = Fraction(0)
    for number, period in enumerate(scenario.periods):
        age = MONTHS * ((period.year - paid.year) * 4 + period.quarter - paid.quarter)
        if age >= 0:
            total += find_weight(scenario, number) * min(MONTHS, max(0, months - age))
    return usd * total / months


def find_granted(scenario: Scenario, mechanism: Mechanism, quarter: Period) -> date:
    """The day from which a purchase asked for at the beginning of a quarter holds."""
    return max(scenario.as_of, quarter.first_day) + timedelta(days=mechanism.lead_days)


def holds_through(scenario: Scenario, mechanism: Mechanism, bought: Period, period: Period) -> bool:
    """Whether a purchase holds from the first to the last day of a period."""
    granted = find_granted(scenario, mechanism, bought)
    begins = max(scenario.as_of, period.first_day)
    if mechanism.valid_days is not None and granted + timedelta(days=mechanism.valid_days - 1) < period.last_day:
        return False
    return granted <= begins


def read_quarter(text: str) -> Period | None:
    """A quarter as written; None when it is none."""
    try:
        return Period.parse(text)
    except ValueError:
        return None
