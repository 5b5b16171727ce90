"""Mutants: every rule that differs from a given one by one small slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from planner.authoring.head_counts import other_words
from planner.authoring.mutants_of_effect import then_mutants
from planner.model.calendar import Window
from planner.model.law import Box, Level, Rule, When
from planner.model.vocabulary import Vocabulary

BOX_KEYS: Final = tuple(f.name for f in fields(Box))
AnyBox = TypeVar("AnyBox", bound=Box)
NO_WORDS: Final = Vocabulary()
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one slip, and what was changed in words."""

    change: str
    rule: Rule


def mutants_of(rule: Rule, words: Vocabulary = NO_WORDS, fresh_place: str = "AQ") -> list[Mutant]:
    """Every mutant of a rule, in a fixed order.

    Args:
        rule: the rule as written.
        words: the vocabulary; its levels of isolation and head counts say which word stands beside another.
        fresh_place: a country the rule does not name; it replaces the only place of a list.
    """
    found = [Mutant(change, replace(rule, when=when)) for change, when in when_mutants(rule.when, words)]
    found += [Mutant(change, replace(rule, verbs=verbs)) for change, verbs in _without_each(rule.verbs, "verbs")]
    found += [
        Mutant(change, replace(rule, then=then))
        for change, then in then_mutants(rule.then, words.isolation, fresh_place)
    ]
    found += [Mutant(change, replace(rule, in_force=windows)) for change, windows in _window_mutants(rule.in_force)]
    return [*found, _other_level(rule)]


def when_mutants(when: When, words: Vocabulary = NO_WORDS) -> Iterator[tuple[str, When]]:
    """A `when` with a slip in its box, with one in its `not`, or without its `not`."""
    yield from box_mutants(when, "when", words)
    if when.not_ is not None:
        yield "when without not", replace(when, not_=None)
        for change, inner in box_mutants(when.not_, "when.not", words):
            if any(getattr(inner, key) is not None for key in BOX_KEYS):
                yield change, replace(when, not_=inner)


def box_mutants(box: AnyBox, name: str, words: Vocabulary = NO_WORDS) -> Iterator[tuple[str, AnyBox]]:
    """A box without one key, without one word of a list, with a boolean turned round, or with another head count."""
    for key in BOX_KEYS:
        value = getattr(box, key)
        if value is None:
            continue
        yield f"{name} without {key}", _with(box, key, None)
        if isinstance(value, bool):
            yield f"{name}.{key} is {str(not value).lower()}", _with(box, key, not value)
        elif len(value) > 1:
            for change, fewer in _without_each(value, f"{name}.{key}"):
                yield change, _with(box, key, fewer)
        if key == "persons":
            for change, counts in _other_counts(value, name, words):
                yield change, _with(box, key, counts)


def _other_counts(value: tuple[str, ...], name: str, words: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    for index, word in enumerate(value):
        for other in other_words(word, words.thresholds):
            yield f"{name}.persons has {other} instead of {word}", (*value[:index], other, *value[index + 1 :])


def _with(box: AnyBox, key: str, value: Any) -> AnyBox:
    return replace(box, **{key: value})


def _without_each(words: tuple[Any, ...], name: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if len(words) > 1:
        for index, word in enumerate(words):
            yield f"{name} without {word}", (*words[:index], *words[index + 1 :])


def _window_mutants(windows: tuple[Window, ...]) -> Iterator[tuple[str, tuple[Window, ...]]]:
    for index, window in enumerate(windows):
        before, after = windows[:index], windows[index + 1 :]
        if len(windows) > 1:
            yield f"in_force without the window from {window.from_}", (*before, *after)
        for change, shifted in _shifted(window):
            yield change, (*before, shifted, *after)


def _shifted(window: Window) -> Iterator[tuple[str, Window]]:
    for step in (-_DAY, _DAY):
        yield (
            f"in_force from {window.from_ + step} instead of {window.from_}",
            replace(window, from_=window.from_ + step),
        )
        if window.to is not None:
            yield f"in_force to {window.to + step} instead of {window.to}", replace(window, to=window.to + step)


def _other_level(rule: Rule) -> Mutant:
    if rule.level is Level.MUST:
        return Mutant("level is should", replace(rule, level=Level.SHOULD, penalty_usd_month=Decimal(1)))
    return Mutant("level is must", replace(rule, level=Level.MUST, penalty_usd_month=None))
