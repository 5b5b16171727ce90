"""Facts: everything a rule may ask about one case, and how an inline case of a policy states it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final

from planner.model.law import Given, Verb
from planner.model.question import Words
from planner.model.vocabulary import Mechanism, Vocabulary
from planner.rules.require import keys_meet

Persons = tuple[tuple[str, int], ...]
"""Head counts by name, sorted; a name that is absent is unknown."""

Item = tuple[str | None, str | None, Persons]
"""A class, the jurisdiction of its subjects and how many people they are; None is unknown."""

_SUBDIVISION: Final = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one case; None is unknown, an empty tuple is a fact.

    Attributes:
        places: all codes that contain the region and whose law reaches it.
        items: what the thing holds or processes; empty = no data.
        sites: places from which the region can be administered.
        isolation: levels the region offers.
        keys: who holds the dataset's keys.
        copies_in: all codes that contain a copy of the dataset, of any role.
        copies_apart_km: largest distance of another copy to the primary; negative = there is no other copy.
        holds: the mechanisms held for this case.
    """

    verb: str
    places: frozenset[str] | None = None
    regulated_by: Words = None
    established_in: Words = None
    sector: Words = None
    critical: bool | None = None
    deployment: Words = None
    items: tuple[Item, ...] = ()
    holds: frozenset[str] = frozenset()
    purpose: Words = None
    operator: Words = None
    operator_parent_in: Words = None
    operator_entity_listed: bool | None = None
    zone_funding: Words = None
    chip: Words = None
    chip_control: Words = None
    sites: tuple[str, ...] | None = None
    isolation: tuple[str, ...] | None = None
    keys: str | None = None
    copies_in: frozenset[str] | None = None
    copies_apart_km: Decimal | None = None


def facts_given(given: Given, verb: str, vocabulary: Vocabulary) -> Facts:
    """The facts of an inline case for one of its verbs."""
    # Where something is administered from says nothing about the region that is administered.
    located, sites = (None, given.located_in) if verb == Verb.ADMINISTER else (given.located_in, None)
    return Facts(
        verb=verb,
        places=None if located is None else _reaching(located, vocabulary),
        sites=sites,
        regulated_by=given.regulated_by,
        established_in=given.established_in,
        sector=given.sector,
        critical=given.critical,
        purpose=given.purpose,
        deployment=given.deployment,
        items=tuple(product(_or_unknown(given.data_class), _or_unknown(given.subjects_in), (counted(given.persons),))),
        operator=given.operator,
        operator_parent_in=given.operator_parent_in,
        operator_entity_listed=given.operator_entity_listed,
        zone_funding=given.zone_funding,
        chip=None if given.chip is None else tuple(w for chip in given.chip for w in vocabulary.chip_words(chip)),
        chip_control=given.chip_control,
        isolation=None if given.isolation is None else (given.isolation,),
        keys=given.keys,
        copies_in=None if given.copies_in is None else containing(given.copies_in),
        copies_apart_km=given.copies_apart_km,
        holds=frozenset(given.holds) | find_technical(vocabulary, (given.keys,)),
    )


def counted(persons: Mapping[str, int]) -> Persons:
    """Declared head counts in order of name."""
    return tuple(sorted(persons.items()))


def containing(places: Iterable[str]) -> frozenset[str]:
    """The places and the countries of those that are subdivisions: MY-01 lies in MY."""
    codes = frozenset(places)
    return codes | {found[1] for code in codes if (found := _SUBDIVISION.fullmatch(code))}


def find_technical(vocabulary: Vocabulary, keys: Iterable[str | None]) -> frozenset[str]:
    """The technical mechanisms that hold for datasets whose keys are held so; none when there is no dataset."""
    modes = tuple(keys)
    return frozenset(name for name, mechanism in vocabulary.mechanisms.items() if _holds(mechanism, modes))


def _holds(mechanism: Mechanism, modes: tuple[str | None, ...]) -> bool:
    if not mechanism.technical or not mechanism.holds_if or not modes:
        return False
    # A condition on anything but keys has no meaning here, so it is not fulfilled.
    return all(fact == "keys" and keys_meet(keys, mode) for fact, mode in mechanism.holds_if.items() for keys in modes)


def _or_unknown(words: tuple[str, ...] | None) -> tuple[str | None, ...]:
    return (None,) if words is None else words


def _reaching(places: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    """The codes that contain the places, without those whose law an area among them displaces."""
    areas = (vocabulary.areas.get(place.removeprefix("area:")) for place in places if place.startswith("area:"))
    return containing(places) - {code for area in areas if area for code in area.displaces}
