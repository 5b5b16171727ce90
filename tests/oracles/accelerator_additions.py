"""What a world of accelerators gets besides: dates of kinds, halls for some makers' chips, whole tariffs, tokens.

Drawn by themselves, so that a new family leaves the worlds of the others as they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Final

from planner.model.accelerators import Accelerator, Alternative, Released
from planner.model.catalogue import Figure, Power, Region
from planner.model.question import Component
from planner.model.scenario import Scenario
from planner.model.tokens import TokenPrices, Tokens

from .drawing import families_of

CHANCES: Final = {"dated": 0.3, "origin": 0.3, "whole-tariffs": 0.6, "tokens": 0.7}
"""How often each family is active."""

DAYS: Final = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 2), date(2026, 11, 23), date(2026, 11, 24))
"""Around the first day of the period, which is 2026-11-23, or 2026-10-01 when as_of is early."""


def with_additions(world: Scenario, seed: int) -> Scenario:
    """The world with the families that its seed draws."""
    on, draw = families_of(f"additions to accelerators {seed}", CHANCES, {}), Random(f"additions to world {seed}")
    kinds = {name: _kind(draw, kind, on) for name, kind in world.accelerators.items()}
    regions = tuple(_region(draw, region, on) for region in world.regions)
    changed = replace(world, accelerators=kinds, regions=regions)
    # readings of arrivals are told apart by few worlds, and an API beside them would make those easier still
    arrivals = any(zone.arrivals for region in world.regions for zone in region.zones)
    return _behind_an_api(draw, changed) if "tokens" in on and not arrivals else changed


def _behind_an_api(draw: Random, world: Scenario) -> Scenario:
    """Some public clouds sell a model by the token, and some components that run on chips could buy it there."""
    sold = {"m": TokenPrices(*(Decimal(draw.randint(1, 40)) / 10 for _ in "io"), draw.choice([None, Decimal("0.03")]))}
    regions = tuple(
        replace(region, kind="api", prices=replace(region.prices, tokens=sold))
        if region.kind == "public-cloud" and draw.random() < 0.7
        else region
        for region in world.regions
    )
    workloads = tuple(
        replace(each, components=tuple(_buyer(draw, component) for component in each.components))
        for each in world.workloads
    )
    kind = Accelerator(id="api:m", name="m", vendor="", vendor_in="", tdp_w=Decimal(0))
    return replace(world, regions=regions, workloads=workloads, accelerators={**world.accelerators, kind.id: kind})


def _buyer(draw: Random, component: Component) -> Component:
    asked = Tokens("m", *(Decimal(draw.randint(0, 9) * 10**6) for _ in "fco"))
    if not component.accelerators or draw.random() < 0.3:
        return component
    return replace(component, accelerators=(*component.accelerators, Alternative(id=str(asked), units=1, tokens=asked)))


def _kind(draw: Random, kind: Accelerator, on: frozenset[str]) -> Accelerator:
    first, last, decided = [*sorted(draw.sample(DAYS, 2)), draw.choice(DAYS)]
    released: Any = draw.choice([None, Released(first), Released(first, last), Released(first, last)])
    maker = draw.choice(["US", "CN"]) if "origin" in on else kind.vendor_in
    if "dated" not in on:
        return replace(kind, vendor_in=maker)
    return replace(kind, vendor_in=maker, released=released, available=draw.choice([None, None, decided]))


def _region(draw: Random, region: Region, on: frozenset[str]) -> Region:
    takes: Any = draw.choice([None, None, ("CN",), ("US",), ("CN", "US")])
    peak, adjustment = Figure(Decimal(draw.randint(1, 90)) / 10), Figure(Decimal(draw.randint(-15, 7)) / 1000)
    if "origin" in on:
        region = replace(region, chips_from=takes)
    if "whole-tariffs" not in on or region.power == Power():
        return region
    parts = {"demand": draw.choice([None, peak, peak]), "fuel": draw.choice([None, adjustment])}
    return replace(region, power=replace(region.power, **parts))
