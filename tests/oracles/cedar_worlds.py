"""Random worlds under a law for the vectorised judge, and the facts of each of their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Final

from planner.candidates.profiles import LawProfile
from planner.model.calendar import Horizon, Period
from planner.model.catalogue import Operator, Region
from planner.model.law import Rule, Verb
from planner.model.question import Entity, Hold
from planner.model.scenario import Scenario
from planner.model.thresholds import words_met
from planner.model.vocabulary import Scope
from planner.rules.require import Require
from planner.verification.facts import Item
from planner.verification.judging import Facts
from tests.oracles.cedar_cases import effect_codes, keys_fit, region_places, some_fact, some_flag, some_items
from tests.oracles.cedar_law import KEYS, KINDS, Law
from tests.oracles.small_world import dataset, region, scenario

CELL_VERBS: Final = (Verb.PROCESS, Verb.STORE, Verb.BACKUP, Verb.ADMINISTER)
OPEN_DIFFERENCES: Final[frozenset[str]] = frozenset()
"""What random worlds leave out because the judges of the planner differ on it (`seat`: entities seated in a subdivision)."""

THINGS: Final = ("w", "dataset:d0", "dataset:d1")
PROVIDERS: Final = ("p", "q", "nobody")


@dataclass(frozen=True)
class World:
    """A scenario with profiles of its things, what each holds with numbers of people, and the period of judging."""

    scenario: Scenario
    profiles: tuple[LawProfile, ...]
    held: tuple[tuple[Item, ...], ...]

    @property
    def period(self) -> Period:
        """The one planned quarter."""
        return self.scenario.periods[0]

    @property
    def days(self) -> tuple[date, date]:
        """The days of the quarter that are not before as_of."""
        return max(self.scenario.as_of, self.period.first_day), self.period.last_day

    def cells(self, verb: Verb) -> Iterator[tuple[int, int, Facts]]:
        """Row of the profile, column of the region, and the facts there."""
        for row, profile in enumerate(self.profiles):
            for column, place in enumerate(self.scenario.regions):
                yield row, column, replace(facts_of(self, verb, profile, place), items=self.held[row])


def random_law_world(draw: Random, law: Law, as_of: date, size: int = 8) -> World:
    """Entities, things and regions, each drawn towards one rule of the law."""
    aims = draw.sample(law.rules, min(len(law.rules), 5))
    entities = tuple(_entity(draw, law, f"e{n}", draw.choice(aims)) for n in range(4))
    regions = tuple(_region(draw, law, f"r{n}", draw.choice(aims)) for n in range(size))
    bought = [name for name, mechanism in law.vocabulary.mechanisms.items() if not mechanism.technical]
    wanted = [name for rule in aims for way in rule.then.unless for name in way.holds if name in bought]
    built = scenario(
        [],
        regions,
        entities=entities,
        datasets=tuple(dataset(thing.removeprefix("dataset:"), entity="e0") for thing in THINGS[1:]),
        rules=tuple(_without_copies(rule) for rule in law.rules),
        exemptions=law.exemptions,
        holds=tuple(_hold(draw, draw.choice([*wanted, *wanted, *bought]), regions) for _ in range(4)),
        lists=law.lists,
    )
    period = Period.of(as_of).plus(draw.choice([0, 0, 1, 2]))
    built = replace(
        built,
        as_of=as_of,
        horizon=Horizon(str(period)),
        vocabulary=law.vocabulary,
        operators={name: _operator(draw, law, name, draw.choice(aims)) for name in PROVIDERS[:2]},
    )
    aimed = [draw.choice(aims) for _ in range(size)]
    held = tuple(some_items(draw, law, aim.when) for aim in aimed)
    profiles = tuple(_profile(draw, law, aim, items) for aim, items in zip(aimed, held, strict=True))
    return World(built, profiles, held)


def _without_copies(rule: Rule) -> Rule:
    """What a table of cells can say of a rule: duties about all copies of a dataset belong to no cell."""
    effect = rule.then.effect
    if not isinstance(effect, Require):
        return rule
    kept = Require(isolation=effect.isolation, keys=effect.keys, record=("of a cell",))
    return replace(rule, then=replace(rule.then, effect=kept))


def _entity(draw: Random, law: Law, name: str, aim: Rule) -> Entity:
    keys = ("regulated_by", "sector", "established_in")
    facts: dict[str, Any] = {key: some_fact(draw, law, key, aim.when) for key in keys}
    seats = facts["established_in"]
    if seats is not None and "seat" in OPEN_DIFFERENCES:
        facts["established_in"] = tuple(code for code in seats if "-" not in code)
    return Entity(id=name, **facts)


def _profile(draw: Random, law: Law, aim: Rule, items: tuple[Item, ...]) -> LawProfile:
    """A profile as the planner makes it: numbers of people are turned into words once."""
    thresholds = law.vocabulary.thresholds
    thing = draw.choice(THINGS)
    keys = [draw.choice([None, *KEYS]) for _ in range(1 if thing != "w" else draw.choice([0, 1, 2]))]
    return LawProfile(
        f"e{draw.randrange(4)}",
        some_flag(draw, "critical", aim.when),
        some_fact(draw, law, "purpose", aim.when),
        frozenset(
            (data_class, subject, words_met(thresholds, dict(persons))) for data_class, subject, persons in items
        ),
        tuple(sorted(set(keys), key=str)),
        thing,
    )


def _region(draw: Random, law: Law, name: str, aim: Rule) -> Region:
    codes = effect_codes(law, aim)
    places = [code for code in sorted(region_places(draw, law, codes)) if not code.startswith("area:")] or ["MY"]
    sites = tuple(sorted(region_places(draw, law, codes))[-1] for _ in range(draw.choice([0, 1, 2, 3])))
    isolation = tuple(draw.sample(law.vocabulary.isolation, draw.choice([0, 1, 2])))
    country, part = places[-1][:2], places[-1] if len(places[-1]) > 2 else None
    areas = tuple(area for area in law.vocabulary.areas if draw.random() < 0.1)
    displaced = tuple(sorted({code for area in areas for code in law.vocabulary.areas[area].displaces}))
    changes: dict[str, Any] = {
        "provider": draw.choice([*law.members(aim.when.operator or ()), *PROVIDERS]),
        "kind": draw.choice([*(aim.when.deployment or ()), *KINDS]),
        "country": country,
        "subdivision": part,
        "funding": draw.choice([*(aim.when.zone_funding or ()), "state", "private", None]),
        "admin_sites": draw.choice([None, sites, sites]),
        "isolation": draw.choice([None, isolation, isolation]),
        "areas": areas,
        "displaced": displaced,
        "lat": Decimal(3),
    }
    return region(name, **changes)


def _operator(draw: Random, law: Law, name: str, aim: Rule) -> Operator:
    parent = some_fact(draw, law, "operator_parent_in", aim.when)
    sites = draw.choice([None, tuple(sorted(region_places(draw, law, effect_codes(law, aim)))[:1])])
    listed = some_flag(draw, "operator_entity_listed", aim.when)
    return Operator(
        name=name, ultimate_parent_in=parent[0] if parent else None, entity_listed=listed, admin_sites=sites
    )


def _hold(draw: Random, mechanism: str, regions: tuple[Region, ...]) -> Hold:
    return Hold(
        mechanism,
        f"e{draw.randrange(4)}",
        destination=draw.choice(regions).country,
        operator=draw.choice(PROVIDERS),
        workload=draw.choice(THINGS),
        until=draw.choice([None, None, None, date(2026, 9, 29), date(2026, 9, 30), date(2026, 12, 31)]),
    )


def facts_of(world: World, verb: Verb, profile: LawProfile, place: Region) -> Facts:
    """What is known of a thing in a region, by the table of facts in docs/rule-language.md."""
    entity = world.scenario.entity[profile.entity]
    operator = world.scenario.operators.get(place.provider)
    parent = operator.ultimate_parent_in if operator else None
    sites = operator.admin_sites if operator else None
    return Facts(
        verb=verb.value,
        places=place.places,
        regulated_by=entity.regulated_by,
        established_in=entity.established_in,
        sector=entity.sector,
        critical=profile.critical,
        purpose=profile.purpose,
        deployment=(place.kind,),
        operator=(place.provider,),
        zone_funding=None if place.funding is None else (place.funding,),
        operator_parent_in=None if parent is None else (parent,),
        operator_entity_listed=operator.entity_listed if operator else None,
        chip=(),
        chip_control=(),
        sites=place.admin_sites if place.admin_sites is not None else sites,
        isolation=place.isolation,
        keys=profile.keys[0] if profile.keys else None,
        holds=frozenset(_held(world, verb, profile, place)),
    )


def _held(world: World, verb: Verb, profile: LawProfile, place: Region) -> Iterator[str]:
    mechanisms = world.scenario.vocabulary.mechanisms
    for hold in world.scenario.holds:
        lasts = hold.until is None or hold.until >= world.period.last_day
        scope = mechanisms[hold.mechanism].scope
        if verb is Verb.ADMINISTER and scope is Scope.DESTINATION:
            scope = Scope.OPERATOR
        if lasts and hold.entity == profile.entity and _reaches(scope, hold, profile, place):
            yield hold.mechanism
    for name, mechanism in mechanisms.items():
        if keys_fit(mechanism, profile.keys):
            yield name


def _reaches(scope: Scope, hold: Hold, profile: LawProfile, place: Region) -> bool:
    return {
        Scope.ENTITY: True,
        Scope.DESTINATION: hold.destination == place.country,
        Scope.OPERATOR: hold.operator == place.provider,
        Scope.SHIPMENT: hold.operator == place.provider,
        Scope.WORKLOAD: hold.workload == profile.key,
    }[scope]
