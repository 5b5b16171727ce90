"""What things cost, from part 1 of docs/mathematics.md; USD as exact fractions, None = the price is not known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from planner.model.catalogue import Figure, Region
from planner.model.law import Mechanism
from planner.model.question import Component, Quote
from planner.model.scenario import Scenario

HOURS = 730
ALWAYS_PRICED = ("vcpu", "memory")


def unit_cost(usd: Fraction) -> Fraction:
    """A figure rounded once, half-even, to a millionth of a dollar."""
    return Fraction(round(usd * 1_000_000), 1_000_000)


def quote_of(scenario: Scenario, component: Component) -> Mapping[str, Quote]:
    """The quotes of a component by region; a component with any lives only where it has one."""
    return {quote.place: quote for quote in scenario.quotes if quote.component == component.id}


def amounts(component: Component, quote: Quote | None) -> dict[str, Fraction]:
    """What one unit (or all of a divisible component) uses; a quote replaces the amounts it names."""
    stated: dict[str, Decimal] = {**component.per_replica, **(quote.uses if quote else {})}
    return {resource: Fraction(amount) for resource, amount in stated.items()}


def home_cost(component: Component, region: Region, quote: Quote | None) -> Fraction | None:
    """USD a month of a component in a region: all its units there, or all of it when divisible."""
    if quote:
        return unit_cost(Fraction(quote.cost))
    hourly = Fraction(0)
    for resource, amount in component.per_replica.items():
        rate = region.prices.rates.get(resource)
        if rate is not None:
            hourly += Fraction(amount) * Fraction(rate.value)
        elif amount > 0 and resource in ALWAYS_PRICED:
            return None
    return unit_cost(hourly * HOURS) * (1 if component.divisible else component.count)


def storage_cost(size: Decimal, region: Region) -> Fraction | None:
    """USD a month of one copy of so many GB."""
    return _times(Fraction(size), region.prices.storage)


def egress_cost(volume: Decimal, source: Region, target: Region) -> Fraction | None:
    """USD a month of so many GB a month from one region to another; nothing inside one region."""
    return Fraction(0) if source.key == target.key else _times(Fraction(volume), source.prices.egress_to(target.key))


def internet_cost(volume: Decimal, weight: Decimal, region: Region) -> Fraction | None:
    """USD a month of serving all of one demand point from a region."""
    return _times(Fraction(volume) * Fraction(weight), region.prices.internet)


def opening_cost(scenario: Scenario, region: Region) -> Fraction:
    """What one entity pays a month for a region in use, with the share of the one-off."""
    return unit_cost(Fraction(region.opening_cost)) + _one_off(region.opening_once, scenario.horizon.amortise)


def purchase_cost(scenario: Scenario, mechanism: Mechanism) -> Fraction:
    """What a bought mechanism is charged in one month."""
    months = scenario.horizon.amortise
    if mechanism.valid_months is not None:
        months = min(months, Decimal(mechanism.valid_months))
    return _one_off(mechanism.cost_usd, months)


def _one_off(cash: Decimal, months: Decimal) -> Fraction:
    return unit_cost(Fraction(cash) / Fraction(months))


def _times(amount: Fraction, price: Figure | None) -> Fraction | None:
    if amount == 0:
        return Fraction(0)
    return None if price is None else unit_cost(amount * Fraction(price.value))
