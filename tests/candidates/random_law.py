"""Random law over random facts, wider than the random instances: every key of a box, lists, `*`, windows, holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from planner.model.calendar import Window
from planner.model.catalogue import Region
from planner.model.law import Citation, Level, Rule, Then, Unless, Verb, When
from planner.model.question import Component, CopySpec, Dataset, Entity, Hold
from planner.model.scenario import Scenario
from planner.model.thresholds import Threshold
from planner.model.vocabulary import Mechanism, Member, PlaceList, Scope
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from tests.oracles.small_world import component, dataset, mechanism, region, scenario, with_words

Word = TypeVar("Word")

COUNTRIES = ("MY", "SG", "ID", "SE")
PLACES = ("MY", "SG", "ID", "SE", "MY-01", "MY-14", "bloc:NORTH", "list:adequate", "*")
LISTS = {
    "bloc:NORTH": PlaceList("bloc:NORTH", (Member("SE"), Member("ID", from_=date(2026, 11, 24)))),
    "list:adequate": PlaceList("list:adequate", (Member("SG", to=date(2026, 11, 23)), Member("MY-14"))),
    "list:named": PlaceList("list:named", (Member("p", to=date(2026, 11, 23)),), "operators"),
    "list:gone": PlaceList("list:gone", (Member("q", to=date(2026, 11, 22)),), "operators"),
}
CLASSES = ("personal", "health", "public")
SUBJECTS = ("MY", "SG", "SE")
THRESHOLDS = {"heads": Threshold((10, 100)), "wards": Threshold((5,))}
COUNTS = ("heads>=10", "heads<100", "heads>=100", "wards<5")
KINDS = ("public-cloud", "dedicated", "own", "api")
NAMES = ("m0", "m1", "m2")
DAYS = (date(2020, 1, 1), date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1))
CITES = (Citation("an act", "memory", date(2026, 11, 23)),)


def random_law_world(seed: int) -> Scenario:
    """Three entities, components, datasets and regions under four rules."""
    draw = Random(seed)
    entities = tuple(_entity(draw, f"e{n}") for n in range(3))
    built = scenario(
        [_component(draw, f"c{n}") for n in range(3)],
        [_region(draw, n) for n in range(3)],
        entities=entities,
        datasets=tuple(_dataset(draw, f"d{n}") for n in range(3)),
        rules=tuple(_rule(draw, f"rule-{n}") for n in range(4)),
        mechanisms=[_mechanism(draw, name) for name in NAMES],
        holds=tuple(_hold(draw) for _ in range(2)),
        refused=frozenset(_some(draw, NAMES)) if draw.random() < 0.3 else frozenset(),
        lists=LISTS,
    )
    return with_words(built, thresholds=THRESHOLDS)


def _some(draw: Random, words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(sorted(draw.sample(words, draw.randint(1, 2)), key=words.index))


def _fact(draw: Random, words: tuple[str, ...]) -> tuple[str, ...] | None:
    """A known fact, an empty one, or an unknown one."""
    return draw.choice([_some(draw, words), _some(draw, words), (), None])


def _entity(draw: Random, name: str) -> Entity:
    seat = draw.choice([(draw.choice(COUNTRIES),), None])
    regulators, sectors = _fact(draw, ("R1", "R2", "R3")), _fact(draw, ("bank", "shop"))
    return Entity(id=name, established_in=seat, regulated_by=regulators, sector=sectors)


def _component(draw: Random, name: str) -> Component:
    changes: dict[str, Any] = {"critical": draw.choice([True, False, None]), "entity": f"e{draw.randrange(3)}"}
    reads = _some(draw, ("d0", "d1", "d2")) if draw.random() < 0.7 else ()
    return component(name, reads=reads, **changes)


def _dataset(draw: Random, name: str) -> Dataset:
    copies = (CopySpec("primary"), CopySpec("backup"))
    owner = f"e{draw.randrange(3)}"
    persons = {key: draw.choice([0, 5, 10, 99, 100]) for key in THRESHOLDS if draw.random() < 0.7}
    facts = {"classes": _fact(draw, CLASSES), "subjects": _fact(draw, SUBJECTS), "persons": persons}
    return dataset(name, entity=owner, copies=copies, **facts)


def _region(draw: Random, number: int) -> Region:
    country = draw.choice(COUNTRIES)
    part = draw.choice(["MY-01", "MY-14", None]) if country == "MY" else None
    where = {"lat": Decimal(number), "country": country, "subdivision": part}
    return region(f"r{number}", provider=draw.choice(["p", "q"]), kind=draw.choice(KINDS), **where)


def _mechanism(draw: Random, name: str) -> Mechanism:
    return mechanism(name, draw.choice(list(Scope)), 10)


def _hold(draw: Random) -> Hold:
    return Hold(
        draw.choice(NAMES),
        f"e{draw.randrange(3)}",
        destination=draw.choice(COUNTRIES),
        operator=draw.choice(["p", "q"]),
        workload=draw.choice(["w", "d0", "d1"]),
        until=draw.choice([None, date(2026, 12, 30), date(2026, 12, 31)]),
    )


def _rule(draw: Random, name: str) -> Rule:
    starts = draw.sample(DAYS, 2)
    windows = tuple(Window(day, draw.choice([None, day, date(2026, 11, 22)])) for day in starts)
    effect = draw.choice([Confine, Confine, Forbid])(_some(draw, PLACES))
    ways = tuple(_way(draw) for _ in range(draw.choice([0, 1, 2])))
    verbs = _some(draw, (Verb.PROCESS, Verb.STORE, Verb.BACKUP))
    windows = draw.choice([windows, (Window(date(2020, 1, 1)),)])
    return Rule(name, "a rule", "MY", Level.MUST, windows, _box(draw), verbs, Then(effect, ways), CITES)


def _way(draw: Random) -> Unless:
    if draw.random() < 0.3:
        return Unless(destination_in=_some(draw, PLACES[:-1]))
    return Unless(holds=_some(draw, NAMES))


def _box(draw: Random) -> When:
    keys: dict[str, Any] = {
        "regulated_by": _some(draw, ("R1", "R2", "R3")),
        "established_in": _some(draw, PLACES),
        "sector": _some(draw, ("bank", "shop")),
        "data_class": _some(draw, CLASSES),
        "subjects_in": _some(draw, PLACES),
        "critical": draw.random() < 0.5,
        "deployment": _some(draw, KINDS),
        "operator": _some(draw, ("p", "list:named", "list:gone")),
        "persons": _some(draw, COUNTS),
    }
    return When(**{key: keys[key] for key in draw.sample(list(keys), draw.choice([0, 1, 1, 2, 3]))})
