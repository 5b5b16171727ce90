"""Cedar beside the two judges of the planner: how many decisions, and every one on which they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from planner.authoring.words import names_key
from planner.candidates.verdicts import Bench
from planner.model.law import PolicyCase, Rule
from planner.verification.judging import Facts, judge, judge_case, judge_set
from tests.oracles.cedar_asking import CedarJudge
from tests.oracles.cedar_cases import facts_of_case, random_facts, random_given
from tests.oracles.cedar_law import DAYS, Law
from tests.oracles.cedar_rules import Meaning
from tests.oracles.cedar_worlds import CELL_VERBS, random_law_world


@dataclass(frozen=True)
class Difference:
    """One rule on one case, judged otherwise by Cedar than by a judge of the planner."""

    judge: str
    cedar: str
    planner: str
    rule: Rule
    facts: Facts
    days: tuple[date, date, date]

    def __str__(self) -> str:
        """What is needed to do it again."""
        as_of, first, last = self.days
        said = f"{self.rule.id}: cedar {self.cedar}, {self.judge} {self.planner} (as of {as_of}, {first} to {last})"
        return f"{said}\n  when {_known(self.rule.when)}\n  then {self.rule.then}\n  facts {_known(self.facts)}"


@dataclass
class Tally:
    """What was compared; a decision is one rule on one case, judged by Cedar and by one judge or both.

    Attributes:
        answers: how often Cedar said what.
        shapes: how many decisions of some kinds were not `not_applicable`, and how many rules were silenced.
    """

    answers: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    @property
    def decisions(self) -> int:
        """All decisions together."""
        return self.answers.total()

    def note(self, found: Difference) -> None:
        """Count a decision, and keep it if the planner says otherwise."""
        self.answers[found.cedar] += 1
        if found.cedar != "not_applicable":
            self.shapes.update(_shapes(found.rule, found.facts))
        if found.cedar != found.planner:
            self.differences.append(found)


def _shapes(rule: Rule, facts: Facts) -> list[str]:
    found = [rule.level.value, facts.verb, type(rule.then.effect).__name__.lower()]
    items = rule.when.names_data or (rule.when.not_ is not None and rule.when.not_.names_data)
    kinds = {
        "not": rule.when.not_ is not None,
        "several items": items and len(facts.items) > 1,
        "no items": items and not facts.items,
        "persons": names_key(rule.when, "persons") and any(persons for _, _, persons in facts.items),
        "operator": names_key(rule.when, "operator"),
        "held": any(facts.holds & set(way.holds) for way in rule.then.unless),
        "destination": any(way.destination_in for way in rule.then.unless),
    }
    return [*found, *(kind for kind, so in kinds.items() if so)]


def compare_cases(draw: Random, law: Law, cases: int, tally: Tally) -> None:
    """Cases near each rule in turn, against the scalar judge: rules by themselves, and beside each other."""
    as_of = draw.choice(DAYS)
    first = as_of + timedelta(days=draw.choice([0, 0, 40]))
    last = first + timedelta(days=draw.choice([0, 60]))
    aims = draw.choices(law.rules, k=cases)
    taken = [random_facts(draw, law, aim) for aim in aims]
    meaning = Meaning(law.vocabulary, law.lists, as_of)
    alone = [replace(rule, overrides=()) for rule in law.rules]
    said_alone = CedarJudge(alone, (), meaning, first, last).answers(taken)
    said_beside = CedarJudge(law.rules, law.exemptions, meaning, first, last).answers(taken)
    for facts, one, all_ in zip(taken, said_alone, said_beside, strict=True):
        beside = dict(judge_set(law.rules, law.exemptions, facts, first, last, law.vocabulary, law.lists, as_of))
        for rule in law.rules:
            scalar = judge(rule, facts, first, last, law.vocabulary, law.lists, as_of).answer
            days = (as_of, first, last)
            tally.note(Difference("judge", one[rule.id], scalar, rule, facts, days))
            tally.note(Difference("judge_set", all_[rule.id], beside[rule.id].answer, rule, facts, days))
            tally.shapes["silenced"] += one[rule.id] != all_[rule.id]


def compare_written(draw: Random, law: Law, cases: int, tally: Tally) -> None:
    """Cases as authors write them, each against its own rule."""
    as_of = draw.choice(DAYS)
    meaning = Meaning(law.vocabulary, law.lists, as_of)
    rules = {rule.id: replace(rule, overrides=()) for rule in law.rules}
    cedar = CedarJudge(rules.values(), (), meaning, as_of, as_of)
    aims = draw.choices(law.rules, k=cases)
    givens = [random_given(draw, law, aim) for aim in aims]
    facts = [facts_of_case(given, verb, law.vocabulary) for given in givens for verb in given.verb]
    said = iter(cedar.answers(facts))
    for aim, given in zip(aims, givens, strict=True):
        found = {next(said)[aim.id] for _ in given.verb}
        answer = next(word for word in ("deny", "allow", "not_applicable") if word in found)
        scalar = judge_case(aim, PolicyCase("a case", given, "deny"), as_of, law.vocabulary, law.lists).answer
        first = facts_of_case(given, given.verb[0], law.vocabulary)
        tally.note(Difference("judge_case", answer, scalar, aim, first, (as_of, as_of, as_of)))


def compare_world(draw: Random, law: Law, tally: Tally, size: int = 8) -> None:
    """Every rule, thing, region and verb of a random world, against the table of verdicts and the scalar judge."""
    world = random_law_world(draw, law, draw.choice(DAYS), size)
    scenario, (first, last) = world.scenario, world.days
    meaning = Meaning(scenario.vocabulary, scenario.lists, scenario.as_of)
    cedar = CedarJudge(scenario.rules, scenario.exemptions, meaning, first, last)
    bench = Bench(scenario, world.profiles, world.period)
    for verb in CELL_VERBS:
        table = {verdict.rule.id: verdict for verdict in bench.judge(verb)}
        cells = list(world.cells(verb))
        for (row, column, facts), said in zip(cells, cedar.answers([c[2] for c in cells]), strict=True):
            words = (scenario.vocabulary, scenario.lists, scenario.as_of)
            scalar = dict(judge_set(scenario.rules, scenario.exemptions, facts, first, last, *words))
            for rule in scenario.rules:
                verdict, answer = table.get(rule.id), "not_applicable"
                if verdict is not None and verdict.bearing[row, column]:
                    refused = verdict.refused[row, column] or verdict.gated[row, column]
                    answer = "deny" if refused else "allow"
                days = (scenario.as_of, first, last)
                tally.note(Difference("bench", said[rule.id], answer, rule, facts, days))
                scalar_says = Difference("judge_set", said[rule.id], scalar[rule.id].answer, rule, facts, days)
                if scalar_says.cedar != scalar_says.planner:
                    tally.differences.append(scalar_says)


def _known(noun: Any) -> dict[str, Any]:
    values = {each.name: getattr(noun, each.name) for each in fields(noun)}
    return {key: _known(value) if key == "not_" else value for key, value in values.items() if value is not None}
