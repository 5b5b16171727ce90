"""The whole set: rules that never bite (R102), that others make superfluous (R103), that cannot hold together (R104).

Exact over single-valued, known facts, over all pairs of rules, and over every region of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from planner.authoring.finding import Finding
from planner.authoring.law_tables import IN_BOX, IN_NOT, REGION_KEYS, LawTables, Mask
from planner.authoring.pairs import FIRST_BEARS, SECOND_BEARS, STATES, Pairs
from planner.authoring.yaml_text import flow
from planner.model.law import Level, Rule, Status, Verb
from planner.rules.require import Require


@dataclass(frozen=True)
class WholeSet:
    """The findings about rules as a set."""

    tables: LawTables

    @cached_property
    def pairs(self) -> Pairs:
        """All pairs of the rules."""
        return Pairs(self.tables)

    def findings(self) -> list[Finding]:
        """R102, R103 and R104 in order of rule."""
        return [*self.dead(), *self.shadowed(), *self.contradictions()] if self.tables.rules else []

    def dead(self) -> Iterator[Finding]:
        """R102: rules that refuse nothing anywhere."""
        bears = self.pairs.exists(FIRST_BEARS)
        for n, rule in enumerate(self.tables.rules):
            codes = self.tables.region_codes[n]
            here = np.array([bears[n, n, 5 * int(code)] for code in codes], dtype=bool)
            if not any(bears[n, n, 5 * code] for code in _region_parts(rule)):
                yield Finding("R102", rule, "no case lies in its box: `not` takes away all that `when` names")
            elif not self.tables.places:
                continue
            elif not here.any():
                yield Finding("R102", rule, "its box holds no region of the catalogue", severity="warning")
            elif not isinstance(rule.then.effect, Require) and not self._bites(n, here):
                yield Finding("R102", rule, "it refuses no region of the catalogue", severity="warning")

    def _bites(self, n: int, here: Mask) -> bool:
        return any(bool((here & self.tables.refused[verb][n]).any()) for verb in self.tables.rules[n].verbs)

    def shadowed(self) -> Iterator[Finding]:
        """R103: rules that refuse nothing that one other rule does not refuse too, with no more ways out."""
        beyond = self._beyond()
        for i, rule in enumerate(self.tables.rules):
            for j, other in enumerate(self.tables.rules):
                same = not beyond[j, i] and _may_shadow(rule, other)
                if i != j and not beyond[i, j] and _may_shadow(other, rule) and not (same and i < j):
                    example = self._example(i, j)
                    if example:
                        text = f"refuses nothing that {other.id} does not refuse too"
                        yield Finding("R103", rule, text, example, "warning")
                        break

    def _beyond(self) -> Mask:
        """[R, R] whether the first rule refuses a cell that the second leaves open; so, too, where it refuses none."""
        first_alone = self.pairs.exists(FIRST_BEARS & ~SECOND_BEARS)
        first = self.pairs.exists(FIRST_BEARS)
        rows, columns = np.indices(first.shape[:2])
        out = np.zeros(first.shape[:2], dtype=bool)
        first_bites = np.zeros(len(out), dtype=bool)
        for place in range(len(self.tables.places)):
            code = self.pairs.region_codes(place)
            alone, any_ = first_alone[rows, columns, code], first[rows, columns, code]
            for refused in self.tables.refused.values():
                bites, shared = refused[:, place][:, None], refused[:, place][None, :]
                out |= bites & (alone | (any_ & ~shared))
                first_bites |= np.diagonal(bites & any_)
        return out | ~first_bites[:, None]

    def contradictions(self) -> Iterator[Finding]:
        """R104: pairs of rules that leave a case no region although each alone leaves some."""
        rules = self.tables.rules
        gated: dict[int, list[str]] = {}
        for verb in (v for v in self.tables.refused if v is not Verb.INSTALL):
            for i, j in self._clashes(verb):
                if _lifts(rules[i]) or _lifts(rules[j]):
                    gated.setdefault(i, []).append(rules[j].id)
                    continue
                text = f"with {rules[j].id}, `{verb}` is left no region of the catalogue, and nothing can be bought"
                yield Finding("R104", rules[i], text, self._example(i, j), severity="warning")
        for i, others in sorted(gated.items()):
            named = ", ".join(dict.fromkeys(others))
            text = f"leaves no region without a mechanism where one of these bears too: {named}"
            yield Finding("R104", rules[i], text, severity="note")

    def _clashes(self, verb: Verb) -> list[tuple[int, int]]:
        rules, refused = self.tables.rules, self.tables.refused[verb]
        shut = self._shut_out(refused)
        found = []
        for i, j in zip(*np.nonzero(shut), strict=True):
            pair = rules[i], rules[j]
            if i < j and verb in pair[0].verbs and verb in pair[1].verbs and _bind_together(*pair):
                found.append((int(i), int(j)))
        return found

    def _shut_out(self, refused: Mask) -> Mask:
        """[R, R] whether some facts are left no region by two rules together, and some by each alone."""
        count = len(refused)
        out = np.zeros((count, count), dtype=bool)
        codes = [self.pairs.region_codes(place) for place in range(len(self.tables.places))]
        for state in range(STATES):
            reached = self.pairs.reached[:, :, state]
            if not reached.any() or not (FIRST_BEARS[state] or state & 3 == 3):
                continue
            together, first, second = (np.ones((count, count), dtype=bool) for _ in range(3))
            for place, code in enumerate(codes):
                one = FIRST_BEARS[state & code] & refused[:, place][:, None]
                two = SECOND_BEARS[state & code] & refused[:, place][None, :]
                together &= one | two
                first &= one
                second &= two
            out |= reached & together & ~first & ~second
        return out

    def _example(self, i: int, j: int) -> str:
        """Facts on which both rules bear in some region, in words."""
        both = FIRST_BEARS & SECOND_BEARS
        for place, kind in enumerate(self.tables.places):
            code = int(self.pairs.region_codes(place)[i, j])
            facts = self.pairs.facts(i, j, code, both)
            if facts is not None:
                return f"{flow({key: _plain(key, value) for key, value in facts.items()})} in {kind.region.key}"
        return ""


def _region_parts(rule: Rule) -> tuple[int, ...]:
    """Codes that a thinkable region could have: inside the box, and outside its `not` where that looks at regions."""
    inner = rule.when.not_
    looks = inner is not None and any(getattr(inner, key) is not None for key in REGION_KEYS)
    return (IN_BOX, IN_BOX | IN_NOT) if looks or inner is None else (IN_BOX | IN_NOT,)


def _plain(key: str, value: Any) -> Any:
    if key == "persons":
        return dict(value)
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _lifts(rule: Rule) -> frozenset[str]:
    return frozenset(name for way in rule.then.unless for name in way.holds)


def _may_shadow(other: Rule, rule: Rule) -> bool:
    """Whether `other` is as hard, as settled, as long in force and as hard to lift, so that its box decides."""
    return (
        not isinstance(rule.then.effect, Require)
        and not isinstance(other.then.effect, Require)
        and not rule.overrides
        and set(rule.verbs) <= set(other.verbs)
        and (other.level is Level.MUST and (rule.level is Level.MUST or not _lifts(other)))
        and other.status in (Status.ENACTED, rule.status)
        and _lifts(other) <= _lifts(rule)
        and _covers(other, rule)
    )


def _covers(other: Rule, rule: Rule) -> bool:
    """Whether one window of the other spans each window of the rule."""
    return all(
        any(
            wide.from_ <= window.from_ and (wide.to is None or (window.to is not None and window.to <= wide.to))
            for wide in other.in_force
        )
        for window in rule.in_force
    )


def _bind_together(one: Rule, two: Rule) -> bool:
    hard = all(rule.level is Level.MUST and rule.status is Status.ENACTED for rule in (one, two))
    silent = one.id in two.overrides or two.id in one.overrides
    touch = any(
        first.from_ <= (second.to or first.from_) and second.from_ <= (first.to or second.from_)
        for first in one.in_force
        for second in two.in_force
    )
    return hard and not silent and touch
