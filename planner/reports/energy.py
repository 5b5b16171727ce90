"""Energy: what the machines of own halls draw, and the carbon and water that come with it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from planner.model.catalogue import Power, Region
from planner.model.plan import Placement, Plan
from planner.model.scenario import Scenario
from planner.model.units import HOURS_PER_MONTH
from planner.objectives.electricity import SERVER_SHARE, WATTS, metered

TONNE: Final = Decimal(10) ** 6
"""Grams."""


def energy_lines(plan: Plan, scenario: Scenario) -> Iterable[str]:
    """One line for each own hall in use that states its power: draw, energy, carbon by every source, water."""
    for region in scenario.regions:
        rows = [row for row in plan.placements if row.region == region.key and row.units]
        draws = [_kilowatts(row, scenario, region.power) for row in rows]
        known = [draw for draw in draws if draw is not None]
        if metered(region) and known and len(known) == len(draws):
            yield f"{region.key}: {_said(region, sum(known, Decimal(0)))}"


def _kilowatts(row: Placement, scenario: Scenario, power: Power) -> Decimal | None:
    """What the units of a placement draw; None where a figure is unknown (its electricity was quoted then)."""
    amounts = scenario.component[row.component].per_replica
    stated, vcpu = amounts.get("power"), amounts.get("vcpu", Decimal(0))
    chip = scenario.accelerators.get(row.accelerator or "")
    if (vcpu and stated is None and power.vcpu_w is None) or (chip is not None and chip.tdp_w is None):
        return None
    beside = stated if stated is not None else vcpu * (power.vcpu_w.value if power.vcpu_w else Decimal(0)) / WATTS
    chips = row.chips * chip.tdp_w * SERVER_SHARE / WATTS if chip is not None and chip.tdp_w is not None else Decimal(0)
    return row.units * beside + chips


def _said(region: Region, kilowatts: Decimal) -> str:
    power = region.power
    pue = power.pue.value if power.pue else Decimal(1)
    month = kilowatts * HOURS_PER_MONTH
    words = [
        f"machines draw {kilowatts:,.1f} kW, the hall {kilowatts * pue:,.1f} kW and {month * pue:,.0f} kWh a month"
    ]
    grams = {name: month * pue * each.value for name, each in power.carbon_by_source.items()}
    if power.carbon is not None and not grams:
        grams = {power.carbon.source: month * pue * power.carbon.value}
    words += [f"{weight / TONNE:,.1f} t CO2e by {name}" for name, weight in grams.items()]
    if power.wue is not None:
        words.append(f"{month * power.wue.value / 1000:,.0f} m3 of water")
    return "; ".join(words)
