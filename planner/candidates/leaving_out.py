"""Leaving out: the candidates of a scenario without some of its rules, by clearing bits instead of judging again."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from planner.candidates.find import find_candidates
from planner.model.alternatives import Alternatives
from planner.model.candidates import Candidates
from planner.model.exclusions import Exclusions
from planner.model.scenario import Scenario

Rules = frozenset[str]


def leave_out(scenario: Scenario, candidates: Candidates, rules: Rules) -> tuple[Scenario, Candidates]:
    """The scenario without the rules, and its candidates.

    A rule that overrides one that stays has kept it silent, and only the judges know where: then all is judged anew.
    So it is where a rule looks at accelerators, since chips that arrive or are bought without it are in no table.
    """
    kept = replace(scenario, rules=tuple(rule for rule in scenario.rules if rule.id not in rules))
    if not only_widens(scenario, rules) or not rules.isdisjoint(_of_chips(candidates)):
        return kept, find_candidates(kept)
    return kept, replace(candidates, periods=tuple(_cleared(period, rules) for period in candidates.periods))


def _of_chips(candidates: Candidates) -> Rules:
    """Rules that bear on an accelerator that is used, arrives or is bought."""
    found = [period.runs.alternatives for period in candidates.periods]
    return frozenset().union(*(chips.matched | chips.fleet.matched for chips in found))


def only_widens(scenario: Scenario, rules: Rules) -> bool:
    """Whether every plan stays lawful without the rules: none of them keeps another one silent."""
    staying = {rule.id for rule in scenario.rules} - rules
    return all(staying.isdisjoint(rule.overrides) for rule in scenario.rules if rule.id in rules)


def _cleared(table: Any, rules: Rules) -> Any:
    """A table of candidates, and every table inside it, without what the rules did."""
    changed = {f.name: _cleared_part(f.name, getattr(table, f.name), rules) for f in fields(table)}
    if "exclusions" in changed and "allowed" in changed:
        changed["allowed"] = ~changed["exclusions"].refused()
    return replace(table, **changed)


def _cleared_part(name: str, part: Any, rules: Rules) -> Any:
    if isinstance(part, Alternatives):
        return part  # no rule that is cleared here looks at chips
    if isinstance(part, Exclusions):
        return _without_bits(part, rules)
    if name in ("gates", "duties"):
        return tuple(each for each in part if each.rule not in rules)
    if name == "matched":
        return part - rules
    if isinstance(part, tuple):
        return tuple(_cleared_part("", each, rules) for each in part)
    inside = is_dataclass(part) and any(f.name == "exclusions" for f in fields(part))
    return _cleared(part, rules) if inside else part


def _without_bits(exclusions: Exclusions, rules: Rules) -> Exclusions:
    """Requirements carry no position, so a rule that is called like one is still told from it."""
    kept = np.zeros(exclusions.bits.shape[2], dtype=np.uint64)
    for index, reason in enumerate(exclusions.reasons):
        if not (reason.where and reason.id in rules):
            kept[index // 64] |= np.uint64(1) << np.uint64(index % 64)
    return replace(exclusions, bits=exclusions.bits & kept)
