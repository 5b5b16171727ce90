"""Judging: one rule on one case, fact by fact, in plain Python; the second judge beside the vectorised masks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final, Literal, Protocol, runtime_checkable

from planner.model.law import Given, Level, PlaceList, PolicyCase, Rule, Then, Unless, Vocabulary, When
from planner.model.question import Words

Answer = Literal["allow", "deny", "not_applicable"]
EVERYWHERE: Final = "*"
_SUBDIVISION: Final = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one case; None is unknown, an empty tuple is a fact; `holds` are the mechanisms held for it."""

    verb: str
    places: frozenset[str] | None = None
    regulated_by: Words = None
    established_in: Words = None
    sector: Words = None
    critical: bool | None = None
    deployment: Words = None
    items: tuple[tuple[str | None, str | None], ...] = ()
    holds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says; `assumed` when only an unknown fact made it bear; `lifts` are mechanisms that lift a denial."""

    answer: Answer
    assumed: bool = False
    lifts: tuple[str, ...] = ()


@runtime_checkable
class Refusing(Protocol):
    """The scalar face that an effect under planner/rules must show to be judged."""

    @property
    def in_(self) -> tuple[str, ...]:
        """The places as the rule writes them."""

    def denies(self, places: frozenset[str] | None, named: frozenset[str]) -> bool | None:
        """Whether the places are refused; None = unknown."""


NOT_APPLICABLE: Final = Verdict("not_applicable")


def judge(
    rule: Rule,
    facts: Facts,
    day_first: date,
    day_last: date,
    vocabulary: Vocabulary,
    lists: Mapping[str, PlaceList],
    as_of: date,
) -> Verdict:
    """What a rule says of a case from day_first to day_last, with lists of places read on as_of.

    Raises:
        TypeError: the rule's effect has no scalar face.
    """
    if facts.verb not in rule.verbs or not rule.in_force_between(day_first, day_last):
        return NOT_APPLICABLE
    must = rule.level == Level.MUST
    met = matches(rule.when, facts, vocabulary, lists, as_of)
    if met is False or (met is None and not must):
        return NOT_APPLICABLE
    refused = _refuses(rule.then, facts, lists, as_of)
    assumed = met is None or refused is None
    if refused is False or (refused is None and not must):
        return Verdict("allow", assumed)
    return Verdict("deny", assumed, tuple(dict.fromkeys(m for way in rule.then.unless for m in way.holds)))


def judge_case(
    rule: Rule, case: PolicyCase, default_as_of: date, vocabulary: Vocabulary, lists: Mapping[str, PlaceList]
) -> Verdict:
    """What a rule says of an inline case: deny if any of its verbs is denied, else allow if any is allowed."""
    day = case.as_of or default_as_of
    verdicts = [
        judge(rule, _facts_given(case.given, verb), day, day, vocabulary, lists, day) for verb in case.given.verb
    ]
    order: tuple[Answer, ...] = ("deny", "allow", "not_applicable")
    return min(verdicts, key=lambda verdict: order.index(verdict.answer), default=NOT_APPLICABLE)


def matches(
    when: When, facts: Facts, vocabulary: Vocabulary, lists: Mapping[str, PlaceList], as_of: date
) -> bool | None:
    """Whether a case lies in a box; None when an unknown fact decides it."""
    return _all_of(
        (
            _meets(facts.regulated_by, when.regulated_by),
            _meets(facts.established_in, _codes(when.established_in, lists, as_of)),
            _meets(facts.sector, when.sector),
            _meets(None if facts.critical is None else (facts.critical,), _single(when.critical)),
            _meets(facts.deployment, when.deployment),
            _items_match(when, facts, vocabulary, lists, as_of),
        )
    )


def _items_match(
    when: When, facts: Facts, vocabulary: Vocabulary, lists: Mapping[str, PlaceList], as_of: date
) -> bool | None:
    if when.data_class is None and when.subjects_in is None:
        return True
    subjects = _codes(when.subjects_in, lists, as_of)
    return _any_of(
        _all_of(
            (
                _meets(None if data_class is None else vocabulary.lineage(data_class), when.data_class),
                _meets(None if subject is None else (subject,), subjects),
            )
        )
        for data_class, subject in facts.items
    )


def _refuses(then: Then, facts: Facts, lists: Mapping[str, PlaceList], as_of: date) -> bool | None:
    effect = then.effect
    if not isinstance(effect, Refusing):
        raise TypeError(f"the effect {type(effect).__name__} cannot be judged on one case")
    lifted = _any_of(_lifts(way, facts, lists, as_of) for way in then.unless)
    denied = effect.denies(facts.places, _codes(effect.in_, lists, as_of) or frozenset())
    return _all_of((denied, None if lifted is None else not lifted))


def _lifts(way: Unless, facts: Facts, lists: Mapping[str, PlaceList], as_of: date) -> bool | None:
    if not facts.holds.isdisjoint(way.holds):
        return True
    return _meets(facts.places, _codes(way.destination_in, lists, as_of)) if way.destination_in else False


def _facts_given(given: Given, verb: str) -> Facts:
    classes: tuple[str | None, ...] = (None,) if given.data_class is None else given.data_class
    subjects: tuple[str | None, ...] = (None,) if given.subjects_in is None else given.subjects_in
    return Facts(
        verb=verb,
        places=None if given.located_in is None else _containing(given.located_in),
        regulated_by=given.regulated_by,
        established_in=given.established_in,
        sector=given.sector,
        critical=given.critical,
        deployment=given.deployment,
        items=tuple(product(classes, subjects)),
        holds=frozenset(given.holds),
    )


def _containing(places: tuple[str, ...]) -> frozenset[str]:
    # A place inside MY-01 lies in MY too, as the places of a catalogue region say.
    countries = {match[1] for place in places if (match := _SUBDIVISION.fullmatch(place))}
    return frozenset((*places, *countries))


def _codes(named: tuple[str, ...] | None, lists: Mapping[str, PlaceList], as_of: date) -> frozenset[str] | None:
    if named is None:
        return None
    listed = [lists[word].codes(as_of) if word in lists else frozenset({word}) for word in named]
    return frozenset[str]().union(*listed)


def _meets(fact: Iterable[object] | None, named: Iterable[object] | None) -> bool | None:
    if named is None:
        return True
    if fact is None:
        return None
    known, wanted = set(fact), set(named)
    return bool(known) if EVERYWHERE in wanted else not known.isdisjoint(wanted)


def _single(value: bool | None) -> tuple[bool, ...] | None:
    return None if value is None else (value,)


def _all_of(answers: Iterable[bool | None]) -> bool | None:
    seen = set(answers)
    return False if False in seen else None if None in seen else True


def _any_of(answers: Iterable[bool | None]) -> bool | None:
    seen = set(answers)
    return True if True in seen else None if None in seen else False
