"""Words: what the facts of a case can say about each key, and one word that a rule does not name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from planner.model.law import Box, Rule, Then, When
from planner.model.places import COUNTRIES, EVERYWHERE, NAMED, is_place
from planner.model.vocabulary import PlaceList, Vocabulary
from planner.rules.require import Require

Value = tuple[str, ...] | bool | None
FRESH_PLACES: Final = ("SG", "MY", "DE", "US", "JP", "BR", "KE", "AQ")
DEPLOYMENTS: Final = ("public-cloud", "dedicated", "own", "api")
FUNDING: Final = ("state", "private")
PLACE_KEYS: Final = ("established_in", "subjects_in", "operator_parent_in", "located_in")
LISTED_KEYS: Final = (*PLACE_KEYS, "operator")
MANY: Final = ("regulated_by", "established_in", "sector", "purpose", "located_in", "chip_control")


@dataclass(frozen=True)
class Language:
    """The words of a policy set: vocabulary, dated lists, and how rules name chips."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    lists: Mapping[str, PlaceList] = field(default_factory=dict)

    def members(self, places: Iterable[str], days: Iterable[date]) -> list[str]:
        """Plain codes of words that may be lists, on any of the days, in order; `*` stands for no code of its own."""
        out: dict[str, None] = {}
        for place in places:
            if place in self.lists:
                out |= dict.fromkeys(sorted(code for day in days for code in self.lists[place].codes(day)))
            elif place != EVERYWHERE:
                out[place] = None
        return list(out)

    def known(self, key: str) -> Iterable[str]:
        """The closed words of a key; nothing where any text may stand."""
        closed: dict[str, Iterable[str]] = {
            "regulated_by": self.vocabulary.regulators,
            "sector": self.vocabulary.sectors,
            "data_class": self.vocabulary.data_classes,
            "purpose": self.vocabulary.purposes,
            "operator": self.vocabulary.operators,
            "deployment": DEPLOYMENTS,
            "zone_funding": FUNDING,
            "chip": self.vocabulary.chips,
            "chip_control": self.vocabulary.chip_controls,
        }
        return closed.get(key, ())


def values_of(key: str, named: Iterable[str], language: Language, days: Iterable[date]) -> list[Value]:
    """What a case may say of a key: each word named, another word, nothing known; the plainest first."""
    days = tuple(days)
    if key in PLACE_KEYS:
        words = language.members(named, days)
        words += list(dict.fromkeys(code[:2] for code in words if is_place(code) and code[:2] not in words))
        singles = [*words, fresh_place(words)]
    elif key == "operator":
        words = language.members(named, days)
        singles = [*words, *_other_words(key, words, language)]
    else:
        words = list(dict.fromkeys(named))
        singles = [*words, *_other_words(key, words, language)]
    values: list[Value] = [(word,) for word in singles]
    if not _other_words(key, words, language) and key not in PLACE_KEYS:
        values.append(())
    return [*values, None]


def _other_words(key: str, words: list[str], language: Language) -> list[str]:
    """One closed word that is not covered by the named ones."""
    if key in PLACE_KEYS:
        return []
    around = {"data_class": language.vocabulary.lineage, "chip": language.vocabulary.chip_words}.get(key)
    for word in language.known(key):
        covered = set(around(word)) if around else {word}
        if covered.isdisjoint(words):
            return [word]
    return []


def fresh_place(named: Iterable[str]) -> str:
    """A country that none of the codes names or lies in."""
    taken = {code[:2] for code in named}
    return next(code for code in (*FRESH_PLACES, *sorted(COUNTRIES)) if code not in taken)


def words_in_box(when: Box, key: str) -> tuple[Any, ...]:
    """The words a box and its `not` name under a key."""
    boxes = (when, *inner_box(when))
    values = [getattr(box, key) for box in boxes]
    return tuple(word for value in values for word in ((value,) if isinstance(value, bool) else value or ()))


def names_key(when: Box, key: str) -> bool:
    """Whether a box or its `not` looks at a key."""
    return any(getattr(box, key) is not None for box in (when, *inner_box(when)))


def inner_box(when: Box) -> tuple[Box, ...]:
    """The `not` of a box, if it has one."""
    return (when.not_,) if isinstance(when, When) and when.not_ is not None else ()


def places_in_then(then: Then) -> tuple[str, ...]:
    """Place words of the effect and of its ways out."""
    effect: Any = then.effect
    local = effect.local_copy.in_ if isinstance(effect, Require) and effect.local_copy else ()
    return (*getattr(effect, "in_", ()), *local, *(place for way in then.unless for place in way.destination_in))


def lists_of(rule: Rule) -> tuple[str, ...]:
    """Names of the dated lists a rule looks at."""
    boxes = [word for key in LISTED_KEYS for word in words_in_box(rule.when, key)]
    return tuple(sorted({word for word in (*boxes, *places_in_then(rule.then)) if str(word).startswith(NAMED)}))
