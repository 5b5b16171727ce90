"""Serving: models, what they need of accelerators, and what was measured of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from planner.errors import Where
from planner.model.provenance import HIDDEN, NOWHERE, Provenance
from planner.model.units import Ratio


@dataclass(frozen=True, slots=True)
class Weights:
    """A form in which a model's weights exist: number format, GB, and the format the chip computes them in."""

    format: str
    gb: Decimal
    compute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput(Provenance):
    """A published measurement of a model on a kind of chip, tokens a second and chip.

    Attributes:
        prefill: input tokens that no cache holds.
        decode: output tokens.
        condition: load and software of the measurement.
        together: both were measured at once on the same chips, so neither says what a chip does of one alone.
        saturated: the chips were loaded fully; else the figures say more about the load than about the chip.
    """

    accelerator: str
    prefill: Decimal | None = None
    decode: Decimal
    condition: str
    together: bool = False
    saturated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTime(Provenance):
    """Seconds that so many chips of a kind take for one job (an image, a clip)."""

    accelerator: str
    seconds: Decimal
    chips: int = 1
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Provenance):
    """A model that components serve. An absent figure is unknown, never zero.

    Attributes:
        also: other names that mean the same architecture and size.
        access: `open` weights, weights that only the `owner` runs, or no weights outside an `api`.
        released, withdrawn: first day on which it can be had, and the day from which it cannot.
        total_b, active_b: billions of parameters, in all and for each token.
        weights: the forms they exist in, the preferred one first.
        kv_bytes: bytes of cache for each token of a conversation.
        groups: kind of chip to the smallest number of chips that holds the model with its cache.
    """

    id: str
    also: tuple[str, ...] = ()
    owner: str | None = None
    licence: str | None = None
    access: Literal["open", "owner", "api"] = "open"
    released: date | None = None
    withdrawn: date | None = None
    total_b: Decimal | None = None
    active_b: Decimal | None = None
    weights: tuple[Weights, ...] = ()
    kv_bytes: Decimal | None = None
    groups: Mapping[str, int] = field(default_factory=dict)
    throughput: tuple[Throughput, ...] = ()
    jobs: tuple[JobTime, ...] = ()
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utilisation(Provenance):
    """Share of a chip's peak that published serving reaches: 2 x active parameters x tokens a second over peak."""

    accelerator: str
    prefill: Ratio
    decode: Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Roofline(Provenance):
    """What stands in for a measurement where none was published (docs/accelerators.md, Sizing).

    Attributes:
        memory: share of a chip's memory that weights and cache may fill.
        bandwidth: share of its memory bandwidth that decoding reaches.
        context: mean tokens in a conversation's cache.
        prefill, decode: shares of peak for kinds of chip that the table of utilisations lacks.
    """

    memory: Ratio
    bandwidth: Ratio
    context: int
    prefill: Ratio
    decode: Ratio


@dataclass(frozen=True, slots=True)
class Serving:
    """Models by every name they have, utilisations by kind of chip, and the roofline."""

    models: Mapping[str, Model] = field(default_factory=dict)
    utilisation: Mapping[str, Utilisation] = field(default_factory=dict)
    roofline: Roofline | None = None
