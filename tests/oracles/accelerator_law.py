"""Pieces of random worlds of accelerators: rules about installing and running chips, mechanisms, licences, exemptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Final

from planner.model.calendar import Window
from planner.model.catalogue import Region, Zone
from planner.model.law import Box, Citation, Exemption, Level, Rule, Then, Unless, Verb, When
from planner.model.question import Entity, Hold
from planner.model.vocabulary import Mechanism, Scope
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid

On = frozenset[str]

CLASSES: Final = {"alpha": None, "beta": None}
CONTROLS: Final = ("licensed", "free")
FAMILIES: Final = {"chip-ab": ("chip-a", "chip-b")}
SCOPES: Final = {
    "m-buyer": Scope.ENTITY,
    "m-land": Scope.DESTINATION,
    "m-hall": Scope.OPERATOR,
    "m-load": Scope.SHIPMENT,
    "m-work": Scope.WORKLOAD,
}
EVER: Final = Window(date(2020, 1, 1))
WINDOWS: Final = (
    (EVER,),
    (EVER,),
    (EVER,),
    (EVER,),
    (Window(date(2020, 1, 1), date(2026, 6, 29)),),
    (Window(date(2026, 6, 30), date(2026, 6, 30)),),
    (Window(date(2020, 1, 1), date(2025, 12, 31)), Window(date(2026, 11, 10))),
    (Window(date(2026, 11, 23), date(2026, 11, 23)), Window(date(2026, 10, 1), date(2026, 10, 1))),
    (Window(date(2026, 11, 24)),),
    (Window(date(2026, 12, 1), date(2026, 12, 31)),),
    (Window(date(2027, 1, 1)),),
)
"""Windows around the days of arrivals and of purchases; those from November 24 on bind what runs, not what is bought."""

CITE: Final = Citation("a random act", "secondary", date(2026, 11, 23))


def draw_mechanisms(draw: Random) -> Mapping[str, Mechanism]:
    """A mechanism of each scope, and one that cannot be bought."""
    kinds: Any = ("licence", "approval")
    made = {
        name: Mechanism(
            id=name,
            kind=draw.choice(kinds),
            scope=scope,
            cost_usd=Decimal(draw.randint(1, 20) * 720),
            lead_days=draw.choice([0, 180]),
            valid_days=draw.choice([None, None, 365]),
        )
        for name, scope in SCOPES.items()
    }
    keys = {"keys": "customer_held"}
    return made | {"m-tech": Mechanism(id="m-tech", kind="technical", scope=Scope.ENTITY, holds_if=keys)}


def draw_holds(
    draw: Random, on: On, mechanisms: Mapping[str, Mechanism], entities: Sequence[Entity], regions: Sequence[Region]
) -> tuple[Hold, ...]:
    """One to three mechanisms held today, some until too early a day."""
    held = [_hold(draw, draw.choice(sorted(SCOPES)), entities, regions) for _ in range(draw.randint(1, 3))]
    return tuple(sorted(held, key=str)) if "holds" in on else ()


def _hold(draw: Random, name: str, entities: Sequence[Entity], regions: Sequence[Region]) -> Hold:
    region, until = draw.choice(regions), draw.choice([None, None, date(2026, 12, 31), date(2026, 12, 30)])
    place = region.country if SCOPES[name] is Scope.DESTINATION else None
    provider = region.provider if SCOPES[name] in (Scope.OPERATOR, Scope.SHIPMENT) else None
    workload = "w0" if SCOPES[name] is Scope.WORKLOAD else None
    return Hold(name, draw.choice(entities).id, destination=place, operator=provider, workload=workload, until=until)


def draw_arrival_law(draw: Random, on: On, regions: Sequence[Region]) -> tuple[Region, ...]:
    """The same regions, where some arrivals come with a licence."""
    return tuple(replace(region, zones=tuple(_licensed(draw, on, zone) for zone in region.zones)) for region in regions)


def _licensed(draw: Random, on: On, zone: Zone) -> Zone:
    names = [*SCOPES, "m-tech"] if "mechanisms" in on else []
    return replace(
        zone,
        arrivals=tuple(
            replace(each, holds=tuple(draw.sample(names, min(len(names), draw.choice([0, 1, 3])))))
            for each in zone.arrivals
        ),
    )


def draw_rules(draw: Random, on: On) -> tuple[Rule, ...]:
    """Rules about installs and about what runs; overrides point backwards, so they never go round in a circle."""
    gates = draw.choice([0, 1, 1, 2]) if "installs" in on else 0
    rules = [_gate(draw, on, f"rule-{index}") for index in range(gates)]
    for family, verbs in (("installs", (Verb.INSTALL,)), ("runs", (Verb.PROCESS,))):
        for _ in range(draw.choice([0, 1, 2, 3]) if family in on else 0):
            rules.append(_rule(draw, on, f"rule-{len(rules)}", verbs, rules))
    if {"runs", "overrides"} <= on:
        rules += _silenced(draw, f"rule-{len(rules)}", f"rule-{len(rules) + 1}")
    return tuple(rules)


def _gate(draw: Random, on: On, name: str) -> Rule:
    """A rule that looks at one fact, mostly of an install, and has at most one way out."""
    ways = (Unless(holds=(draw.choice(sorted(SCOPES)),)),) if "mechanisms" in on and draw.random() < 0.75 else ()
    refusing = Then(Forbid(("*",)), ways)
    soft = {"level": Level.SHOULD, "penalty_usd_month": Decimal(300)} if draw.random() < 0.3 else {}
    when, windows = When(**draw.choice([*_CHIPS[:1], *_OF_INSTALLS])), draw.choice(WINDOWS)
    verb = draw.choice([Verb.INSTALL, Verb.INSTALL, Verb.INSTALL, Verb.PROCESS])
    rule = Rule(name, "A gate", "MY", Level.MUST, windows, when, (verb,), refusing, (CITE,))
    return replace(rule, **soft)


def _silenced(draw: Random, plain: str, special: str) -> list[Rule]:
    """A rule about what runs, and another that silences it on some chips."""
    refusing = Then(Forbid(draw.choice([("*",), ("MY",), ("SG", "ID")])))
    verbs = (draw.choice([Verb.PROCESS, Verb.ADMINISTER]),)
    rule = Rule(plain, "A plain rule", "MY", Level.MUST, (EVER,), When(), verbs, refusing, (CITE,))
    if draw.random() < 0.7:
        rule = replace(rule, level=Level.SHOULD, penalty_usd_month=Decimal(700))
    box = When(**draw.choice(_CHIPS))
    return [rule, replace(rule, id=special, when=box, overrides=(plain,), then=Then(Confine(("*",))))]


def _rule(draw: Random, on: On, name: str, verbs: tuple[Verb, ...], earlier: Sequence[Rule]) -> Rule:
    if draw.random() < 0.2:
        verbs = draw.choice([(Verb.INSTALL, Verb.PROCESS), (Verb.ADMINISTER,), (Verb.STORE, *verbs)])
    soft = draw.random() < (0.5 if Verb.PROCESS in verbs else 0.3)
    may = [rule.id for rule in earlier if not soft or rule.level is Level.SHOULD]
    named = (draw.choice(may),) if may and "overrides" in on and draw.random() < 0.75 else ()
    return Rule(
        name,
        "A rule of a random law",
        "MY",
        Level.SHOULD if soft else Level.MUST,
        draw.choice(WINDOWS),
        _when(draw, verbs),
        verbs,
        Then(_lenient(draw) if named else _effect(draw), _ways_out(draw, on)),
        (CITE,),
        penalty_usd_month=Decimal(draw.choice([0, 30, 200, 900])) if soft else None,
        overrides=named,
    )


def _when(draw: Random, verbs: tuple[Verb, ...]) -> When:
    """Mostly a box that names chips, with a fact or two of who, what or where."""
    keys: dict[str, Any] = {}
    installs = Verb.INSTALL in verbs
    if draw.random() < (0.75 if installs else 0.6):
        keys |= draw.choice(_CHIPS)
    for fact in draw.sample(_OF_INSTALLS if installs else _FACTS, draw.choice([0, 0, 1, 1, 2])):
        keys |= fact
    subtracted = Box(**draw.choice([*_CHIPS, *_FACTS])) if draw.random() < 0.25 else None
    return When(**keys, not_=subtracted)


_CHIPS: Final[tuple[dict[str, Any], ...]] = (
    {"chip_control": ("licensed",)},
    {"chip_control": ("licensed",)},
    {"chip": ("chip-a",)},
    {"chip": ("chip-b", "chip-c")},
    {"chip": ("chip-ab",)},
    {"chip": ("chip-a", "chip-c"), "chip_control": ("licensed", "free")},
)
_FACTS: Final[tuple[dict[str, Any], ...]] = (
    {"operator_parent_in": ("CN",)},
    {"operator_parent_in": ("CN",)},
    {"operator_entity_listed": True},
    {"located_in": ("MY", "ID")},
    {"zone_funding": ("state",)},
    {"deployment": ("own",)},
    {"established_in": ("MY",)},
    {"sector": ("s-bank",)},
    {"critical": True},
    {"purpose": ("p-train",)},
    {"data_class": ("alpha",)},
)
_OF_INSTALLS: Final = (
    *_FACTS,
    {"operator_parent_in": ("CN", "MY")},
    {"established_in": ("MY",)},
    {"sector": ("s-shop",)},
    {"purpose": ("p-train",)},
    {"critical": True},
    {"data_class": ("alpha",)},
    {"data_class": ("beta",)},
)


def _lenient(draw: Random) -> object:
    """What a rule that silences others asks in their place."""
    return draw.choice([Forbid(("TH",)), Confine(("*",)), _effect(draw)])


def _effect(draw: Random) -> object:
    if draw.random() < 0.75:
        return Forbid(draw.choice([("*",), ("*",), ("*",), ("MY",), ("SG", "TH")]))
    return Confine(draw.choice([("MY",), ("SG", "ID"), ("US",)]))


def _ways_out(draw: Random, on: On) -> tuple[Unless, ...]:
    ways = []
    if "mechanisms" in on and draw.random() < 0.75:
        names = [*sorted(SCOPES), "m-tech"]
        ways = [Unless(holds=tuple(draw.sample(names, draw.randint(1, 2)))) for _ in range(draw.choice([1, 1, 2]))]
    if draw.random() < 0.15:
        ways.append(Unless(destination_in=draw.choice([("TH",), ("SG", "MY")])))
    return tuple(ways)


def draw_exemptions(draw: Random, on: On, rules: Sequence[Rule]) -> tuple[Exemption, ...]:
    """One or two exemptions, some of which cover the day of an arrival or of a purchase alone."""
    count = draw.randint(1, 2) if "exemptions" in on and rules else 0
    return tuple(_exemption(draw, f"x-{index}", draw.choice(rules)) for index in range(count))


def _exemption(draw: Random, name: str, rule: Rule) -> Exemption:
    boxes = [When(), When(), When(chip=("chip-a",)), When(located_in=("MY",)), When(chip_control=("licensed",))]
    first, last = draw.choice(
        [
            (date(2026, 6, 1), date(2026, 7, 31)),
            (date(2026, 9, 1), date(2026, 12, 31)),
            (date(2026, 10, 1), date(2026, 11, 30)),
            (date(2025, 1, 1), date(2027, 6, 30)),
        ]
    )
    return Exemption(
        id=name,
        rule=rule.id,
        when=draw.choice(boxes),
        category="mitigated",
        reason="a random reason",
        approved_by="A. Person",
        approved_on=first,
        expires_on=last,
        ticket="T-1",
    )
