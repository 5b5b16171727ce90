"""Accelerators: the one kind of chip a component uses in each region, in whole groups, where it is on offer."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.accelerators import Alternative
from planner.model.catalogue import Region
from planner.model.plan import Breach, Placement
from planner.model.question import Component
from planner.verification.claim import Claim


def find_alternative(claim: Claim, component: Component, region: str) -> Alternative | None:
    """The alternative a component uses in a region; None when the plan names none, a strange one or several there."""
    kinds = claim.kinds(component.id, region)
    chosen = [alternative for alternative in component.accelerators if kinds == (alternative.id,)]
    return chosen[0] if chosen else None


def find_count(claim: Claim, component: Component, region: str) -> int | None:
    """Units a component needs in a region: replicas, or the groups of its alternative (None = it has no single one)."""
    if not component.accelerators:
        return component.count
    alternative = find_alternative(claim, component, region)
    return alternative.groups if alternative else None


def find_chips(component: Component, row: Placement) -> int:
    """Chips in the groups of a row; what the row itself says where its kind is no alternative."""
    group = next((a.group for a in component.accelerators if a.id == row.accelerator), None)
    return row.chips if group is None else row.units * group


def counts(region: Region, kind: str) -> bool:
    """Whether a zone of the region says how many chips of a kind stand there or arrive, on whatever day."""
    stock = {row.accelerator for zone in region.zones for row in zone.stock}
    return kind in stock | {row.accelerator for zone in region.zones for row in zone.arrivals}


def is_offered(alternative: Alternative, region: Region) -> bool:
    """Whether the region has a price for it: of the chip, or of a million tokens of the model."""
    if alternative.tokens is None:
        return alternative.id in region.prices.accelerators
    return alternative.tokens.model in region.prices.tokens


def find_accelerator_breaches(claim: Claim) -> Iterator[Breach]:
    """Rows on a kind that is no alternative or with other chips than their groups have, mixed and unoffered kinds."""
    for component in claim.scenario.components:
        for row in claim.placements[component.id]:
            yield from _row(component, row)
        for key in claim.homes[component.id] if component.accelerators else ():
            yield from _region(claim, component, claim.scenario.region[key])


def _row(component: Component, row: Placement) -> Iterator[Breach]:
    known = [alternative.id for alternative in component.accelerators]
    if row.accelerator not in known and (known or row.accelerator is not None):
        text = f"it runs on {row.accelerator} in {row.zone}, it may use {', '.join(known) or 'no accelerator'}"
        yield Breach("accelerator", component.id, text)
    due = find_chips(component, row) if component.accelerators else 0
    if row.chips != due:
        text = f"the plan says {row.chips} chips in {row.zone}, its {row.units} units there have {due}"
        yield Breach("chips", component.id, text)


def _region(claim: Claim, component: Component, region: Region) -> Iterator[Breach]:
    kinds = claim.kinds(component.id, region.key)
    yield from _unfit(claim, component, region, kinds)
    if len(kinds) > 1:
        text = f"it runs on {', '.join(map(str, kinds))} in {region.key}, one kind a region is allowed"
        yield Breach("accelerator", component.id, text)
    if claim.quotes[component.id]:
        # A quote replaces the offer too; standing where there is none is a breach of its own.
        return
    for alternative in component.accelerators:
        if alternative.id in kinds and not is_offered(alternative, region):
            yield _not_on_offer(component.id, region, alternative.id)


def _unfit(claim: Claim, component: Component, region: Region, kinds: tuple[str | None, ...]) -> Iterator[Breach]:
    """Chips that nobody has on the day the period begins, and chips of makers whose chips the hall does not take."""
    begins, _ = claim.scenario.days(claim.period)
    for chip in (chip for name, chip in sorted(claim.scenario.accelerators.items()) if name in kinds):
        released = None if chip.released is None else chip.released.to or chip.released.from_
        day = chip.available or released
        if day is not None and day > begins:
            yield Breach(
                "release", component.id, f"{chip.id} in {region.key} can be had from {day} on, not on {begins}"
            )
        if region.chips_from is not None and chip.vendor_in not in region.chips_from:
            text = f"{region.key} takes chips from {', '.join(region.chips_from) or 'nobody'}, not {chip.id}"
            yield Breach("chips_from", component.id, text)


def _not_on_offer(of: str, region: Region, kind: str) -> Breach:
    if counts(region, kind):
        return Breach(f"unknown: {kind} price", of, f"the price of {kind} in {region.key} is needed and not known")
    return Breach("accelerator", of, f"{kind} is not on offer in {region.key}")
