"""Flips: how far one figure can go before another plan is cheaper, and what then moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from planner.model.scenario import Scenario

Way = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Input:
    """One figure of a scenario, with its origin and how to set it.

    Attributes:
        name: `alibaba:ap-southeast-3 vcpu` or `mechanism my-tia-adequate`.
        weak: why it should be checked first (a copy, a stand-in, an assumption, low confidence); empty = nothing known.
        changed: the scenario with another value of it.
    """

    name: str
    value: Decimal
    unit: str
    source: str = ""
    as_of: str = ""
    confidence: str = ""
    weak: str = ""
    changed: Callable[[Decimal], Scenario] = field(default=lambda value: NotImplemented, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Flip:
    """The nearest break-even of an input in one direction.

    Attributes:
        factor: of the present value, rounded away from 1: at it another plan is as cheap, beyond it cheaper.
        moves: what lives elsewhere in the other plan.
        usd_month: what the other plan costs more at the present value; of a ceiling, beyond the break-even. None where
            no plan is left beyond it.
        exactly: the break-even where it is known without a factor.
    """

    input: Input
    way: Way
    factor: Decimal
    moves: tuple[str, ...]
    usd_month: Decimal | None
    exactly: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """The break-even itself."""
        return self.input.value * self.factor if self.exactly is None else self.exactly

    @property
    def tied(self) -> bool:
        """Whether the other plan is as cheap already."""
        return self.factor == 1


@dataclass(frozen=True, slots=True)
class Swing:
    """What an input moves the cost of the plan as it is: USD a month for 10 % of the input."""

    input: Input
    usd_month: Decimal


@dataclass(frozen=True, slots=True)
class LatencyFlip:
    """What changes when requirements on round trips are asked at the upper edge of the band.

    Attributes:
        of: the component asked alone, or `all`.
        state: `stays`, `moves`, or `no plan`.
    """

    of: str
    state: Literal["stays", "moves", "no plan"]
    usd_month: Decimal | None = None
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flips:
    """Every break-even found.

    Attributes:
        least, most: the factors between which they were sought.
        steady: names of inputs that flip nothing in between.
        latency: what round trips at the upper edge of their band change; None = not asked.
    """

    scenario: str
    total_usd: Decimal
    least: Decimal
    most: Decimal
    flips: tuple[Flip, ...]
    swings: tuple[Swing, ...]
    steady: tuple[str, ...]
    latency: tuple[LatencyFlip, ...] | None = None
