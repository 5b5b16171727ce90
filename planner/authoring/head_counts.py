"""Head counts: the numbers that words on counts tell apart, and the words that a slip of the pen could write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from planner.authoring.choices import Choice
from planner.model.thresholds import AT_LEAST, BELOW, Thresholds, counted_by


def step_of(word: str) -> int:
    """The number in `cn-persons>=100000`."""
    return int(word.removeprefix(counted_by(word)).lstrip(AT_LEAST + BELOW))


def counts_near(named: Iterable[str]) -> list[dict[str, int]]:
    """Every combination of declared counts that the words tell apart: each step, and one person below the first."""
    return [{name: n for name, n in counts if n is not None} for _, counts in _combined(named, unknown=False)]


def count_choices(named: Iterable[str]) -> list[Choice]:
    """The same and those with counts that are not declared, each with how far it is from the plainest case."""
    found = _combined(named, unknown=True)
    return [(cost, {"persons": {name: n for name, n in counts if n is not None}}) for cost, counts in found]


def _combined(named: Iterable[str], *, unknown: bool) -> Iterator[tuple[int, list[tuple[str, int | None]]]]:
    steps: dict[str, set[int]] = {}
    for word in named:
        steps.setdefault(counted_by(word), set()).add(step_of(word))
    each: list[list[tuple[int, str, int | None]]] = []
    for name, numbers in sorted(steps.items()):
        known: list[tuple[int, str, int | None]] = [(0, name, step) for step in sorted(numbers)]
        known.append((1, name, min(numbers) - 1))
        each.append([*known, (4, name, None)] if unknown else known)
    for cell in product(*each):
        yield sum(cost for cost, _, _ in cell), [(name, n) for _, name, n in cell]


def other_words(word: str, thresholds: Thresholds) -> Iterator[str]:
    """The word turned round, and the same word at the next step down and up."""
    name, step = counted_by(word), step_of(word)
    sign, turned = (BELOW, AT_LEAST) if BELOW in word else (AT_LEAST, BELOW)
    yield f"{name}{turned}{step}"
    steps = thresholds[name].steps if name in thresholds else ()
    if step in steps:
        at = steps.index(step)
        for near in (*steps[max(0, at - 1) : at], *steps[at + 1 : at + 2]):
            yield f"{name}{sign}{near}"
