"""Mutants: every rule that differs from a given one by one small slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from planner.authoring.mutants_of_effect import then_mutants
from planner.model.calendar import Window
from planner.model.law import Level, Rule, When

BOX_KEYS: Final = tuple(f.name for f in fields(When) if f.name != "not_")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one slip, and what was changed in words."""

    change: str
    rule: Rule


def mutants_of(rule: Rule, isolation: tuple[str, ...] = (), fresh_place: str = "AQ") -> list[Mutant]:
    """Every mutant of a rule, in a fixed order.

    Args:
        rule: the rule as written.
        isolation: levels of the vocabulary from weakest to strongest.
        fresh_place: a country the rule does not name; it replaces the only place of a list.
    """
    found = [Mutant(change, replace(rule, when=when)) for change, when in box_mutants(rule.when, "when")]
    found += [Mutant(change, replace(rule, verbs=verbs)) for change, verbs in _without_each(rule.verbs, "verbs")]
    found += [
        Mutant(change, replace(rule, then=then)) for change, then in then_mutants(rule.then, isolation, fresh_place)
    ]
    found += [Mutant(change, replace(rule, in_force=windows)) for change, windows in _window_mutants(rule.in_force)]
    return [*found, _other_level(rule)]


def box_mutants(when: When, name: str) -> Iterator[tuple[str, When]]:
    """A box without one key, without one word of a list, with a boolean turned round, or with its `not` changed."""
    for key in BOX_KEYS:
        value = getattr(when, key)
        if value is None:
            continue
        yield f"{name} without {key}", _with(when, key, None)
        if isinstance(value, bool):
            yield f"{name}.{key} is {str(not value).lower()}", _with(when, key, not value)
        elif len(value) > 1:
            for change, words in _without_each(value, f"{name}.{key}"):
                yield change, _with(when, key, words)
    if when.not_ is not None:
        yield f"{name} without not", replace(when, not_=None)
        for change, inner in box_mutants(when.not_, f"{name}.not"):
            yield change, replace(when, not_=inner if _names_anything(inner) else None)


def _names_anything(when: When) -> bool:
    return any(getattr(when, key) is not None for key in BOX_KEYS)


def _with(when: When, key: str, value: Any) -> When:
    return replace(when, **{key: value})


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
