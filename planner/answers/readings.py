"""Readings: each rule that is contested, proposed or announced taken as binding, and all of them at once.

A plan is lawful under every reading when no rule refuses it in any set of unsettled rules. A rule refuses most where no
other unsettled rule overrides it, so the plan is sought under all rules with the overrides of unsettled ones left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.answers.several import only_one_period
from planner.answers.side_by_side import moves
from planner.candidates.find import find_candidates
from planner.errors import NoLawfulPlan
from planner.model.law import Rule, Status
from planner.model.plan import Plan
from planner.model.readings import Reading, Readings
from planner.model.scenario import Scenario
from planner.planning import plan

UNSETTLED = tuple(status.value for status in Status if status is not Status.ENACTED)
Told = Callable[[int, int, str], None]


def find_readings(scenario: Scenario, tell: Told | None = None) -> Readings:
    """What each unsettled rule of the scenario would change; it has to be read with all of `UNSETTLED` included."""
    only_one_period(scenario, "readings of the law")
    settled = [rule for rule in scenario.rules if rule.status is Status.ENACTED]
    unsettled = [rule for rule in scenario.rules if rule.status is not Status.ENACTED]
    base = _planned(replace(scenario, rules=tuple(settled)))
    certain = _planned(under_every_reading(scenario))
    bearing = _bearing(scenario)
    found = []
    for number, rule in enumerate(each for each in unsettled if each.id in bearing):
        if tell is not None:
            tell(number, len(bearing), rule.id)
        found.append(_reading(rule, base, _planned(_with(scenario, settled, rule))))
    return Readings(
        scenario.name,
        None if base is None else base.total_usd,
        None if certain is None else certain.total_usd,
        tuple(found),
        moves(base, certain) if base and certain else (),
        _bought(base, certain),
        tuple(rule.id for rule in unsettled if rule.id not in bearing),
    )


def under_every_reading(scenario: Scenario) -> Scenario:
    """The scenario in which every rule binds, and no unsettled one silences another."""
    return replace(scenario, rules=tuple(_silencing_none(rule) for rule in scenario.rules))


def _silencing_none(rule: Rule) -> Rule:
    return rule if rule.status is Status.ENACTED else replace(rule, overrides=())


def _with(scenario: Scenario, settled: list[Rule], rule: Rule) -> Scenario:
    """The settled rules and one unsettled one, which overrides as it says."""
    return replace(scenario, rules=tuple(sorted((*settled, rule), key=lambda each: each.id)))


def _bearing(scenario: Scenario) -> set[str]:
    """Unsettled rules that bear on anything; by the tables of candidates, without solving."""
    now = find_candidates(under_every_reading(scenario)).periods[0]
    matched = now.runs.matched | now.copies.matched
    return {rule.id for rule in scenario.rules if rule.status is not Status.ENACTED and rule.id in matched}


def _planned(scenario: Scenario) -> Plan | None:
    try:
        return plan(scenario).plan
    except NoLawfulPlan:
        return None


def _reading(rule: Rule, base: Plan | None, other: Plan | None) -> Reading:
    head = (rule.id, rule.status.value, rule.title, str(rule.where))
    if other is None:
        return Reading(*head, "no plan")
    usd = None if base is None else other.total_usd - base.total_usd
    moved, bought = moves(base, other) if base else (), _bought(base, other)
    return Reading(*head, "costs" if usd or base is None else "changes nothing", usd, moved if usd else (), bought)


def _bought(base: Plan | None, other: Plan | None) -> tuple[str, ...]:
    sides = [{f"{m.id} for {m.entity}" for m in each.mechanisms} if each else set() for each in (base, other)]
    return tuple(sorted(sides[1] - sides[0])) if other is not None else ()
