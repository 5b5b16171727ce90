"""Buying: accelerators that an entity buys for its own hall, whether it may, and what it pays."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.catalogue import Region
from planner.model.law import Verb
from planner.model.plan import Bought, Breach
from planner.verification.amounts import plain, to_micro_usd
from planner.verification.claim import Claim
from planner.verification.halls import find_owners
from planner.verification.installs import find_install_refusals
from planner.verification.mechanisms import Held, find_held, find_lifting

CAUSE = "purchase"


def find_purchase_breaches(claim: Claim) -> Iterator[Breach]:
    """Purchases that nobody or another entity may make, that law refuses, or whose number or price is wrong."""
    held = find_held(claim)
    for row in claim.bought:
        region = claim.scenario.region[row.region]
        yield from _buyer(claim, row, region)
        yield from _price(row, region)
        yield from _law(claim, held, row, region)


def _buyer(claim: Claim, row: Bought, region: Region) -> Iterator[Breach]:
    owners = [owner.id for owner in find_owners(claim.scenario, region)]
    if row.entity not in owners:
        whose = f"an own hall of {', '.join(owners)}" if owners else "no own hall of anyone in the scenario"
        yield Breach(CAUSE, row.zone, f"{row.entity} buys {row.accelerator} for {region.key}, {whose}")
    if row.units < 1:
        yield Breach(CAUSE, row.zone, f"{row.units} {row.accelerator} are bought, fewer than 1")


def _price(row: Bought, region: Region) -> Iterator[Breach]:
    price = region.prices.purchases.get(row.accelerator)
    if price is None:
        figure = f"{row.accelerator} purchase price"
        yield Breach(f"unknown: {figure}", row.zone, f"the {figure} in {region.key} is needed and not known")
        return
    cash = to_micro_usd(price.value) * row.units
    if row.cash_usd != cash:
        text = f"the plan pays {plain(row.cash_usd)} USD for {row.units} {row.accelerator}, they cost {plain(cash)} USD"
        yield Breach(CAUSE, row.zone, text)


def _law(claim: Claim, held: Held, row: Bought, region: Region) -> Iterator[Breach]:
    buyer = claim.scenario.entity.get(row.entity)
    # Chips serve every component of a hall, so nothing that is held for one workload lifts their purchase.
    holds = find_lifting(held, claim, row.entity, region, "", (), Verb.INSTALL)
    begins, _ = claim.scenario.days(claim.period)
    refusals = find_install_refusals(claim.scenario, region, row.accelerator, begins, buyer, holds)
    for rule, lifts in refusals.items():
        remedy = f"none of {', '.join(lifts)} is held for it" if lifts else "nothing lifts that"
        text = f"the rule refuses to install {row.accelerator} in {region.key} on {begins} and {remedy}"
        yield Breach(rule, row.zone, text)
