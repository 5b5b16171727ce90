"""Quarters: a plan over several periods is checked period by period, and then for what lasts from one into the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from planner.model.calendar import Period
from planner.model.plan import Breach, CostLine, Plan, Quarter
from planner.model.scenario import Scenario
from planner.verification.amounts import plain, to_micro
from planner.verification.buying import find_purchase_breaches
from planner.verification.claim import Claim
from planner.verification.entries import find_entries
from planner.verification.growth import find_grown
from planner.verification.horizon import MONTHS, find_weight, holds_through, read_quarter
from planner.verification.mechanisms import find_purchases_over_time
from planner.verification.paid_once import find_payment_breaches
from planner.verification.waves import find_move_breaches, find_stay_breaches, find_wave_breaches

Check = Callable[[Claim], Iterator[Breach]]


def find_quarter_breaches(plan: Plan, scenario: Scenario, checks: Sequence[Check]) -> Iterator[Breach]:
    """Everything wrong in any period or between periods; `checks` are those of a period by itself."""
    yield from _quarters(plan, scenario)
    claims = [_claim(plan, scenario, number) for number in range(len(scenario.periods))]
    for claim in claims:
        for check in checks:
            for breach in check(claim):
                yield replace(breach, text=f"in {claim.period}: {breach.text}")
        alone = replace(claim, plan=replace(claim.plan, bought=plan.bought), _found={})
        yield from find_purchase_breaches(alone)
    yield from find_purchases_over_time(plan, scenario)
    entries = tuple(find_entries(claims))
    yield from find_move_breaches(plan, scenario, entries)
    yield from find_wave_breaches(scenario, entries)
    yield from find_stay_breaches(claims, entries)
    yield from find_payment_breaches(plan, claims, entries)
    yield from _totals(plan, scenario)


def _claim(plan: Plan, scenario: Scenario, number: int) -> Claim:
    """The plan as it stands in one period, with the chips and the mechanisms that it has by then."""
    period = scenario.periods[number]
    begins, _ = scenario.days(period)
    held = tuple(row for row in plan.mechanisms if row.held or _holds(scenario, row.id, row.period, period))
    there = tuple(
        replace(row, period=str(period))
        for row in plan.bought
        if (bought := read_quarter(row.period)) is not None and bought <= period
    )
    struck_out = tuple(row for row in plan.evidence.struck_out if row.on <= begins)
    quarter = plan.quarters[number] if number < len(plan.quarters) else None
    then = replace(
        plan,
        mechanisms=held,
        bought=there,
        cost_lines=quarter.cost_lines if quarter else (),
        evidence=replace(plan.evidence, struck_out=struck_out),
    )
    return Claim(find_grown(scenario, number), then, period, scenario)


def _holds(scenario: Scenario, name: str, bought: str, period: Period) -> bool:
    mechanism, quarter = scenario.vocabulary.mechanisms.get(name), read_quarter(bought)
    if mechanism is None or quarter is None or quarter < Period.of(scenario.as_of):
        return False
    return holds_through(scenario, mechanism, quarter, period)


def _quarters(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    """One row for each period, in order, with its months, weight and sum."""
    if [row.period for row in plan.quarters] != [str(period) for period in scenario.periods]:
        yield Breach("quarters", "plan", "its quarters are not those of the horizon, in order")
        return
    for number, row in enumerate(plan.quarters):
        yield from _quarter(row, find_weight(scenario, number))
    first = plan.quarters[0]
    if (_sorted(first), first.usd_month) != (sorted(plan.cost_lines, key=_name), plan.total_usd_month):
        yield Breach(
            "quarters", first.period, "the cost lines or the total a month of the plan are not its first quarter's"
        )
    begins, _ = scenario.days(scenario.periods[0])
    if plan.lawful_from != begins:
        yield Breach(
            "lawful_from", "plan", f"the plan calls itself lawful from {plan.lawful_from}, it begins on {begins}"
        )


def _quarter(row: Quarter, weight: Fraction) -> Iterator[Breach]:
    lines = sum((Fraction(line.usd_month) for line in row.cost_lines), Fraction(0))
    for word, said, due in (
        ("months", Fraction(row.months), Fraction(MONTHS)),
        ("weight", Fraction(row.weight), weight),
        ("USD a month", Fraction(row.usd_month), lines),
    ):
        if said != due:
            yield Breach("quarters", row.period, f"the plan says {word} {plain(said)}, it must be {plain(due)}")


def _sorted(row: Quarter) -> list[CostLine]:
    return sorted(row.cost_lines, key=_name)


def _name(line: CostLine) -> tuple[str, str]:
    return line.objective, line.of


def _totals(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    """Σ weight · months · USD a month + what is charged once, rounded half-even."""
    weighed = (
        find_weight(scenario, number) * MONTHS * Fraction(row.usd_month) for number, row in enumerate(plan.quarters)
    )
    once = sum((Fraction(row.charged_usd) for row in plan.one_offs), Fraction(0))
    due = to_micro(sum(weighed, Fraction(0)) + once)
    if Fraction(plan.total_usd) != due:
        text = f"the plan says {plain(plan.total_usd)} USD, its parts sum to {plain(due)} USD"
        yield Breach("cost: total", "total_usd", text)
