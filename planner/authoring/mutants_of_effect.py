"""Mutants of what a rule does: its effect, the places it names, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from planner.model.law import Then, Unless
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require

OTHER_KEYS: Final = {"customer_held": "independent_custodian", "independent_custodian": "customer_held"}
Changed = Iterator[tuple[str, Then]]


def then_mutants(then: Then, isolation: tuple[str, ...], fresh_place: str) -> Changed:
    """Every `then` with one slip: the other effect, a place or way out dropped, one part of a requirement changed."""
    effect = then.effect
    if isinstance(effect, Confine | Forbid):
        other = Forbid(effect.in_) if isinstance(effect, Confine) else Confine(effect.in_)
        yield f"{other.kind} in place of {effect.kind}", replace(then, effect=other)
        for change, places in place_mutants(effect.in_, "in", fresh_place):
            yield change, replace(then, effect=replace(effect, in_=places))
    elif isinstance(effect, Require):
        for change, requirement in _require_mutants(effect, isolation, fresh_place):
            yield change, replace(then, effect=requirement)
    for index, way in enumerate(then.unless):
        yield from _unless_mutants(then, index, way, fresh_place)


def place_mutants(places: tuple[str, ...], name: str, fresh: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A list of places without each of them; the only place of a list gives way to one that nobody named."""
    for index, place in enumerate(places):
        rest = (*places[:index], *places[index + 1 :])
        yield (f"{name} without {place}", rest) if rest else (f"{name} names {fresh} instead of {place}", (fresh,))
    if not places:
        yield f"{name} names {fresh}", (fresh,)


def _unless_mutants(then: Then, index: int, way: Unless, fresh: str) -> Changed:
    before, after = then.unless[:index], then.unless[index + 1 :]
    named = ", ".join((*way.holds, *way.destination_in))
    yield f"unless without the alternative {index + 1} ({named})", replace(then, unless=(*before, *after))
    if len(way.holds) > 1:
        for mechanism in way.holds:
            kept = replace(way, holds=tuple(each for each in way.holds if each != mechanism))
            yield f"unless without {mechanism}", replace(then, unless=(*before, kept, *after))
    if len(way.destination_in) > 1:
        for change, places in place_mutants(way.destination_in, "destination_in", fresh):
            yield change, replace(then, unless=(*before, replace(way, destination_in=places), *after))


def _require_mutants(effect: Require, isolation: tuple[str, ...], fresh: str) -> Iterator[tuple[str, Require]]:
    for part in ("local_copy", "copies_apart_km", "isolation", "keys"):
        if getattr(effect, part) is not None:
            yield f"require without {part}", replace(effect, **{part: None})  # type: ignore[arg-type]
    if effect.local_copy is not None:
        for change, places in place_mutants(effect.local_copy.in_, "local_copy.in", fresh):
            yield change, replace(effect, local_copy=LocalCopy(places))
    if effect.copies_apart_km is not None:
        for step in (-1, 1):
            far = effect.copies_apart_km + step
            yield f"copies_apart_km is {far}", replace(effect, copies_apart_km=far)
    if effect.isolation in isolation:
        at = isolation.index(effect.isolation)
        for level in (*isolation[max(0, at - 1) : at], *isolation[at + 1 : at + 2]):
            yield f"isolation is {level}", replace(effect, isolation=level)
    if effect.keys is not None:
        yield f"keys is {OTHER_KEYS[effect.keys]}", replace(effect, keys=OTHER_KEYS[effect.keys])  # type: ignore[arg-type]
