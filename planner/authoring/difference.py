"""Difference: what changes in meaning from one set of rules to another, with a concrete case for each change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import islice
from typing import Any, Final

from planner.authoring.fact_space import FactSpace
from planner.authoring.matrix import all_of
from planner.authoring.words import Language, lists_of, names_key, words_in_box
from planner.authoring.yaml_text import given_text
from planner.model.box_keys import BoxKeys
from planner.model.law import Exemption, Level, PolicyCase, Rule, Status
from planner.model.plain import to_plain
from planner.model.thresholds import counted_by
from planner.verification import Facts, facts_given, judge_case, judge_set
from planner.verification.facts import counted

MOST_CASES: Final = 400
NO_CLASS: Final = "none-named"
NOBODY: Final = "AQ"
NEUTRAL: Final[Mapping[str, Any]] = {
    "regulated_by": (),
    "established_in": (),
    "sector": (),
    "critical": False,
    "deployment": ("public-cloud",),
    "purpose": (),
    "operator": (),
    "operator_parent_in": (),
    "operator_entity_listed": False,
    "zone_funding": ("private",),
    "chip": (),
    "chip_control": (),
}
"""Facts that a case leaves open because neither rule looks at them; other rules must not take them for unknown."""


@dataclass(frozen=True)
class LawSet:
    """One side of a difference: rules that a run includes, with their words and exemptions."""

    rules: Mapping[str, Rule]
    language: Language
    exemptions: tuple[Exemption, ...] = ()

    def included(self, statuses: frozenset[str]) -> LawSet:
        """Only rules of these statuses."""
        kept = {name: rule for name, rule in self.rules.items() if rule.status.value in statuses}
        return replace(self, rules=kept)


@dataclass(frozen=True)
class Turned:
    """A case that the two sets answer differently: `deny`, `allow`, or `needs …`, with a mechanism or a price."""

    case: PolicyCase
    was: str
    now: str

    def __str__(self) -> str:
        """The facts and both answers."""
        return f"{self.was} → {self.now}: {given_text(self.case.given)} on {self.case.as_of}"


@dataclass(frozen=True)
class RuleChange:
    """One rule that means something else than before.

    Attributes:
        kind: `added`, `removed` or `changed`.
        notes: what changed besides the cases: status, level, penalty, overrides.
        turned: a case for each way in which answers of the whole set turned.
        masked: a case on which this rule alone turned while others still decide the answer; None = not needed.
    """

    id: str
    kind: str
    rule: Rule
    notes: tuple[str, ...]
    turned: tuple[Turned, ...]
    masked: Turned | None = None


@dataclass(frozen=True)
class Difference:
    """Everything that changed in meaning."""

    rules: tuple[RuleChange, ...]
    others: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether both sets mean the same."""
        return not self.rules and not self.others


def difference(
    old: LawSet, new: LawSet, as_of: date, statuses: frozenset[str] = frozenset({Status.ENACTED.value})
) -> Difference:
    """Every rule whose meaning changed, in order of id; a file that was only reformatted changes nothing."""
    before, after = old.included(statuses), new.included(statuses)
    changes = [_change(name, before, after, old, new, as_of) for name in sorted({*old.rules, *new.rules})]
    return Difference(tuple(change for change in changes if change is not None), tuple(_others(old, new)))


def _change(name: str, before: LawSet, after: LawSet, old: LawSet, new: LawSet, as_of: date) -> RuleChange | None:
    was, now = before.rules.get(name), after.rules.get(name)
    kind = "added" if name not in old.rules else "removed" if name not in new.rules else "changed"
    notes = tuple(_notes(old.rules.get(name), new.rules.get(name)))
    rule = new.rules.get(name) or old.rules[name]
    if was is None and now is None:
        return RuleChange(name, kind, rule, notes, ()) if notes else None
    same_words = _words(was, before.language) == _words(now, after.language)
    if was is not None and now is not None and same_words and _meaning(was) == _meaning(now):
        return RuleChange(name, kind, rule, notes, ()) if notes else None
    turned, masked = _turned(was, now, before, after, as_of)
    if not turned and masked is None and not notes:
        return None
    return RuleChange(name, kind, rule, notes, turned, masked)


def _turned(
    was: Rule | None, now: Rule | None, before: LawSet, after: LawSet, as_of: date
) -> tuple[tuple[Turned, ...], Turned | None]:
    one = was or _never(now)
    other = now or _never(was)
    space = FactSpace(one, other, as_of, before.language, after.language)
    found: dict[tuple[str, str], Turned] = {}
    masked = None
    for case in islice((c for c in space.cases() if _said(one, c, before) != _said(other, c, after)), MOST_CASES):
        first, second = (_answer(case, side, (one, other)) for side in (before, after))
        turn = (first.split(" ", 1)[0], second.split(" ", 1)[0])
        if first != second and not (found and _is_vague(case, (one, other))):
            found.setdefault(turn, Turned(case, first, second))
        elif masked is None:
            masked = Turned(case, first, second)
    return tuple(found.values()), None if found else masked


def _said(rule: Rule, case: PolicyCase, side: LawSet) -> object:
    """What one rule says, how hard, at what price, and what would lift it."""
    assert case.as_of is not None, "the fact space dates every case"
    language = side.language
    verdict = judge_case(rule, case, case.as_of, language.vocabulary, language.lists)
    if verdict.answer != "deny":
        return verdict.answer
    return verdict.answer, frozenset(verdict.lifts), rule.level, rule.penalty_usd_month


def _is_vague(case: PolicyCase, looking: tuple[Rule, Rule]) -> bool:
    """Whether it leaves a fact unknown that a box looks at: what fails closed is no news where a plain case turned."""
    keys = [field.name for field in fields(BoxKeys) if any(names_key(rule.when, field.name) for rule in looking)]
    uncounted = _counts_looked_at(looking) - set(case.given.persons)
    return bool(uncounted) or case.given.located_in is None or any(getattr(case.given, key) is None for key in keys)


def _counts_looked_at(looking: tuple[Rule, Rule]) -> set[str]:
    return {counted_by(word) for rule in looking for word in words_in_box(rule.when, "persons")}


def _never(rule: Rule | None) -> Rule:
    assert rule is not None, "a rule is on one side at least"
    return replace(rule, in_force=())


def _answer(case: PolicyCase, side: LawSet, looking: tuple[Rule, Rule]) -> str:
    """What a whole set says of a case: deny, what is needed, or allow."""
    assert case.as_of is not None, "the fact space dates every case"
    day, language = case.as_of, side.language
    facts = _known(facts_given(case.given, case.given.verb[0], language.vocabulary), case, looking, language)
    verdicts = judge_set(
        side.rules.values(), side.exemptions, facts, day, day, language.vocabulary, language.lists, day
    )
    refused = [(side.rules[name], verdict.lifts) for name, verdict in verdicts if verdict.answer == "deny"]
    hard = [lifts for rule, lifts in refused if rule.level is Level.MUST]
    if not all(hard):
        return "deny"
    if hard:
        return "needs " + all_of(hard)
    priced = sum(rule.penalty_usd_month or 0 for rule, _ in refused)
    return f"allow for USD {priced:,} a month" if refused else "allow"


def _known(facts: Facts, case: PolicyCase, looking: tuple[Rule, Rule], language: Language) -> Facts:
    """Facts that neither rule looks at, made known and harmless."""
    filled = {
        key: value
        for key, value in NEUTRAL.items()
        if getattr(facts, key) is None and not any(names_key(rule.when, key) for rule in looking)
    }
    named = [any(names_key(rule.when, key) for rule in looking) for key in ("data_class", "subjects_in", "persons")]
    counts = {name: 0 for name in language.vocabulary.thresholds if name not in _counts_looked_at(looking)}
    items = tuple(
        (item[0] if named[0] else NO_CLASS, item[1] if named[1] else NOBODY, counted(counts | dict(item[2])))
        for item in facts.items
        if any(named)
    )
    kept = replace(facts, items=items)
    keys = kept.keys or "independent_custodian"
    return replace(kept, **filled, keys=keys if case.given.keys is None else case.given.keys)


def _meaning(rule: Rule) -> tuple[object, ...]:
    return rule.in_force, rule.when, frozenset(rule.verbs), rule.then, rule.level


def _notes(was: Rule | None, now: Rule | None) -> Iterator[str]:
    if was is None or now is None:
        return
    for name in ("status", "level", "penalty_usd_month", "overrides"):
        first, second = getattr(was, name), getattr(now, name)
        if (sorted(first) != sorted(second)) if name == "overrides" else first != second:
            yield f"{name}: {_shown(first)} → {_shown(second)}"


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return "none" if value is None else str(value)


def _words(rule: Rule | None, language: Language) -> object:
    """Everything outside a rule that its meaning rests on: lists, classes, technical mechanisms, levels."""
    if rule is None:
        return None
    vocabulary = language.vocabulary
    listed = [language.lists[name].members for name in lists_of(rule) if name in language.lists]
    tree = dict(vocabulary.data_classes) if names_key(rule.when, "data_class") else {}
    held = [vocabulary.mechanisms.get(m) for way in rule.then.unless for m in way.holds]
    technical = [m.holds_if for m in held if m is not None and m.technical]
    return listed, tree, technical, vocabulary.isolation


def _others(old: LawSet, new: LawSet) -> Iterator[str]:
    """Changes of mechanisms and exemptions: they move money and dates, not boxes."""
    pairs: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = (
        ("mechanism", old.language.vocabulary.mechanisms, new.language.vocabulary.mechanisms),
        ("exemption", {e.id: e for e in old.exemptions}, {e.id: e for e in new.exemptions}),
    )
    for what, first, second in pairs:
        for name in sorted({*first, *second}):
            one, other = (_plain(side.get(name)) for side in (first, second))
            keys = sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
            if name not in first or name not in second:
                yield f"{what} {name} {'added' if name in second else 'removed'}"
            elif keys:
                yield f"{what} {name}: " + ", ".join(f"{k} {one.get(k)} → {other.get(k)}" for k in keys)


def _plain(thing: Any) -> dict[str, Any]:
    plain = to_plain(thing) if thing is not None else {}
    return {key: value for key, value in plain.items() if key not in ("where", "note", "source", "evidence")}
