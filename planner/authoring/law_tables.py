"""Law as tables: what every word makes of every rule's box, and what every kind of region makes of its effect.

Facts are single-valued and known here; what a region's record does not state is unknown, as in planning. Words (and
regions) that every rule treats alike are one column. R rules, V words of a key, G kinds of region.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planner.authoring.head_counts import counts_near
from planner.authoring.words import PLACE_KEYS, Language, values_of, words_in_box
from planner.model.catalogue import Operator, Region
from planner.model.law import Box, Level, Rule, Verb, When
from planner.rules.require import Require
from planner.verification import Facts, Lexicon, matches
from planner.verification.facts import counted
from planner.verification.refusing import refuses

Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
IN_BOX: Final = 1
IN_NOT: Final = 2
FACT_KEYS: Final = (
    "regulated_by",
    "established_in",
    "sector",
    "data_class",
    "subjects_in",
    "persons",
    "critical",
    "purpose",
    "chip",
    "chip_control",
)
REGION_KEYS: Final = (
    "located_in",
    "deployment",
    "operator",
    "operator_parent_in",
    "operator_entity_listed",
    "zone_funding",
)


@dataclass(frozen=True)
class Place:
    """A kind of region: one that stands for all whose facts are the same to the law."""

    region: Region
    operator: Operator | None

    def facts(self, verb: str) -> Facts:
        """What a rule may ask about it; keys, copies and mechanisms are as good as the law could wish for."""
        region, operator = self.region, self.operator
        sites = region.admin_sites if region.admin_sites is not None else operator.admin_sites if operator else None
        parent = operator.ultimate_parent_in if operator else None
        return Facts(
            verb=verb,
            places=region.places,
            deployment=(region.kind,),
            operator=(region.provider,),
            operator_parent_in=None if parent is None else (parent,),
            operator_entity_listed=operator.entity_listed if operator else None,
            zone_funding=None if region.funding is None else (region.funding,),
            sites=sites,
            isolation=region.isolation,
            keys="independent_custodian",
        )


@dataclass(frozen=True)
class LawTables:
    """Boxes and effects of rules over finite vocabularies; a code has bit 1 for the box and bit 2 for its `not`."""

    rules: tuple[Rule, ...]
    language: Language
    regions: tuple[Region, ...]
    operators: Mapping[str, Operator]
    as_of: date

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words on as_of."""
        return Lexicon(self.language.vocabulary, self.language.lists, self.as_of)

    @cached_property
    def places(self) -> list[Place]:
        """[G] regions that are not closed, one of each kind, in order of key."""
        found: dict[Any, Place] = {}
        for region in sorted(self.regions, key=lambda r: r.key):
            place = Place(region, self.operators.get(region.provider))
            if region.status != "closed":
                found.setdefault(place.facts("store"), place)
        return list(found.values())

    def values(self, key: str) -> list[Any]:
        """[V] single values of a key that some rule tells apart."""
        return self._columns(key)[0]

    def codes(self, key: str) -> Codes:
        """[R, V] codes of each value of a key."""
        return self._columns(key)[1]

    @cached_property
    def region_codes(self) -> Codes:
        """[R, G] codes of the parts of boxes that look at the region."""
        facts = [place.facts("store") for place in self.places]
        return np.stack([self._coded(rule, REGION_KEYS, facts) for rule in self.rules])

    @cached_property
    def refused(self) -> dict[Verb, Mask]:
        """[R, G] what each effect refuses, ways out by destination taken off and no mechanism held."""
        return {verb: self._refused(verb) for verb in Verb if any(verb in rule.verbs for rule in self.rules)}

    def _refused(self, verb: Verb) -> Mask:
        facts = [place.facts(verb) for place in self.places]
        return np.array([self._refused_row(rule, verb, facts) for rule in self.rules], dtype=bool)

    def _refused_row(self, rule: Rule, verb: Verb, facts: Sequence[Facts]) -> list[bool]:
        # What a requirement asks of keys and copies is not a matter of the region.
        bare = isinstance(rule.then.effect, Require) and verb is not Verb.PROCESS
        if bare or verb not in rule.verbs:
            return [False] * len(facts)
        # An effect looks at nothing of a region but these, so regions that share them are judged once.
        seen = [(each.sites if verb is Verb.ADMINISTER else each.places, each.isolation) for each in facts]
        first = dict(zip(reversed(seen), reversed(facts), strict=True))
        answer = {key: refuses(rule.then, each, self.lexicon) is not False for key, each in first.items()}
        return [answer[key] for key in seen]

    def _columns(self, key: str) -> tuple[list[Any], Codes]:
        if key not in self._cache:
            self._cache[key] = self._build(key)
        return self._cache[key]

    @cached_property
    def _cache(self) -> dict[str, tuple[list[Any], Codes]]:
        return {}

    def _build(self, key: str) -> tuple[list[Any], Codes]:
        named = list(dict.fromkeys(word for rule in self.rules for word in words_in_box(rule.when, key)))
        values: Iterable[Any] = (True, False) if key == "critical" else self._single(key, named)
        listed = list(values)
        facts = [_one_fact(key, value) for value in listed]
        codes = np.stack([self._coded(rule, (key,), facts) for rule in self.rules])
        _, first = np.unique(codes, axis=1, return_index=True)
        kept = sorted(first.tolist())
        return [listed[n] for n in kept], codes[:, kept]

    def _single(self, key: str, named: list[str]) -> list[Any]:
        if key == "persons":
            return [counted(counts) for counts in counts_near(named)]
        values = values_of(key, named, self.language, [self.as_of])
        extra = list(self.language.known(key)) if key == "data_class" else []
        words = [value for value in values if value is not None] + [(word,) for word in extra]
        return list(dict.fromkeys(words)) if key not in PLACE_KEYS else words

    def _coded(self, rule: Rule, keys: tuple[str, ...], facts: Sequence[Facts]) -> Codes:
        """[facts] codes of one rule; unknown facts bring a must-rule to bear and leave a should-rule silent."""
        must = rule.level is Level.MUST
        box = self._values(_part(rule.when, keys), facts)
        inside = [value is True or (must and value is None) for value in box]
        if rule.when.not_ is None:
            return np.array(inside, dtype=np.uint8) * IN_BOX
        excluded = self._values(_part(rule.when.not_, keys), facts)
        out = [value is True or (not must and value is None) for value in excluded]
        return (np.array(inside, dtype=np.uint8) * IN_BOX + np.array(out, dtype=np.uint8) * IN_NOT).astype(np.uint8)

    def _values(self, box: When, facts: Sequence[Facts]) -> list[bool | None]:
        if box == When():
            return [True] * len(facts)
        return [matches(box, each, self.lexicon) for each in facts]


def _part(box: Box, keys: tuple[str, ...]) -> When:
    return When(**{key: getattr(box, key) for key in keys})


def _one_fact(key: str, value: Any) -> Facts:
    makers: dict[str, Callable[[], Facts]] = {
        "data_class": lambda: Facts("store", items=((value[0], None, ()),) if value else ()),
        "subjects_in": lambda: Facts("store", items=((None, value[0], ()),)),
        "persons": lambda: Facts("store", items=((None, None, value),)),
    }
    return makers[key]() if key in makers else Facts("store", **{key: value})
