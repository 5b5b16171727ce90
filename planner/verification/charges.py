"""Charges: what each placement, copy and flow costs a month by the scenario's own prices, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Final

from planner.model.accelerators import Alternative
from planner.model.catalogue import Figure, Region
from planner.model.plan import Breach, Route
from planner.model.question import Component, Flow
from planner.model.tokens import TokenPrices, Tokens
from planner.verification.accelerators import find_alternative, is_offered
from planner.verification.amounts import HOURS, to_micro, to_micro_usd
from planner.verification.claim import PRIMARY, Claim
from planner.verification.electricity import Missing, find_electricity
from planner.verification.lawfulness import find_penalties

NEEDED: Final = ("vcpu", "memory")


@dataclass(frozen=True, slots=True)
class Charge:
    """USD a month of one objective for one thing at one place (a region key, or two for a route); not yet a line."""

    objective: str
    of: str
    place: str
    usd: Fraction


def find_charges(claim: Claim) -> tuple[Charge | Breach, ...]:
    """Every charge of a period, and a breach for each price that is needed and unknown."""
    parts = (_components, _storage, _flows, _users, _opening, _penalties)
    return tuple(chain(*(part(claim) for part in parts)))


def route_place(row: Route) -> str:
    """The place of a charge for a route: both region keys."""
    return f"{row.src_region} to {row.dst_region}"


def _components(claim: Claim) -> Iterator[Charge | Breach]:
    for component in claim.scenario.components:
        for key in claim.homes[component.id]:
            quote = claim.quotes[component.id].get(key)
            if quote is not None:
                quantity = claim.share(component.id, key) if component.divisible else Fraction(1)
                yield Charge("quote", component.id, key, to_micro_usd(quote.cost) * quantity)
            elif not claim.quotes[component.id]:
                yield from _running(claim, component, claim.scenario.region[key])


def _running(claim: Claim, component: Component, region: Region) -> Iterator[Charge | Breach]:
    """What list prices and electricity ask; chips of no single alternative have no price, and are a breach anyway."""
    alternative = find_alternative(claim, component, region.key)
    if component.accelerators:
        if alternative is not None and is_offered(alternative, region):
            yield _accelerator(claim, component, region, alternative)
            yield _electricity(claim, component, region, alternative)
    else:
        yield _compute(claim, component, region)
        yield _electricity(claim, component, region, None)


def _accelerator(claim: Claim, component: Component, region: Region, alternative: Alternative) -> Charge | Breach:
    """Rounded once, over all groups of a region."""
    beside = find_hourly(component, region)
    if isinstance(beside, Missing):
        return _unknown(beside, component.id, region.key)
    groups = claim.units(component.id, region.key)
    if alternative.tokens is not None:
        bill = _find_bill(alternative.tokens, region.prices.tokens[alternative.tokens.model])
        return Charge("accelerator", component.id, region.key, to_micro(bill + groups * beside * HOURS))
    chips = alternative.group * Fraction(region.prices.accelerators[alternative.id].value)
    return Charge("accelerator", component.id, region.key, to_micro(groups * (chips + beside) * HOURS))


def _find_bill(tokens: Tokens, prices: TokenPrices) -> Fraction:
    """USD a month: days of a month of 730 hours times what each kind of token costs."""
    reused = prices.input if prices.cached is None else prices.cached
    each = ((tokens.fresh, prices.input), (tokens.cached, reused), (tokens.output, prices.output))
    return Fraction(HOURS, 24) * sum((Fraction(n) * Fraction(usd) / 10**6 for n, usd in each), Fraction(0))


def _compute(claim: Claim, component: Component, region: Region) -> Charge | Breach:
    """The unit cost is rounded once, over all resources of a unit, and then multiplied."""
    hourly = find_hourly(component, region)
    if isinstance(hourly, Missing):
        return _unknown(hourly, component.id, region.key)
    quantity = claim.share(component.id, region.key) if component.divisible else claim.units(component.id, region.key)
    return Charge("compute", component.id, region.key, to_micro(hourly * HOURS) * quantity)


def find_hourly(component: Component, region: Region) -> Fraction | Missing:
    """USD an hour of a unit at list prices, its chips left out."""
    hourly = Fraction(0)
    for resource, amount in component.per_replica.items():
        rate = region.prices.rates.get(resource)
        if rate is None and resource in NEEDED and amount > 0:
            return Missing(f"{resource} price")
        hourly += Fraction(amount) * Fraction(rate.value) if rate else 0
    return hourly


def _electricity(
    claim: Claim, component: Component, region: Region, alternative: Alternative | None
) -> Charge | Breach:
    """Rounded once, over all units of a region; all of a divisible component is one unit, of which it takes a share."""
    usd = find_electricity(claim.scenario, component, region, alternative)
    if isinstance(usd, Missing):
        return _unknown(usd, component.id, region.key)
    if component.divisible:
        return Charge("electricity", component.id, region.key, to_micro(usd) * claim.share(component.id, region.key))
    return Charge("electricity", component.id, region.key, to_micro(usd * claim.units(component.id, region.key)))


def _storage(claim: Claim) -> Iterator[Charge | Breach]:
    for dataset in claim.scenario.datasets:
        for role in {spec.role for spec in dataset.copies}:
            for key in claim.copies.get((dataset.id, role), ()):
                price, of = claim.scenario.region[key].prices.storage, f"dataset:{dataset.id}"
                yield _charge("storage", of, key, Fraction(dataset.size), price, Fraction(1))


def _flows(claim: Claim) -> Iterator[Charge | Breach]:
    placed = [f for f in claim.scenario.flows if not f.from_.startswith("users:") and not f.to.startswith("users:")]
    for flow in placed:
        for row in claim.routes.get((flow.from_, flow.to), ()):
            yield _route(claim, flow.id, flow.volume, row)
    for dataset in claim.scenario.datasets:
        for role in {spec.role for spec in dataset.copies} - {PRIMARY}:
            ends = (f"dataset:{dataset.id}/{PRIMARY}", f"dataset:{dataset.id}/{role}")
            for row in claim.routes.get(ends, ()):
                yield _route(claim, f"replication:{dataset.id}/{role}", dataset.change, row)


def _route(claim: Claim, of: str, volume: Decimal, row: Route) -> Charge | Breach:
    if row.src_region == row.dst_region:
        return Charge("egress", of, route_place(row), Fraction(0))
    price = claim.scenario.region[row.src_region].prices.egress_to(row.dst_region)
    return _charge("egress", of, route_place(row), Fraction(volume), price, row.share)


def _users(claim: Claim) -> Iterator[Charge | Breach]:
    for component, groups in claim.audiences.items():
        for group, flows in groups.items():
            for flow in flows:
                yield from _audience(claim, component, group, flow)


def _audience(claim: Claim, component: str, group: str, flow: Flow) -> Iterator[Charge | Breach]:
    for point in claim.scenario.user_group[group].points:
        for row in claim.served.get((group, component, point.place), ()):
            price = claim.scenario.region[row.region].prices.internet
            volume = Fraction(flow.volume) * Fraction(point.weight)
            yield _charge("egress", flow.id, row.region, volume, price, row.share)


def _opening(claim: Claim) -> Iterator[Charge | Breach]:
    for entity, key in sorted(claim.in_use):
        cost = claim.scenario.region[key].opening_cost
        yield Charge("opening", f"{entity}@{key}", key, to_micro_usd(cost))


def _penalties(claim: Claim) -> Iterator[Charge]:
    if claim.scenario.ranks_breaches:
        return
    for rule, of in find_penalties(claim):
        yield Charge("penalty", f"{rule.id}@{of}", "", to_micro_usd(rule.penalty_usd_month or Decimal(0)))


def _charge(
    objective: str, of: str, place: str, amount: Fraction, price: Figure | None, quantity: Fraction
) -> Charge | Breach:
    if amount == 0 or quantity == 0:
        return Charge(objective, of, place, Fraction(0))
    if price is None:
        return _unknown(f"{objective} price", of, place)
    return Charge(objective, of, place, to_micro(amount * Fraction(price.value)) * quantity)


def _unknown(figure: str, of: str, place: str) -> Breach:
    return Breach(f"unknown: {figure}", of, f"the {figure} in {place} is needed and not known")
