"""Quantities: `40 TB`, `30 ms`, `0.11 USD/kWh` as exact decimals in the base unit of their kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from planner.model.units import KINDS

_FORM: Final = re.compile(r"\s*([-+]?(?:[0-9][0-9_]*\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?)\s*(.*?)\s*")
_MONEY: Final = re.compile(r"([A-Z]{3})\s*(|/.*)")
_SLASH: Final = re.compile(r"\s*/\s*")
LARGEST: Final = Decimal(10) ** 12


class QuantityError(ValueError):
    """The text is not a quantity of the kind asked for; the message ends with what would be."""


def parse_quantity(value: Any, kind: str, rates: Mapping[str, Decimal]) -> Decimal:
    """Read one quantity of a kind of the closed table; `rates` gives USD per unit of other currencies.

    Raises:
        QuantityError: not a number, unknown unit, negative, or a currency without a rate.
    """
    table = KINDS[kind]
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise QuantityError(f"expected a quantity; write for example {_example(kind)!r}")
    match = _FORM.fullmatch(str(value))
    if match is None:
        raise QuantityError(f"{_short(value)} is not a quantity; write for example {_example(kind)!r}")
    number, unit = Decimal(match[1].replace("_", "")), _SLASH.sub("/", match[2])
    amount = number * (_money_factor(unit, kind, rates) if table.money else _factor(unit, kind))
    return _in_range(amount, value)


def parse_count(value: Any) -> Decimal:
    """A plain count of a resource without a unit; raises QuantityError."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise QuantityError(f"{_short(value)} is not a plain count; write for example 4")
    return _in_range(Decimal(value), value)


def _in_range(amount: Decimal, value: Any) -> Decimal:
    if amount < 0:
        raise QuantityError(f"{_short(value)} is negative; write zero or more")
    if amount > LARGEST:
        raise QuantityError(f"{_short(value)} is too large; the limit is {LARGEST:,} of the base unit")
    return amount


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _factor(unit: str, kind: str) -> Decimal:
    factors = KINDS[kind].factors
    if unit in factors:
        return factors[unit]
    if not unit:
        raise QuantityError(f"a unit is missing; write for example {_example(kind)!r}")
    units = ", ".join(filter(None, factors))
    raise QuantityError(f"unit {_short(unit)} is not one of {units}; {_nearest(unit, kind)}")


def _money_factor(unit: str, kind: str, rates: Mapping[str, Decimal]) -> Decimal:
    match = _MONEY.fullmatch(unit)
    if match is None:
        found = f"{_short(unit)} is not money" if unit else "a currency is missing"
        raise QuantityError(f"{found}; write for example {_example(kind)!r}")
    currency, per = match[1], match[2]
    factors = KINDS[kind].factors
    if per not in factors:
        wanted = " or ".join(f"USD{each}" for each in factors)
        raise QuantityError(f"unit {_short(unit)} does not fit; write {wanted}")
    if currency == "USD":
        return factors[per]
    if currency not in rates:
        raise QuantityError(f"currency {currency} has no dated rate; add one under `exchange_rates`, or write USD")
    return factors[per] * rates[currency]


def _nearest(unit: str, kind: str) -> str:
    factors = KINDS[kind].factors
    for each in (f"{unit}/month", unit.removesuffix("/month")):
        if each in factors:
            return f"did you mean {each!r}?"
    by_lower = {each.lower(): each for each in factors if each}
    near = get_close_matches(unit.lower(), list(by_lower), 1, 0.5)
    if not near or any(unit in other.factors for other in KINDS.values()):
        return f"write for example {_example(kind)!r}"
    return f"did you mean {by_lower[near[0]]!r}?"


def _example(kind: str) -> str:
    table = KINDS[kind]
    return f"{95 if kind == 'ratio' else 40} {table.base or '%'}"
