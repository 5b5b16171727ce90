"""Quantities: `40 TB`, `30 ms`, `0.11 USD/kWh` as exact decimals in the base unit of their kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from planner.model.units import KINDS, RESOURCE_KINDS

_FORM: Final = re.compile(r"\s*([-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?)\s*(.*?)\s*")
_MONEY: Final = re.compile(r"([A-Z]{3})(.*)")
_LARGEST: Final = Decimal(10) ** 15


class QuantityError(ValueError):
    """The text is not a quantity of the kind asked for; the message ends with what would be."""


def parse_quantity(value: Any, kind: str, rates: Mapping[str, Decimal]) -> Decimal:
    """Read one quantity of a kind of the closed table; `rates` gives USD per unit of other currencies.

    Raises:
        QuantityError: not a number, unknown unit, negative, or a currency without a rate.
    """
    table = KINDS[kind]
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise QuantityError(f"expected a quantity such as {_example(kind)!r}")
    match = _FORM.fullmatch(str(value))
    if match is None:
        raise QuantityError(f"{str(value)!r} is not a quantity such as {_example(kind)!r}")
    number, unit = Decimal(match[1].replace("_", "")), match[2]
    amount = number * (_money_factor(unit, kind, rates) if table.money else _factor(unit, kind))
    if amount < 0:
        raise QuantityError(f"{value} is negative")
    if amount > _LARGEST:
        raise QuantityError(f"{value} is too large")
    return amount


def parse_resources(value: Any) -> dict[str, Decimal]:
    """Read `{vcpu: 64, memory: 512 GiB}`; raises QuantityError naming the resource."""
    if not isinstance(value, dict):
        raise QuantityError("expected resources such as {vcpu: 4, memory: 16 GiB}")
    out = {}
    for name, amount in value.items():
        kind = RESOURCE_KINDS.get(name, "ratio")
        if kind == "ratio" and not isinstance(amount, int | Decimal):
            raise QuantityError(f"{name} is a plain count such as 4, not {amount!r}")
        try:
            out[str(name)] = parse_quantity(amount, kind, {})
        except QuantityError as error:
            raise QuantityError(f"{name}: {error}") from None
    return out


def _factor(unit: str, kind: str) -> Decimal:
    factors = KINDS[kind].factors
    if unit in factors:
        return factors[unit]
    if not unit:
        raise QuantityError(f"a unit is missing; write for example {_example(kind)!r}")
    raise QuantityError(f"unit {unit!r} is not one of {', '.join(filter(None, factors))}{_nearest(unit, factors)}")


def _money_factor(unit: str, kind: str, rates: Mapping[str, Decimal]) -> Decimal:
    match = _MONEY.fullmatch(unit.replace(" ", ""))
    if match is None:
        raise QuantityError(f"{unit or 'a bare number'!r} is not money; write for example {_example(kind)!r}")
    currency, per = match[1], match[2]
    factors = KINDS[kind].factors
    if per not in factors:
        wanted = " or ".join(f"USD{each}" for each in factors)
        raise QuantityError(f"unit {unit!r} does not fit; write {wanted}")
    if currency == "USD":
        return factors[per]
    if currency not in rates:
        raise QuantityError(f"currency {currency} has no dated rate under exchange_rates; add one or write USD")
    return factors[per] * rates[currency]


def _nearest(unit: str, factors: Mapping[str, Decimal]) -> str:
    by_lower = {each.lower(): each for each in factors}
    near = get_close_matches(unit.lower(), list(by_lower), 1, 0.5)
    return f"; did you mean {by_lower[near[0]]!r}?" if near else ""


def _example(kind: str) -> str:
    table = KINDS[kind]
    return f"{95 if kind == 'ratio' else 40} {table.base or '%'}"
