"""Rules as Cedar policies, written from docs/rule-language.md and from nothing else of this project.

Cedar knows two values, so each box is written twice: `certain` (every key is known and met) and `possible` (no key is
known to be missed). A must-rule bears where its box is possible, a should-rule where it is certain; what silences a
rule must be certain. `not` swaps the two.

    forbid … when { bears } when { refuses } unless { lifted } unless { silenced }     asked as Ask::"decision"
    permit … when { bears }                                  unless { silenced }     asked as Ask::"scope"

Items and sites stand in numbered slots of the context, because Cedar cannot say "each" of a set of entities.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.model.law import Box, Exemption, Level, Rule, Unless, Verb, When
from planner.model.vocabulary import PlaceList, Vocabulary
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import Require

SLOTS: Final = 4
"""The most items, and the most sites, that one case may have."""

SETS: Final = ("regulated_by", "sector", "purpose", "deployment", "operator", "zone_funding", "chip", "chip_control")
PLACES: Final = ("established_in", "operator_parent_in", "located_in")
FLAGS: Final = ("critical", "operator_entity_listed")
EVERYWHERE: Final = "*"
_COMPARISON: Final = re.compile(r"(.+?)(>=|<)([0-9]+)")
STRONGER_KEYS: Final = {"customer_held": ("customer_held", "independent_custodian")}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of rules mean: the vocabulary, and lists of places read on as_of."""

    vocabulary: Vocabulary
    lists: Mapping[str, PlaceList]
    as_of: date

    def codes(self, words: Iterable[str]) -> tuple[str, ...]:
        """Place words without the names of lists, which stand for their members of the day."""
        out: set[str] = set()
        for word in words:
            members = self.lists[word].members if word in self.lists else None
            if members is None:
                out.add(word)
                continue
            for member in members:
                begun = member.from_ is None or member.from_ <= self.as_of
                if begun and (member.to is None or self.as_of <= member.to):
                    out.add(member.code)
        return tuple(sorted(out))


@dataclass(frozen=True, slots=True)
class Translator:
    """Cedar text of rules that stand beside each other from first to last."""

    meaning: Meaning
    rules: Sequence[Rule]
    exemptions: Sequence[Exemption]
    first: date
    last: date

    def policies(self) -> str:
        """The whole set; a rule out of force has no policy."""
        live = [rule for rule in self.rules if self._in_force(rule)]
        everything = '@id("everything") permit (principal == Ask::"decision", action, resource);'
        return "\n".join([everything, *(text for rule in live for text in self._policies_of(rule, live))])

    def _in_force(self, rule: Rule) -> bool:
        return any(
            window.from_ <= self.last and (window.to is None or self.first <= window.to) for window in rule.in_force
        )

    def _policies_of(self, rule: Rule, live: Sequence[Rule]) -> Iterator[str]:
        bears = self.bears(rule)
        silenced = f"unless {{ {_any(self._silencers(rule, live))} }}"
        head = f"{_verbs(rule.verbs)}, resource)\n  when {{ {bears} }}"
        name = f"@id({_word(rule.id)})"
        yield f'{name} permit (principal == Ask::"scope", {head}\n  {silenced};'
        refuses = f"when {{ {self.refuses(rule)} }}\n  unless {{ {self.lifted(rule.then.unless)} }}"
        yield f'{name} forbid (principal == Ask::"decision", {head}\n  {refuses}\n  {silenced};'

    def bears(self, rule: Rule) -> str:
        """Where the box is YES, and for a must-rule where it is UNKNOWN."""
        return self.match(rule.when, certain=rule.level is Level.SHOULD)

    def _silencers(self, rule: Rule, live: Sequence[Rule]) -> Iterator[str]:
        for other in live:
            if rule.id in other.overrides:
                yield f"({_is_verb(other.verbs)} && {self.match(other.when, certain=True)})"
        for exemption in self.exemptions:
            covers = exemption.approved_on <= self.first and self.last <= exemption.expires_on
            if exemption.rule == rule.id and covers:
                yield self.match(exemption.when, certain=True)

    def match(self, when: When, *, certain: bool) -> str:
        """The box and outside its `not`; one item at a time as soon as either names data."""
        thing = self._thing(when, certain)
        if not (when.names_data or (when.not_ is not None and when.not_.names_data)):
            return _all([*thing, *self._item_and_not(when, certain, None)])
        one_of = [f"(context has item_{n} && {_all(self._item_and_not(when, certain, n))})" for n in _slots()]
        none = f"(!(context has item_1) && {_all(self._item_and_not(when, certain, None))})"
        return _all([*thing, _any([*one_of, none])])

    def _item_and_not(self, when: When, certain: bool, slot: int | None) -> list[str]:
        out = self._data(when, certain, slot)
        if when.not_ is not None:
            inside = _all([*self._thing(when.not_, not certain), *self._data(when.not_, not certain, slot)])
            out.append(f"!{inside}")
        return out

    def _thing(self, box: Box, certain: bool) -> list[str]:
        """Keys that are the same for all items."""
        out = []
        for key in SETS:
            words = getattr(box, key)
            if words is not None:
                named = _words(self.meaning.codes(words) if key == "operator" else words)
                out.append(_known("context", key, certain, f"context.{key}.containsAny({named})"))
        for key in PLACES:
            words = getattr(box, key)
            if words is not None:
                out.append(_known("context", key, certain, self._lies("context", key, words)))
        for key in FLAGS:
            flag = getattr(box, key)
            if flag is not None:
                out.append(_known("context", key, certain, f"context.{key} == {str(flag).lower()}"))
        return out

    def _data(self, box: Box, certain: bool, slot: int | None) -> list[str]:
        """Keys of one item; a thing without items does not meet them."""
        if slot is None:
            return ["false"] if box.names_data else []
        out, item = [], f"context.item_{slot}"
        if box.data_class is not None:
            test = f"{item}.class in {_entities('Class', box.data_class)}"
            out.append(_known(item, "class", certain, test))
        if box.subjects_in is not None:
            out.append(_known(item, "subject", certain, self._lies(item, "subject", box.subjects_in)))
        if box.persons is not None:
            out.append(_any(_count(f"{item}.persons", word, certain) for word in box.persons))
        return out

    def _lies(self, of: str, key: str, words: Iterable[str]) -> str:
        """Whether the group of places of a fact is a member of one of the named: the entities say what contains it."""
        return f"{of}.{key} in {_entities('Place', self.meaning.codes(words))}"

    def refuses(self, rule: Rule) -> str:
        """What the effect says, ways out aside; what is unknown is refused."""
        effect = rule.then.effect
        if isinstance(effect, Require):
            return self._misses(effect)
        assert isinstance(effect, Confine | Forbid)
        named = self.meaning.codes(effect.in_)
        if isinstance(effect, Forbid) and not named:
            return "false"
        administer, other = _is_verb([Verb.ADMINISTER]), f"!{_is_verb([Verb.ADMINISTER])}"
        return _any([f"({administer} && {self._sites(effect)})", f"({other} && {self._places(effect, named)})"])

    def _places(self, effect: Confine | Forbid, named: tuple[str, ...]) -> str:
        if EVERYWHERE in named:
            return "true" if isinstance(effect, Forbid) else "false"
        inside = self._lies("context", "located_in", effect.in_)
        return f"(!(context has located_in) || {'' if isinstance(effect, Forbid) else '!'}({inside}))"

    def _sites(self, effect: Confine | Forbid) -> str:
        refused = self._some_site(effect.in_) if isinstance(effect, Forbid) else f"!{self._every_site(effect.in_)}"
        return f"(!(context has sites) || {refused})"

    def _some_site(self, words: Iterable[str]) -> str:
        lies = [(f"site_{n}", self._lies("context", f"site_{n}", words)) for n in _slots()]
        return _any(_known("context", key, True, test) for key, test in lies)

    def _every_site(self, words: Iterable[str]) -> str:
        lies = [(f"site_{n}", self._lies("context", f"site_{n}", words)) for n in _slots()]
        return _all(_known("context", key, False, test) for key, test in lies)

    def lifted(self, ways: Iterable[Unless]) -> str:
        """Whether one way out is open for certain."""
        out = []
        for way in ways:
            if way.holds:
                out.append(f"context.holds.containsAny({_words(way.holds)})")
            if way.destination_in:
                place = _known("context", "located_in", True, self._lies("context", "located_in", way.destination_in))
                sites = f"context has sites && {self._every_site(way.destination_in)}"
                out.append(f"(if {_is_verb([Verb.ADMINISTER])} then {sites} else {place})")
        return _any(out)

    def _misses(self, effect: Require) -> str:
        """Isolation is asked of what runs, keys and copies of what rests; unknown is refused."""
        runs, rests = [], []
        if effect.isolation is not None:
            levels = self.meaning.vocabulary.isolation
            strong = _words(levels[levels.index(effect.isolation) :])
            runs.append(_lacks("isolation", f"context.isolation.containsAny({strong})"))
        if effect.keys is not None:
            modes = _words(STRONGER_KEYS.get(effect.keys, (effect.keys,)))
            rests.append(_lacks("keys", f"{modes}.contains(context.keys)"))
        if effect.local_copy is not None:
            rests.append(_lacks("copies_in", self._lies("context", "copies_in", effect.local_copy.in_)))
        if effect.copies_apart_km is not None:
            metres = int(effect.copies_apart_km * 1000)
            rests.append(_lacks("copies_apart_m", f"context.copies_apart_m >= {metres}"))
        process, at_rest = _is_verb([Verb.PROCESS]), _is_verb([Verb.STORE, Verb.BACKUP])
        return _any([f"({process} && {_any(runs)})", f"({at_rest} && {_any(rests)})"])


def _lacks(key: str, test: str) -> str:
    return f"!{_known('context', key, True, test)}"


def _count(of: str, word: str, certain: bool) -> str:
    """A comparison of one head count, which is a number here and not a class."""
    found = _COMPARISON.fullmatch(word)
    assert found is not None, word
    name, sign, step = found.groups()
    return _known(of, _word(name), certain, f"{of}[{_word(name)}] {sign} {step}")


def _known(of: str, key: str, certain: bool, test: str) -> str:
    """A test of a fact that may be missing: certainly so, or possibly so."""
    return f"({of} has {key} && {test})" if certain else f"(!({of} has {key}) || {test})"


def _all(parts: Iterable[str]) -> str:
    return f"({' && '.join(parts) or 'true'})"


def _any(parts: Iterable[str]) -> str:
    return f"({' || '.join(parts) or 'false'})"


def _slots() -> range:
    return range(1, SLOTS + 1)


def _verbs(verbs: Iterable[Verb]) -> str:
    return f"action in {_entities('Action', [verb.value for verb in verbs])}"


def _is_verb(verbs: Iterable[Verb]) -> str:
    return f"({_verbs(verbs)})"


def _entities(kind: str, ids: Iterable[str]) -> str:
    return f"[{', '.join(f'{kind}::{_word(each)}' for each in ids)}]"


def _words(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_word, words))}]"


def _word(word: str) -> str:
    return json.dumps(word)
