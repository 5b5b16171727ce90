"""Priced difference: what a change of law moves and costs in one scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from planner.errors import NoLawfulPlan, Unsolved
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings


@dataclass(frozen=True)
class Side:
    """A scenario under one set of rules; no plan when `state` says why."""

    state: str
    total_usd_month: Decimal | None = None
    once_usd: Decimal = Decimal(0)
    homes: tuple[tuple[str, str], ...] = ()
    mechanisms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Priced:
    """Both sides and what is different: moved things, mechanisms, USD a month and one-off USD (None = no plan)."""

    old: Side
    new: Side

    @property
    def usd_month(self) -> Decimal | None:
        """What the edit adds a month."""
        if self.old.total_usd_month is None or self.new.total_usd_month is None:
            return None
        return self.new.total_usd_month - self.old.total_usd_month

    @property
    def once_usd(self) -> Decimal | None:
        """What the edit adds in one-off cash."""
        return None if self.usd_month is None else self.new.once_usd - self.old.once_usd

    @property
    def moves(self) -> tuple[str, ...]:
        """Things whose regions change, with both sets of regions."""
        if self.usd_month is None:
            return ()
        before, after = (_by_thing(side) for side in (self.old, self.new))
        names = sorted({*before, *after})
        return tuple(
            f"{name}: {before.get(name, 'nowhere')} → {after.get(name, 'nowhere')}"
            for name in names
            if before.get(name) != after.get(name)
        )

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """Purchases that come (+) or go (-)."""
        added = [f"+ {name}" for name in self.new.mechanisms if name not in self.old.mechanisms]
        return (*added, *(f"- {name}" for name in self.old.mechanisms if name not in self.new.mechanisms))


def priced(path: Path, library: Library, old: tuple[Path, ...], new: tuple[Path, ...], settings: Settings) -> Priced:
    """Plan the scenario with the policies of each side; raises InputFaults."""
    sides = [
        read_scenario(path, library=replace(library, policies=folders), settings=settings) for folders in (old, new)
    ]
    return Priced(*(_side(scenario) for scenario in sides))


def _side(scenario: Scenario) -> Side:
    try:
        found = plan(scenario).plan
    except NoLawfulPlan:
        return Side("infeasible")
    except Unsolved:
        return Side("unsolved")
    once = sum((each.cash_usd for each in found.one_offs), Decimal(0))
    bought = tuple(f"{m.id} for {m.entity} {m.key}".rstrip() for m in found.mechanisms if not m.held)
    return Side(found.status, found.total_usd_month, once, _homes(found), bought)


def _homes(found: Plan) -> tuple[tuple[str, str], ...]:
    components = {(row.component, row.region) for row in found.placements}
    copies = {(f"dataset:{row.dataset}/{row.role}", row.region) for row in found.copies}
    return tuple(sorted(components | copies))


def _by_thing(side: Side) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, region in side.homes:
        out[name] = f"{out[name]}, {region}" if name in out else region
    return out
