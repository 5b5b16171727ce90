"""Boxes: three-valued matching of `when` against every (profile, region) at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.candidates.profiles import LawProfile
from planner.model.catalogue import Operator, Region
from planner.model.exclusions import Mask
from planner.model.law import Box, When
from planner.model.places import EVERYWHERE
from planner.model.question import Entity
from planner.model.scenario import Scenario
from planner.model.thresholds import counted_by

Three = NDArray[np.int8]
NO, UNKNOWN, YES = 0, 1, 2
UNKNOWN_ENTITY: Final = Entity(id="")


class Boxes:
    """Facts of profiles and regions as arrays, so that a box is a handful of array operations."""

    def __init__(self, scenario: Scenario, profiles: Sequence[LawProfile]) -> None:
        """Collect the facts once for all rules."""
        self.scenario = scenario
        self.profiles = profiles
        self.entities = [scenario.entity.get(p.entity, UNKNOWN_ENTITY) for p in profiles]
        self.items = sorted({i for p in profiles for i in p.items}, key=lambda i: (i[0] or "", i[1] or "", i[2]))
        self.codes = sorted({code for r in scenario.regions for code in r.places})

    @cached_property
    def has(self) -> Mask:
        """[P, items] which items each profile has."""
        position = {item: n for n, item in enumerate(self.items)}
        has = np.zeros((len(self.profiles), len(self.items)), dtype=bool)
        for row, profile in enumerate(self.profiles):
            has[row, [position[i] for i in profile.items]] = True
        return has

    @cached_property
    def _places(self) -> Mask:
        return np.array([[code in r.places for code in self.codes] for r in self.scenario.regions], dtype=bool)

    def inside(self, named: tuple[str, ...]) -> Mask:
        """[R] regions that lie in one of the named places."""
        wanted = self.scenario.codes(named)
        if EVERYWHERE in wanted:
            return np.ones(len(self.scenario.regions), dtype=bool)
        columns = [n for n, code in enumerate(self.codes) if code in wanted]
        return np.asarray(self._places[:, columns].any(axis=1))

    def match(self, when: When) -> Three:
        """[P, R] value of a box; with data keys, in the box or in its `not`, it is taken item by item."""
        parts = self._parts(when)
        if when.not_ is None:
            items = self._any(parts[2]) if when.names_data else self._all_yes()
            return np.minimum(np.minimum(parts[0], items)[:, None], parts[1][None, :])
        return self._without(parts, when, when.not_)

    def _without(self, parts: tuple[Three, Three, Three], when: When, excluded: Box) -> Three:
        """min(box, NOT not-box), the negation of an AND being the largest of the negations of its parts."""
        entity, region, item = parts
        not_entity, not_region, not_item = (YES - part for part in self._parts(excluded))
        some = self._any(item) if when.names_data else self._all_yes()
        base = np.minimum(entity, some)
        kept = np.minimum(base, not_entity)[:, None] * np.ones_like(region)[None, :]
        either = np.maximum(kept, np.minimum(base[:, None], not_region[None, :]))
        if excluded.names_data:
            left = self._any(np.minimum(item, not_item) if when.names_data else not_item)
            empty = np.zeros(len(left), dtype=np.int8) if when.names_data else np.where(self.has.any(axis=1), NO, YES)
            data = np.minimum(entity, np.maximum(left, empty.astype(np.int8)))
            either = np.maximum(either, np.broadcast_to(data[:, None], either.shape))
        return np.minimum(either, region[None, :]).astype(np.int8)

    def _parts(self, when: Box) -> tuple[Three, Three, Three]:
        """The box as [P] over entities and things, [R] over regions, [items] over data."""
        return self._profile_part(when), self._region_part(when), self._item_part(when)

    def _all_yes(self) -> Three:
        return np.full(len(self.profiles), YES, dtype=np.int8)

    def _any(self, per_item: Three) -> Three:
        """[P] the best value among the profile's items; NO without any."""
        return np.asarray(np.where(self.has, per_item[None, :], NO).max(axis=1, initial=NO).astype(np.int8))

    def _profile_part(self, when: Box) -> Three:
        parts = [self._all_yes()]
        named = (("regulated_by", when.regulated_by), ("sector", when.sector))
        parts += [self._entities(key, frozenset(words)) for key, words in named if words is not None]
        if when.established_in is not None:
            parts.append(self._entities("established_in", self.scenario.codes(when.established_in)))
        if when.critical is not None:
            parts.append(three(p.critical == when.critical if p.critical is not None else None for p in self.profiles))
        if when.purpose is not None:
            parts.append(three(_meets(p.purpose, frozenset(when.purpose)) for p in self.profiles))
        if when.chip is not None:
            parts.append(three(self._is_chip(p.chip, when.chip) for p in self.profiles))
        if when.chip_control is not None:
            parts.append(three(_controlled(p, when.chip_control) for p in self.profiles))
        return np.asarray(np.minimum.reduce(parts))

    def _is_chip(self, chip: str, named: tuple[str, ...]) -> bool:
        return bool(chip) and not set(self.scenario.vocabulary.chip_words(chip)).isdisjoint(named)

    def _entities(self, key: str, wanted: frozenset[str]) -> Three:
        of = {e.id: _entity_meets(e, key, wanted) for e in self.entities}
        return three(of[e.id] for e in self.entities)

    def _region_part(self, when: Box) -> Three:
        tests: list[Callable[[Region, Operator | None], bool | None]] = []
        if when.deployment is not None:
            tests.append(lambda r, _: r.kind in (when.deployment or ()))
        if when.zone_funding is not None:
            tests.append(lambda r, _: None if r.funding is None else r.funding in (when.zone_funding or ()))
        if when.operator is not None:
            named = self.scenario.codes(when.operator)
            tests.append(lambda r, _: r.provider in named)
        if when.operator_parent_in is not None:
            wanted = self.scenario.codes(when.operator_parent_in)
            tests.append(lambda r, _: _any_meets(self.scenario.parents.get(r.provider), wanted))
        if when.operator_entity_listed is not None:
            listed = when.operator_entity_listed
            tests.append(lambda _, o: None if o is None or o.entity_listed is None else o.entity_listed == listed)
        out = np.full(len(self.scenario.regions), YES, dtype=np.int8)
        for test in tests:
            out = np.minimum(
                out, three(test(r, self.scenario.operators.get(r.provider)) for r in self.scenario.regions)
            )
        if when.located_in is not None:
            out = np.minimum(out, np.where(self.inside(when.located_in), YES, NO).astype(np.int8))
        return np.asarray(out)

    def _item_part(self, when: Box) -> Three:
        lineage = self.scenario.vocabulary.lineage
        out = np.full(len(self.items), YES, dtype=np.int8)
        if when.data_class is not None:
            classes = set(when.data_class)
            out = np.minimum(
                out, three(None if c is None else bool(set(lineage(c)) & classes) for c, _, _ in self.items)
            )
        if when.subjects_in is not None:
            wanted = self.scenario.codes(when.subjects_in)
            out = np.minimum(out, three(_code_meets(s, wanted) for _, s, _ in self.items))
        if when.persons is not None:
            out = np.minimum(out, three(_counts_meet(counts, when.persons) for _, _, counts in self.items))
        return out


def three(facts: Iterable[bool | None]) -> Three:
    """Facts (True, False, None) as YES, NO, UNKNOWN."""
    values = [UNKNOWN if fact is None else YES if fact else NO for fact in facts]
    return np.array(values, dtype=np.int8)


def _controlled(profile: LawProfile, wanted: tuple[str, ...]) -> bool | None:
    if not profile.chip:
        return False
    return None if profile.control is None else profile.control in wanted


def _entity_meets(entity: Entity, key: str, wanted: frozenset[str]) -> bool | None:
    have: tuple[str, ...] | None = getattr(entity, key)
    if have is None or key != "established_in":
        return _meets(have, wanted)
    return any(_code_meets(code, wanted) for code in have)


def _meets(have: tuple[str, ...] | None, wanted: frozenset[str]) -> bool | None:
    return None if have is None else not wanted.isdisjoint(have)


def _counts_meet(counts: tuple[str, ...], named: tuple[str, ...]) -> bool | None:
    """Whether a named word is true; unknown as long as one compares a count that is not declared."""
    if not set(named).isdisjoint(counts):
        return True
    return False if {counted_by(word) for word in named} <= {counted_by(word) for word in counts} else None


def _any_meets(codes: tuple[str, ...] | None, wanted: frozenset[str]) -> bool | None:
    return None if codes is None else any(_code_meets(code, wanted) for code in codes)


def _code_meets(code: str | None, wanted: frozenset[str]) -> bool | None:
    return None if code is None else EVERYWHERE in wanted or code in wanted or code.split("-")[0] in wanted
