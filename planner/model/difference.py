"""The difference of two plans as a noun: what comes, changes and goes, in places, money, risks and rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Sign = Literal["+", "~", "-"]
"""Comes, changes, goes."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two plans; no figures when `state` says that there is none.

    Attributes:
        name: the scenario, or how the side was named.
        homes: (thing, region) of every component and every copy (`dataset:ID/ROLE`).
        mechanisms: what is bought, for whom and what.
    """

    state: str
    name: str = ""
    total_usd_month: Decimal | None = None
    total_usd: Decimal | None = None
    once_usd: Decimal = Decimal(0)
    homes: tuple[tuple[str, str], ...] = ()
    mechanisms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A component or copy that is different; `usd_month` is what its own cost lines add (None for copies)."""

    sign: Sign
    what: str
    was: str
    now: str
    usd_month: Decimal | None = None

    def __str__(self) -> str:
        """Thing, then both states of what changes."""
        if self.sign != "~" or self.was == self.now:
            return f"{self.what}: {self.now or self.was}"
        return f"{self.what}: {self.was} → {self.now}"


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs.

    Attributes:
        objectives: (objective, USD a month more), without those that stay.
        mechanisms: purchases that come and go.
        risks: mechanisms that may be refused, weak figures, the day from which the plan is lawful.
        rules: rules that start (+) or stop (-) binding.
    """

    old: Side
    new: Side
    lines: tuple[Line, ...] = ()
    objectives: tuple[tuple[str, Decimal], ...] = ()
    mechanisms: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def usd_month(self) -> Decimal | None:
        """Recurring USD a month more; None where a side has no plan."""
        return _more(self.old.total_usd_month, self.new.total_usd_month)

    @property
    def total_usd(self) -> Decimal | None:
        """Total USD more, one-offs as they are charged; None where a side has no plan."""
        return _more(self.old.total_usd, self.new.total_usd)

    @property
    def once_usd(self) -> Decimal | None:
        """One-off cash more; None where a side has no plan."""
        return None if self.usd_month is None else self.new.once_usd - self.old.once_usd

    @property
    def moves(self) -> tuple[str, ...]:
        """Things whose regions change, with both sets of regions; nothing where a side has no plan."""
        if self.usd_month is None:
            return ()
        before, after = (_by_thing(side) for side in (self.old, self.new))
        return tuple(
            f"{name}: {before.get(name, 'nowhere')} → {after.get(name, 'nowhere')}"
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        )

    @property
    def empty(self) -> bool:
        """Whether both sides are the same in everything told here."""
        told = (self.lines, self.objectives, self.mechanisms, self.risks, self.rules)
        return self.old.state == self.new.state and not any(told) and not self.usd_month and not self.total_usd


def _more(old: Decimal | None, new: Decimal | None) -> Decimal | None:
    return None if old is None or new is None else new - old


def _by_thing(side: Side) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, region in side.homes:
        out[name] = f"{out[name]}, {region}" if name in out else region
    return out
