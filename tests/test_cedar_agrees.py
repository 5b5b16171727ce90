"""Cedar, a policy engine that nobody here wrote, judges the same law: the planner's two judges say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from planner.candidates.profiles import LawProfile
from planner.candidates.verdicts import Bench
from planner.model.law import Exemption, Level, Rule, Unless, Verb
from planner.model.question import Entity
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from planner.verification.judging import Facts
from tests.oracles.cedar_asking import CedarJudge
from tests.oracles.cedar_comparing import Tally, compare_cases, compare_world, compare_written
from tests.oracles.cedar_law import LISTS, VOCABULARY, Law, random_law, shipped_law
from tests.oracles.cedar_rules import Meaning
from tests.oracles.small_world import AS_OF, region, rule, scenario

SHIPPED = shipped_law()


def shipped(draw: Random) -> Law:
    return SHIPPED


def cedar(facts: Facts, *rules: Rule, exemptions: tuple[Exemption, ...] = ()) -> str:
    """What Cedar says of the first rule."""
    meaning = Meaning(VOCABULARY, LISTS, AS_OF)
    return CedarJudge(rules, exemptions, meaning, AS_OF, AS_OF).answers([facts])[0][rules[0].id]


def check(tally: Tally, decisions: int, bearing: int) -> None:
    assert "\n".join(map(str, tally.differences[:3])) == ""
    assert tally.decisions >= decisions
    assert min(tally.answers["allow"], tally.answers["deny"]) >= bearing


@pytest.mark.parametrize(("law", "rounds", "bearing"), [(shipped, 6, 500), (random_law, 40, 2000)])
def test_the_scalar_judge_says_what_cedar_says(law: Callable[[Random], Law], rounds: int, bearing: int) -> None:
    tally = Tally()
    for seed in range(rounds):
        draw = Random(seed)
        compare_cases(draw, law(draw), 40, tally)
    check(tally, 30_000, bearing)


@pytest.mark.parametrize(("law", "rounds", "bearing"), [(shipped, 4, 500), (random_law, 30, 2000)])
def test_the_tables_of_the_planner_say_what_cedar_says(law: Callable[[Random], Law], rounds: int, bearing: int) -> None:
    tally = Tally()
    for seed in range(rounds):
        draw = Random(seed)
        compare_world(draw, law(draw), tally, 6)
    check(tally, 30_000, bearing)


@pytest.mark.parametrize("law", [shipped, random_law])
def test_cases_as_authors_write_them_are_answered_as_by_cedar(law: Callable[[Random], Law]) -> None:
    tally = Tally()
    for seed in range(10):
        draw = Random(seed)
        compare_written(draw, law(draw), 100, tally)
    check(tally, 1000, 50)


def test_every_shape_of_rule_and_fact_is_met() -> None:
    tally = Tally()
    for seed in range(20):
        draw = Random(seed)
        compare_cases(draw, random_law(draw), 40, tally)
    wanted = "must should confine forbid require not held destination silenced process store backup administer install persons operator"
    assert [shape for shape in (*wanted.split(), "several items", "no items") if tally.shapes[shape] < 50] == []


ADMINISTER = (Verb.ADMINISTER,)
CASE = Facts(
    "store", frozenset({"MY", "MY-01"}), items=(("genetic", "SE", ()), ("public", None, ())), regulated_by=("R1",)
)


@pytest.mark.parametrize(
    ("facts", "law", "answer"),
    [
        (CASE, rule(Confine(("SG",))), "deny"),
        (CASE, rule(Confine(("MY",))), "allow"),
        (CASE, rule(Forbid(("MY",)), data_class=("personal",)), "deny"),
        (CASE, rule(Forbid(("MY",)), data_class=("finance",)), "not_applicable"),
        (CASE, rule(Forbid(("*",)), data_class=("public",), subjects_in=("SG",)), "deny"),
        (CASE, rule(Forbid(("*",)), data_class=("personal",), subjects_in=("SG",)), "not_applicable"),
        (CASE, rule(Forbid(("*",)), critical=True), "deny"),
        (CASE, replace(rule(Forbid(("*",)), critical=True), level=Level.SHOULD), "not_applicable"),
        (CASE, rule(Forbid(("*",)), Unless(destination_in=("MY",))), "allow"),
        (CASE, rule(Forbid(("*",)), Unless(holds=("m-entity",))), "deny"),
        (replace(CASE, holds=frozenset({"m-entity"})), rule(Forbid(("*",)), Unless(holds=("m-entity",))), "allow"),
        (CASE, rule(Forbid(("*",)), verbs=[Verb.BACKUP]), "not_applicable"),
        (replace(CASE, verb="administer"), rule(Forbid(("SG",)), verbs=ADMINISTER), "deny"),
        (replace(CASE, verb="administer", sites=("MY", "SG")), rule(Confine(("MY",)), verbs=ADMINISTER), "deny"),
        (replace(CASE, verb="administer", sites=("MY", "MY-01")), rule(Confine(("MY",)), verbs=ADMINISTER), "allow"),
        (replace(CASE, verb="administer"), rule(Forbid(("list:gone",)), verbs=ADMINISTER), "allow"),
        (replace(CASE, keys="independent_custodian"), rule(Require(keys="customer_held")), "allow"),
        (CASE, rule(Require(keys="customer_held")), "deny"),
        (replace(CASE, copies_in=frozenset({"SG"})), rule(Require(local_copy=LocalCopy(("list:adequate",)))), "deny"),
    ],
)
def test_cedar_itself_is_asked_rightly(facts: Facts, law: Rule, answer: str) -> None:
    assert cedar(facts, law) == answer


def test_only_a_certain_box_silences() -> None:
    law = rule(Forbid(("*",)))
    other = replace(rule(Confine(("MY",)), data_class=("personal",)), id="other", overrides=("r",))
    assert cedar(CASE, law, other) == "not_applicable"
    assert cedar(replace(CASE, items=((None, None, ()),)), law, other) == "deny"
    exemption = Exemption("x", "r", law.when, "mitigated", "why", "who", AS_OF, AS_OF, "T-1")
    assert cedar(CASE, law, exemptions=(exemption,)) == "not_applicable"


def test_an_entity_seated_in_a_subdivision_is_seated_in_its_country() -> None:
    law = rule(Forbid(("*",)), established_in=("MY",))
    world = scenario([], [region("r1")], rules=(law,), entities=(Entity(id="e", established_in=("MY-14",)),))
    profile = LawProfile("e", None, None, frozenset(), (), "w")
    verdict = Bench(world, (profile,), world.periods[0]).judge(Verb.PROCESS)[0]
    assert cedar(Facts("process", frozenset({"MY"}), established_in=("MY-14",)), law) == "deny"
    assert verdict.refused.all()
