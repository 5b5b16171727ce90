"""Entries: what enters which region in which period, from where, and what that costs once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.model.catalogue import Region
from planner.model.moving import Migration
from planner.model.question import Component, Dataset
from planner.model.scenario import Scenario
from planner.verification.amounts import HOURS, to_micro, to_micro_usd
from planner.verification.charges import find_hourly
from planner.verification.claim import Claim
from planner.verification.electricity import Missing, find_electricity

Standing = Mapping[str, frozenset[str]]
"""Name of a component, or `dataset:ID/role`, to the keys of the regions where it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is in a region in which it was not; `usd` and `source` are None where no price is known."""

    what: str
    number: int
    region: str
    source: str | None
    usd: Fraction | None


def find_standing(claim: Claim) -> Standing:
    """Where everything is in a period."""
    parts = {name: frozenset(keys) for name, keys in claim.homes.items()}
    return parts | {f"dataset:{d}/{role}": frozenset(keys) for (d, role), keys in claim.copies.items()}


def find_current(scenario: Scenario) -> Standing:
    """Where everything is before the first period; what is new is left out."""
    found: dict[str, frozenset[str]] = {}
    for row in scenario.current:
        found[row.what] = found.get(row.what, frozenset()) | {row.region}
    return found


def find_entries(claims: Sequence[Claim]) -> Iterator[Entry]:
    """Every entry of a plan, period after period."""
    before = find_current(claims[0].scenario)
    for number, claim in enumerate(claims):
        now = find_standing(claim)
        for what, regions in sorted(now.items()):
            was = before.get(what)
            for region in sorted(regions - (was or regions)):
                yield _entry(claim, number, what, region, was or frozenset())
        before = now


def _entry(claim: Claim, number: int, what: str, region: str, was: frozenset[str]) -> Entry:
    priced = [(usd, source) for source in sorted(was) if (usd := _usd(claim, what, source, region)) is not None]
    usd, source = min(priced, default=(None, None))
    return Entry(what, number, region, source, usd)


def _usd(claim: Claim, what: str, source: str, region: str) -> Fraction | None:
    """USD of a move, rounded once; None where a price that is needed is not known."""
    home = claim.scenario.region[source]
    component = claim.scenario.component.get(what)
    if component is not None:
        migration, data = component.migration, Fraction(component.migration.data or 0)
    else:
        dataset = claim.scenario.dataset[what.removeprefix("dataset:").rpartition("/")[0]]
        migration, stated = dataset.migration, dataset.migration.data
        data = Fraction(dataset.size if stated is None else stated)
    carried, running = _carried(home, region, data), _parallel(claim, migration, component, home, what)
    if carried is None or running is None:
        return None
    return to_micro(Fraction(migration.cost) + carried + running)


def _carried(home: Region, region: str, data: Fraction) -> Fraction | None:
    price = home.prices.egress_to(region)
    if not data:
        return Fraction(0)
    return None if price is None else data * Fraction(price.value)


def _parallel(
    claim: Claim, migration: Migration, component: Component | None, home: Region, what: str
) -> Fraction | None:
    if not migration.parallel:
        return Fraction(0)
    if component is not None:
        monthly = _running(claim, component, home)
    else:
        monthly = _resting(claim.scenario.dataset[what.removeprefix("dataset:").rpartition("/")[0]], home)
    return None if monthly is None else Fraction(migration.parallel) * monthly


def _running(claim: Claim, component: Component, home: Region) -> Fraction | None:
    """USD a month of all units of a component in a region, at the size of the period."""
    if claim.quotes[component.id]:
        quote = claim.quotes[component.id].get(home.key)
        return None if quote is None else to_micro_usd(quote.cost)
    hourly, power = find_hourly(component, home), find_electricity(claim.scenario, component, home, None)
    if isinstance(hourly, Missing) or isinstance(power, Missing):
        return None
    return to_micro(hourly * HOURS) * component.count + to_micro(power * component.count)


def _resting(dataset: Dataset, home: Region) -> Fraction | None:
    if not dataset.size:
        return Fraction(0)
    price = home.prices.storage
    return None if price is None else to_micro(Fraction(dataset.size) * Fraction(price.value))
