"""Accelerators: kinds of chip, and the countable stock of them in a zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from planner.errors import Where
from planner.model.question import HIDDEN, NOWHERE, Provenance


@dataclass(frozen=True, slots=True)
class Released:
    """The earliest and the latest day on which the first unit may have shipped, as exactly as the source says.

    YAML keys: from, to; an absent `to` means that no later bound is known.
    """

    from_: date
    to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accelerator:
    """A kind of chip. Its id is a word of the vocabulary's `chips`; an absent figure is unknown, never zero.

    Attributes:
        vendor_in: country of the vendor's seat.
        control: word of the vocabulary's `chip_controls`; absent = not established (a `must` rule matches).
        tpp: total processing performance, dense TFLOPS x bit length, the most over all formats.
        memory_gb: GB on the package.
        memory_bandwidth_tb_s: TB/s.
        dense_tflops: number format (`bf16`, `fp8`, `fp4`) to dense TFLOPS.
        tdp_w: thermal design power, W.
        fab: who makes the die and on which process.
        purchase_usd: what one costs to buy, USD, an estimate.
    """

    id: str
    name: str
    vendor: str
    vendor_in: str
    control: str | None = None
    tpp: Decimal | None = None
    memory_gb: Decimal | None = None
    memory_bandwidth_tb_s: Decimal | None = None
    dense_tflops: Mapping[str, Decimal] = field(default_factory=dict)
    tdp_w: Decimal | None = None
    fab: str | None = None
    released: Released | None = None
    discontinued: date | None = None
    purchase_usd: Decimal | None = None
    source: str | None = None
    as_of: str | None = None
    confidence: Literal["high", "medium", "low", "memory"] | None = None
    note: str | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(Provenance):
    """Accelerators that stand in a zone, all installed before a day."""

    accelerator: str
    units: int
    installed_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Provenance):
    """Accelerators that an operator says will stand in a zone from a day on; each is an install that rules judge."""

    accelerator: str
    units: int
    on: date
    status: Literal["delivered", "contracted", "announced"] = "announced"


Chips = Stock | Arrival
"""Accelerators in a zone, now or from a day on."""
