"""Exempting: an exemption from a rule in one place, as something a named person may sign."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from planner.answers.steps import Step
from planner.model.conflict import Change
from planner.model.law import Exemption, Rule, When
from planner.model.scenario import Scenario

LONGEST = timedelta(days=365)
FILE = """schema: residency-exemptions/1
exemptions:
  - id: {id}
    rule: {rule}
    when: {{located_in: ["{place}"]}}
    category: accepted-risk
    reason: {reason}
    approved_by: {approved_by}
    approved_on: {approved_on}
    expires_on: {expires_on}
    ticket: {ticket}
"""


def places_of_rule(scenario: Scenario, regions: Collection[int]) -> Iterator[tuple[str, frozenset[int]]]:
    """Countries (areas where no national law reaches) of some regions, each with all regions that lie in it."""
    codes = sorted({_code(scenario, number) for number in regions})
    for code in codes:
        yield code, frozenset(n for n, region in enumerate(scenario.regions) if code in region.places)


def _code(scenario: Scenario, number: int) -> str:
    region = scenario.regions[number]
    return region.country if region.country in region.places else min(region.places)


def exemption_step(rule: Rule, place: str, scenario: Scenario) -> Step:
    """An exemption from a rule in a place, from as_of for up to a year; who signs it and the ticket are left open."""
    name = f"{rule.id}-in-{place.replace(':', '-')}"
    until = scenario.as_of + LONGEST
    exemption = Exemption(
        name,
        rule.id,
        When(located_in=(place,)),
        "accepted-risk",
        "WHY",
        "NAME AND ROLE",
        scenario.as_of,
        until,
        "TICKET",
    )
    text = f"exempt from {rule.id} in {place} (a named person signs it, until {until} at the latest)"
    change = Change(
        "exempt", rule.id, "bears", "exempted", text, rule.where.line_text, exemption=_file(exemption, place)
    )
    return Step(change, lambda s: replace(s, exemptions=(*s.exemptions, exemption)))


def _file(e: Exemption, place: str) -> str:
    return FILE.format(
        id=e.id,
        rule=e.rule,
        place=place,
        reason=e.reason,
        approved_by=e.approved_by,
        approved_on=e.approved_on,
        expires_on=e.expires_on,
        ticket=e.ticket,
    )
