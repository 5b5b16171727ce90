"""Law to compare Cedar on: what is shipped, and random rules of every shape of the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

from planner.errors import Where
from planner.model.areas import Area
from planner.model.calendar import Window
from planner.model.law import Citation, Exemption, Level, Rule, Then, Unless, Verb, When
from planner.model.thresholds import Threshold
from planner.model.vocabulary import Mechanism, Member, PlaceList, Scope, Vocabulary
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.policies import all_files, read_policies
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require

COUNTRIES: Final = ("MY", "SG", "ID", "SE", "CN")
CODES: Final = (*COUNTRIES, "MY-01", "MY-14", "CN-HK", "SE-AB")
NAMED: Final = (*CODES, "area:port", "area:free", "bloc:NORTH", "list:adequate", "list:gone")
KINDS: Final = ("public-cloud", "dedicated", "own", "api")
KEYS: Final = ("customer_held", "independent_custodian", "provider_held")
VERBS: Final = (Verb.PROCESS, Verb.STORE, Verb.BACKUP, Verb.ADMINISTER, Verb.INSTALL)
DAYS: Final = tuple(date(2026, 1, 1) + timedelta(days=31 * n) for n in range(14))
CITES: Final = (Citation("an act", "memory", date(2026, 11, 23)),)
COUNTS: Final = ("heads>=10", "heads<10", "heads>=1000", "heads<1000", "wards>=5", "wards<5")
OPERATORS: Final = ("p", "q", "s", "list:named", "list:past")
PLACE_KEYS: Final = ("established_in", "operator_parent_in", "located_in", "subjects_in")
FLAG_KEYS: Final = ("critical", "operator_entity_listed")


@dataclass(frozen=True)
class Law:
    """Rules with the words they are written in."""

    name: str
    rules: tuple[Rule, ...]
    exemptions: tuple[Exemption, ...]
    vocabulary: Vocabulary
    lists: Mapping[str, PlaceList]

    def pool(self, key: str) -> tuple[str, ...]:
        """The words of a key that facts are drawn from."""
        words = self.vocabulary
        pools: dict[str, Iterable[str]] = {
            "regulated_by": words.regulators,
            "sector": words.sectors,
            "data_class": words.data_classes,
            "purpose": words.purposes,
            "operator": words.operators,
            "deployment": KINDS,
            "zone_funding": ("state", "private"),
            "chip": words.chips,
            "chip_control": words.chip_controls,
        }
        return tuple(pools.get(key, CODES))

    def members(self, words: Iterable[str]) -> list[str]:
        """Operators, and those that are on lists on any day."""
        listed = [member.code for word in words if word in self.lists for member in self.lists[word].members]
        return [*listed, *(word for word in words if word not in self.lists)]

    def codes(self, words: Iterable[str]) -> list[str]:
        """Plain codes near some place words: members of lists whenever, a part of a country, the country of a part."""
        out = []
        for word in words:
            if word in self.lists:
                out += [member.code for member in self.lists[word].members]
            elif word != "*":
                part = [f"{word}-01"] if len(word) == 2 else [] if word.startswith("area:") else [word.split("-")[0]]
                out += [word, word, *part]
        return out


def shipped_law() -> Law:
    """The law of the checkout; a file that does not read, because someone is writing it, is left out with its rules."""
    library = Library.shipped()
    beside, nowhere = Path(), Where("", 0, 0)
    kept = []
    for path in all_files(library):
        faults = Collector()
        read_policies(library, (str(path),), beside, nowhere, faults)
        # An override may name a rule of another file.
        errors = [f for f in faults.faults if f.severity == "error" and "overrid" not in f.message]
        kept += [] if errors or faults.lost else [str(path)]
    found = read_policies(library, kept, beside, nowhere, Collector())
    rules = tuple(found.rules[name] for name in sorted(found.rules))
    exemptions = tuple(e for e in found.exemptions.values() if e.rule in found.rules)
    return Law("shipped", rules, exemptions, found.vocabulary, found.lists)


def random_law(draw: Random, size: int = 12) -> Law:
    """Rules of every shape, with overrides that point backwards, and exemptions."""
    rules: list[Rule] = []
    for number in range(size):
        rules.append(_rule(draw, f"rule-{number}", rules))
    exemptions = tuple(_exemption(draw, f"exemption-{n}", draw.choice(rules).id) for n in range(4))
    return Law("generated", tuple(rules), exemptions, VOCABULARY, LISTS)


LISTS: Final = {
    "bloc:NORTH": PlaceList("bloc:NORTH", (Member("SE"), Member("ID", from_=date(2026, 6, 1)))),
    "list:adequate": PlaceList("list:adequate", (Member("SG", to=date(2026, 8, 31)), Member("MY-14"))),
    "list:gone": PlaceList("list:gone", (Member("CN", to=date(2026, 5, 5)),)),
    "list:named": PlaceList("list:named", (Member("p", to=date(2026, 6, 30)), Member("s")), "operators"),
    "list:past": PlaceList("list:past", (Member("q", to=date(2026, 2, 2)),), "operators"),
}


def _mechanism(name: str, scope: Scope, keys: str | None = None) -> Mechanism:
    return Mechanism(
        "approval" if keys is None else "technical", scope, holds_if={"keys": keys} if keys else {}, id=name
    )


VOCABULARY: Final = Vocabulary(
    data_classes={"personal": None, "health": "personal", "genetic": "health", "finance": "personal", "public": None},
    regulators={"R1": "one", "R2": "two", "R3": "three"},
    sectors=("bank", "shop", "cloud"),
    mechanisms={
        **{f"m-{scope.value}": _mechanism(f"m-{scope.value}", scope) for scope in Scope},
        "t-customer": _mechanism("t-customer", Scope.ENTITY, "customer_held"),
        "t-custodian": _mechanism("t-custodian", Scope.WORKLOAD, "independent_custodian"),
    },
    purposes=("train", "serve", "archive"),
    isolation=("shared", "microvm", "dedicated", "confidential"),
    areas={"port": Area("a port"), "free": Area("a free zone", displaces=("MY",))},
    chips=("H1", "H2", "H3"),
    chip_controls=("tier-a", "tier-b"),
    operators={"p": "one", "q": "two", "s": "three"},
    thresholds={"heads": Threshold((10, 1000)), "wards": Threshold((5,))},
)


def some(draw: Random, words: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """A few of the words, at least one."""
    return tuple(draw.sample(words, draw.randint(1, min(most, len(words)))))


def _rule(draw: Random, name: str, before: Sequence[Rule]) -> Rule:
    level = draw.choice([Level.MUST, Level.MUST, Level.SHOULD])
    after = [rule.id for rule in before if level is Level.MUST or rule.level is Level.SHOULD]
    effect = draw.choice([_confine, _confine, _forbid, _forbid, _require])(draw)
    ways = () if isinstance(effect, Require) else tuple(_way(draw) for _ in range(draw.choice([0, 0, 1, 2])))
    starts = sorted(draw.sample(DAYS, 2))
    windows = (Window(starts[0], starts[0] + timedelta(days=40)), Window(starts[1], draw.choice([None, starts[1]])))
    return Rule(
        name,
        "a rule",
        "MY",
        level,
        draw.choice([windows, (Window(date(2020, 1, 1)),), (Window(date(2020, 1, 1)),)]),
        random_when(draw),
        tuple(draw.sample(VERBS, draw.choice([1, 2, 3, 5]))),
        Then(effect, ways),
        CITES,
        penalty_usd_month=Decimal(100) if level is Level.SHOULD else None,
        overrides=some(draw, after, 2) if after and draw.random() < 0.25 else (),
    )


def _places(draw: Random, empty: float = 0.04) -> tuple[str, ...]:
    chance = draw.random()
    return () if chance < empty else ("*",) if chance < 0.12 else some(draw, NAMED)


def _confine(draw: Random) -> Confine:
    return Confine(_places(draw))


def _forbid(draw: Random) -> Forbid:
    return Forbid(_places(draw))


def _require(draw: Random) -> Require:
    keys: dict[str, Any] = {
        "local_copy": LocalCopy(_places(draw)),
        "copies_apart_km": Decimal(draw.choice(["0", "100", "250.5"])),
        "isolation": draw.choice(VOCABULARY.isolation),
        "keys": draw.choice(KEYS[:2]),
        "record": ("a duty",),
    }
    return Require(**{key: keys[key] for key in draw.sample(list(keys), draw.choice([1, 1, 2, 3]))})


def _way(draw: Random) -> Unless:
    if draw.random() < 0.4:
        return Unless(destination_in=_places(draw, 0) or ("MY",))
    return Unless(holds=some(draw, list(VOCABULARY.mechanisms), 2))


def random_when(draw: Random) -> When:
    """A box, often with another one to subtract."""
    not_ = When(**_box(draw, [1, 1, 2, 3])) if draw.random() < 0.45 else None
    return When(**_box(draw, [0, 1, 1, 2, 3]), not_=not_)


def _box(draw: Random, sizes: Sequence[int]) -> dict[str, Any]:
    keys: dict[str, Any] = {key: draw.random() < 0.6 for key in FLAG_KEYS}
    keys |= {key: _places(draw) for key in PLACE_KEYS}
    keys["persons"] = some(draw, COUNTS, 2) if draw.random() > 0.03 else ()
    keys["operator"] = some(draw, OPERATORS, 2) if draw.random() > 0.03 else ()
    keys["data_class"] = some(draw, list(VOCABULARY.data_classes), 2)
    for key in ("regulated_by", "sector", "purpose", "deployment", "zone_funding", "chip", "chip_control"):
        words = Law("", (), (), VOCABULARY, LISTS).pool(key)
        keys[key] = () if draw.random() < 0.03 else some(draw, words, 2)
    often = [*keys, "data_class", "subjects_in", "data_class", "subjects_in", "located_in", "persons", "operator"]
    return {key: keys[key] for key in draw.sample(often, draw.choice(sizes))}


def _exemption(draw: Random, name: str, rule: str) -> Exemption:
    begins = draw.choice(DAYS)
    ends = begins + timedelta(days=draw.choice([0, 100, 400]))
    return Exemption(name, rule, random_when(draw), "accepted-risk", "why", "who", begins, ends, "T-1")
