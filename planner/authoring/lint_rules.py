"""Lint of rules: cases (R101), citations (R105), windows (R106), nexus (R107), penalties (R109), verbs (R112)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Final

from planner.authoring.finding import Finding
from planner.model.law import Level, Rule, Status, Verb
from planner.rules.require import Require

NEXUS: Final = (
    "regulated_by",
    "established_in",
    "subjects_in",
    "operator",
    "operator_parent_in",
    "chip",
    "chip_control",
    "located_in",
)
SPREAD: Final = 10


def both_answers(rule: Rule) -> Iterator[Finding]:
    """R101: a rule needs a case that is denied and one that is not."""
    answers = {case.expect for case in rule.tests}
    if "deny" not in answers and not _only_records(rule):
        yield Finding("R101", rule, "no case is denied")
    if not answers - {"deny"}:
        yield Finding("R101", rule, "no case is allowed or not applicable")


def _only_records(rule: Rule) -> bool:
    """Whether its effect can refuse nothing: it asks for a record and for no more."""
    effect = rule.then.effect
    return isinstance(effect, Require) and effect == Require(record=effect.record)


def citations(rule: Rule) -> Iterator[Finding]:
    """R105: a hard, settled rule rests on a source that was read."""
    settled = rule.level is Level.MUST and rule.status is Status.ENACTED
    if not rule.cites:
        yield Finding("R105", rule, "it cites nothing")
    elif settled and all(cite.quality == "memory" for cite in rule.cites):
        yield Finding("R105", rule, "it is must and enacted, and every citation is from memory")


def windows(rule: Rule) -> Iterator[Finding]:
    """R106: windows run forward and do not overlap."""
    ordered = sorted(rule.in_force, key=lambda window: window.from_)
    for window in ordered:
        if window.to is not None and window.to < window.from_:
            yield Finding("R106", rule, f"the window from {window.from_} ends {window.to}, before it begins")
    for first, second in pairwise(ordered):
        if first.to is None or second.from_ <= first.to:
            yield Finding("R106", rule, f"the windows from {first.from_} and from {second.from_} overlap")
    if not ordered:
        yield Finding("R106", rule, "it has no window, so it is never in force")


def nexus(rule: Rule) -> Iterator[Finding]:
    """R107: something ties the case to the law: a licence, a seat, subjects, a parent, a chip or a place."""
    if all(getattr(rule.when, key) is None for key in NEXUS):
        text = f"nothing ties the case to the law of {rule.law_of}: name one of {', '.join(NEXUS)}"
        yield Finding("R107", rule, text)


def verbs(rule: Rule) -> Iterator[Finding]:
    """R112: a question rather than a fault; a duty about copies, isolation or records names its verb for itself."""
    effect, named = rule.then.effect, set(rule.verbs)
    if isinstance(effect, Require) and effect.keys is None:
        return
    if Verb.PROCESS in named and Verb.STORE not in named:
        yield Finding("R112", rule, "process is named and store is not; is data at rest free?", severity="note")
    if Verb.STORE in named and Verb.BACKUP not in named:
        yield Finding("R112", rule, "store is named and backup is not; may the backup copy roam?", severity="note")


def penalties(rules: Iterable[Rule]) -> Iterator[Finding]:
    """R109: a soft rule's price is within ten times of the median of the set, up or down."""
    priced = [rule for rule in rules if rule.level is Level.SHOULD and rule.penalty_usd_month]
    if len(priced) < 3:
        return
    middle = Decimal(median(rule.penalty_usd_month or Decimal(0) for rule in priced))
    for rule in priced:
        price = rule.penalty_usd_month or Decimal(0)
        if not middle / SPREAD <= price <= middle * SPREAD:
            text = f"its penalty of {price:,} USD a month is more than ten times off the median, {middle:,}"
            yield Finding("R109", rule, text, severity="warning")
