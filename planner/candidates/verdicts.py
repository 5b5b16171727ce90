"""Verdicts: every rule against every (profile, region) at once, with the mechanisms that would lift it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.candidates.profiles import LawProfile
from planner.model.calendar import Period
from planner.model.candidates import Mask, Reason
from planner.model.law import Mechanism, Rule, Scope, Verb
from planner.model.places import EVERYWHERE
from planner.model.question import Entity, Hold
from planner.model.scenario import Scenario

Three = NDArray[np.int8]
NO, UNKNOWN, YES = 0, 1, 2


@dataclass(frozen=True)
class Verdict:
    """One rule's effect on a table of profiles × regions.

    Attributes:
        refused: cells it refuses for good, [P, R].
        gated: cells it refuses unless one of `alternatives` is bought, [P, R].
        assumed: profiles it bears on only because a fact is unknown, [P].
    """

    rule: Rule
    refused: Mask
    gated: Mask
    alternatives: tuple[str, ...]
    bears: bool
    assumed: Mask

    @property
    def reason(self) -> Reason:
        """For the refused cells."""
        return Reason(self.rule.id, self.rule.title, str(self.rule.where))


def judge_all(
    scenario: Scenario, profiles: Sequence[LawProfile], verbs: Collection[Verb], period: Period
) -> list[Verdict]:
    """A verdict for each rule of the scenario that speaks of one of the verbs and is in force in the period."""
    first, last = scenario.days(period)
    rules = [r for r in scenario.rules if set(r.verbs) & set(verbs) and r.in_force_between(first, last)]
    facts = _Facts(scenario, profiles)
    return [facts.judge(rule, period) for rule in rules]


class _Facts:
    """Facts of profiles and regions as arrays, so that a rule is a handful of array operations."""

    def __init__(self, scenario: Scenario, profiles: Sequence[LawProfile]) -> None:
        self.scenario = scenario
        self.profiles = profiles
        self.entities = [scenario.entity[p.entity] for p in profiles]
        self.items = sorted({i for p in profiles for i in p.items}, key=lambda i: (i[0] or "", i[1] or ""))
        position = {item: n for n, item in enumerate(self.items)}
        self.has = np.zeros((len(profiles), len(self.items)), dtype=bool)
        for row, profile in enumerate(profiles):
            self.has[row, [position[i] for i in profile.items]] = True
        self.codes = sorted({code for r in scenario.regions for code in r.places})
        self.inside = np.array([[code in r.places for code in self.codes] for r in scenario.regions], dtype=bool)

    def judge(self, rule: Rule, period: Period) -> Verdict:
        """The verdict of one rule on all profiles and regions."""
        match = np.minimum(self._match_profiles(rule)[:, None], self._match_regions(rule)[None, :])
        effect = rule.then.effect
        refuses: Mask = effect.refuses(self._inside(effect.in_))  # type: ignore[attr-defined]
        for unless in rule.then.unless:
            if unless.destination_in:
                refuses = refuses & ~self._inside(unless.destination_in)
        names = tuple(sorted({m for u in rule.then.unless for m in u.holds}))
        denied = (match >= UNKNOWN) & refuses[None, :] & ~self._held(names, period)
        alternatives = tuple(m for m in names if m not in self.scenario.refused)
        never = np.zeros_like(denied)
        bears = bool((match >= UNKNOWN).any())
        assumed = match.max(axis=1, initial=NO) == UNKNOWN
        if alternatives:
            return Verdict(rule, never, denied, alternatives, bears, assumed)
        return Verdict(rule, denied, never, (), bears, assumed)

    def _inside(self, named: tuple[str, ...]) -> Mask:
        """[R] regions that lie in one of the named places."""
        wanted = self.scenario.codes(named)
        if EVERYWHERE in wanted:
            return np.ones(len(self.scenario.regions), dtype=bool)
        columns = [n for n, code in enumerate(self.codes) if code in wanted]
        return np.asarray(self.inside[:, columns].any(axis=1))

    def _match_regions(self, rule: Rule) -> Three:
        kinds = rule.when.deployment
        fits = [kinds is None or r.kind in kinds for r in self.scenario.regions]
        return np.where(np.array(fits, dtype=bool), YES, NO).astype(np.int8)

    def _match_profiles(self, rule: Rule) -> Three:
        """[P] three-valued AND over the keys of the box that concern entity, criticality and data."""
        when = rule.when
        parts = [np.full(len(self.profiles), YES, dtype=np.int8)]
        if when.regulated_by is not None:
            parts.append(self._entities("regulated_by", frozenset(when.regulated_by)))
        if when.sector is not None:
            parts.append(self._entities("sector", frozenset(when.sector)))
        if when.established_in is not None:
            parts.append(self._entities("established_in", self.scenario.codes(when.established_in)))
        if when.critical is not None:
            parts.append(_three([None if p.critical is None else p.critical == when.critical for p in self.profiles]))
        if when.data_class is not None or when.subjects_in is not None:
            parts.append(self._data(rule))
        return np.asarray(np.minimum.reduce(parts))

    def _entities(self, key: str, wanted: frozenset[str]) -> Three:
        cache: dict[str, bool | None] = {}
        for entity in self.entities:
            if entity.id not in cache:
                cache[entity.id] = _meets(entity, key, wanted)
        return _three([cache[entity.id] for entity in self.entities])

    def _data(self, rule: Rule) -> Three:
        """[P] whether any item of the profile meets both the class and the subject of the box."""
        classes, subjects = rule.when.data_class, rule.when.subjects_in
        lineage = self.scenario.vocabulary.lineage
        by_class = _three(
            [None if c is None else classes is None or bool(set(lineage(c)) & set(classes)) for c, _ in self.items]
        )
        wanted = None if subjects is None else self.scenario.codes(subjects)
        by_subject = _three(
            [None if s is None else wanted is None or EVERYWHERE in wanted or s in wanted for _, s in self.items]
        )
        if classes is None:
            by_class = np.full_like(by_class, YES)
        if subjects is None:
            by_subject = np.full_like(by_subject, YES)
        meets = np.minimum(by_class, by_subject)
        return np.asarray(np.where(self.has, meets[None, :], NO).max(axis=1, initial=NO).astype(np.int8))

    def _held(self, names: tuple[str, ...], period: Period) -> Mask:
        """[P, R] cells for which one of the mechanisms is held today through the period."""
        held = np.zeros((len(self.profiles), len(self.scenario.regions)), dtype=bool)
        for hold in self.scenario.holds:
            if hold.mechanism in names and (hold.until is None or hold.until >= period.last_day):
                held |= self._reach(hold)
        return held

    def _held_for(self, hold: Hold) -> str:
        """What a hold is for; a bare dataset id that no workload has means the dataset."""
        name = hold.workload or ""
        workloads = {w.id for w in self.scenario.workloads}
        return f"dataset:{name}" if name in self.scenario.dataset and name not in workloads else name

    def _reach(self, hold: Hold) -> Mask:
        scope = self.scenario.vocabulary.mechanisms[hold.mechanism].scope
        rows = np.array([p.entity == hold.entity for p in self.profiles], dtype=bool)
        columns = np.ones(len(self.scenario.regions), dtype=bool)
        if scope is Scope.DESTINATION:
            columns = np.array([r.country == hold.destination for r in self.scenario.regions], dtype=bool)
        elif scope is Scope.OPERATOR:
            columns = np.array([r.provider == hold.operator for r in self.scenario.regions], dtype=bool)
        elif scope is Scope.WORKLOAD:
            rows &= np.array([p.key == self._held_for(hold) for p in self.profiles], dtype=bool)
        return rows[:, None] & columns[None, :]


def _meets(entity: Entity, key: str, wanted: frozenset[str]) -> bool | None:
    have: tuple[str, ...] | None = getattr(entity, key)
    if have is None:
        return None
    return (EVERYWHERE in wanted and bool(have)) or not wanted.isdisjoint(have)


def _three(facts: Sequence[bool | None]) -> Three:
    return np.array([UNKNOWN if fact is None else YES if fact else NO for fact in facts], dtype=np.int8)


def uses_workload_scope(mechanisms: Collection[Mechanism]) -> bool:
    """Whether any mechanism is bought for one workload: only then do profiles need to tell workloads apart."""
    return any(m.scope is Scope.WORKLOAD for m in mechanisms)
