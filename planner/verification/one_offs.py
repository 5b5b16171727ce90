"""One-offs: mechanisms and accelerators bought, regions opened, in cash and as charged in a horizon of one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planner.model.calendar import Period
from planner.model.plan import Breach, OneOff
from planner.model.scenario import Scenario
from planner.verification.amounts import plain, to_micro, to_micro_usd
from planner.verification.claim import Claim

CAUSE = "cost: one-off"


@dataclass(frozen=True, slots=True)
class Due:
    """What is paid once: USD for each of so many, and the validity in months (None = for ever)."""

    usd: Fraction = Fraction(0)
    validity: int | None = None
    count: int = 1


def find_one_off_breaches(claim: Claim) -> Iterator[Breach]:
    """One-offs that are missing, extra, written twice, or differ in cash, months or charge."""
    due = _find_due(claim)
    written = {row.what: row for row in claim.plan.one_offs}
    for what in sorted(due.keys() | written.keys()):
        yield from _compare(claim.scenario, what, written.get(what), due.get(what, Due()))
    for what, times in Counter(row.what for row in claim.plan.one_offs).items():
        if times > 1:
            yield Breach(CAUSE, what, f"the plan has {times} rows for it")


def _find_due(claim: Claim) -> Mapping[str, Due]:
    due: dict[str, Due] = {}
    for row in claim.plan.mechanisms:
        mechanism = claim.scenario.vocabulary.mechanisms.get(row.id)
        if mechanism is not None and not row.held:
            cost = to_micro_usd(mechanism.cost_usd)
            due[f"mechanism:{row.id}/{row.entity}/{row.key}"] = Due(cost, mechanism.valid_months)
    for entity, key in claim.in_use:
        due[f"opening:{entity}@{key}"] = Due(to_micro_usd(claim.scenario.region[key].opening_once))
    for (kind, key), chips in _find_bought(claim).items():
        price = claim.scenario.region[key].prices.purchases.get(kind)
        if price is not None:
            due[f"accelerators:{kind}@{key}"] = Due(to_micro_usd(price.value), count=chips)
    return due


def _find_bought(claim: Claim) -> Mapping[tuple[str, str], int]:
    chips: Counter[tuple[str, str]] = Counter()
    for row in claim.bought:
        chips[row.accelerator, row.region] += row.units
    return chips


def _compare(scenario: Scenario, what: str, row: OneOff | None, due: Due) -> Iterator[Breach]:
    amortise, validity, cash = scenario.horizon.amortise, due.validity, due.usd * due.count
    # A validity under a month still takes one month to charge.
    months = max(Fraction(1), Fraction(min(amortise, amortise if validity is None else Decimal(validity))))
    # The charge is rounded for each, as the cost of one more, and then multiplied.
    charge = to_micro(due.usd / months) * due.count
    if row is None:
        if cash != 0:
            yield Breach(CAUSE, what, f"the plan has no row for it, it costs {plain(cash)} USD once")
        return
    if Fraction(row.cash_usd) != cash:
        yield Breach(CAUSE, what, f"the plan says {plain(row.cash_usd)} USD once, it costs {plain(cash)} USD")
    if cash != 0 and row.months != int(months):
        yield Breach(CAUSE, what, f"the plan charges it over {row.months} months, it must be {int(months)}")
    if Fraction(row.charged_usd) != charge:
        yield Breach(CAUSE, what, f"the plan charges {plain(row.charged_usd)} USD, it must be {plain(charge)} USD")
    if row.period not in _quarters(scenario):
        yield Breach(CAUSE, what, f"its period {row.period!r} is not between as_of and the end of the horizon")


def _quarters(scenario: Scenario) -> set[str]:
    quarter, found = Period.of(scenario.as_of), {str(period) for period in scenario.periods}
    while quarter < scenario.periods[0]:
        found.add(str(quarter))
        quarter = quarter.plus(1)
    return found
