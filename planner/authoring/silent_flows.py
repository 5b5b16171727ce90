"""Silent flows: a class that travels along unsaid and by which a rule keeps a component out of places (R114).

The rules judge each component twice: by what was said of it, and by each unsaid item alone. Where only the second is
refused, in a region that is open to the component otherwise, the flow that took the item along is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from textwrap import shorten
from typing import Final

import numpy as np

from planner.authoring.said_classes import SaidClasses
from planner.candidates.needs import Needs
from planner.candidates.paths import user_round_trips
from planner.candidates.profiles import Item, Items, LawProfile, component_profiles
from planner.candidates.verdicts import Bench, Verdict
from planner.candidates.ways_out import uses_workload_scope
from planner.errors import Fault
from planner.model.calendar import Period
from planner.model.exclusions import Mask
from planner.model.law import Level, Rule, Verb
from planner.model.question import Flow
from planner.model.scenario import Scenario
from planner.rules.require import Require

CODE: Final = "R114"
SHOWN: Final = 3


@dataclass(frozen=True)
class Caught:
    """A component that a rule keeps out of regions because of unsaid items alone; `lifted`: a mechanism opens them."""

    component: str
    rule: Rule
    items: Items
    regions: tuple[str, ...]
    lifted: bool


@dataclass(frozen=True)
class _Case:
    """Rows of the profiles of one component: by what was said of it, and by each unsaid item."""

    number: int
    said: int
    alone: dict[Item, int]


def find_silent_flows(scenario: Scenario) -> list[Fault]:
    """A warning for each flow by which a class leaves what was said of it, by position."""
    if not any(_confines(rule) for rule in scenario.rules):
        return []
    classes = SaidClasses(scenario)
    by_items: dict[Items, list[Caught]] = {}
    for caught in (each for period in scenario.periods for each in find_caught(scenario, classes, period)):
        by_items.setdefault(caught.items, []).append(caught)
    told = [
        (flow, replace(caught, items=taken))
        for items, alike in by_items.items()
        for flow, taken, reached in classes.leaving(items)
        for caught in alike
        if caught.component in reached
    ]
    told.sort(key=lambda pair: (pair[0].where, pair[0].id, pair[1].rule.id, pair[1].component))
    return [_fault(list(pairs)) for _, pairs in groupby(told, key=lambda pair: pair[0].where)]


def _confines(rule: Rule) -> bool:
    """Whether it is a hard rule on processing that looks at data and refuses places."""
    boxes = [rule.when, *([rule.when.not_] if rule.when.not_ else [])]
    refuses = rule.level is Level.MUST and not isinstance(rule.then.effect, Require)
    return refuses and Verb.PROCESS in rule.verbs and any(box.names_data for box in boxes)


def find_caught(scenario: Scenario, classes: SaidClasses, period: Period) -> Iterator[Caught]:
    """Every component and rule that meet only by what was not said, in order of rule and component."""
    rows: dict[LawProfile, int] = {}
    cases = _cases(scenario, classes, rows)
    if not cases:
        return
    verdicts = Bench(scenario, list(rows), period).judge(Verb.PROCESS)
    closed = _closed(scenario, period, verdicts, cases)
    for verdict in verdicts:
        if _confines(verdict.rule):
            for case, shut in zip(cases, closed, strict=True):
                yield from _caught(scenario, verdict, case, shut)


def _cases(scenario: Scenario, classes: SaidClasses, rows: dict[LawProfile, int]) -> list[_Case]:
    """The components with unsaid items; `rows` takes the distinct profiles."""
    out = []
    keyed = uses_workload_scope(scenario.vocabulary.mechanisms.values())
    for number, profile in enumerate(component_profiles(scenario, keyed=keyed)):
        name = scenario.components[number].id
        said = replace(profile, items=classes.said[name])
        alone = {item: replace(profile, items=frozenset([item])) for item in classes.unsaid(name)}
        if alone:
            row = {item: rows.setdefault(each, len(rows)) for item, each in alone.items()}
            out.append(_Case(number, rows.setdefault(said, len(rows)), row))
    return out


def _closed(scenario: Scenario, period: Period, verdicts: Sequence[Verdict], cases: Sequence[_Case]) -> Mask:
    """[cases, R] regions where a component cannot stand, whatever flows bring."""
    needs = Needs(scenario, period, user_round_trips(scenario))
    unfit = np.zeros((len(needs.profiles), len(scenario.regions)), dtype=bool)

    def add(_: object, mask: Mask) -> None:
        np.logical_or(unfit, mask, out=unfit)

    needs.add_reasons(add)
    out = unfit[needs.of[[case.number for case in cases]]]
    for verdict in verdicts:
        out |= verdict.refused[[case.said for case in cases]]
    return out


def _caught(scenario: Scenario, verdict: Verdict, case: _Case, shut: Mask) -> Iterator[Caught]:
    refuses = verdict.refused | verdict.gated
    beyond = ~refuses[case.said] & ~shut
    items = frozenset(item for item, row in case.alone.items() if (refuses[row] & beyond).any())
    if items:
        anywhere = refuses[[case.alone[item] for item in items]].any(axis=0) & beyond
        regions = tuple(r.key for r, hit in zip(scenario.regions, anywhere, strict=True) if hit)
        yield Caught(scenario.components[case.number].id, verdict.rule, items, regions, bool(verdict.alternatives))


def _fault(told: Sequence[tuple[Flow, Caught]]) -> Fault:
    flow, caught = told[0][0], [each for _, each in told]
    classes = sorted({str(name) for each in caught for name, *_ in each.items})
    kept = _listing(sorted({each.component for each in caught}))
    regions = _listing(sorted({key for each in caught for key in each.regions}))
    rules = _listing([_cited(rule) for rule in {each.rule.id: each.rule for each in caught}.values()])
    unless = " unless a mechanism is held" if all(each.lifted for each in caught) else ""
    text = (
        f"the flow from {flow.from_} to {flow.to} does not say what it carries, so it takes along {_listing(classes)};"
        f" that alone keeps {kept} out of {regions}{unless}, by {rules}"
    )
    return Fault(flow.where, CODE, text, _hint(flow, classes), "warning")


def _hint(flow: Flow, classes: Sequence[str]) -> str:
    page = f"docs/lint/{CODE}.md"
    if flow.from_.startswith("dataset:"):
        return f"if that is meant, write `reads: [{flow.from_[8:]}]` on {flow.to}; {page}"
    return f"if that is meant, write `carries: [{', '.join(classes)}]`, else fewer classes or `transform:`; {page}"


def _cited(rule: Rule) -> str:
    if not rule.cites:
        return rule.id
    first = rule.cites[0]
    clause = first.instrument if first.at is None else f"{first.instrument}, {first.at.split(';')[0]}"
    return f"{rule.id} ({shorten(clause, 90, placeholder=' …')})"


def _listing(words: Sequence[str]) -> str:
    """`a, b and c`; the rest beyond three as a number."""
    shown = list(words) if len(words) <= SHOWN else [*words[: SHOWN - 1], f"{len(words) - SHOWN + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
