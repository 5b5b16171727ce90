"""Choices: values of one fact, how plain each is, and which of them look alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import combinations
from typing import Any

from planner.authoring.words import MANY, Value

Choice = tuple[int, dict[str, Any]]
"""How far facts are from the plainest case, and the facts."""

Seen = Callable[[dict[str, Any]], Hashable]
"""What rules make of facts."""


def cost_of(value: Value, named: Iterable[Any]) -> int:
    """Unknown facts and several words are harder to read than one plain word that a rule names."""
    if value is None:
        return 4
    if isinstance(value, bool):
        return int(value not in set(named))
    return 3 if len(value) != 1 else 0 if value[0] in set(named) else 1


def distinct(choices: Iterable[Choice], seen: Seen) -> list[Choice]:
    """The plainest of the choices that look alike, in the order of their cost."""
    best: dict[Hashable, Choice] = {}
    for choice in sorted(choices, key=lambda each: each[0]):
        best.setdefault(seen(choice[1]), choice)
    return list(best.values())


def choices_of(key: str, values: Iterable[Value], named: Iterable[Any], seen: Seen) -> list[Choice]:
    """Distinct choices of a key; where a fact may be several words, also pairs of words that do not look alike.

    Three words tell no more than two: what makes one rule bear and what makes the other silent are one word each.
    """
    named = list(named)
    single = distinct([(cost_of(value, named), {key: value}) for value in dict.fromkeys(values)], seen)
    if key not in MANY:
        return single
    words = [facts[key] for _, facts in single if facts[key] is not None and len(facts[key]) == 1]
    pairs = [(3, {key: (*one, *other)}) for one, other in combinations(words, 2)]
    return distinct([*single, *pairs], seen)
