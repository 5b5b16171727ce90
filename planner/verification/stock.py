"""Stock: the chips in use in a zone are there already, have lawfully arrived, or are bought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.model.catalogue import Region, Zone
from planner.model.plan import Breach, StruckOut
from planner.model.scenario import Scenario
from planner.verification.accelerators import counts, find_chips
from planner.verification.claim import Claim
from planner.verification.halls import find_owners
from planner.verification.installs import Landing, find_landings

Place = tuple[str, str, str]
"""Region key, zone key, kind of chip."""


def find_stock_breaches(claim: Claim) -> Iterator[Breach]:
    """Zones with more chips in use than there are, and arrivals wrongly struck out or wrongly counted."""
    landings = tuple(find_landings(claim))
    yield from _struck_out(claim, landings)
    there = _find_there(claim, landings)
    for (key, zone, kind), chips in sorted(_find_used(claim).items()):
        stated = states(claim.scenario, claim.scenario.region[key], kind)
        if stated and chips > there[key, zone, kind]:
            text = f"{chips} {kind} are in use in {zone}, where {there[key, zone, kind]} lawfully are"
            yield Breach(f"stock: {kind}", zone, text)


def states(scenario: Scenario, region: Region, kind: str) -> bool:
    """Whether anything is said of how many chips of a kind the region has; else they are not limited."""
    return counts(region, kind) or (kind in region.prices.purchases and bool(find_owners(scenario, region)))


def _find_used(claim: Claim) -> Counter[Place]:
    used: Counter[Place] = Counter()
    for component in claim.scenario.components:
        for row in claim.placements[component.id]:
            if row.accelerator is not None:
                used[row.region, row.zone, row.accelerator] += find_chips(component, row)
    return used


def _find_there(claim: Claim, landings: Iterable[Landing]) -> Counter[Place]:
    there: Counter[Place] = Counter()
    for region in claim.scenario.regions:
        for zone in region.zones:
            for kind, units in _find_installed(claim, zone):
                there[region.key, region.zone_key(zone), kind] += units
    for landing in landings:
        if not landing.rules:
            there[landing.region, landing.zone, landing.arrival.accelerator] += landing.arrival.units
    for row in claim.bought:
        there[row.region, row.zone, row.accelerator] += row.units
    return there


def _find_installed(claim: Claim, zone: Zone) -> Iterator[tuple[str, int]]:
    begins, _ = claim.scenario.days(claim.period)
    for stock in zone.stock:
        if stock.installed_before is None or stock.installed_before <= begins:
            yield stock.accelerator, stock.units


def _struck_out(claim: Claim, landings: Iterable[Landing]) -> Iterator[Breach]:
    due = Counter(landing.struck_out for landing in landings if landing.rules)
    written = Counter(replace(row, rules=tuple(sorted(row.rules))) for row in claim.plan.evidence.struck_out)
    for row in due - written:
        yield _wrong(row, f"{', '.join(row.rules)} refuses it, the plan does not say so")
    for row in written - due:
        yield _wrong(row, f"the plan has it refused by {', '.join(row.rules) or 'nothing'}, which is not so")


def _wrong(row: StruckOut, text: str) -> Breach:
    return Breach("struck out", row.zone, f"an arrival of {row.units} {row.accelerator} on {row.on}: {text}")
