"""Paid once over several periods: mechanisms, openings, chips and moves, each in its quarter, and what is charged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.model.calendar import Period
from planner.model.plan import Breach, OneOff, Plan
from planner.model.scenario import Scenario
from planner.verification.amounts import plain, to_micro, to_micro_usd
from planner.verification.claim import Claim
from planner.verification.entries import Entry
from planner.verification.horizon import find_charged, find_months, read_quarter

CAUSE = "cost: one-off"
Key = tuple[str, str]
"""What, and the quarter in which it is paid."""


@dataclass(frozen=True, slots=True)
class Payment:
    """USD for each of so many, and the validity in months (None = for ever)."""

    usd: Fraction
    validity: int | None = None
    count: int = 1


def find_payment_breaches(plan: Plan, claims: Sequence[Claim], entries: Sequence[Entry]) -> Iterator[Breach]:
    """One-offs that are missing, extra, written twice, or differ in cash, months or charge."""
    due = _find_due(plan, claims, entries)
    for key, times in Counter((row.what, row.period) for row in plan.one_offs).items():
        if times > 1:
            yield Breach(CAUSE, key[0], f"the plan has {times} rows for it in {key[1]}")
    written = {(row.what, row.period): row for row in plan.one_offs}
    for key in sorted(due.keys() | written.keys()):
        yield from _compare(claims[0].whole, key, written.get(key), due.get(key, Payment(Fraction(0))))


def _find_due(plan: Plan, claims: Sequence[Claim], entries: Sequence[Entry]) -> Mapping[Key, Payment]:
    due: dict[Key, Payment] = {}
    whole = claims[0].whole
    for row in plan.mechanisms:
        mechanism = whole.vocabulary.mechanisms.get(row.id)
        if mechanism is not None and not row.held:
            cost = to_micro_usd(mechanism.cost_usd)
            due[f"mechanism:{row.id}/{row.entity}/{row.key}", row.period] = Payment(cost, mechanism.valid_months)
    due.update(_openings(claims))
    for (kind, region, period), chips in _chips(plan).items():
        price = whole.region[region].prices.purchases.get(kind) if region in whole.region else None
        if price is not None:
            due[f"accelerators:{kind}@{region}", period] = Payment(to_micro_usd(price.value), count=chips)
    for entry in entries:
        if entry.usd:
            due[f"migration:{entry.what}@{entry.region}", str(whole.periods[entry.number])] = Payment(entry.usd)
    return due


def _openings(claims: Sequence[Claim]) -> Iterator[tuple[Key, Payment]]:
    """An opening in each period in which an entity uses a region that it did not use before."""
    whole = claims[0].whole
    before = {(_owner(whole, row.what), row.region) for row in whole.current}
    for claim in claims:
        for entity, region in sorted(set(claim.in_use) - before):
            cost = to_micro_usd(whole.region[region].opening_once)
            yield (f"opening:{entity}@{region}", str(claim.period)), Payment(cost)
        before = set(claim.in_use)


def _owner(scenario: Scenario, what: str) -> str:
    if what in scenario.component:
        return scenario.component[what].entity
    return scenario.dataset[what.removeprefix("dataset:").rpartition("/")[0]].entity


def _chips(plan: Plan) -> Mapping[tuple[str, str, str], int]:
    chips: Counter[tuple[str, str, str]] = Counter()
    for row in plan.bought:
        chips[row.accelerator, row.region, row.period] += row.units
    return chips


def _compare(scenario: Scenario, key: Key, row: OneOff | None, due: Payment) -> Iterator[Breach]:
    what, cash = f"{key[0]} in {key[1]}", due.usd * due.count
    months = find_months(scenario, due.validity)
    quarter = read_quarter(key[1])
    if row is None:
        if cash != 0:
            yield Breach(CAUSE, what, f"the plan has no row for it, it costs {plain(cash)} USD once")
        return
    if quarter is None or not Period.of(scenario.as_of) <= quarter <= scenario.periods[-1]:
        yield Breach(CAUSE, what, "its period is not between as_of and the end of the horizon")
        return
    charge = to_micro(find_charged(scenario, due.usd, quarter, months)) * due.count
    if Fraction(row.cash_usd) != cash:
        yield Breach(CAUSE, what, f"the plan says {plain(row.cash_usd)} USD once, it costs {plain(cash)} USD")
    if cash != 0 and row.months != months:
        yield Breach(CAUSE, what, f"the plan charges it over {row.months} months, it must be {months}")
    if Fraction(row.charged_usd) != charge:
        yield Breach(CAUSE, what, f"the plan charges {plain(row.charged_usd)} USD, it must be {plain(charge)} USD")
