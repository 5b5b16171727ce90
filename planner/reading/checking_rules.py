"""Checking rules: every word of a rule is known and every part of it is one that this version enforces."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from planner.errors import Where
from planner.model.law import Given, Level, PlaceList, Rule, Verb, Vocabulary, When
from planner.model.places import COUNTRIES, EVERYWHERE, NAMED, is_place
from planner.reading.faults import Collector

ENFORCED_VERBS: Final = (Verb.STORE, Verb.BACKUP, Verb.PROCESS)
Lists = Mapping[str, PlaceList]


def check_rule(rule: Rule, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    """Collect every fault of a rule."""
    _check_enforced(rule, faults)
    _check_dates(rule, faults)
    _check_box(rule.when, rule.where, "when", words, lists, faults)
    _check_ways_out(rule, words, lists, faults)
    kind = getattr(rule.then.effect, "kind", "")
    for place in getattr(rule.then.effect, "in_", ()):
        check_place(place, faults.inside(rule.where, "then", kind, "in", place), lists, faults)
    for case in rule.tests:
        _check_case(case.given, case.where, words, lists, faults)


def _check_enforced(rule: Rule, faults: Collector) -> None:
    if rule.level is Level.SHOULD:
        text = f"rule {rule.id!r}: level should is not enforced by this version"
        faults.add(faults.inside(rule.where, "level"), "S004", text, "write `level: must`, or leave the rule out")
    for verb in rule.verbs:
        if verb not in ENFORCED_VERBS:
            text = f"rule {rule.id!r}: verb {verb} is not enforced by this version"
            where = faults.inside(rule.where, "verbs", verb.value)
            faults.add(where, "S004", text, f"enforced: {', '.join(ENFORCED_VERBS)}")


def _check_dates(rule: Rule, faults: Collector) -> None:
    if not rule.in_force and not faults.is_mended(rule.where):
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
            check_place(place, faults.inside(rule.where, *way, "destination_in", place), lists, faults)


def _check_case(given: Given, where: Where, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    _check_box(given, where, "given", words, lists, faults)
    for verb in given.verb:
        if verb not in set(Verb):
            faults.unknown(faults.inside(where, "given", "verb", verb), "verb", verb, [v.value for v in Verb])
    for mechanism in given.holds:
        if mechanism not in words.mechanisms:
            at = faults.inside(where, "given", "holds", mechanism)
            faults.unknown(at, "mechanism", mechanism, words.mechanisms)


def _check_box(box: When | Given, where: Where, under: str, words: Vocabulary, lists: Lists, faults: Collector) -> None:
    known: dict[str, Collection[str]] = {
        "regulated_by": words.regulators,
        "sector": words.sectors,
        "data_class": words.data_classes,
        "deployment": ("public-cloud", "dedicated", "own", "api"),
    }
    for key, allowed in known.items():
        for word in getattr(box, key) or ():
            if word not in allowed:
                faults.unknown(faults.inside(where, under, key, word), key.replace("_", " "), word, allowed)
    for key in ("established_in", "subjects_in", "located_in"):
        for place in getattr(box, key, None) or ():
            check_place(place, faults.inside(where, under, key, place), lists, faults)


def check_place(place: str, where: Where, lists: Lists, faults: Collector) -> None:
    """A place is `*`, an ISO code, or a named list that exists; `where` is the position of the word."""
    if place.startswith("area:"):
        faults.add(where, "S004", f"place {place!r}: areas are not enforced by this version", "name the country")
    elif place.startswith(NAMED):
        if place not in lists:
            faults.unknown(where, "list", place, lists)
    elif place != EVERYWHERE and not is_place(place):
        near = [place.upper()] if is_place(place.upper()) else [c for c in COUNTRIES if c[0] == place[:1].upper()]
        faults.unknown(where, "place", place, near or COUNTRIES)


def check_words(words: Vocabulary, lists: Lists, faults: Collector) -> None:
    """The vocabulary and the lists make sense by themselves."""
    for name, parent in words.data_classes.items():
        if parent is not None and parent not in words.data_classes:
            where = faults.find("data_classes", name)
            faults.unknown(where, f"parent of data class {name!r}:", parent, words.data_classes)
    for mechanism in words.mechanisms.values():
        if mechanism.cost_usd < 0:
            where = faults.inside(mechanism.where, "cost_usd")
            faults.add(where, "S003", f"mechanism {mechanism.id!r}: cost_usd is negative", "write zero or more")
        if mechanism.probability is not None and not 0 <= mechanism.probability <= 1:
            where = faults.inside(mechanism.where, "probability")
            faults.add(where, "S003", f"mechanism {mechanism.id!r}: probability is not from 0 to 1", "write 0.9")
    for each in lists.values():
        for index, member in enumerate(each.members):
            if not is_place(member.code):
                where = faults.find("lists", each.id, index, "code")
                faults.unknown(where, f"place on {each.id}:", member.code, COUNTRIES)
            if member.from_ and member.to and member.to < member.from_:
                where = faults.find("lists", each.id, index, "to")
                faults.add(where, "R106", f"{each.id}: {member.code} leaves before it joins", "swap from and to")
