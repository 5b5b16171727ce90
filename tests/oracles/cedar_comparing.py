"""Cedar beside the two judges of the planner: how many decisions, and every one on which they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from planner.candidates.verdicts import Bench
from planner.model.law import Rule
from planner.verification.judging import Facts, judge, judge_set
from tests.oracles.cedar_asking import CedarJudge
from tests.oracles.cedar_cases import DAYS, Law, random_facts
from tests.oracles.cedar_rules import Meaning
from tests.oracles.cedar_worlds import CELL_VERBS, World, random_law_world


@dataclass(frozen=True)
class Difference:
    """One rule on one case, judged otherwise by Cedar than by a judge of the planner."""

    judge: str
    cedar: str
    planner: str
    rule: Rule
    facts: Facts
    days: tuple[date, date, date]


@dataclass
class Tally:
    """What was compared; a decision is one rule on one case, judged by Cedar and by one judge or both."""

    answers: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    @property
    def decisions(self) -> int:
        """All decisions together."""
        return self.answers.total()


def compare_cases(draw: Random, law: Law, cases: int, tally: Tally) -> None:
    """Cases near each rule in turn, against the scalar judge: rules by themselves, and beside each other."""
    as_of = draw.choice(DAYS)
    first = as_of + timedelta(days=draw.choice([0, 0, 40]))
    last = first + timedelta(days=draw.choice([0, 60]))
    aims = draw.choices(law.rules, k=cases)
    taken = [random_facts(draw, law, aim) for aim in aims]
    meaning = Meaning(law.vocabulary, law.lists, as_of)
    alone = [_alone(rule) for rule in law.rules]
    said_alone = CedarJudge(alone, (), meaning, first, last).answers(taken)
    said_beside = CedarJudge(law.rules, law.exemptions, meaning, first, last).answers(taken)
    for facts, one, all_ in zip(taken, said_alone, said_beside, strict=True):
        beside = dict(
            judge_set(law.rules, law.exemptions, facts, first, last, law.vocabulary, law.lists, as_of)
        )
        for rule in law.rules:
            scalar = judge(rule, facts, first, last, law.vocabulary, law.lists, as_of).answer
            days = (as_of, first, last)
            _note(tally, Difference("judge", one[rule.id], scalar, rule, facts, days))
            _note(tally, Difference("judge_set", all_[rule.id], beside[rule.id].answer, rule, facts, days))


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
                _note(tally, Difference("bench", said[rule.id], answer, rule, facts, days))
                scalar_says = Difference("judge_set", said[rule.id], scalar[rule.id].answer, rule, facts, days)
                if scalar_says.cedar != scalar_says.planner:
                    tally.differences.append(scalar_says)


def _alone(rule: Rule) -> Rule:
    return replace(rule, overrides=())


def _note(tally: Tally, found: Difference) -> None:
    tally.answers[found.cedar] += 1
    if found.cedar != found.planner:
        tally.differences.append(found)
