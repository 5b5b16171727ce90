"""Accelerators: kinds of chip, and the countable stock of them in a zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from planner.errors import Where
from planner.model.provenance import HIDDEN, NOWHERE, Provenance
from planner.model.tokens import Tokens
from planner.model.units import JobsDay, Ratio, TokensDay


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
        stage: whether it ships or stands on a roadmap; a chip of a roadmap needs a date.
        available: the day from which it may be counted on, where somebody decides; else it follows from `released`.
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
    stage: Literal["shipping", "roadmap"] | None = None
    available: date | None = None
    purchase_usd: Decimal | None = None
    source: str | None = None
    as_of: str | None = None
    confidence: Literal["high", "medium", "low", "memory"] | None = None
    note: str | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)

    @property
    def counted_from(self) -> date | None:
        """The day from which a plan may use it: what was decided, else the latest day of its release; None = always."""
        if self.available is not None or self.released is None:
            return self.available
        return self.released.to or self.released.from_


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(Provenance):
    """Accelerators that stand in a zone, all installed before a day."""

    accelerator: str
    units: int
    installed_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Provenance):
    """Accelerators that an operator says will stand in a zone from a day on; each is an install that rules judge.

    `holds` names the mechanisms (licences) that the operator has for it.
    """

    accelerator: str
    units: int
    on: date
    status: Literal["delivered", "contracted", "announced"] = "announced"
    holds: tuple[str, ...] = ()


Chips = Stock | Arrival
"""Accelerators in a zone, now or from a day on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Provenance):
    """One kind of chip a component can run on: `units` chips in each region where it lives, in whole groups.

    A group is the smallest set of chips that holds the model or job; it stands in one zone. YAML key: id. `tokens` is
    the demand of an alternative that is no chip but the model behind an API: one unit, paid by what is sent.
    """

    id: str
    units: int
    group: int = 1
    tokens: Tokens | None = field(default=None, metadata=HIDDEN)

    @property
    def groups(self) -> int:
        """Indivisible groups in each region where the component lives."""
        return self.units // self.group


@dataclass(frozen=True, slots=True)
class Serves:
    """Demand on a model, in tokens or in jobs; reading turns it into alternatives (docs/accelerators.md).

    Attributes:
        model: id in the catalogue of models.
        input, output: tokens a day.
        jobs: images or clips a day.
        peak: busiest hour over the mean.
        cached: share of the input that is found in a prefix cache.
        utilisation: share of the measured throughput that is planned on.
        accelerators: kinds to consider; empty = every kind with a measured throughput.
        left_out: kinds that are no alternative, each with the reason.
    """

    model: str
    input: TokensDay = Decimal(0)
    output: TokensDay = Decimal(0)
    jobs: JobsDay = Decimal(0)
    peak: Ratio = Decimal(1)
    cached: Ratio = Decimal(0)
    utilisation: Ratio = Decimal("0.7")
    accelerators: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict, metadata=HIDDEN)
