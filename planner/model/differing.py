"""Differing: plans that cost nearly as little and stand elsewhere, and plans that trade cost for round trips."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planner.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan within the margin. `differs`: things that stand elsewhere than in each plan named before it, at least."""

    plan: Plan
    usd: Decimal
    differs: int
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Plans within a margin of the optimum, each as different from those before as any can be.

    Attributes:
        exhausted: proved: within the margin no further plan stands anywhere else.
    """

    scenario: str
    total_usd: Decimal
    within: Decimal
    found: tuple[Alternative, ...]
    exhausted: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A plan that nothing beats in both: no plan is cheaper at this round trip, none is faster at this cost.

    Attributes:
        rtt_ms: mean round trip of users to what serves them, by traffic.
    """

    plan: Plan
    rtt_ms: Decimal
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """Points from the cheapest to the fastest.

    Attributes:
        whole: proved: there is no other point in between; else only so many were asked for.
    """

    scenario: str
    points: tuple[Point, ...]
    whole: bool
