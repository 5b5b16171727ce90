"""Whether the box of a rule is met, in three values: docs/rule-language.md, Facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from planner.model.catalogue import Region
from planner.model.law import Box, When
from planner.model.question import Component, Dataset, Entity
from planner.model.scenario import Scenario

from .meaning_of_items import Item, Items, People, dataset_critical, dataset_items, dataset_purposes

EVERYWHERE = "*"


class Truth(IntEnum):
    """NO < UNKNOWN < YES, so that AND is the least and OR the greatest."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def negated(self) -> Truth:
        """YES and NO change places."""
        return Truth(2 - self)


@dataclass(frozen=True)
class Thing:
    """What a rule can bear on.

    Attributes:
        id: a component id, `dataset:ID` for a copy of a dataset, or CHIP@REGION for an install.
        verbs: under which rules see it: process and administer, store, backup, or install.
        workload: the key of mechanisms of scope workload; empty for an install, which belongs to no workload.
        datasets: those whose keys decide whether a technical mechanism holds: all that a component reads, writes, feeds or is fed by.
        chip: the kind of accelerator that runs or is installed.
        day: when it happens, for what happens on one day; None = throughout the period.
        papers: the mechanisms that an arrival comes with, in place of what the entity holds; None = no arrival.
    """

    id: str
    verbs: tuple[str, ...]
    entity: Entity
    critical: bool | None
    purposes: Iterable[str] | None
    items: Items
    workload: str
    datasets: tuple[Dataset, ...]
    chip: str | None = None
    day: date | None = None
    papers: tuple[str, ...] | None = None


def component_thing(scenario: Scenario, component: Component, items: Items, chip: str | None = None) -> Thing:
    """A component as the law sees it, on the accelerators it runs on."""
    ends = {end for f in scenario.flows if component.id in (f.from_, f.to) for end in (f.from_, f.to)}
    named = (*component.reads, *component.writes, *(end for end in ends if end.startswith("dataset:")))
    used = sorted({name.removeprefix("dataset:") for name in named})
    return Thing(
        component.id,
        ("process", "administer"),
        scenario.entity[component.entity],
        component.critical,
        component.purpose,
        items,
        component.workload,
        tuple(scenario.dataset[name] for name in used),
        chip,
    )


def copy_thing(scenario: Scenario, dataset: Dataset, role: str) -> Thing:
    """A copy of a dataset as the law sees it."""
    return Thing(
        f"dataset:{dataset.id}",
        ("backup",) if role == "backup" else ("store",),
        scenario.entity[dataset.entity],
        dataset_critical(scenario, dataset),
        dataset_purposes(scenario, dataset),
        dataset_items(dataset),
        f"dataset:{dataset.id}",
        (dataset,),
    )


def places_of(scenario: Scenario, region: Region) -> frozenset[str]:
    """Country, subdivision and areas of a region, without the codes whose law an area displaces."""
    areas = scenario.vocabulary.areas
    within = (*(region.areas or ()), *region.located)
    displaced = {code for name in within if name in areas for code in areas[name].displaces}
    codes = {code for code in (region.country, region.subdivision) if code is not None and code not in displaced}
    return frozenset(codes | {f"area:{name}" for name in within})


def met(scenario: Scenario, when: When, thing: Thing, region: Region) -> Truth:
    """How far a thing in a region meets a box less its `not`: item by item, the best item counts.

    A thing without items is judged once, as meeting no box that names data.
    """
    facts = _Facts(scenario, thing, region)
    return max(_met_by(facts, when, item) for item in sorted(thing.items, key=str) or [None])


def _met_by(facts: _Facts, when: When, item: Item | None) -> Truth:
    inside = facts.box(when, item)
    return inside if when.not_ is None else min(inside, facts.box(when.not_, item).negated())


@dataclass(frozen=True)
class _Facts:
    """The facts about a thing in a region."""

    scenario: Scenario
    thing: Thing
    region: Region

    def box(self, box: Box, item: Item | None) -> Truth:
        """One box without its `not`, judged on one item (None: the thing has none)."""
        return min(self._of_entity(box), self._of_thing(box), self._of_region(box), self._of_item(box, item))

    def _of_entity(self, box: Box) -> Truth:
        entity = self.thing.entity
        return min(
            _named(box.regulated_by, entity.regulated_by),
            self._placed(box.established_in, _with_countries(entity.established_in)),
            _named(box.sector, entity.sector),
        )

    def _of_thing(self, box: Box) -> Truth:
        """What has no accelerator has no kind and no class of one, and that is known."""
        chip = self.thing.chip
        control = _known(self._control(chip)) if chip else ()
        return min(
            _is(box.critical, self.thing.critical),
            _named(box.purpose, self.thing.purposes),
            _named(box.chip, self.scenario.vocabulary.chip_words(chip) if chip else ()),
            _named(box.chip_control, control),
        )

    def _control(self, chip: str) -> str | None:
        kind = self.scenario.accelerators.get(chip)
        return kind.control if kind else None

    def _of_region(self, box: Box) -> Truth:
        region, operator = self.region, self.scenario.operators.get(self.region.provider)
        listed = operator.entity_listed if operator else None
        return min(
            _named(box.deployment, (region.kind,)),
            _named(box.operator and self.scenario.codes(box.operator), (region.provider,)),
            self._placed(box.located_in, places_of(self.scenario, region)),
            _named(box.zone_funding, _known(region.funding)),
            self._placed(box.operator_parent_in, self._parent()),
            _is(box.operator_entity_listed, listed),
        )

    def _parent(self) -> tuple[str, ...] | None:
        """Where the operator's parent is: by its record, else by what is known of the entity that operates it."""
        provider = self.region.provider
        record = self.scenario.operators.get(provider)
        if record is not None and record.ultimate_parent_in is not None:
            return (record.ultimate_parent_in,)
        owners = [entity for entity in self.scenario.entities if provider in entity.operates]
        return owners[0].ultimate_parent_in if owners else None

    def _of_item(self, box: Box, item: Item | None) -> Truth:
        if item is None:
            return Truth.NO if box.names_data else Truth.YES
        data_class, subject, people = item
        classes = None if data_class is None else self.scenario.vocabulary.lineage(data_class)
        return min(
            _named(box.data_class, classes),
            self._placed(box.subjects_in, _with_countries(_known(subject))),
            Truth.YES if box.persons is None else _counted(box.persons, people),
        )

    def _placed(self, named: tuple[str, ...] | None, fact: Iterable[str] | None) -> Truth:
        """A key of places: lists are read on as_of, and everywhere meets any place that is known."""
        if named is None or fact is None:
            return _named(named, fact)
        codes = self.scenario.codes(named)
        return _named(fact if EVERYWHERE in codes else codes, fact)


def country_of(code: str) -> str:
    """The country of a subdivision (`MY-14`); any other place stands for itself."""
    return code if ":" in code else code.partition("-")[0]


def _with_countries(seats: Iterable[str] | None) -> set[str] | None:
    """Seats, and the countries of those that are subdivisions."""
    return None if seats is None else {code for seat in seats for code in (seat, country_of(seat))}


def _known(word: str | None) -> tuple[str, ...] | None:
    return None if word is None else (word,)


def _named(named: Iterable[str] | None, fact: Iterable[str] | None) -> Truth:
    """A key that names nothing is met; a fact that is missing is unknown; else one word must be among the named."""
    if named is None:
        return Truth.YES
    if fact is None:
        return Truth.UNKNOWN
    return Truth.NO if set(named).isdisjoint(fact) else Truth.YES


def _counted(words: Iterable[str], people: People) -> Truth:
    """The best of the comparisons; one of people who were not counted is unknown."""
    return max((_compared(word, dict(people)) for word in words), default=Truth.NO)


def _compared(word: str, number: Mapping[str, int]) -> Truth:
    for sign, holds in ((">=", int.__ge__), ("<", int.__lt__)):
        name, found, step = word.partition(sign)
        if found and name in number:
            return Truth.YES if holds(number[name], int(step)) else Truth.NO
    return Truth.UNKNOWN


def _is(wanted: bool | None, fact: bool | None) -> Truth:
    if wanted is None:
        return Truth.YES
    if fact is None:
        return Truth.UNKNOWN
    return Truth.YES if wanted == fact else Truth.NO
