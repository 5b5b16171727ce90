"""Accelerators: where a kind is counted, what stands, which arrivals are lawful, what can be bought.

Written from docs/accelerators.md (Meaning, 3 to 6); the law is that of `meaning_of_rules`.
"""

from __future__ import annotations

from datetime import date

from planner.model.accelerators import Arrival, Stock
from planner.model.catalogue import Region, Zone
from planner.model.question import Entity
from planner.model.scenario import Scenario

from .meaning_of_boxes import Thing
from .meaning_of_rules import Ask, asks

NOBODY = Entity(id="")
"""An operator of which the scenario knows nothing as an entity."""


def begins(scenario: Scenario) -> date:
    """The first day of the period as chips and purchases see it: as_of when that lies inside."""
    return scenario.days(scenario.periods[0])[0]


def operating(scenario: Scenario, region: Region) -> Entity | None:
    """The entity of the scenario that operates the region's provider."""
    return next((entity for entity in scenario.entities if region.provider in entity.operates), None)


def open_to(scenario: Scenario, region: Region, entity: str) -> bool:
    """Whether an entity may use the region: an own hall that somebody here operates is for its operator alone."""
    owner = operating(scenario, region) if region.kind == "own" else None
    return owner is None or owner.id == entity


def may_stand(scenario: Scenario, region: Region, chip: str) -> bool:
    """Whether a kind can be had when the period begins, and the region takes chips of its maker's country."""
    kind = scenario.accelerators[chip]
    shipped = None if kind.released is None else kind.released.to or kind.released.from_
    day = shipped if kind.available is None else kind.available
    late = day is not None and begins(scenario) < day
    return not late and (region.chips_from is None or kind.vendor_in in region.chips_from)


def counted(scenario: Scenario, region: Region, chip: str) -> bool:
    """Whether the region states the kind: some zone has stock or an arrival of it, or it can be bought there.

    What is dated later or struck out states it as well: a hall that waits for its chips has none to give away.
    """
    lines = [line for zone in region.zones for line in (*zone.stock, *zone.arrivals)]
    return for_sale(scenario, region, chip) or any(line.accelerator == chip for line in lines)


def standing(scenario: Scenario, region: Region, zone: Zone, chip: str) -> int:
    """Chips of a kind that stand in a zone when the period begins, without those bought."""
    stock = sum(line.units for line in zone.stock if line.accelerator == chip and _stands(scenario, line))
    arrived = [line for line in zone.arrivals if line.accelerator == chip and _arrived(scenario, line)]
    return stock + sum(line.units for line in arrived if not struck_out(scenario, region, line))


def _stands(scenario: Scenario, line: Stock) -> bool:
    """Stock is never judged, whoever runs it."""
    return line.installed_before is None or line.installed_before <= begins(scenario)


def _arrived(scenario: Scenario, line: Arrival) -> bool:
    return line.on <= begins(scenario) and (line.status != "announced" or scenario.announced)


def struck_out(scenario: Scenario, region: Region, line: Arrival) -> bool:
    """Whether a must-rule refuses an arrival on its day; nothing can be bought for what others install."""
    install = _install(scenario, region, line.accelerator, line.on, line.holds)
    return any(ask.penalty is None for ask in asks(scenario, install, region))


def for_sale(scenario: Scenario, region: Region, chip: str) -> bool:
    """Whether the hall is the entity's own and the price is known; what law says is another matter."""
    known = chip in region.prices.purchases
    return region.kind == "own" and operating(scenario, region) is not None and known


def asked_of_purchase(scenario: Scenario, region: Region, chip: str) -> frozenset[Ask]:
    """What must-rules refuse of buying chips on the first day of the period; should-rules are not priced."""
    install = _install(scenario, region, chip, begins(scenario), None)
    return frozenset(ask for ask in asks(scenario, install, region) if ask.penalty is None)


def may_buy(scenario: Scenario, region: Region, chip: str) -> bool:
    """Whether chips can be bought at all, with or without a mechanism."""
    return for_sale(scenario, region, chip) and not any(
        ask.impossible for ask in asked_of_purchase(scenario, region, chip)
    )


def _install(scenario: Scenario, region: Region, chip: str, day: date, papers: tuple[str, ...] | None) -> Thing:
    """A chip put into a region on a day: no data, nothing known of what it is for."""
    return Thing(
        id=f"{chip}@{region.key}",
        verbs=("install",),
        entity=operating(scenario, region) or NOBODY,
        critical=None,
        purposes=None,
        items=frozenset(),
        workload="",
        datasets=(),
        chip=chip,
        day=day,
        papers=papers,
    )
