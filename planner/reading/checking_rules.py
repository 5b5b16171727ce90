"""Checking rules: every word of a rule is known and every part of it is one that this version enforces."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from planner.errors import Where
from planner.model.box_keys import BoxKeys
from planner.model.law import Box, Given, Level, Rule, Status, Verb
from planner.model.places import COUNTRIES, EVERYWHERE, NAMED, is_place
from planner.model.thresholds import count_words, counted_by
from planner.model.vocabulary import PlaceList, Vocabulary
from planner.reading.faults import Collector, nearest
from planner.rules.require import Require

ENFORCED_VERBS: Final = (Verb.STORE, Verb.BACKUP, Verb.PROCESS, Verb.ADMINISTER, Verb.INSTALL)
Lists = Mapping[str, PlaceList]


def check_rule(rule: Rule, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    """Collect every fault of a rule."""
    _check_enforced(rule, faults)
    _check_dates(rule, faults)
    check_box(rule.when, rule.where, ("when",), words, lists, faults)
    if rule.when.not_ is not None:
        check_box(rule.when.not_, rule.where, ("when", "not"), words, lists, faults)
    _check_ways_out(rule, words, lists, faults)
    kind = getattr(rule.then.effect, "kind", "")
    for place in getattr(rule.then.effect, "in_", ()):
        check_place(place, faults.inside(rule.where, "then", kind, "in", place), lists, faults, words)
    _check_require(rule, words, lists, faults)
    for case in rule.tests:
        _check_case(case.given, case.where, words, lists, faults)


def _check_enforced(rule: Rule, faults: Collector) -> None:
    if (rule.level is Level.SHOULD) != (rule.penalty_usd_month is not None):
        text = f"rule {rule.id!r}: a should-rule needs penalty_usd_month, and only a should-rule"
        faults.add(
            faults.inside(rule.where, "level"), "S002", text, "add `penalty_usd_month: 1000`, or write `level: must`"
        )
    if rule.penalty_usd_month is not None and rule.penalty_usd_month < 0:
        where = faults.inside(rule.where, "penalty_usd_month")
        faults.add(where, "S003", f"rule {rule.id!r}: the penalty is negative", "write zero or more")
    for verb in rule.verbs:
        if verb not in ENFORCED_VERBS:
            text = f"rule {rule.id!r}: verb {verb} is not enforced by this version"
            where = faults.inside(rule.where, "verbs", verb.value)
            faults.add(where, "S004", text, f"enforced: {', '.join(ENFORCED_VERBS)}")


def _check_dates(rule: Rule, faults: Collector) -> None:
    if not rule.in_force and rule.status is Status.ENACTED and not faults.is_mended(rule.where):
        where = faults.inside(rule.where, "in_force")
        faults.add(where, "R105", f"rule {rule.id!r} is never in force", "write `in_force: [{from: DATE}]`")
    for index, window in enumerate(rule.in_force):
        if window.to is not None and window.to < window.from_:
            text = f"rule {rule.id!r}: window ends {window.to} before it begins"
            faults.add(faults.inside(rule.where, "in_force", index, "to"), "R106", text, "swap from and to")


def _check_ways_out(rule: Rule, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    for index, unless in enumerate(rule.then.unless):
        way: tuple[str | int, ...] = ("then", "unless", index)
        where = faults.inside(rule.where, *way)
        if bool(unless.holds) == bool(unless.destination_in) and not faults.is_mended(where):
            text = f"rule {rule.id!r}: `unless` needs holds or destination_in"
            faults.add(where, "S002", text, "give one of the two")
        for mechanism in unless.holds:
            if mechanism not in words.mechanisms:
                at = faults.inside(rule.where, *way, "holds", mechanism)
                faults.unknown(at, "mechanism", mechanism, words.mechanisms)
        for place in unless.destination_in:
            check_place(place, faults.inside(rule.where, *way, "destination_in", place), lists, faults, words)


def _check_case(given: Given, where: Where, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    _check_keys(given, where, ("given",), words, lists, faults)
    check_persons(given.persons, where, ("given",), words, faults)
    for operator in given.operator or ():
        if operator in lists:
            at = faults.inside(where, "given", "operator", operator)
            faults.add(
                at, "N001", f"{operator!r} is a list, where a fact needs one operator", "write one of its members"
            )
    for verb in given.verb:
        if verb not in set(Verb):
            faults.unknown(faults.inside(where, "given", "verb", verb), "verb", verb, [v.value for v in Verb])
    for mechanism in given.holds:
        if mechanism not in words.mechanisms:
            at = faults.inside(where, "given", "holds", mechanism)
            faults.unknown(at, "mechanism", mechanism, words.mechanisms)


def _check_require(rule: Rule, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    effect = rule.then.effect
    if not isinstance(effect, Require):
        return
    under = ("then", "require")
    if rule.then.unless:
        where = faults.inside(rule.where, "then", "unless")
        faults.add(where, "S002", f"rule {rule.id!r}: `unless` goes with confine or forbid", "drop it")
    if effect == Require():
        faults.add(
            faults.inside(rule.where, *under), "S002", f"rule {rule.id!r} requires nothing", "add for example `record:`"
        )
    _check_asked_of(rule, effect, faults)
    for place in effect.local_copy.in_ if effect.local_copy else ():
        check_place(place, faults.inside(rule.where, *under, "local_copy", "in", place), lists, faults, words)
    if effect.isolation is not None and effect.isolation not in words.isolation:
        where = faults.inside(rule.where, *under, "isolation")
        faults.unknown(where, "isolation level", effect.isolation, words.isolation)


def _check_asked_of(rule: Rule, effect: Require, faults: Collector) -> None:
    """Isolation is asked of what runs: a rule on installing alone would read well and do nothing."""
    if effect.isolation is not None and Verb.INSTALL in rule.verbs and Verb.PROCESS not in rule.verbs:
        named = ", ".join(rule.verbs)
        text = f"rule {rule.id!r}: `isolation` is asked under process, and the rule names {named}"
        faults.add(faults.inside(rule.where, "then", "require", "isolation"), "S002", text, "add process to `verbs`")


def check_box(
    box: Box, where: Where, under: tuple[str, ...], words: Vocabulary, lists: Lists, faults: Collector
) -> None:
    """Every word of a box is in the vocabulary, every place is one."""
    _check_keys(box, where, under, words, lists, faults)
    known = tuple(count_words(words.thresholds))
    for word in box.persons or ():
        if word not in known:
            same = [each for each in known if counted_by(each) == re.split("[<>=]", word)[0]]
            faults.unknown(faults.inside(where, *under, "persons", word), "head count", word, same or known)


def check_persons(
    persons: Mapping[str, int], where: Where, under: tuple[str, ...], words: Vocabulary, faults: Collector
) -> None:
    """Every count that is declared is one of the thresholds."""
    for name in persons:
        if name not in words.thresholds:
            at = faults.inside(where, *under, "persons", name, key=True)
            faults.unknown(at, "head count", name, words.thresholds)


def _check_keys(
    box: BoxKeys, where: Where, under: tuple[str, ...], words: Vocabulary, lists: Lists, faults: Collector
) -> None:
    known: dict[str, Collection[str]] = {
        "regulated_by": words.regulators,
        "sector": words.sectors,
        "data_class": words.data_classes,
        "deployment": ("public-cloud", "dedicated", "own", "api"),
        "purpose": words.purposes,
        "zone_funding": ("state", "private"),
        "chip": words.chips,
        "chip_control": words.chip_controls,
    }
    for key, allowed in known.items():
        for word in getattr(box, key) or ():
            if word not in allowed:
                faults.unknown(faults.inside(where, *under, key, word), key.replace("_", " "), word, allowed)
    for operator in box.operator or ():
        _check_operator(operator, faults.inside(where, *under, "operator", operator), words, lists, faults)
    for key in ("established_in", "subjects_in", "located_in", "operator_parent_in", "copies_in"):
        for place in getattr(box, key, None) or ():
            check_place(place, faults.inside(where, *under, key, place), lists, faults, words)


def _check_operator(word: str, where: Where, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    """An operator is a word of the vocabulary, or a list of operators; `where` is the position of the word."""
    listed = [name for name, each in lists.items() if each.kind == "operators"]
    if word in lists and word not in listed:
        faults.add(where, "N001", f"{word!r} is a list of places, where operators are meant", nearest(word, listed))
    elif word not in listed and word not in words.operators:
        faults.unknown(where, "operator", word, [*words.operators, *listed])


def check_fact_place(code: str, where: Where, lists: Lists, faults: Collector) -> None:
    """A fact names one country or subdivision: rules expand lists, facts do not."""
    if code == EVERYWHERE or code.startswith(NAMED):
        faults.add(
            where, "N001", f"place {code!r} is a list, where a fact needs one place", "write its members, such as MY"
        )
    else:
        check_place(code, where, lists, faults)


def check_place(place: str, where: Where, lists: Lists, faults: Collector, words: Vocabulary | None = None) -> None:
    """A place is `*`, an ISO code, a known area or a named list; `where` is the position of the word."""
    if place.startswith("area:"):
        known = words.areas if words else {}
        if place.removeprefix("area:") not in known:
            faults.unknown(where, "area", place, known, lambda word, names: nearest(word.removeprefix("area:"), names))
    elif place.startswith(NAMED):
        of_places = [name for name, each in lists.items() if each.kind == "places"]
        if place in lists and place not in of_places:
            faults.add(
                where, "N001", f"{place!r} is a list of operators, where places are meant", nearest(place, of_places)
            )
        elif place not in lists:
            faults.unknown(where, "list", place, of_places)
    elif place != EVERYWHERE and not is_place(place):
        near = [place.upper()] if is_place(place.upper()) else [c for c in COUNTRIES if c[0] == place[:1].upper()]
        faults.unknown(where, "place", place, near or COUNTRIES)
