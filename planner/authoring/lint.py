"""Lint: everything that can be said of rules without a scenario; docs/lint has a page for each code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from planner.authoring import lint_rules, lint_words
from planner.authoring.finding import Finding
from planner.authoring.law_tables import LawTables
from planner.authoring.mutation import mutate
from planner.authoring.silence import silence
from planner.authoring.whole_set import WholeSet
from planner.authoring.words import Language
from planner.errors import Where
from planner.model.areas import Outline
from planner.model.catalogue import Operator, Region
from planner.model.law import Exemption, Rule

CODES: Final = {
    "R101": "no case is denied, or none is not",
    "R102": "the rule is dead",
    "R103": "another rule makes it superfluous",
    "R104": "two rules cannot hold together",
    "R105": "no citation that was read",
    "R106": "windows reversed or overlapping",
    "R107": "nothing ties the case to the law",
    "R108": "a list or place that is not there",
    "R109": "a penalty far from the others",
    "R110": "an exemption expired or too long",
    "R111": "a slip of the pen goes unnoticed",
    "R112": "a verb that usually has company",
    "R113": "a word that old YAML takes for a boolean",
    "R114": "a class travels along unsaid",  # of scenarios: authoring.silent_flows
    "R115": "data of which no rule speaks",
}
_SINGLE: Final = (
    lint_rules.both_answers,
    lint_rules.citations,
    lint_rules.windows,
    lint_rules.nexus,
    lint_rules.verbs,
)


@dataclass(frozen=True)
class Linted:
    """What is linted: rules with their words, exemptions, the files by name, outlines of areas, and the catalogue.

    Attributes:
        classes: data classes with their positions; none = the rules are not the whole set, so silence says nothing.
    """

    rules: Mapping[str, Rule]
    language: Language
    today: date
    exemptions: Sequence[Exemption] = ()
    regions: Sequence[Region] = ()
    operators: Mapping[str, Operator] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    classes: Mapping[str, Where] = field(default_factory=dict)


def lint(linted: Linted) -> list[Finding]:
    """Every finding, by file, position and code."""
    return sorted(_found(linted), key=lambda each: (each.fault.where, each.code, each.message))


def _found(linted: Linted) -> Iterator[Finding]:
    rules = [rule for _, rule in sorted(linted.rules.items())]
    for check in _SINGLE:
        for rule in rules:
            yield from check(rule)
    yield from lint_rules.penalties(rules)
    yield from lint_words.lists_and_places(rules, linted.language, linted.regions, linted.today)
    yield from lint_words.outlines(linted.outlines, linted.regions)
    yield from lint_words.exemptions(linted.exemptions, linted.rules, linted.today)
    for name, path in sorted(linted.files.items()):
        yield from lint_words.unquoted(path, name)
    yield from silence(rules, linted.language.vocabulary, linted.classes)
    yield from _whole(linted, rules)
    yield from _unnoticed(linted, rules)


def _whole(linted: Linted, rules: list[Rule]) -> Iterator[Finding]:
    tables = LawTables(tuple(rules), linted.language, tuple(linted.regions), linted.operators, linted.today)
    yield from WholeSet(tables).findings()


def _unnoticed(linted: Linted, rules: list[Rule]) -> Iterator[Finding]:
    for mutation in mutate(rules, linted.language):
        for survivor in mutation.survivors:
            yield Finding("R111", mutation.rule, f"no case notices {survivor.change}")
