"""Stale: citations that nobody has looked at for too long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.model.law import Citation, Rule


@dataclass(frozen=True)
class StaleCitation:
    """A citation and for how many days nobody checked it."""

    rule: Rule
    cite: Citation
    days: int


def stale(rules: Iterable[Rule], today: date, days: int) -> list[StaleCitation]:
    """Citations checked more than so many days ago, the oldest first."""
    found = [StaleCitation(rule, cite, (today - cite.checked).days) for rule in rules for cite in rule.cites]
    return sorted((each for each in found if each.days > days), key=lambda s: (-s.days, s.rule.id, s.cite.instrument))
