"""`default: home_only` of an overlay: data classes that stay where the entity is seated, as ordinary rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Final

from planner.errors import Where
from planner.model.calendar import Window
from planner.model.law import Citation, Given, Level, PolicyCase, Rule, Then, Verb, When
from planner.model.provenance import HIDDEN, NOWHERE
from planner.model.question import Entity
from planner.model.vocabulary import PlaceList, Vocabulary
from planner.reading.checking_rules import check_fact_place, check_rule
from planner.reading.faults import Collector
from planner.rules.confine import Confine

ELSEWHERE: Final = ("AQ", "BV")
"""Two places where nobody is seated; one of them is not the seat."""


@dataclass(frozen=True, slots=True)
class Default:
    """Data of each class, of entities established in a seat, are confined to that seat; one rule a class and seat.

    Attributes:
        home_only: data classes; those below them are covered.
        seats: countries or subdivisions. An entity seated in two of them is confined to both, so to neither.
        verbs: what the default speaks of.
    """

    home_only: tuple[str, ...]
    seats: tuple[str, ...]
    in_force: tuple[Window, ...]
    cites: tuple[Citation, ...]
    verbs: tuple[Verb, ...] = (Verb.STORE, Verb.BACKUP, Verb.PROCESS, Verb.ADMINISTER)
    note: str | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


def rules_of(default: Default, stem: str, faults: Collector) -> Iterator[Rule]:
    """The rules of a default; `stem` is the name of its file without the ending, and the ids begin with it."""
    for data_class in default.home_only:
        for seat in default.seats:
            rule = Rule(
                id=f"{stem}-home-only-{data_class}-{seat}",
                title=f"By default of {stem}, {data_class} data of what is established in {seat} stay there",
                law_of=seat,
                level=Level.MUST,
                in_force=default.in_force,
                when=When(established_in=(seat,), data_class=(data_class,)),
                verbs=default.verbs,
                then=Then(Confine((seat,))),
                cites=default.cites,
                note=default.note,
                where=faults.inside(default.where, "home_only", data_class),
            )
            yield replace(rule, tests=tuple(_cases(rule, seat)))


def _cases(rule: Rule, seat: str) -> Iterator[PolicyCase]:
    """What the default means, written from its definition, so that the derived rule is tested like any other."""
    verbs = tuple(verb.value for verb in rule.verbs)
    away = next(place for place in ELSEWHERE if place != seat)
    home = Given(verb=verbs, located_in=(seat,), established_in=(seat,), data_class=rule.when.data_class)
    abroad = replace(home, located_in=(away,))
    day = rule.in_force[0].from_ if rule.in_force else date.min

    def case(name: str, given: Given, expect: str, on: date = day) -> PolicyCase:
        return PolicyCase(name, given, expect, on, rule.where)  # type: ignore[arg-type]

    yield case("at home", home, "allow")
    yield from (case(f"elsewhere ({verb})", replace(abroad, verb=(verb,)), "deny") for verb in verbs)
    yield case("an entity seated elsewhere", replace(abroad, established_in=(away,)), "not_applicable")
    yield case("no data at all", replace(abroad, data_class=()), "not_applicable")
    yield case("nothing said of the seat and the rule binds", replace(abroad, established_in=None), "deny")
    for on in _edges(rule.in_force):
        expect = "deny" if any(window.touches(on, on) for window in rule.in_force) else "not_applicable"
        yield case(f"on {on}", abroad, expect, on)


def _edges(windows: Iterable[Window]) -> Iterator[date]:
    """First and last days and those around them, where the calendar has them."""
    for window in windows:
        for day, step in ((window.from_, -1), (window.to, 1)):
            if day is not None:
                yield day
                if date.min < day < date.max:
                    yield day + timedelta(step)


def check_default(
    default: Default, rules: Iterable[Rule], words: Vocabulary, lists: Mapping[str, PlaceList], faults: Collector
) -> None:
    """Its words are known, it lies outside of law/, and what its rules share makes sense; `rules` are those."""
    if PurePosixPath(default.where.file).parent.name == "law":
        text = "law has no default: what no rule forbids is permitted"
        faults.add(default.where, "N003", text, "move `default` to a file of org/")
    for key in ("home_only", "seats"):
        if not getattr(default, key) and not faults.is_mended(default.where):
            where = faults.inside(default.where, key)
            faults.add(where, "S002", f"`{key}` is empty", "name at least one, or leave `default` out")
    for data_class in default.home_only:
        if data_class not in words.data_classes:
            where = faults.inside(default.where, "home_only", data_class)
            faults.unknown(where, "data class", data_class, words.data_classes)
    for seat in default.seats:
        check_fact_place(seat, faults.inside(default.where, "seats", seat), lists, faults)
    for rule in list(rules)[:1]:
        shared = replace(rule, where=default.where, when=When(), then=Then(Confine(("*",))), tests=())
        check_rule(shared, words, lists, faults)


def warn_of_other_seats(defaults: Iterable[Default], entities: Iterable[Entity], faults: Collector) -> None:
    """An entity that is seated in none of the seats is not kept at home: said, because silence would look like care."""
    entities = tuple(entities)
    for default in defaults:
        for entity in entities:
            known = {code for seat in entity.established_in or () for code in (seat, seat[:2])}
            if known and known.isdisjoint(default.seats):
                text = f"entity {entity.id!r} is seated in no seat of `default`: its data are not kept at home"
                hint = f"add {', '.join(entity.established_in or ())} to `seats` at {default.where.line_text}"
                faults.warn(faults.inside(entity.where, "established_in"), "N003", text, hint)
