"""Builders of tiny worlds of accelerators out of nouns, for tests whose answers are worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from planner.model.accelerators import Accelerator, Alternative, Arrival, Stock
from planner.model.catalogue import Figure, Power, Region, Zone
from planner.model.question import Component, Entity
from planner.model.scenario import Scenario

from .small_world import component, region, scenario

OPERATOR = (Entity(id="e", operates=("p",)), Entity(id="e2"))
"""Entity `e` operates the provider of all regions."""


def kind(name: str, **changes: Any) -> Accelerator:
    """A kind of chip that draws 1000 W and whose class is `free` unless it says otherwise."""
    defaults = {"name": name, "vendor": "v", "vendor_in": "US", "control": "free", "tdp_w": Decimal(1000)}
    return Accelerator(id=name, **{**defaults, **changes})


def runs_on(name: str, *alternatives: tuple[str, int, int], vcpu: int = 0, **changes: Any) -> Component:
    """Component `w/NAME` on (kind, chips, chips a group)."""
    made = tuple(Alternative(id=chip, units=units, group=group) for chip, units, group in alternatives)
    return component(name, vcpu, accelerators=made, **changes)


def site(name: str, zones: Sequence[Zone] | None = None, **changes: Any) -> Region:
    """Region `p:NAME` of one zone. A vcpu and a chip of kind `h` cost 1 USD an hour, and `g` 2 USD."""
    empty = region(name)
    rent = {chip: Figure(Decimal(usd)) for chip, usd in changes.pop("rent", {"h": 1, "g": 2}).items()}
    sale = {chip: Figure(Decimal(usd)) for chip, usd in changes.pop("sale", {}).items()}
    prices = replace(empty.prices, accelerators=rent, purchases=sale)
    return replace(empty, zones=tuple(zones or empty.zones), prices=prices, **changes)


def hall(name: str, zones: Sequence[Zone] | None = None, **changes: Any) -> Region:
    """A site of kind `own`."""
    return site(name, zones, kind="own", **changes)


def zone(name: str, *lines: Stock | Arrival, **capacity: int) -> Zone:
    """A zone with stock and arrivals."""
    stock = tuple(line for line in lines if isinstance(line, Stock))
    arrivals = tuple(line for line in lines if isinstance(line, Arrival))
    return Zone(name, {resource: Decimal(amount) for resource, amount in capacity.items()}, stock, arrivals)


def stands(units: int, chip: str = "h", before: date | None = None) -> Stock:
    """So many chips in stock."""
    return Stock(accelerator=chip, units=units, installed_before=before)


def arrives(units: int, on: date, chip: str = "h", **changes: Any) -> Arrival:
    """So many chips that were delivered on a day."""
    return Arrival(**{"accelerator": chip, "units": units, "on": on, "status": "delivered", **changes})


def power(tariff: str | None = "0.1", pue: str | None = "1.5", vcpu_w: str | None = "10") -> Power:
    """Electricity of a hall; None = unknown."""
    figures = [None if text is None else Figure(Decimal(text)) for text in (tariff, pue, vcpu_w)]
    return Power(tariff=figures[0], pue=figures[1], vcpu_w=figures[2])


def world(components: Sequence[Component], regions: Sequence[Region], **changes: Any) -> Scenario:
    """A small world of the kinds `h` and `g`, whose halls entity `e` operates."""
    kinds, operators = {"h": kind("h"), "g": kind("g", control="licensed")}, changes.pop("operators", {})
    made = scenario(components, regions, **{"entities": OPERATOR, "accelerators": kinds, **changes})
    return replace(made, operators=operators)
