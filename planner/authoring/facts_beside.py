"""Facts beside the box and the place: mechanisms held, who holds keys, isolation, and where the copies are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from planner.authoring.choices import Choice
from planner.authoring.words import Language, fresh_place
from planner.model.law import Rule
from planner.rules.require import Require

Judged = tuple[Rule, Language]
KEY_MODES = ("customer_held", "independent_custodian", "provider_held")


def facts_beside(judged: Iterable[Judged], days: Iterable[date]) -> list[list[Choice]]:
    """One axis a kind of fact; a kind that no rule looks at has no axis."""
    judged, days = tuple(judged), tuple(days)
    needs = [rule.then.effect for rule, _ in judged if isinstance(rule.then.effect, Require)]
    axes = [_held(judged), _keys(judged, needs), _isolation(judged, needs)]
    axes += [_copies(judged, days), _distances(needs)]
    return [axis for axis in axes if axis]


def _axis(key: str, values: Iterable[Any], plainest: Any = None) -> list[Choice]:
    """One choice a value; the plainest costs nothing, an unknown fact most."""
    return [(4 if value is None else int(value != plainest), {key: value}) for value in dict.fromkeys(values)]


def _held(judged: tuple[Judged, ...]) -> list[Choice]:
    named = [m for rule, _ in judged for way in rule.then.unless for m in way.holds]
    return _axis("holds", [(), *((m,) for m in dict.fromkeys(named))], ()) if named else []


def _keys(judged: tuple[Judged, ...], needs: list[Require]) -> list[Choice]:
    """Who holds the keys decides a requirement, and whether a technical way out holds."""
    technical = [
        mechanism
        for rule, language in judged
        for way in rule.then.unless
        for name in way.holds
        if (mechanism := language.vocabulary.mechanisms.get(name)) is not None and mechanism.technical
    ]
    if not technical and all(need.keys is None for need in needs):
        return []
    return _axis("keys", [*KEY_MODES, None], "provider_held" if technical else "customer_held")


def _isolation(judged: tuple[Judged, ...], needs: list[Require]) -> list[Choice]:
    if all(need.isolation is None for need in needs):
        return []
    levels = [level for _, language in judged for level in language.vocabulary.isolation]
    return _axis("isolation", [*levels, None])


def _copies(judged: tuple[Judged, ...], days: tuple[date, ...]) -> list[Choice]:
    named: list[str] = []
    for rule, language in judged:
        effect = rule.then.effect
        if isinstance(effect, Require) and effect.local_copy is not None:
            named += language.members(effect.local_copy.in_, days)
    if not named:
        return []
    return _axis("copies_in", [*((code,) for code in named), (fresh_place(named),), None], (named[0],))


def _distances(needs: list[Require]) -> list[Choice]:
    asked = {Decimal(need.copies_apart_km) for need in needs if need.copies_apart_km is not None}
    if not asked:
        return []
    return _axis("copies_apart_km", [*sorted(asked, reverse=True), min(asked) - 1, None])
