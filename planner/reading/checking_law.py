"""Checking law as a whole: vocabulary and lists by themselves, overrides between rules, exemptions from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Final

from planner.model.areas import Area
from planner.model.law import Exemption, Level, Rule
from planner.model.places import COUNTRIES, is_country, is_place
from planner.model.thresholds import Threshold
from planner.model.vocabulary import Mechanism, PlaceList, Vocabulary
from planner.reading.checking_rules import check_box
from planner.reading.faults import Collector, nearest

LONGEST: Final = timedelta(days=366)
_COUNT_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*")
KEY_MODES: Final = ("customer_held", "independent_custodian", "provider_held")
Lists = Mapping[str, PlaceList]


def check_overrides(rules: Mapping[str, Rule], faults: Collector) -> None:
    """Overridden rules exist, no should overrides a must, and nothing goes round in a circle."""
    for rule in rules.values():
        for other in rule.overrides:
            where = faults.inside(rule.where, "overrides", other)
            if other not in rules:
                faults.unknown(where, "rule", other, rules)
            elif rule.level is Level.SHOULD and rules[other].level is Level.MUST:
                faults.add(where, "S003", f"{rule.id!r} is a should and overrides the must {other!r}", "drop it")
            elif rule.id in _reached(other, rules):
                faults.add(where, "S003", f"{rule.id!r} and {other!r} override each other in a circle", "drop one")


def _reached(start: str, rules: Mapping[str, Rule]) -> set[str]:
    """Every rule that is overridden from a rule on, itself included."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at in rules and at not in seen:
            seen.add(at)
            waiting += rules[at].overrides
    return seen


def check_exemption(
    exemption: Exemption, rules: Mapping[str, Rule], words: Vocabulary, lists: Lists, faults: Collector
) -> None:
    """Its rule exists where rules are read at all, it ends, and it does so within 366 days."""
    where = faults.inside(exemption.where, "expires_on")
    if exemption.expires_on < exemption.approved_on:
        faults.add(where, "R110", f"exemption {exemption.id!r} expires before it is approved", "swap the dates")
    elif exemption.expires_on - exemption.approved_on > LONGEST:
        text = f"exemption {exemption.id!r} runs longer than 366 days"
        faults.add(where, "R110", text, "shorten it and renew it with a new approval")
    if rules and exemption.rule not in rules:
        text = f"exemption {exemption.id!r} is from rule {exemption.rule!r}, which is not in play"
        faults.warn(faults.inside(exemption.where, "rule"), "N001", text, nearest(exemption.rule, rules))
    check_box(exemption.when, exemption.where, ("when",), words, lists, faults)


def check_vocabulary(words: Vocabulary, lists: Lists, faults: Collector) -> None:
    """The vocabulary and the lists make sense by themselves."""
    for name, parent in words.data_classes.items():
        if parent is not None and parent not in words.data_classes:
            where = faults.find("data_classes", name)
            faults.unknown(where, f"parent of data class {name!r}:", parent, words.data_classes)
    _check_families(words, faults)
    for mechanism in words.mechanisms.values():
        _check_mechanism(mechanism, faults)
    for table in words.transforms.values():
        for word in (*table, *table.values()):
            if word not in words.data_classes:
                faults.unknown(faults.find("transforms"), "data class", word, words.data_classes)
    for name, threshold in words.thresholds.items():
        _check_threshold(name, threshold, faults)
    _check_codes(words.areas, faults)
    for each in lists.values():
        _check_list(each, words, faults)


def _check_families(words: Vocabulary, faults: Collector) -> None:
    for family, members in words.chip_families.items():
        for chip in sorted({family, *members} - set(words.chips)):
            faults.unknown(faults.find("chip_families", family), "chip", chip, words.chips)


def _check_codes(areas: Mapping[str, Area], faults: Collector) -> None:
    for name, area in areas.items():
        if area.country is not None and not is_country(area.country):
            where = faults.inside(area.where, "country")
            faults.unknown(where, f"country of area {name!r}:", area.country, COUNTRIES)
    displaced = [(name, area, code) for name, area in areas.items() for code in area.displaces]
    for name, area, code in displaced:
        if not is_place(code):
            near = [code.upper()] if is_place(code.upper()) else [c for c in COUNTRIES if c[0] == code[:1].upper()]
            where = faults.inside(area.where, "displaces", code)
            faults.unknown(where, f"place displaced by area {name!r}:", code, near or COUNTRIES)


def _check_mechanism(mechanism: Mechanism, faults: Collector) -> None:
    if mechanism.technical != bool(mechanism.holds_if):
        text = f"mechanism {mechanism.id!r}: holds_if goes with kind technical, and only with it"
        faults.add(faults.inside(mechanism.where, "kind"), "S002", text, "write `holds_if: {keys: customer_held}`")
    for key, mode in mechanism.holds_if.items():
        if key != "keys":
            faults.unknown(faults.inside(mechanism.where, "holds_if", key, key=True), "technical fact", key, ("keys",))
        elif mode not in KEY_MODES:
            faults.unknown(faults.inside(mechanism.where, "holds_if", key), "way to hold keys", mode, KEY_MODES)
    if mechanism.cost_usd < 0:
        where = faults.inside(mechanism.where, "cost_usd")
        faults.add(where, "S003", f"mechanism {mechanism.id!r}: cost_usd is negative", "write zero or more")
    if mechanism.probability is not None and not 0 <= mechanism.probability <= 1:
        where = faults.inside(mechanism.where, "probability")
        faults.add(where, "S003", f"mechanism {mechanism.id!r}: probability is not from 0 to 1", "write 0.9")


def _check_threshold(name: str, threshold: Threshold, faults: Collector) -> None:
    where = faults.find("thresholds", name)
    if not _COUNT_NAME.fullmatch(name):
        hint = "use letters, digits and -, such as `cn-persons`"
        faults.add(where, "S003", f"a rule cannot compare a head count called {name!r}", hint)
    rises = all(low < high for low, high in pairwise((0, *threshold.steps)))
    if not threshold.steps or not rises:
        text = f"the steps of {name!r} are not whole numbers from 1 that rise"
        faults.add(where, "S003", text, "write for example [100000, 1000000]")


def _check_list(each: PlaceList, words: Vocabulary, faults: Collector) -> None:
    operators = each.kind == "operators"
    if operators and not each.id.startswith("list:"):
        text = f"the list of operators {each.id!r} could be taken for an operator"
        faults.add(faults.find("lists", each.id), "S003", text, f"call it 'list:{each.id}'")
    for index, member in enumerate(each.members):
        fits = [is_place(member.code), member.code in words.operators]
        # Where a misspelt `kind` was left out, the members may be of the other kind.
        if not fits[operators] and (faults.complete or not any(fits)):
            where, what = faults.find("lists", each.id, index, "code"), "operator" if operators else "place"
            faults.unknown(where, f"{what} on {each.id}:", member.code, words.operators if operators else COUNTRIES)
        if member.from_ and member.to and member.to < member.from_:
            where = faults.find("lists", each.id, index, "to")
            faults.add(where, "R106", f"{each.id}: {member.code} leaves before it joins", "swap from and to")
