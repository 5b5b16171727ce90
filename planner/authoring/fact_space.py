"""The fact space of two rules: the finite set of cases that is enough to tell them apart, or to prove them equal.

A box is an AND over keys, so a fact matters only through what it makes of the two boxes and their two `not` boxes.
Facts that make the same of all four are one, and keys are folded one after another: a handful of facts stays, yet
nothing that either rule could notice is lost. Effects, ways out, verbs and days are then crossed in full.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Any, Final

from planner.authoring.choices import Choice, choices_of, distinct
from planner.authoring.facts_beside import facts_beside
from planner.authoring.head_counts import count_choices
from planner.authoring.words import (
    Language,
    Value,
    lists_of,
    names_key,
    places_in_then,
    values_of,
    words_in_box,
)
from planner.model.law import Box, Given, PolicyCase, Rule, Then, Verb, When
from planner.rules.confine import Confine
from planner.rules.require import Require
from planner.verification import Lexicon, facts_given, judge_case, matches

FOLDED: Final = tuple(field.name for field in fields(Box) if field.name != "located_in")
_DAY: Final = timedelta(days=1)
State = tuple[bool | None, ...]


@dataclass(frozen=True)
class FactSpace:
    """Cases that tell `old` from `new`, each read with its own words."""

    old: Rule
    new: Rule
    as_of: date
    old_language: Language
    new_language: Language

    def difference(self) -> PolicyCase | None:
        """The plainest case on which the two rules answer differently; None = they mean the same."""
        return next(self.differences(), None)

    def differences(self) -> Iterator[PolicyCase]:
        """Every such case of the space, the plainest first; `expect` is what the old rule says."""
        for case in self.cases():
            says = self.answer(self.old, case, self.old_language)
            if says != self.answer(self.new, case, self.new_language):
                yield replace(case, expect=says)

    @staticmethod
    def answer(rule: Rule, case: PolicyCase, language: Language) -> Any:
        """The verdict of a rule on a case."""
        return judge_case(rule, case, case.as_of or date.max, language.vocabulary, language.lists).answer

    def cases(self) -> list[PolicyCase]:
        """Every case of the space, the plainest first."""
        axes = [self._days, self._verbs, self._folded, self._places, *self._beside]
        found = [(sum(cost for cost, _ in cell), n, cell) for n, cell in enumerate(product(*axes))]
        return [self._case(cell) for _, _, cell in sorted(found, key=lambda each: each[:2])]

    def _case(self, cell: Iterable[Choice]) -> PolicyCase:
        facts: dict[str, Any] = {}
        for _, part in cell:
            facts |= part
        day = facts.pop("as_of")
        return PolicyCase("", Given(**facts), "allow", day)

    @cached_property
    def _both(self) -> tuple[tuple[Rule, Language], tuple[Rule, Language]]:
        return (self.old, self.old_language), (self.new, self.new_language)

    @cached_property
    def _days(self) -> list[Choice]:
        edges = {day for rule, _ in self._both for window in rule.in_force for day in _edges(window.from_, window.to)}
        for rule, language in self._both:
            for name in lists_of(rule):
                for member in language.lists[name].members if name in language.lists else ():
                    edges |= set(_edges(member.from_, member.to))
        choices = [(int(day != self.as_of), {"as_of": day}) for day in (self.as_of, *sorted(edges, reverse=True))]
        return distinct(choices, lambda facts: self._seen_on(facts["as_of"]))

    def _seen_on(self, day: date) -> Hashable:
        live = tuple(rule.in_force_between(day, day) for rule, _ in self._both)
        if not any(live):
            return live
        return live, tuple(
            language.lists[name].codes(day) if name in language.lists else None
            for rule, language in self._both
            for name in lists_of(rule)
        )

    @cached_property
    def _verbs(self) -> list[Choice]:
        """Verbs that the rules and their effects could tell apart."""
        named = [verb for verb in Verb if any(verb in rule.verbs for rule, _ in self._both)]
        plain = not any(isinstance(rule.then.effect, Require) for rule, _ in self._both)

        def seen(facts: Mapping[str, Any]) -> Hashable:
            verb = facts["verb"][0]
            kind = "rest" if plain and verb != Verb.ADMINISTER else verb
            return tuple(verb in rule.verbs for rule, _ in self._both), kind

        return distinct([(0, {"verb": (verb.value,)}) for verb in named], seen)

    @cached_property
    def _listing_days(self) -> tuple[date, ...]:
        return tuple(facts["as_of"] for _, facts in self._days)

    @cached_property
    def _folded(self) -> list[Choice]:
        states: list[Choice] = [(0, {})]
        for key in FOLDED:
            if any(names_key(rule.when, key) for rule, _ in self._both):
                states = [
                    (cost + more, {**facts, **extra})
                    for (cost, facts), (more, extra) in product(states, self._key(key))
                ]
                states = distinct(states, self._state)
        return states

    def _key(self, key: str) -> list[Choice]:
        named = [word for rule, _ in self._both for word in words_in_box(rule.when, key)]
        if key == "persons":
            return distinct(count_choices(named), self._state)
        if named and isinstance(named[0], bool):
            values: list[Value] = [True, False, None]
        else:
            values = [
                value for _, language in self._both for value in values_of(key, named, language, self._listing_days)
            ]
        return choices_of(key, values, named, self._state)

    def _state(self, facts: Mapping[str, Any]) -> State:
        """What facts make of the four boxes on every day; keys they do not name yet are taken as met."""
        given, keys = Given(verb=("process",), **facts), tuple(facts)
        state: list[bool | None] = []
        for rule, language in self._both:
            case = facts_given(given, "process", language.vocabulary)
            for day in self._listing_days:
                lexicon = Lexicon(language.vocabulary, language.lists, day)
                boxes = (replace(rule.when, not_=None), rule.when.not_)
                state += [None if box is None else matches(_part(box, keys), case, lexicon) for box in boxes]
        return tuple(state)

    @cached_property
    def _places(self) -> list[Choice]:
        named = [place for rule, _ in self._both for place in _places_named(rule)]
        looked_at = any(not isinstance(rule.then.effect, Require) for rule, _ in self._both) or any(
            names_key(rule.when, "located_in") for rule, _ in self._both
        )
        if not looked_at:
            return [(0, {})]
        values = [v for _, language in self._both for v in values_of("located_in", named, language, self._listing_days)]
        return choices_of("located_in", values, named, self._seen_at)

    def _seen_at(self, facts: Mapping[str, Any]) -> Hashable:
        """What a place makes of each part of both rules that looks at places, for every verb and day."""
        seen: list[Hashable] = []
        for (rule, language), (_, verb), (_, day) in product(self._both, self._verbs, self._days):
            case = PolicyCase("", Given(**verb, **facts), "allow", day["as_of"])
            seen += [self.answer(part, case, language) for part in self._parts_at(rule)]
        return tuple(seen)

    def _parts_at(self, rule: Rule) -> list[Rule]:
        """The box, its `not`, the effect and each destination, each as a rule of its own.

        Taken together they could hide that two places pass for different reasons, which a pair of places shows.
        """
        bare = replace(rule, when=When(), then=replace(rule.then, unless=()), in_force=self._always)
        inner = rule.when.not_.located_in if rule.when.not_ else None
        boxes = [replace(bare, when=When(located_in=words)) for words in (rule.when.located_in, inner) if words]
        ways = [Confine(way.destination_in) for way in rule.then.unless if way.destination_in]
        return [bare, *boxes, *(replace(bare, then=Then(way)) for way in ways)]

    @cached_property
    def _always(self) -> tuple[Any, ...]:
        window = (*self.old.in_force, *self.new.in_force)[0]
        return (replace(window, from_=date.min, to=None),)

    @cached_property
    def _beside(self) -> list[list[Choice]]:
        """Mechanisms held, and the facts that requirements ask for."""
        return facts_beside(self._both, self._listing_days)


def _edges(first: date | None, last: date | None) -> list[date]:
    days = [first - _DAY, first] if first is not None and first > date.min else []
    return [*days, *([last, last + _DAY] if last is not None and last < date.max else [])]


def _places_named(rule: Rule) -> tuple[str, ...]:
    return (*places_in_then(rule.then), *words_in_box(rule.when, "located_in"))


def _part(box: Box, keys: Iterable[str]) -> When:
    return When(**{key: getattr(box, key) for key in keys})
