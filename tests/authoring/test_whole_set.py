"""Dead, shadowed and contradicting rules, with concrete cases; nothing is said of rules that only look alike."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

from planner.authoring.finding import Finding
from planner.authoring.law_tables import LawTables
from planner.authoring.whole_set import WholeSet
from planner.model.calendar import Window
from planner.model.catalogue import Operator, Region, Zone
from planner.model.law import Box, Given, PolicyCase, Rule, Status, Then, Verb, When
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.verification import judge_case
from tests.authoring.worlds import LANGUAGE, TODAY, lifted, rule

OPERATORS = {"x": Operator(name="X", ultimate_parent_in="CN", entity_listed=False, admin_sites=("CN",))}


def region(country: str, **more: object) -> Region:
    said = {"lat": Decimal(1), "lon": Decimal(1), "zones": (Zone("a"),), **more}
    return Region(provider="x", id=country.lower(), country=country, **said)  # type: ignore[arg-type]


RUN_BY = {"MY": "x", "SG": "aws", "ID": "x"}
REGIONS = tuple(replace(region(country), provider=name) for country, name in RUN_BY.items())


def findings(*rules: Rule, regions: tuple[Region, ...] = REGIONS) -> list[Finding]:
    return WholeSet(LawTables(rules, LANGUAGE, regions, OPERATORS, TODAY)).findings()


def codes(*rules: Rule) -> list[tuple[str, str]]:
    return [(f.code, f.about.id) for f in findings(*rules) if f.severity != "note"]


PERSONAL = rule(When(data_class=("personal",), subjects_in=("MY",)), id="personal")
HEALTH = rule(When(data_class=("health",), subjects_in=("MY",)), id="health")


def test_a_rule_whose_not_takes_everything_away_is_dead() -> None:
    one = rule(When(regulated_by=("BNM",), not_=Box(regulated_by=("BNM", "MAS"))))
    found = findings(one)
    assert [(f.code, f.severity) for f in found] == [("R102", "error")]


def test_a_rule_about_places_without_a_region_is_a_warning() -> None:
    assert [(f.code, f.severity) for f in findings(rule(When(located_in=("DE",))))] == [("R102", "warning")]
    assert [(f.code, f.severity) for f in findings(rule(then=Then(Forbid(("DE",)))))] == [("R102", "warning")]
    assert findings(rule(When(operator_parent_in=("CN",)))) == []


def test_a_rule_on_a_class_is_shadowed_by_the_same_rule_on_its_parent() -> None:
    found = findings(PERSONAL, HEALTH)
    assert [(f.code, f.about.id) for f in found] == [("R103", "health")]
    assert "data_class: " in found[0].example
    assert "} in aws:sg" in found[0].example


def test_a_rule_is_not_shadowed_by_one_that_can_be_lifted_is_younger_or_only_proposed() -> None:
    for other in (
        replace(PERSONAL, then=Then(Confine(("MY",)), lifted("consent"))),
        replace(PERSONAL, in_force=(Window(date(2026, 1, 1)),)),
        replace(PERSONAL, status=Status.PROPOSED),
        replace(PERSONAL, verbs=(Verb.STORE,)),
        replace(PERSONAL, then=Then(Confine(("MY", "SG")))),
        replace(PERSONAL, when=replace(PERSONAL.when, not_=Box(data_class=("genes",)))),
    ):
        assert codes(other, HEALTH) == []


def test_a_rule_from_a_hundred_people_on_is_shadowed_by_the_same_from_ten_on() -> None:
    ten, hundred = (
        replace(PERSONAL, id=str(n), when=replace(PERSONAL.when, persons=(f"heads>={n}",))) for n in (10, 100)
    )
    found = findings(ten, hundred)
    assert [(f.code, f.about.id) for f in found] == [("R103", "100")]
    assert "persons: {heads: 100}" in found[0].example


def test_cages_for_few_and_for_many_people_are_no_contradiction() -> None:
    few = replace(PERSONAL, when=replace(PERSONAL.when, persons=("heads<100",)))
    many = rule(When(persons=("heads>=100",)), Then(Confine(("ID",))), id="many")
    assert codes(few, many) == []
    assert {f.code for f in findings(few, replace(many, when=When(persons=("heads>=10",))))} == {"R104"}


def test_a_rule_about_an_operator_who_runs_no_region_is_a_warning() -> None:
    assert [(f.code, f.severity) for f in findings(rule(When(operator=("gcp",))))] == [("R102", "warning")]
    assert findings(rule(When(operator=("list:frame",)), Then(Forbid(("SG",))))) == []


def test_of_two_equal_rules_the_later_one_is_named() -> None:
    assert codes(replace(PERSONAL, id="a"), replace(PERSONAL, id="b")) == [("R103", "b")]


def test_two_cages_in_different_countries_contradict_each_other_with_a_case() -> None:
    other = rule(When(regulated_by=("OJK",)), Then(Confine(("ID",))), id="ojk")
    found = findings(PERSONAL, other)
    clash = [f for f in found if f.code == "R104"]
    assert {f.about.id for f in clash} == {"personal"}
    assert "regulated_by: OJK" in clash[0].example
    assert "subjects_in: MY" in clash[0].example


def test_a_way_out_turns_the_contradiction_into_a_note() -> None:
    other = rule(When(regulated_by=("OJK",)), Then(Confine(("ID",)), lifted("approval")), id="ojk")
    assert [f.severity for f in findings(PERSONAL, other) if f.code == "R104"] == ["note"]


def test_cages_that_no_case_meets_together_or_that_share_a_region_are_no_contradiction() -> None:
    apart = rule(When(data_class=("public",)), Then(Confine(("ID",))), id="public")
    shared = rule(When(regulated_by=("OJK",)), Then(Confine(("ID", "MY"))), id="ojk")
    gone = replace(shared, then=Then(Confine(("ID",))), in_force=(Window(date(2020, 1, 1), date(2020, 2, 1)),))
    assert codes(PERSONAL, apart, shared) == []
    assert codes(PERSONAL, gone) == []


def test_a_rule_that_overrides_another_does_not_contradict_it() -> None:
    other = rule(When(regulated_by=("OJK",)), Then(Confine(("ID",))), id="ojk", overrides=("personal",))
    assert codes(PERSONAL, other) == []


def random_rule(draw: random.Random, n: int) -> Rule:
    box = {
        "regulated_by": draw.choice([None, ("BNM",), ("MAS", "OJK")]),
        "data_class": draw.choice([None, ("personal",), ("health",), ("public", "genes")]),
        "critical": draw.choice([None, None, True, False]),
        "located_in": draw.choice([None, None, ("SG", "ID"), ("MY",)]),
        "operator": draw.choice([None, None, None, ("list:frame",), ("ali", "gcp")]),
        "persons": draw.choice([None, None, ("heads>=10",), ("heads<100",), ("heads>=100", "wards>=5")]),
    }
    inner = draw.choice(
        [
            *(None, None, Box(data_class=("health",)), Box(located_in=("SG",)), Box(operator=("list:frame",))),
            *(Box(regulated_by=("MAS",), critical=True), Box(persons=("heads>=100",)), Box(persons=("wards<5",))),
        ]
    )
    effect = draw.choice(
        [Confine(("MY",)), Confine(("MY", "SG")), Forbid(("ID",)), Forbid(("*",)), Forbid(("SG", "ID"))]
    )
    return rule(When(**box, not_=inner), Then(effect), id=f"r{n}")  # type: ignore[arg-type]


def denied(of: Rule) -> set[tuple[object, ...]]:
    """Every cell that a rule denies, by the scalar judge."""
    out = set()
    words = LANGUAGE.vocabulary
    counts = [{"heads": heads, "wards": wards} for heads, wards in product((3, 50, 500), (0, 5))]
    for reg, cls, crit, place, n in product(
        (*words.regulators, "zz"), words.data_classes, (True, False), ("MY", "SG", "ID"), range(len(counts))
    ):
        given = Given(
            verb=("store",), located_in=(place,), operator=(RUN_BY[place],), regulated_by=(reg,), data_class=(cls,),
            critical=crit, persons=counts[n],
        )  # fmt: skip
        if judge_case(of, PolicyCase("", given, "deny"), TODAY, LANGUAGE.vocabulary, LANGUAGE.lists).answer == "deny":
            out.add((reg, cls, crit, place, n))
    return out


def test_dead_and_shadowed_are_exactly_what_the_scalar_judge_says() -> None:
    draw = random.Random(7)
    rules = [random_rule(draw, n) for n in range(60)]
    cells = {r.id: denied(r) for r in rules}
    found = findings(*rules)
    dead = {f.about.id for f in found if f.code == "R102"}
    assert dead == {name for name, mine in cells.items() if not mine}
    shadowed = {f.about.id for f in found if f.code == "R103"}
    expect = set()
    for i, one in enumerate(rules):
        for j, other in enumerate(rules):
            if (
                i != j
                and cells[one.id]
                and cells[one.id] <= cells[other.id]
                and (cells[one.id] != cells[other.id] or i > j)
            ):
                expect.add(one.id)
    assert shadowed == expect


def test_a_hundred_and_twenty_rules_over_three_hundred_regions_take_less_than_three_seconds() -> None:
    draw = random.Random(1)
    rules = [random_rule(draw, n) for n in range(120)]
    places = tuple(
        replace(
            region("MY"),
            id=f"r{n}",
            country=("MY", "SG", "ID", "DE", "US")[n % 5],
            admin_sites=(f"{chr(65 + n % 26)}{chr(65 + n // 26)}",),
        )
        for n in range(300)
    )
    start = time.perf_counter()
    findings(*rules, regions=places)
    assert time.perf_counter() - start < 3
