"""Chip words: families of chips that follow from what is known of a kind (`from:CN`, `fab:SMIC`, `tpp>=4800`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from planner.model.accelerators import Accelerator
from planner.model.law import Box, Rule
from planner.model.vocabulary import Vocabulary
from planner.reading.faults import Collector

_WORD: Final = re.compile(r"(?:(from|vendor|fab):(.+)|(tpp)>=(\d+))")

Belongs = Callable[[Accelerator], bool | None]


def belonging(word: str) -> tuple[str, Belongs] | None:
    """The figure that a derived word looks at, and whether a kind belongs (None = unknown); None for other words."""
    found = _WORD.fullmatch(word)
    if found is None:
        return None
    key, named, _, least = found.groups()
    if key == "from":
        return "vendor_in", lambda kind: kind.vendor_in == named
    if key == "vendor":
        return "vendor", lambda kind: kind.vendor == named
    if key == "fab":
        return "fab", lambda kind: None if kind.fab is None else named in re.findall(r"\w+", kind.fab)
    return "tpp", lambda kind: None if kind.tpp is None else kind.tpp >= Decimal(least)


def with_derived_families(
    words: Vocabulary, kinds: Mapping[str, Accelerator], rules: Iterable[Rule], faults: Collector
) -> Vocabulary:
    """The vocabulary with the members of derived families worked out for the kinds of a scenario.

    Kinds that the scenario does not name stay as the vocabulary has them. A rule that asks a figure that nobody knows
    of a kind is a fault: neither to match nor not to match would be safe on both sides of a `not`.
    """
    asked = {word for rule in rules for word in _chips_of(rule)}
    families = dict(words.chip_families)
    for word in families:
        derived = belonging(word)
        if derived is None:
            continue
        figure, belongs = derived
        known = {name: belongs(kind) for name, kind in kinds.items()}
        for name in sorted(name for name, answer in known.items() if answer is None and word in asked):
            text = f"a rule asks for chips {word!r}, and {figure} of {name} is not known"
            where = faults.inside(kinds[name].where, "id")
            faults.add(where, "N001", text, f"state {figure} under `accelerators: {{kinds: […]}}`")
        others = (name for name in families[word] if name not in kinds)
        families[word] = tuple(sorted({*others, *(name for name, answer in known.items() if answer)}))
    return replace(words, chip_families=families)


def _chips_of(rule: Rule) -> tuple[str, ...]:
    excluded: Box | None = rule.when.not_
    return (*(rule.when.chip or ()), *((excluded.chip or ()) if excluded else ()))
