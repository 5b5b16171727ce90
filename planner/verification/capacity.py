"""Capacity: what stands in a zone uses no more of any resource than the zone says it has."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from planner.model.plan import Breach, Placement
from planner.verification.amounts import TOLERANCE, plain
from planner.verification.claim import Claim


def find_capacity_breaches(claim: Claim) -> Iterator[Breach]:
    """Zones whose stated capacity is exceeded; exact, unless shares of divisible components enter the sum."""
    rows: dict[tuple[str, str], list[Placement]] = {}
    for placed in claim.placements.values():
        for row in placed:
            rows.setdefault((row.region, row.zone), []).append(row)
    for region in claim.scenario.regions:
        for zone in region.zones:
            standing = rows.get((region.key, region.zone_key(zone)), [])
            for resource, capacity in zone.capacity.items():
                yield from _overfull(claim, standing, resource, capacity)


def _overfull(claim: Claim, rows: list[Placement], resource: str, capacity: Decimal) -> Iterator[Breach]:
    used, slack, limit = Fraction(0), Fraction(0), Fraction(capacity)
    for row in rows:
        amount = _find_amount(claim, row, resource)
        if claim.scenario.component[row.component].divisible:
            slack = max(slack, TOLERANCE * max(limit, amount))
            used += amount * row.share
        else:
            used += amount * row.units
    if used > limit + slack:
        zone, region = rows[0].zone, rows[0].region
        text = f"{plain(used)} {resource} are used in {zone}, which has {plain(capacity)}"
        yield Breach(f"capacity: {resource}", region, text)


def _find_amount(claim: Claim, row: Placement, resource: str) -> Fraction:
    """What one unit uses, or all of a divisible component; a quote replaces the amounts that it names."""
    amount = claim.scenario.component[row.component].per_replica.get(resource, Decimal(0))
    quote = claim.quotes[row.component].get(row.region)
    return Fraction(quote.uses.get(resource, amount) if quote else amount)
