"""What things cost, from part 1 of docs/mathematics.md; USD as exact fractions, None = the price is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from planner.model.accelerators import Alternative
from planner.model.catalogue import Figure, Power, Region
from planner.model.question import Component, Quote
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism

HOURS = 730
ALWAYS_PRICED = ("vcpu", "memory")
SERVER_SHARE = Fraction("1.35")
"""Watts of a server for each watt of its accelerators."""


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


def home_cost(
    scenario: Scenario, component: Component, region: Region, quote: Quote | None, on: Alternative | None = None
) -> Fraction | None:
    """USD a month of a component in a region: all its units there, or all of it when divisible."""
    if quote:
        return unit_cost(Fraction(quote.cost))
    listed = list_cost(component, region, on)
    power = electricity_cost(scenario, component, region, on)
    return None if listed is None or power is None else listed + power


def list_cost(component: Component, region: Region, on: Alternative | None) -> Fraction | None:
    """USD a month at list prices, without electricity: rounded for a unit, on accelerators for all groups together."""
    hourly = hourly_cost(component, region)
    if hourly is None or on is None:
        return None if hourly is None else unit_cost(hourly * HOURS) * units_of(component, None)
    if on.tokens is not None:
        bill = token_bill(on, region)
        return None if bill is None else unit_cost(bill + hourly * HOURS)
    price = region.prices.accelerators.get(on.id)
    if price is None:
        return None
    return unit_cost(on.groups * (on.group * Fraction(price.value) + hourly) * HOURS)


def token_bill(on: Alternative, region: Region) -> Fraction | None:
    """USD a month of what is sent to a model behind an API and answered; None where it is not sold."""
    assert on.tokens is not None
    price = region.prices.tokens.get(on.tokens.model)
    if price is None:
        return None
    days = Fraction(HOURS, 24)
    sent = on.tokens.fresh * price.input + on.tokens.cached * (price.input if price.cached is None else price.cached)
    return days * Fraction(sent + on.tokens.output * price.output) / 1_000_000


def units_of(component: Component, on: Alternative | None) -> int:
    """Indivisible units in each region: groups of accelerators, or replicas; all of what is divisible counts as one."""
    if on is not None:
        return on.groups
    return 1 if component.divisible else component.count


def hourly_cost(component: Component, region: Region) -> Fraction | None:
    """USD an hour of `per_replica` at list prices."""
    hourly = Fraction(0)
    for resource, amount in component.per_replica.items():
        rate = region.prices.rates.get(resource)
        if rate is not None:
            hourly += Fraction(amount) * Fraction(rate.value)
        elif amount > 0 and resource in ALWAYS_PRICED:
            return None
    return hourly


def electricity_cost(
    scenario: Scenario, component: Component, region: Region, on: Alternative | None
) -> Fraction | None:
    """USD a month of electricity in an own hall that states its power; elsewhere prices contain it."""
    if region.kind != "own" or region.power == Power():
        return Fraction(0)
    beside, chips = _beside_kw(component, region.power.vcpu_w), _chip_kw(scenario, on)
    if beside is None or chips is None:
        return None
    kw = units_of(component, on) * beside + chips
    if kw == 0:
        return Fraction(0)
    if region.power.pue is None or region.power.tariff is None:
        return None
    parts = region.power.demand, region.power.fuel
    peak, adjustment = (Fraction(0) if part is None else Fraction(part.value) for part in parts)
    a_month_of_one_kw = HOURS * Fraction(region.power.tariff.value) + HOURS * adjustment + peak
    return unit_cost(a_month_of_one_kw * kw * Fraction(region.power.pue.value))


def _beside_kw(component: Component, vcpu_w: Figure | None) -> Fraction | None:
    """What a unit draws besides its accelerators: as stated, else by its vcpu."""
    stated, vcpu = component.per_replica.get("power"), component.per_replica.get("vcpu", Decimal(0))
    if stated is not None:
        return Fraction(stated)
    if vcpu == 0:
        return Fraction(0)
    return None if vcpu_w is None else Fraction(vcpu) * Fraction(vcpu_w.value) / 1000


def _chip_kw(scenario: Scenario, on: Alternative | None) -> Fraction | None:
    """What all chips of an alternative draw, with their share of the servers."""
    if on is None:
        return Fraction(0)
    kind = scenario.accelerators.get(on.id)
    return None if kind is None or kind.tdp_w is None else on.units * Fraction(kind.tdp_w) * SERVER_SHARE / 1000


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


def chips_cost(scenario: Scenario, region: Region, chips: Iterable[tuple[str, int]]) -> Fraction:
    """What bought chips are charged in one month: the share of one chip, times whole numbers."""
    price = region.prices.purchases
    return sum((n * _one_off(price[chip].value, scenario.horizon.amortise) for chip, n in chips), Fraction(0))


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
