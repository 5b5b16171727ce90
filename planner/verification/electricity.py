"""Electricity: what a unit of a component draws in an own hall that states its power, and what that costs."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from planner.model.accelerators import Alternative
from planner.model.catalogue import Figure, Power, Region
from planner.model.question import Component
from planner.model.scenario import Scenario
from planner.verification.amounts import HOURS

SERVER: Final = Fraction(135, 100)
"""Watts of a chip with its share of the server, over its thermal design power."""
WATTS: Final = 1000
"""In a kW."""


class Missing(str):
    """The name of a figure that is needed and not known."""

    __slots__ = ()


def find_electricity(
    scenario: Scenario, component: Component, region: Region, alternative: Alternative | None
) -> Fraction | Missing:
    """USD a month of one unit (a replica, a group, all of a divisible component), exact.

    Zero where list prices contain it: in every region but an own hall that states `power`.
    """
    power = region.power
    if region.kind != "own" or power == Power():
        return Fraction(0)
    draw = _find_draw(scenario, component, power, alternative)
    if isinstance(draw, Missing) or draw == 0:
        return draw
    if power.tariff is None:
        return Missing("tariff")
    if power.pue is None:
        return Missing("pue")
    kilowatts = draw * Fraction(power.pue.value)
    kilowatt_hours = HOURS * kilowatts
    energy = kilowatt_hours * (Fraction(power.tariff.value) + _value(power.fuel))
    return energy + kilowatts * _value(power.demand)


def _value(figure: Figure | None) -> Fraction:
    """A part of the bill that a hall without the figure does not have."""
    return Fraction(0) if figure is None else Fraction(figure.value)


def _find_draw(
    scenario: Scenario, component: Component, power: Power, alternative: Alternative | None
) -> Fraction | Missing:
    """Draw of one unit, kW; what a unit states of its power stands for its vCPUs, chips come on top."""
    stated = component.per_replica.get("power")
    vcpus = Fraction(component.per_replica.get("vcpu", 0)) if stated is None else Fraction(0)
    watts = Fraction(0) if stated is None else Fraction(stated) * WATTS
    if vcpus and power.vcpu_w is None:
        return Missing("vcpu_w")
    if vcpus and power.vcpu_w is not None:
        watts += vcpus * Fraction(power.vcpu_w.value)
    if alternative is not None:
        chip = scenario.accelerators.get(alternative.id)
        if chip is None or chip.tdp_w is None:
            return Missing(f"{alternative.id} tdp_w")
        watts += alternative.group * Fraction(chip.tdp_w) * SERVER
    return watts / WATTS
