"""Alternatives: which kinds of accelerator each component can run on where, and the chips there are.

A alternatives (component, kind), H kinds, R regions, Z zones; sorted by component and kind. Costs are micro-USD a
month.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planner.model.exclusions import Exclusions, Gate, Mask, Whole
from planner.model.plan import StruckOut


@dataclass(frozen=True)
class Fleet:
    """The chips that stand, arrive, or can be bought.

    Attributes:
        stated: [H, R] whether a region says how many there are; elsewhere they are not limited.
        units: [Z, H] stock and lawful arrivals.
        buyable: [H, R] whether the region's operator may buy more.
        charge: [H, R] micro-USD for one month of one bought chip.
        cash: for each kind and region, USD of one chip (0 where it cannot be bought).
        buyer: entity that buys in each region, '' = nobody.
        gates: rules that ask the buyer for a mechanism, cells [H, R].
        barred: rules that forbid a purchase outright, cells [H, R].
        struck_out: arrivals that rules refuse.
        held_back: arrivals that `units` contains although rules refuse them: those rules must hold them back.
        matched: rules that bear on an arrival or a purchase.
    """

    stated: Mask
    units: Whole
    buyable: Mask
    charge: Whole
    cash: tuple[tuple[Decimal, ...], ...]
    buyer: tuple[str, ...]
    gates: tuple[Gate, ...]
    barred: tuple[Gate, ...]
    struck_out: tuple[StruckOut, ...]
    matched: frozenset[str]
    held_back: tuple[StruckOut, ...] = ()


@dataclass(frozen=True)
class Alternatives:
    """The table of alternatives of one period.

    Attributes:
        component, kind: [A] indices.
        groups, group: [A] groups in each region where the component lives, chips in a group.
        kinds: ids of the accelerators.
        cost: [A, R] chips and what each group takes besides; 0 where quoted.
        electricity: [A, R] at own halls that state their power.
        fitting: [A, Z] groups for which chips stand in a zone; all where they are not limited or can be bought.
        gates: rules that look at the chip and that mechanisms can lift, cells [A, R].
        matched: rules that look at the chip and bear on an alternative.
    """

    component: Whole
    kind: Whole
    groups: Whole
    group: Whole
    kinds: tuple[str, ...]
    exclusions: Exclusions
    allowed: Mask
    cost: Whole
    electricity: Whole
    fitting: Whole
    gates: tuple[Gate, ...]
    fleet: Fleet
    matched: frozenset[str]
