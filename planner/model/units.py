"""Units: the closed table of what a quantity may be written in, and the types that name them.

A field annotated `Gigabytes` holds a Decimal in the base unit of its kind; the file may say `40 TB`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final


@dataclass(frozen=True, slots=True)
class Quantity:
    """Marks a Decimal field as a quantity of one kind of the table below."""

    kind: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of quantity: its base unit and the factor of every unit it may be written in."""

    base: str
    factors: dict[str, Decimal]
    money: bool = False


def _kind(base: str, factors: dict[str, str], *, money: bool = False) -> Kind:
    return Kind(base, {unit: Decimal(factor) for unit, factor in factors.items()}, money)


_BYTES = {"MB": "0.001", "GB": "1", "TB": "1000", "PB": "1000000", "GiB": "1.073741824", "TiB": "1099.511627776"}

KINDS: Final[dict[str, Kind]] = {
    "data": _kind("GB", {"kB": "0.000001", **_BYTES}),
    "traffic": _kind("GB/month", {f"{unit}/month": factor for unit, factor in _BYTES.items()}),
    "memory": _kind("GiB", {"MiB": "0.0009765625", "GiB": "1", "TiB": "1024"}),
    "power": _kind("kW", {"W": "0.001", "kW": "1", "MW": "1000"}),
    "time": _kind("ms", {"us": "0.001", "ms": "1", "s": "1000"}),
    "limit_time": _kind("s", {"ms": "0.001", "s": "1", "min": "60", "h": "3600"}),
    "distance": _kind("km", {"m": "0.001", "km": "1"}),
    "ratio": _kind("", {"": "1", "%": "0.01"}),
    "months": _kind(
        "month", {"month": "1", "months": "1", "quarter": "3", "quarters": "3", "year": "12", "years": "12"}
    ),
    "tokens": _kind("tokens/day", {"tokens/day": "1", "Mtokens/day": "1000000"}),
    "jobs": _kind("jobs/day", {"jobs/day": "1"}),
    "usd": _kind("USD", {"": "1"}, money=True),
    "usd_month": _kind("USD/month", {"/month": "1"}, money=True),
    "usd_hour": _kind("USD/h", {"/h": "1", "/hour": "1"}, money=True),
    "usd_gb": _kind("USD/GB", {"/GB": "1", "/TB": "0.001"}, money=True),
    "usd_gb_month": _kind("USD/GB-month", {"/GB-month": "1", "/TB-month": "0.001"}, money=True),
}

Gigabytes = Annotated[Decimal, Quantity("data")]
GigabytesMonth = Annotated[Decimal, Quantity("traffic")]
Milliseconds = Annotated[Decimal, Quantity("time")]
Seconds = Annotated[Decimal, Quantity("limit_time")]
Kilometres = Annotated[Decimal, Quantity("distance")]
Ratio = Annotated[Decimal, Quantity("ratio")]
Months = Annotated[Decimal, Quantity("months")]
TokensDay = Annotated[Decimal, Quantity("tokens")]
JobsDay = Annotated[Decimal, Quantity("jobs")]
Usd = Annotated[Decimal, Quantity("usd")]
UsdMonth = Annotated[Decimal, Quantity("usd_month")]

RESOURCE_KINDS: Final[dict[str, str]] = {"memory": "memory", "power": "power"}
"""Resources that carry a unit; every other resource is a plain count (`vcpu: 64`)."""

HOURS_PER_MONTH: Final = 730
MICRO: Final = 1_000_000
CENT: Final = MICRO // 100
"""Costs are whole micro-dollars: USD x 10^6, rounded half-even once (DESIGN section 5, Exactness)."""
