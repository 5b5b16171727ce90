"""Random facts drawn towards a rule, so that most of them come near its box and its effect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from planner.model.law import Rule, When
from planner.verification.judging import Facts
from tests.oracles.cedar_law import CODES, KEYS, PLACE_KEYS, VERBS, Law, some


def some_fact(draw: Random, law: Law, key: str, aim: When) -> tuple[str, ...] | None:
    """A fact of a key that has words: those of the box aimed at, other ones, none, or unknown."""
    near = [*(getattr(aim, key) or ()), *(getattr(aim.not_, key, None) or ())]
    if key in PLACE_KEYS:
        near = law.codes(near)
    chance = draw.random()
    if chance < 0.12:
        return None
    if chance < 0.2 and key not in ("located_in", "operator_parent_in", "deployment", "zone_funding"):
        return ()
    words = near if near and chance < 0.75 else law.pool(key)
    if not words:
        return ()
    return tuple(dict.fromkeys(some(draw, words, 1 if key in ("operator_parent_in", "deployment") else 2)))


def some_items(draw: Random, law: Law, aim: When) -> tuple[tuple[str | None, str | None], ...]:
    """Up to four classes with subjects; no data at all now and then."""
    found: set[tuple[str | None, str | None]] = set()
    for _ in range(draw.choice([0, 1, 1, 2, 3, 4])):
        classes, subjects = some_fact(draw, law, "data_class", aim), some_fact(draw, law, "subjects_in", aim)
        below = [c for c, parent in law.vocabulary.data_classes.items() if parent in (classes or ())]
        named = [*(classes or ()), *below]
        found.add((draw.choice(named) if named else None, draw.choice(subjects) if subjects else None))
    return tuple(sorted(found, key=str))


def some_flag(draw: Random, key: str, aim: When) -> bool | None:
    """What the box aimed at asks for, or anything, or unknown."""
    return draw.choice([getattr(aim, key), getattr(aim, key), True, False, None])


def effect_codes(law: Law, rule: Rule) -> list[str]:
    """Codes near those that the effect and its ways out name."""
    words = [*getattr(rule.then.effect, "in_", ()), *(w for way in rule.then.unless for w in way.destination_in)]
    local = getattr(rule.then.effect, "local_copy", None)
    return law.codes([*words, *(local.in_ if local else ()), *(rule.when.located_in or ())]) or list(CODES)


def region_places(draw: Random, codes: Sequence[str]) -> frozenset[str]:
    """Where a region lies: a code, sometimes with an area; a subdivision with or without its country."""
    code = draw.choice([draw.choice(codes), draw.choice(codes), draw.choice(CODES)])
    part = re.fullmatch(r"([A-Z]{2})-.*", code)
    country = {part[1]} if part and draw.random() < 0.5 else set()
    return frozenset({code, *country, *({"area:port"} if draw.random() < 0.1 else ())})


def random_facts(draw: Random, law: Law, aim: Rule) -> Facts:
    """A case near the box and the effect of a rule."""
    when, codes = aim.when, effect_codes(law, aim)
    ways = [name for way in aim.then.unless for name in way.holds]
    mechanisms = [*ways, *ways, *law.vocabulary.mechanisms]
    words = {key: some_fact(draw, law, key, when) for key in ("regulated_by", "sector", "purpose", "established_in")}
    words |= {key: some_fact(draw, law, key, when) for key in ("deployment", "zone_funding", "chip", "chip_control")}
    sites = tuple(code for _ in range(draw.choice([0, 1, 2, 4])) for code in sorted(region_places(draw, codes))[:1])
    copies = [region_places(draw, codes) for _ in range(draw.choice([0, 1, 2]))]
    isolation = tuple(draw.sample(law.vocabulary.isolation, draw.choice([0, 1, 2])))
    return Facts(
        verb=draw.choice([*aim.verbs, *aim.verbs, *VERBS]).value,
        places=draw.choice([None, *[region_places(draw, codes)] * 7]),
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
