"""Mutation: every slip of the pen in a rule must be noticed by one of its own cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.authoring.fact_space import FactSpace
from planner.authoring.mutants import Mutant, mutants_of
from planner.authoring.words import Language, fresh_place, places_in_then, words_in_box
from planner.model.law import PolicyCase, Rule
from planner.model.places import EVERYWHERE, is_country
from planner.verification import judge_case


@dataclass(frozen=True)
class Survivor:
    """A mutant that every case of the rule lets pass, and a case that would tell it from the rule."""

    rule: Rule
    change: str
    mutant: Rule
    case: PolicyCase

    def __str__(self) -> str:
        """One line: position, rule, and the change that went unnoticed."""
        return f"SURVIVES {self.rule.where.line_text}: {self.rule.id}: {self.change}"


@dataclass(frozen=True)
class Mutation:
    """What became of the mutants of one rule.

    Attributes:
        killed: how many a case notices.
        survivors: those that mean something else and go unnoticed.
        equivalent: changes that mean the same on every case there is, so they do not count.
    """

    rule: Rule
    killed: int
    survivors: tuple[Survivor, ...]
    equivalent: tuple[str, ...]


def mutate(rules: Iterable[Rule], language: Language) -> list[Mutation]:
    """Run every mutant of every rule against the rule's own cases, in order of rule id."""
    return [mutate_rule(rule, language) for rule in sorted(rules, key=lambda r: r.id)]


def mutate_rule(rule: Rule, language: Language) -> Mutation:
    """Run every mutant of one rule against its cases; those that pass are told apart from the rule, or proved equal."""
    cases = [case for case in rule.tests if _answer(rule, case, language) == case.expect]
    mutants = mutants_of(rule, language.vocabulary, _fresh(rule, language))
    unnoticed = [mutant for mutant in mutants if not _noticed(mutant, cases, language)]
    day = reading_day(rule)
    found = [(m, FactSpace(rule, m.rule, day, language, language).difference()) for m in unnoticed]
    survivors = tuple(Survivor(rule, m.change, m.rule, case) for m, case in found if case is not None)
    equivalent = tuple(m.change for m, case in found if case is None)
    return Mutation(rule, len(mutants) - len(unnoticed), survivors, equivalent)


def notices(case: PolicyCase, survivor: Survivor, language: Language) -> bool:
    """Whether a case answers differently for a mutant than it expects."""
    return _answer(survivor.mutant, case, language) != case.expect


def reading_day(rule: Rule) -> date:
    """The day on which most cases of a rule are read; a rule without cases is read on the first day it binds."""
    days = [case.as_of for case in rule.tests if case.as_of is not None]
    return max(set(days), key=lambda day: (days.count(day), day)) if days else rule.in_force[0].from_


def _noticed(mutant: Mutant, cases: Iterable[PolicyCase], language: Language) -> bool:
    return any(_answer(mutant.rule, case, language) != case.expect for case in cases)


def _answer(rule: Rule, case: PolicyCase, language: Language) -> str:
    return judge_case(rule, case, case.as_of or date.max, language.vocabulary, language.lists).answer


def _fresh(rule: Rule, language: Language) -> str:
    """The country whose law it is where the rule names everywhere, else one that it does not name."""
    places = (*places_in_then(rule.then), *words_in_box(rule.when, "located_in"))
    if EVERYWHERE in places and is_country(rule.law_of):
        return rule.law_of
    return fresh_place(language.members(places, [reading_day(rule)]))
