"""Mechanisms: what an entity holds today or buys in the plan, and for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from planner.model.calendar import Period
from planner.model.catalogue import Region
from planner.model.law import Verb
from planner.model.plan import Breach, Plan, Purchase
from planner.model.question import Hold
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope
from planner.verification.amounts import plain, to_micro_usd
from planner.verification.claim import Claim
from planner.verification.facts import find_technical
from planner.verification.horizon import read_quarter

Held = frozenset[tuple[str, str, str]]
"""Triples (mechanism id, entity id, key)."""


def find_held(claim: Claim) -> Held:
    """What is held in the period: today until its last day, or bought by the plan."""
    bought = {(row.id, row.entity, row.key) for row in claim.plan.mechanisms if not row.held}
    return _held_today(claim) | bought


def find_lifting(
    held: Held, claim: Claim, entity: str, region: Region, thing: str, keys: Iterable[str | None], verb: Verb
) -> frozenset[str]:
    """The mechanisms held by an entity for a thing (workload id, `dataset:ID`) in a region.

    Technical ones hold by how the keys of every dataset of the thing are kept, whoever asks.
    """
    vocabulary = claim.scenario.vocabulary
    return find_technical(vocabulary, keys) | frozenset(
        name
        for name, mechanism in vocabulary.mechanisms.items()
        if not mechanism.technical and (name, entity, _key(mechanism, region, thing, verb)) in held
    )


def find_mechanism_breaches(claim: Claim) -> Iterator[Breach]:
    """Rows of `mechanisms` that cannot be bought, are not held, or are priced or dated otherwise than offered."""
    today = _held_today(claim)
    for row in claim.plan.mechanisms:
        if row.held:
            yield from _holding(row, today)
        else:
            yield from _purchase(claim.scenario, row, claim.scenario.as_of)
        yield from _period(claim.scenario, row)
    for key, times in Counter((row.id, row.entity, row.key) for row in claim.plan.mechanisms).items():
        if times > 1:
            yield Breach(f"mechanism: {key[0]}", key[1], f"the plan has {times} rows for the key {key[2]!r}")


def _held_today(claim: Claim) -> Held:
    mechanisms, last = claim.scenario.vocabulary.mechanisms, claim.period.last_day
    found: set[tuple[str, str, str]] = set()
    for hold in claim.scenario.holds:
        if hold.mechanism in mechanisms and (hold.until is None or hold.until >= last):
            keys = _held_keys(claim.scenario, mechanisms[hold.mechanism], hold)
            found |= {(hold.mechanism, hold.entity, key) for key in keys if key is not None}
    return frozenset(found)


def _held_keys(scenario: Scenario, mechanism: Mechanism, hold: Hold) -> tuple[str | None, ...]:
    match mechanism.scope:
        case Scope.ENTITY:
            return ("",)
        case Scope.DESTINATION:
            return (hold.destination, hold.operator)
        case Scope.OPERATOR | Scope.SHIPMENT:
            return (hold.operator,)
        case Scope.WORKLOAD:
            # A dataset may be written by its bare id where no workload has that name.
            bare = hold.workload in scenario.dataset and hold.workload not in {w.id for w in scenario.workloads}
            return (f"dataset:{hold.workload}" if bare else hold.workload,)


def _key(mechanism: Mechanism, region: Region, thing: str, verb: Verb) -> str:
    keys = {
        Scope.ENTITY: "",
        Scope.DESTINATION: region.provider if verb is Verb.ADMINISTER else region.country,
        Scope.OPERATOR: region.provider,
        Scope.SHIPMENT: region.provider,
        Scope.WORKLOAD: thing,
    }
    return keys[mechanism.scope]


def _holding(row: Purchase, today: Held) -> Iterator[Breach]:
    cause = f"mechanism: {row.id}"
    if (row.id, row.entity, row.key) not in today:
        yield Breach(cause, row.entity, f"the plan says it is held for the key {row.key!r}, the scenario does not")
    if row.cash_usd != 0:
        yield Breach(cause, row.entity, f"it is held already, the plan pays {plain(row.cash_usd)} USD for it")


def find_purchases_over_time(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    """The same of a plan over several periods: a purchase is asked for when its quarter begins."""
    for row in plan.mechanisms:
        quarter = read_quarter(row.period)
        if row.held:
            yield Breach(f"mechanism: {row.id}", row.entity, "over several periods a plan lists what it buys alone")
        elif quarter is not None:
            yield from _purchase(scenario, row, max(scenario.as_of, quarter.first_day))
        yield from _period(scenario, row)
    for key, times in Counter((row.id, row.entity, row.key, row.period) for row in plan.mechanisms).items():
        if times > 1:
            yield Breach(
                f"mechanism: {key[0]}", key[1], f"the plan has {times} rows for the key {key[2]!r} in {key[3]}"
            )


def _purchase(scenario: Scenario, row: Purchase, asked: date) -> Iterator[Breach]:
    cause = f"mechanism: {row.id}"
    mechanism = scenario.vocabulary.mechanisms.get(row.id)
    if mechanism is None or row.entity not in scenario.entity:
        yield Breach(cause, row.entity, f"{row.entity!r} buys {row.id!r}, the scenario does not know them both")
        return
    if mechanism.technical:
        yield Breach(cause, row.entity, "the plan buys it, it is technical and cannot be bought")
    if row.id in scenario.refused:
        yield Breach(cause, row.entity, "the plan buys it, the scenario says that it is refused")
    if row.key not in _find_keys(scenario, mechanism, row.entity):
        yield Breach(cause, row.entity, f"the key {row.key!r} is none of its scope {mechanism.scope.value}")
    if row.cash_usd != to_micro_usd(mechanism.cost_usd):
        text = f"the plan pays {plain(row.cash_usd)} USD for it, it costs {plain(mechanism.cost_usd)} USD"
        yield Breach(cause, row.entity, text)
    granted = asked + timedelta(days=mechanism.lead_days)
    if row.lawful_from < granted:
        text = f"the plan has it granted on {row.lawful_from}, asked for on {asked} it is granted on {granted}"
        yield Breach(cause, row.entity, text)


def _find_keys(scenario: Scenario, mechanism: Mechanism, entity: str) -> set[str]:
    workloads = {c.workload for c in scenario.components if c.entity == entity}
    operators = {region.provider for region in scenario.regions}
    keys = {
        Scope.ENTITY: {""},
        Scope.DESTINATION: {region.country for region in scenario.regions} | operators,
        Scope.OPERATOR: operators,
        Scope.SHIPMENT: operators,
        Scope.WORKLOAD: workloads | {f"dataset:{d.id}" for d in scenario.datasets if d.entity == entity},
    }
    return keys[mechanism.scope]


def _period(scenario: Scenario, row: Purchase) -> Iterator[Breach]:
    earliest, latest = Period.of(scenario.as_of), scenario.periods[-1]
    try:
        inside = earliest <= Period.parse(row.period) <= latest
    except ValueError:
        inside = False
    if not inside:
        text = f"its period {row.period!r} is no quarter from {earliest} to {latest}"
        yield Breach(f"mechanism: {row.id}", row.entity, text)
