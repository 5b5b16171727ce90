"""Random facts drawn towards a rule, so that most of them come near its box and its effect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Final

from planner.model.law import Given, Rule, Verb, When
from planner.model.vocabulary import Mechanism, Vocabulary
from planner.verification.facts import Item, Persons
from planner.verification.judging import Facts
from tests.oracles.cedar_asking import around, reaching
from tests.oracles.cedar_law import CODES, KEYS, PLACE_KEYS, VERBS, Law, some

AREAS: Final = ("area:port", "area:free")
SAME: Final = (
    "regulated_by",
    "established_in",
    "sector",
    "critical",
    "deployment",
    "purpose",
    "operator",
    "operator_parent_in",
    "operator_entity_listed",
    "zone_funding",
    "chip",
    "chip_control",
    "keys",
    "copies_apart_km",
)
"""Facts that a case and the judge call the same."""


def some_fact(draw: Random, law: Law, key: str, aim: When) -> tuple[str, ...] | None:
    """A fact of a key that has words: those of the box aimed at, other ones, none, or unknown."""
    near = [*(getattr(aim, key) or ()), *(getattr(aim.not_, key, None) or ())]
    if key in PLACE_KEYS:
        near = law.codes(near)
    if key == "operator":
        near = law.members(near)
    chance = draw.random()
    if chance < 0.12:
        return None
    if chance < 0.2 and key not in ("located_in", "operator_parent_in", "deployment", "operator", "zone_funding"):
        return ()
    words = near if near and chance < 0.75 else law.pool(key)
    if not words:
        return ()
    return tuple(dict.fromkeys(some(draw, words, 1 if key in ("operator_parent_in", "operator", "deployment") else 2)))


def some_persons(draw: Random, law: Law, aim: When) -> Persons:
    """Head counts on, beside and far from the steps of the box aimed at and of the vocabulary; some are unknown."""
    aimed = [*(aim.persons or ()), *(getattr(aim.not_, "persons", None) or ())]
    near = {name: [*threshold.steps] for name, threshold in law.vocabulary.thresholds.items()}
    for word in aimed:
        name, step = re.split("<|>=", word)
        near[name] += [int(step)] * 3
    numbers = {name: max(0, draw.choice(steps) + draw.choice([-1, 0, 0, 1, 10**7])) for name, steps in near.items()}
    return tuple((name, number) for name, number in sorted(numbers.items()) if draw.random() < 0.75)


def some_items(draw: Random, law: Law, aim: When) -> tuple[Item, ...]:
    """Up to four classes with subjects and head counts; no data at all now and then."""
    found: set[Item] = set()
    for _ in range(draw.choice([0, 1, 1, 2, 3, 4])):
        classes, subjects = some_fact(draw, law, "data_class", aim), some_fact(draw, law, "subjects_in", aim)
        below = [c for c, parent in law.vocabulary.data_classes.items() if parent in (classes or ())]
        named = [*(classes or ()), *below]
        person = draw.choice(named) if named else None, draw.choice(subjects) if subjects else None
        found.add((*person, some_persons(draw, law, aim)))
    return tuple(sorted(found, key=str))


def some_flag(draw: Random, key: str, aim: When) -> bool | None:
    """What the box aimed at asks for, or anything, or unknown."""
    aimed: bool | None = getattr(aim, key)
    return draw.choice([aimed, aimed, True, False, None])


def effect_codes(law: Law, rule: Rule) -> list[str]:
    """Codes near those that the effect and its ways out name."""
    words = [*getattr(rule.then.effect, "in_", ()), *(w for way in rule.then.unless for w in way.destination_in)]
    local = getattr(rule.then.effect, "local_copy", None)
    return law.codes([*words, *(local.in_ if local else ()), *(rule.when.located_in or ())]) or list(CODES)


def region_places(draw: Random, law: Law, codes: Sequence[str]) -> frozenset[str]:
    """All codes of a region: one near those given, its country, sometimes an area."""
    code = draw.choice([draw.choice(codes), draw.choice(codes), draw.choice(CODES)])
    areas = [f"area:{area}" for area in law.vocabulary.areas if draw.random() < 0.1]
    return reaching([code, *areas], law.vocabulary)


def random_facts(draw: Random, law: Law, aim: Rule) -> Facts:
    """A case near the box and the effect of a rule."""
    when, codes = aim.when, effect_codes(law, aim)
    ways = [name for way in aim.then.unless for name in way.holds]
    mechanisms = [*ways, *ways, *law.vocabulary.mechanisms]
    words = {key: some_fact(draw, law, key, when) for key in ("regulated_by", "sector", "purpose", "established_in")}
    words["operator"] = some_fact(draw, law, "operator", when)
    words |= {key: some_fact(draw, law, key, when) for key in ("deployment", "zone_funding", "chip", "chip_control")}
    sites = tuple(
        code for _ in range(draw.choice([0, 1, 2, 4])) for code in sorted(region_places(draw, law, codes))[:1]
    )
    copies = [region_places(draw, law, codes) for _ in range(draw.choice([0, 1, 2]))]
    isolation = tuple(draw.sample(law.vocabulary.isolation, draw.choice([0, 1, 2])))
    return Facts(
        verb=draw.choice([*aim.verbs, *aim.verbs, *VERBS]).value,
        places=draw.choice([None, *[region_places(draw, law, codes)] * 7]),
        items=some_items(draw, law, when),
        critical=some_flag(draw, "critical", when),
        operator_entity_listed=some_flag(draw, "operator_entity_listed", when),
        operator_parent_in=some_fact(draw, law, "operator_parent_in", when),
        holds=frozenset(some(draw, mechanisms, 2)) if draw.random() < 0.25 else frozenset(),
        sites=draw.choice([None, sites, sites, sites, sites]),
        isolation=draw.choice([None, isolation, isolation]),
        keys=draw.choice([None, *KEYS]),
        copies_in=draw.choice([None, *[frozenset[str]().union(*copies)] * 3]),
        copies_apart_km=draw.choice([None, Decimal(-1), Decimal(0), Decimal("100"), Decimal("99.999"), Decimal(900)]),
        **words,
    )


def random_given(draw: Random, law: Law, aim: Rule) -> Given:
    """The facts of a case as an author writes them: places as they come, one class, one or two subjects."""
    facts = random_facts(draw, law, aim)
    items = [item for item in facts.items if None not in item][:2]
    codes = effect_codes(law, aim)
    located, copies = (tuple(sorted(set(draw.choices([*codes, *AREAS], k=2)))) for _ in range(2))
    return Given(
        verb=tuple(sorted({facts.verb, draw.choice(VERBS).value})),
        located_in=draw.choice([None, located, located[:1], located]),
        regulated_by=facts.regulated_by,
        established_in=facts.established_in,
        sector=facts.sector,
        data_class=draw.choice([None, (), *[tuple(str(c) for c, _, _ in items)] * 3]),
        subjects_in=draw.choice([None, (), *[tuple(sorted({str(s) for _, s, _ in items}))] * 3]),
        persons=dict(some_persons(draw, law, aim.when)),
        critical=facts.critical,
        deployment=facts.deployment,
        purpose=facts.purpose,
        operator=facts.operator,
        operator_parent_in=facts.operator_parent_in,
        operator_entity_listed=facts.operator_entity_listed,
        zone_funding=facts.zone_funding,
        chip=facts.chip,
        chip_control=facts.chip_control,
        keys=facts.keys,
        isolation=facts.isolation[0] if facts.isolation else None,
        copies_in=draw.choice([None, (), copies, copies]),
        copies_apart_km=facts.copies_apart_km,
        holds=tuple(sorted(facts.holds)),
    )


def facts_of_case(given: Given, verb: str, vocabulary: Vocabulary) -> Facts:
    """What a case says for one of its verbs; for `administer` the places are the sites."""
    administer = verb == Verb.ADMINISTER.value
    located, copies = given.located_in, given.copies_in
    classes: Sequence[str | None] = (None,) if given.data_class is None else given.data_class
    subjects: Sequence[str | None] = (None,) if given.subjects_in is None else given.subjects_in
    technical = {name for name, each in vocabulary.mechanisms.items() if keys_fit(each, (given.keys,))}
    same = {key: getattr(given, key) for key in SAME}
    return Facts(
        verb=verb,
        places=None if administer or located is None else reaching(located, vocabulary),
        sites=located if administer else None,
        items=tuple((c, s, tuple(sorted(given.persons.items()))) for c in classes for s in subjects),
        isolation=None if given.isolation is None else (given.isolation,),
        copies_in=None if copies is None else around(copies),
        holds=frozenset(given.holds) | technical,
        **same,
    )


def keys_fit(mechanism: Mechanism, keys: Sequence[str | None]) -> bool:
    """Whether a technical mechanism holds for datasets whose keys are held so."""
    mode = mechanism.holds_if.get("keys")
    fitting = ("customer_held", "independent_custodian") if mode == "customer_held" else (mode,)
    return mode is not None and bool(keys) and all(each in fitting for each in keys)
