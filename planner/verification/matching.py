"""Matching: facts against boxes in three values; True, False and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.model.law import Box, When
from planner.model.vocabulary import PlaceList, Vocabulary
from planner.verification.facts import Facts, Item, containing

EVERYWHERE: Final = "*"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of rules mean: the vocabulary, and lists of places as they stand on as_of."""

    vocabulary: Vocabulary
    lists: Mapping[str, PlaceList]
    as_of: date

    def codes(self, words: Iterable[str]) -> frozenset[str]:
        """Place words as plain codes; `*` stays and means everywhere."""
        listed = (self.lists[w].codes(self.as_of) if w in self.lists else frozenset({w}) for w in words)
        return frozenset[str]().union(*listed)


def matches(when: When, facts: Facts, lexicon: Lexicon) -> bool | None:
    """Whether a case lies in a box and outside its `not`; None when an unknown fact decides it.

    Boxes that name data are taken item by item, so one item must lie in the box and outside its `not` at once.
    """
    items: tuple[Item | None, ...] = facts.items if _names_data(when) else ()
    return any_of(_holds(when, facts, item, lexicon) for item in items or (None,))


def lies_in(codes: frozenset[str] | None, named: frozenset[str]) -> bool | None:
    """Whether what lies in all these codes lies in one of those named; None when it is unknown where it lies."""
    if codes is None:
        return None
    return bool(codes) if EVERYWHERE in named else not codes.isdisjoint(named)


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """False if one is False, else unknown if one is unknown."""
    seen = set(answers)
    return False if False in seen else None if None in seen else True


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """True if one is True, else unknown if one is unknown."""
    seen = set(answers)
    return True if True in seen else None if None in seen else False


def negate(answer: bool | None) -> bool | None:
    """True and False swapped; unknown stays unknown."""
    return None if answer is None else not answer


def _names_data(when: When) -> bool:
    return when.names_data or (when.not_ is not None and when.not_.names_data)


def _holds(when: When, facts: Facts, item: Item | None, lexicon: Lexicon) -> bool | None:
    outside = True if when.not_ is None else negate(_inside(when.not_, facts, item, lexicon))
    return all_of((_inside(when, facts, item, lexicon), outside))


def _inside(box: Box, facts: Facts, item: Item | None, lexicon: Lexicon) -> bool | None:
    return all_of((*_of_the_thing(box, facts), *_of_places(box, facts, lexicon), *_of_data(box, item, lexicon)))


def _of_the_thing(when: Box, facts: Facts) -> Iterator[bool | None]:
    yield _meets(facts.regulated_by, when.regulated_by)
    yield _meets(facts.sector, when.sector)
    yield _is(facts.critical, when.critical)
    yield _meets(facts.purpose, when.purpose)
    yield _meets(facts.deployment, when.deployment)
    yield _meets(facts.zone_funding, when.zone_funding)
    yield _is(facts.operator_entity_listed, when.operator_entity_listed)
    yield _meets(facts.chip, when.chip)
    yield _meets(facts.chip_control, when.chip_control)


def _of_places(when: Box, facts: Facts, lexicon: Lexicon) -> Iterator[bool | None]:
    yield _stands(_around(facts.established_in), when.established_in, lexicon)
    yield _stands(_around(facts.operator_parent_in), when.operator_parent_in, lexicon)
    yield _stands(facts.places, when.located_in, lexicon)
    yield _meets(facts.operator, None if when.operator is None else lexicon.codes(when.operator))


def _of_data(when: Box, item: Item | None, lexicon: Lexicon) -> Iterator[bool | None]:
    if item is None:
        yield not when.names_data
        return
    data_class, subject, persons = item
    yield _meets(None if data_class is None else lexicon.vocabulary.lineage(data_class), when.data_class)
    yield _stands(None if subject is None else containing((subject,)), when.subjects_in, lexicon)
    yield True if when.persons is None else any_of(_compares(dict(persons), word) for word in when.persons)


def _compares(persons: Mapping[str, int], word: str) -> bool | None:
    """Whether a word such as `cn-persons>=100000` is true of the declared counts; None when its count is not there."""
    name, below, step = word.partition("<")
    if not below:
        name, _, step = word.partition(">=")
    if name not in persons:
        return None
    return persons[name] < int(step) if below else persons[name] >= int(step)


def _meets(fact: Iterable[str] | None, named: Iterable[str] | None) -> bool | None:
    if named is None:
        return True
    return None if fact is None else not set(fact).isdisjoint(named)


def _is(fact: bool | None, named: bool | None) -> bool | None:
    if named is None:
        return True
    return None if fact is None else fact == named


def _around(places: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if places is None else containing(places)


def _stands(codes: frozenset[str] | None, named: Iterable[str] | None, lexicon: Lexicon) -> bool | None:
    return True if named is None else lies_in(codes, lexicon.codes(named))
