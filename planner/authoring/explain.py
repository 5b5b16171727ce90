"""Explain: what every rule says of one thing in one region, which fact decided, and what would lift a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction

from planner.errors import Fault, InputFaults, Where
from planner.model.law import Box, Rule, Verb, When
from planner.model.plan import Copy, Placement, Plan
from planner.model.scenario import Scenario
from planner.model.thresholds import counted_by
from planner.reading.faults import nearest
from planner.verification import Facts, Lexicon, Verdict, judge_set, matches
from planner.verification.cells import Cell, find_cells
from planner.verification.claim import Claim
from planner.verification.facts import Item

ITEM_KEYS = ("data_class", "subjects_in", "persons")


@dataclass(frozen=True)
class Explained:
    """One rule on one cell.

    Attributes:
        verdict: what it says beside the other rules and the exemptions.
        decided_by: why it bears or not, each a short sentence.
        held: mechanisms held for the cell that the rule names.
    """

    rule: Rule
    of: str
    region: str
    verb: str
    verdict: Verdict
    decided_by: tuple[str, ...]
    held: tuple[str, ...]


def find_thing(name: str, scenario: Scenario) -> str:
    """The full id of a component, or `dataset:ID`; raises InputFaults with a suggestion."""
    known = [*(c.id for c in scenario.components), *(f"dataset:{d.id}" for d in scenario.datasets)]
    ending = [full for full in known if name in (full, full.split("/", 1)[-1])]
    if len(ending) == 1:
        return ending[0]
    text = f"component or dataset {name!r} is not known"
    raise InputFaults([Fault(Where("--component"), "N001", text, nearest(name, known))])


def explain(scenario: Scenario, thing: str, region: str, verb: str | None = None) -> list[Explained]:
    """Every rule in play on a component or `dataset:ID` in a region, verb by verb."""
    claim = Claim(scenario, _alone(scenario, thing, region), scenario.periods[0])
    cells = [cell for cell in find_cells(claim) if cell.of == thing and verb in (None, cell.facts.verb)]
    return [each for cell in _one_a_verb(cells) for each in _on_cell(scenario, cell)]


def _one_a_verb(cells: list[Cell]) -> list[Cell]:
    """A dataset is judged as a whole where its primary is: that cell knows more of it."""
    found: dict[str, Cell] = {}
    for cell in cells:
        found[cell.facts.verb] = cell
    return list(found.values())


def _on_cell(scenario: Scenario, cell: Cell) -> Iterator[Explained]:
    first, last = scenario.days(scenario.periods[0])
    verdicts = judge_set(
        scenario.rules,
        scenario.exemptions,
        cell.facts,
        first,
        last,
        scenario.vocabulary,
        scenario.lists,
        scenario.as_of,
    )
    rules = {rule.id: rule for rule in scenario.rules}
    lexicon = Lexicon(scenario.vocabulary, scenario.lists, scenario.as_of)
    for rule_id, verdict in verdicts:
        rule = rules[rule_id]
        named = [m for way in rule.then.unless for m in way.holds]
        held = tuple(m for m in dict.fromkeys(named) if m in cell.facts.holds)
        reasons = tuple(_reasons(rule, cell.facts, verdict, scenario, lexicon))
        yield Explained(rule, cell.of, cell.region.key, cell.facts.verb, verdict, reasons, held)


def _reasons(rule: Rule, facts: Facts, verdict: Verdict, scenario: Scenario, lexicon: Lexicon) -> Iterator[str]:
    if facts.verb not in rule.verbs:
        yield f"it does not speak of {facts.verb}"
        return
    if not rule.in_force_between(*scenario.days(scenario.periods[0])):
        yield f"it is not in force in {scenario.periods[0]}"
        return
    if verdict.silenced_by:
        yield f"silenced by {', '.join(verdict.silenced_by)}"
    values = list(_keys(rule.when, facts, lexicon))
    missed = [text for text, met in values if met is False]
    yield from missed or [text for text, _ in values]
    if not missed and rule.when.not_ is not None:
        yield _of_not(rule.when.not_, facts, lexicon)


def _of_not(box: Box, facts: Facts, lexicon: Lexicon) -> str:
    inside = matches(_when(box), facts, lexicon)
    return {True: "its `not` takes the case away", False: "it is outside its `not`", None: "its `not` is unknown"}[
        inside
    ]


def _keys(box: Box, facts: Facts, lexicon: Lexicon) -> Iterator[tuple[str, bool | None]]:
    """Each key of the box in words, and whether the facts meet it."""
    for key in (field.name for field in fields(Box) if field.name not in ITEM_KEYS):
        named = getattr(box, key)
        if named is not None:
            met = matches(When(**{key: named}), facts, lexicon)
            yield _sentence(key, named, _fact(key, facts), met), met
    if box.names_data:
        data = When(data_class=box.data_class, subjects_in=box.subjects_in, persons=box.persons)
        met = matches(data, facts, lexicon)
        named = {key: getattr(box, key) for key in ITEM_KEYS if getattr(box, key) is not None}
        yield (
            _sentence(" and ".join(named), tuple(named.values()), _deciding_items(data, facts, lexicon, met), met),
            met,
        )


def _deciding_items(data: When, facts: Facts, lexicon: Lexicon, met: bool | None) -> str:
    """The items that decide, at most three of them."""
    alike = [item for item in facts.items if matches(data, replace(facts, items=(item,)), lexicon) is met]
    shown = [_item_text(item, data) for item in sorted(alike, key=str)]
    return "; ".join(shown[:3]) + (f"; {len(shown) - 3} more" if len(shown) > 3 else "") or "no data"


def _item_text(item: Item, data: When) -> str:
    data_class, subject, persons = item
    text = f"{data_class or 'unknown'} of {subject or 'unknown'}"
    if data.persons is None:
        return text
    counts = dict.fromkeys(sorted(map(counted_by, data.persons)), "unknown") | dict(persons)
    return f"{text} ({', '.join(f'{name} {n}' for name, n in counts.items())})"


def _fact(key: str, facts: Facts) -> str:
    value = facts.places if key == "located_in" else getattr(facts, key)
    return "unknown" if value is None else _list(value) or "none"


def _sentence(key: str, named: object, fact: str, met: bool | None) -> str:
    word = {True: "met", False: "not met", None: "unknown"}[met]
    return f"{key} {_list(named)} {word}: it is {fact}"


def _list(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | frozenset):
        parts = sorted(value) if isinstance(value, frozenset) else value
        return ", ".join(_list(each) for each in parts)
    return str(value)


def _when(box: Box) -> When:
    return When(**{field.name: getattr(box, field.name) for field in fields(Box)})


def _alone(scenario: Scenario, thing: str, region: str) -> Plan:
    """A claim that the thing, and nothing else, is in the region."""
    period, provider = str(scenario.periods[0]), scenario.region[region].provider
    placements: tuple[Placement, ...] = ()
    copies: tuple[Copy, ...] = ()
    if thing.startswith("dataset:"):
        dataset = scenario.dataset[thing.removeprefix("dataset:")]
        copies = tuple(Copy(dataset.id, spec.role, period, provider, region) for spec in dataset.copies)
    else:
        where = scenario.region[region]
        zone = where.zone_key(where.zones[0])
        placements = (Placement(thing, period, provider, region, zone, None, 1, Fraction(1), Decimal(0)),)
    nothing = Decimal(0)
    return Plan("feasible", nothing, nothing, nothing, nothing, (), placements, copies, (), (), (), (), ())


VERBS = tuple(verb.value for verb in Verb)
