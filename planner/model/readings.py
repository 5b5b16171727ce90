"""Readings: what rules that are not settled would change, and the plan that is lawful whichever of them hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["changes nothing", "costs", "no plan"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One unsettled rule that bears on the scenario, taken as binding beside the settled ones.

    Attributes:
        usd: what the cheapest plan costs more then; negative where the rule relaxes; None without a plan.
        moves: what lives elsewhere than under the settled rules alone.
        buys: mechanisms bought then and not before.
    """

    rule: str
    status: str
    title: str
    where: str
    state: State
    usd: Decimal | None = None
    moves: tuple[str, ...] = ()
    buys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """All of them.

    Attributes:
        total_usd: the cheapest plan under the settled rules; None where there is none.
        certain_usd: the cheapest plan that is lawful under every reading; None where there is none.
        silent: unsettled rules that bear on nothing here.
    """

    scenario: str
    total_usd: Decimal | None
    certain_usd: Decimal | None
    readings: tuple[Reading, ...]
    moves: tuple[str, ...] = ()
    buys: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def certainty_usd(self) -> Decimal | None:
        """What it costs to be lawful under every reading."""
        if self.total_usd is None or self.certain_usd is None:
            return None
        return self.certain_usd - self.total_usd
