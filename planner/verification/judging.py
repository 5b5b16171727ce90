"""Judging: rules on one case, fact by fact, in plain Python; the second judge beside the vectorised masks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from planner.model.law import Exemption, Level, PolicyCase, Rule
from planner.model.vocabulary import PlaceList, Vocabulary
from planner.verification.facts import Facts, facts_given
from planner.verification.matching import Lexicon, matches
from planner.verification.refusing import find_lifts, refuses

__all__ = ["Answer", "Facts", "Verdict", "judge", "judge_case", "judge_set"]

Answer = Literal["allow", "deny", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a case.

    Attributes:
        answer: `deny`, `allow` (it bears and does not refuse) or `not_applicable`.
        assumed: only an unknown fact made it bear or refuse.
        lifts: mechanisms that would lift a denial.
        silenced_by: overriding rules and exemptions without which it would bear, sorted.
    """

    answer: Answer
    assumed: bool = False
    lifts: tuple[str, ...] = ()
    silenced_by: tuple[str, ...] = ()


NOT_APPLICABLE: Final = Verdict("not_applicable")


def judge(
    rule: Rule,
    facts: Facts,
    day_first: date,
    day_last: date,
    vocabulary: Vocabulary,
    lists: Mapping[str, PlaceList],
    as_of: date,
) -> Verdict:
    """What a rule by itself says of a case from day_first to day_last, with lists of places read on as_of.

    A must-rule bears on the unknown, a should-rule does not; what is unknown to the effect is refused by both.

    Raises:
        TypeError: the rule's effect has no scalar face.
    """
    return _judge(rule, facts, day_first, day_last, Lexicon(vocabulary, lists, as_of))


def judge_case(
    rule: Rule, case: PolicyCase, default_as_of: date, vocabulary: Vocabulary, lists: Mapping[str, PlaceList]
) -> Verdict:
    """What a rule says of an inline case: deny if any of its verbs is denied, else allow if any is allowed."""
    day = case.as_of or default_as_of
    verdicts = [
        judge(rule, facts_given(case.given, verb, vocabulary), day, day, vocabulary, lists, day)
        for verb in case.given.verb
    ]
    order: tuple[Answer, ...] = ("deny", "allow", "not_applicable")
    return min(verdicts, key=lambda verdict: order.index(verdict.answer), default=NOT_APPLICABLE)


def judge_set(
    rules: Iterable[Rule],
    exemptions: Iterable[Exemption],
    facts: Facts,
    first: date,
    last: date,
    vocabulary: Vocabulary,
    lists: Mapping[str, PlaceList],
    as_of: date,
) -> tuple[tuple[str, Verdict], ...]:
    """What each rule of a set says of one case beside the others, sorted by rule id.

    A rule that would bear but is overridden or exempted is `not_applicable` and names what silences it.

    Raises:
        TypeError: the effect of a rule has no scalar face.
    """
    lexicon = Lexicon(vocabulary, lists, as_of)
    ordered = sorted(rules, key=lambda rule: rule.id)
    silencing = _Silencing(tuple(rule for rule in ordered if rule.overrides), tuple(exemptions), first, last, lexicon)
    found = []
    for rule in ordered:
        verdict = _judge(rule, facts, first, last, lexicon)
        silencers = () if verdict == NOT_APPLICABLE else silencing.find(rule, facts)
        found.append((rule.id, Verdict("not_applicable", silenced_by=silencers) if silencers else verdict))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Silencing:
    """What may silence rules of a set from first to last; only where its box is met for certain."""

    overriders: tuple[Rule, ...]
    exemptions: tuple[Exemption, ...]
    first: date
    last: date
    lexicon: Lexicon

    def find(self, rule: Rule, facts: Facts) -> tuple[str, ...]:
        return tuple(sorted((*self._overriders(rule, facts), *self._exemptions(rule, facts))))

    def _overriders(self, rule: Rule, facts: Facts) -> Iterator[str]:
        for other in self.overriders:
            # Reading refuses these two; a set built otherwise must not lose a duty by them.
            barred = other.id == rule.id or (other.level != Level.MUST and rule.level == Level.MUST)
            named = rule.id in other.overrides and not barred
            if named and _meets(other, facts, self.first, self.last, self.lexicon):
                yield other.id

    def _exemptions(self, rule: Rule, facts: Facts) -> Iterator[str]:
        for exemption in self.exemptions:
            named = exemption.rule == rule.id and exemption.in_force_between(self.first, self.last)
            if named and matches(exemption.when, facts, self.lexicon):
                yield exemption.id


def _judge(rule: Rule, facts: Facts, first: date, last: date, lexicon: Lexicon) -> Verdict:
    met = _meets(rule, facts, first, last, lexicon)
    if met is False or (met is None and rule.level != Level.MUST):
        return NOT_APPLICABLE
    refused = refuses(rule.then, facts, lexicon)
    if refused is False:
        return Verdict("allow", assumed=met is None)
    return Verdict("deny", met is None or refused is None, find_lifts(rule.then))


def _meets(rule: Rule, facts: Facts, first: date, last: date, lexicon: Lexicon) -> bool | None:
    if facts.verb not in rule.verbs or not rule.in_force_between(first, last):
        return False
    return matches(rule.when, facts, lexicon)
