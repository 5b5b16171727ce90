"""Thresholds: the head counts at which law changes; rules compare words such as `cn-persons>=100000`, never numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

AT_LEAST: Final = ">="
BELOW: Final = "<"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One kind of head count: its steps, ascending numbers of people, and who is counted since when."""

    shorthand: ClassVar[str] = "steps"
    steps: tuple[int, ...]
    counts: str | None = None
    source: str | None = None
    as_of: str | None = None
    confidence: Literal["high", "medium", "low", "memory"] | None = None
    note: str | None = None


Thresholds = Mapping[str, Threshold]


def count_words(thresholds: Thresholds) -> Iterator[str]:
    """Every word that a rule may compare: from each step on, and below it."""
    for name, threshold in thresholds.items():
        for step in threshold.steps:
            yield f"{name}{AT_LEAST}{step}"
            yield f"{name}{BELOW}{step}"


def words_met(thresholds: Thresholds, persons: Mapping[str, int]) -> tuple[str, ...]:
    """The words that are true of declared counts, sorted; a count that is not declared makes none true.

    Numbers between the same two steps have the same words: they are one class, however many there are.
    """
    met = [
        f"{name}{AT_LEAST if persons[name] >= step else BELOW}{step}"
        for name, threshold in thresholds.items()
        if name in persons
        for step in threshold.steps
    ]
    return tuple(sorted(met))


def counted_by(word: str) -> str:
    """The name of the count that a word compares."""
    return word.partition(AT_LEAST if AT_LEAST in word else BELOW)[0]
