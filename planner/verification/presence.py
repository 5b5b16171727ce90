"""Presence: in which regions and zones a component stands, with how many units, and whether it may stand there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.model.catalogue import Region
from planner.model.plan import Breach
from planner.model.question import Component, RegionCount
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread
from planner.verification.accelerators import find_count
from planner.verification.amounts import TOLERANCE, plain
from planner.verification.claim import Claim


def find_presence_breaches(claim: Claim) -> Iterator[Breach]:
    """Breaches of units, region counts, spread, services, status and quotes, and of the limit on regions."""
    for component in claim.scenario.components:
        yield from _regions(claim, component)
        yield from _units(claim, component)
        yield from _shares(claim, component)
        yield from _spread(claim, component)
        yield from _requirements(component)
        for key in claim.homes[component.id]:
            region = claim.scenario.region[key]
            yield from find_status_breaches(claim, component.id, region)
            yield from _services(claim, component, region)
            yield from _quotes(claim, component, region)
    yield from _limits(claim)


def find_status_breaches(claim: Claim, of: str, region: Region) -> Iterator[Breach]:
    """A region is usable when it is active, or announced to open by the day the period begins."""
    begins, _ = claim.scenario.days(claim.period)
    opened = region.status == "announced" and region.opens is not None and region.opens <= begins
    if region.status != "active" and not opened:
        yield Breach("status", of, f"{region.key} is {region.status} and not open on {begins}")


def _regions(claim: Claim, component: Component) -> Iterator[Breach]:
    count, wanted = len(claim.homes[component.id]), component.regions
    # On a divisible component the default is no limit, so only a written `regions` caps it.
    capped = not component.divisible or wanted != RegionCount()
    if count < wanted.min or (capped and count > wanted.max):
        limits = f"{wanted.min} to {wanted.max}" if capped else f"at least {wanted.min}"
        yield Breach("regions", component.id, f"it lives in {count} regions in {claim.period}, not in {limits}")


def _units(claim: Claim, component: Component) -> Iterator[Breach]:
    for row in claim.placements[component.id]:
        if component.divisible and row.units != 0:
            yield Breach("units", component.id, f"it is divisible, the plan gives it {row.units} units in {row.zone}")
        if not component.divisible and row.units < 1:
            yield Breach("units", component.id, f"a row in {row.zone} has {row.units} units, fewer than 1")
    if component.divisible:
        return
    for region in claim.homes[component.id]:
        units, due = claim.units(component.id, region), find_count(claim, component, region)
        if due is not None and units != due:
            yield Breach("units", component.id, f"{units} units stand in {region}, it needs exactly {due}")


def _shares(claim: Claim, component: Component) -> Iterator[Breach]:
    rows = claim.placements[component.id]
    total = sum((row.share for row in rows), Fraction(0))
    if rows and abs(total - 1) > TOLERANCE:
        yield Breach("share", component.id, f"its shares sum to {plain(total)}, not to 1")
    for row in rows:
        if row.share < 0:
            yield Breach("share", component.id, f"its share in {row.zone} is {plain(row.share)}, below 0")


def _spread(claim: Claim, component: Component) -> Iterator[Breach]:
    for wanted in component.requires.values():
        if isinstance(wanted, Spread):
            for region in claim.homes[component.id]:
                yield from _spread_in(claim, component, wanted, region)


def _spread_in(claim: Claim, component: Component, wanted: Spread, region: str) -> Iterator[Breach]:
    units: dict[str, int] = {}
    used = set()
    for row in claim.placements[component.id]:
        if row.region == region:
            units[row.zone] = units.get(row.zone, 0) + row.units
            if row.units > 0 or (component.divisible and row.share > 0):
                used.add(row.zone)
    if len(used) < wanted.zones:
        yield Breach("spread", component.id, f"it stands in {len(used)} zones of {region}, it needs {wanted.zones}")
    due = find_count(claim, component, region)
    most = None if due is None else -(-due // wanted.zones)
    for zone, count in units.items():
        if wanted.even and most is not None and count > most:
            yield Breach("spread", component.id, f"{count} units stand in {zone}, an even spread allows {most}")


def _requirements(component: Component) -> Iterator[Breach]:
    for kind, wanted in component.requires.items():
        if not isinstance(wanted, Spread | MaxRtt | Within):
            yield Breach(f"requirement: {kind}", component.id, f"the verifier has no meaning for {kind!r}")


def _services(claim: Claim, component: Component, region: Region) -> Iterator[Breach]:
    first, last = claim.scenario.days(claim.period)
    offered = {offer.id for offer in region.services if offer.offered(first, last)}
    for service in component.services:
        if service not in offered:
            text = f"{service} is not on offer in {region.key} from {first} to {last}"
            yield Breach(f"service: {service}", component.id, text)


def _quotes(claim: Claim, component: Component, region: Region) -> Iterator[Breach]:
    places = claim.quotes[component.id]
    if places and region.key not in places:
        yield Breach("quotes", component.id, f"it has quotes in {len(places)} places and none in {region.key}")


def _limits(claim: Claim) -> Iterator[Breach]:
    limit = claim.scenario.limits.regions
    count = len({region for _, region in claim.in_use})
    for words, figure, broken in (
        ("at most", limit.at_most, limit.at_most is not None and count > limit.at_most),
        ("at least", limit.at_least, limit.at_least is not None and count < limit.at_least),
        ("exactly", limit.exactly, limit.exactly is not None and count != limit.exactly),
    ):
        if broken:
            yield Breach("limits: regions", "regions", f"{count} regions are in use, {words} {figure} are allowed")
