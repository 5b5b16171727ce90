"""Installs: every arrival and every purchase of accelerators is an install, judged by the must-rules of its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from planner.model.accelerators import Arrival
from planner.model.catalogue import Region
from planner.model.law import Level, Verb
from planner.model.plan import StruckOut
from planner.model.question import Entity
from planner.model.scenario import Scenario
from planner.verification.cells import facts_of_region, with_chip
from planner.verification.claim import Claim
from planner.verification.facts import Facts
from planner.verification.halls import find_operators
from planner.verification.judging import judge_set

CONFIRMED: Final = ("delivered", "contracted")


@dataclass(frozen=True, slots=True)
class Landing:
    """An arrival that counts in a period, where it lands, and the rules that strike it out, sorted."""

    region: str
    zone: str
    arrival: Arrival
    rules: tuple[str, ...]

    @property
    def struck_out(self) -> StruckOut:
        """The row in which a plan lists it."""
        return StruckOut(self.zone, self.arrival.accelerator, self.arrival.units, self.arrival.on, self.rules)


def find_landings(claim: Claim) -> Iterator[Landing]:
    """Every arrival that has happened by the day the period begins and is confirmed, or announced and counted."""
    begins, _ = claim.scenario.days(claim.period)
    for region in claim.scenario.regions:
        for zone in region.zones:
            for arrival in zone.arrivals:
                sure = arrival.status in CONFIRMED or claim.scenario.announced
                if sure and arrival.on <= begins:
                    yield Landing(region.key, region.zone_key(zone), arrival, _find_rules(claim, region, arrival))


def find_install_refusals(
    scenario: Scenario, region: Region, kind: str, day: date, entity: Entity | None, holds: frozenset[str]
) -> Mapping[str, tuple[str, ...]]:
    """Id of each must-rule that refuses the install to the mechanisms that would lift it; entity None = unknown."""
    facts = _find_facts(scenario, region, kind, entity, holds)
    rules = [rule for rule in scenario.rules if rule.level == Level.MUST and Verb.INSTALL in rule.verbs]
    verdicts = judge_set(
        rules, scenario.exemptions, facts, day, day, scenario.vocabulary, scenario.lists, scenario.as_of
    )
    return {name: verdict.lifts for name, verdict in verdicts if verdict.answer == "deny"}


def _find_rules(claim: Claim, region: Region, arrival: Arrival) -> tuple[str, ...]:
    """Whoever of several operators receives it must be allowed to: which of them does is not known."""
    buyers: tuple[Entity | None, ...] = find_operators(claim.scenario, region) or (None,)
    kind, holds = arrival.accelerator, frozenset(arrival.holds)
    found = (find_install_refusals(claim.scenario, region, kind, arrival.on, buyer, holds) for buyer in buyers)
    return tuple(sorted({name for refusals in found for name in refusals}))


def _find_facts(scenario: Scenario, region: Region, kind: str, entity: Entity | None, holds: frozenset[str]) -> Facts:
    """An install has no data; what it is for and how critical that is, nobody knows."""
    bare = Facts(verb=Verb.INSTALL.value, holds=holds)
    facts = facts_of_region(scenario, with_chip(scenario, bare, kind), region)
    if entity is None:
        return facts
    return replace(
        facts,
        regulated_by=entity.regulated_by,
        established_in=entity.established_in,
        sector=entity.sector,
    )
