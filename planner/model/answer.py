"""Answers as nouns: what a question about a plan brings back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planner.model.plan import Refusal


@dataclass(frozen=True)
class Reasons:
    """The answer for one component and one region.

    Attributes:
        refusals: every rule or requirement that refuses it; empty when it is open.
        gated: mechanisms that would have to be held: rule id and alternatives.
        kinds: accelerators it cannot use there although the region is open, each with a reason.
        regret_usd: what forcing the component there adds to total_usd; None when refused or when no plan remains.
        moves: components and copies (`dataset:ID/ROLE`) whose regions change when it is forced.
        chosen: whether the plan has the component there.
    """

    component: str
    region: str
    refusals: tuple[Refusal, ...]
    gated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    regret_usd: Decimal | None = None
    moves: tuple[str, ...] = ()
    chosen: bool = False
    kinds: tuple[tuple[str, Refusal], ...] = ()
