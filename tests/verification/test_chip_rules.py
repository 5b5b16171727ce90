"""Running a chip is processing: rules that name chips bear on the kind that a component runs on where it lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from planner.model.catalogue import Operator, Zone
from planner.model.law import Box, Exemption, Rule, Then, Unless, When
from planner.model.plan import Copy, Placement, Plan, Purchase
from planner.model.question import Component, Dataset, Hold, RegionCount
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid

from .chip_world import CHAT, CLOUD, SG, WORDS, Q, causes, figures, groups, plan, rule, scenario

D, F = Decimal, Fraction
BAN = Then(Forbid(("*",)))
RUNS = {("law", "w/chat")}
H200, ASCEND = When(chip=("H200",)), When(chip=("Ascend-910C",))
ON_ASCEND = plan(
    {"accelerator w/chat": "23418.4"},
    *(groups(zone, 1, "11709.2", "Ascend-910C", 16) for zone in ("p:a", "p:b")),
)


def law(when: When, then: Then = BAN, verbs: str = "process", **more: Any) -> Rule:
    return rule(then, verbs, when, **more)


def test_a_rule_that_names_a_chip_refuses_what_runs_on_it_and_nothing_else() -> None:
    assert causes(CLOUD, scenario(law(H200))) == RUNS
    assert causes(CLOUD, scenario(law(ASCEND))) == set()
    assert causes(ON_ASCEND, scenario(law(ASCEND))) == RUNS
    assert causes(ON_ASCEND, scenario(law(H200))) == set()


def test_a_control_class_is_that_of_the_kind_and_an_unknown_one_is_refused() -> None:
    assert causes(CLOUD, scenario(law(When(chip_control=("3A090.a",))))) == RUNS
    assert causes(CLOUD, scenario(law(When(chip_control=("4A090.a",))))) == set()
    assert causes(ON_ASCEND, scenario(law(When(chip_control=("4A090.a",))))) == RUNS
    assert causes(CLOUD, scenario(law(When(chip_control=("4A090.a",))), accelerators={})) == RUNS
    soft = law(When(chip_control=("4A090.a",)), penalty_usd_month=D(5))
    assert causes(ON_ASCEND, scenario(soft)) == set()


def test_the_box_that_is_subtracted_may_name_the_chip() -> None:
    assert causes(CLOUD, scenario(law(When(not_=Box(chip=("H200",)))))) == set()
    assert causes(ON_ASCEND, scenario(law(When(not_=Box(chip=("H200",)))))) == RUNS


def test_a_kind_that_a_row_does_not_name_is_unknown() -> None:
    unnamed = replace(CLOUD, placements=tuple(replace(row, accelerator=None) for row in CLOUD.placements))
    assert causes(unnamed, scenario(law(ASCEND))) >= RUNS


def test_each_kind_is_judged_where_it_is_used() -> None:
    chinese = replace(SG, provider="r", id="sh", country="CN", zones=(Zone("z"),))
    both = replace(CHAT, regions=RegionCount(2, 2))
    there = Placement("w/chat", Q, "r", "r:sh", "r:z", "Ascend-910C", 2, F(1, 2), D("23418.4"), chips=32)
    here = (replace(row, share=F(1, 4)) for row in CLOUD.placements)
    world: dict[str, Any] = {"components": (both,), "regions": (SG, chinese)}
    apart = plan({"accelerator w/chat": "58516.8"}, *here, there)
    assert causes(apart, scenario(law(H200, Then(Forbid(("CN",)))), **world)) == set()
    assert causes(apart, scenario(law(H200, Then(Forbid(("SG",)))), **world)) == RUNS
    soft = law(When(chip=("H200", "Ascend-910C")), penalty_usd_month=D(5))
    assert causes(apart, scenario(soft, **world)) == {("cost: penalty", "law@w/chat")}
    once = plan({"accelerator w/chat": "58516.8", "penalty law@w/chat": "5"}, *apart.placements)
    twice = plan({"accelerator w/chat": "58516.8", "penalty law@w/chat": "10"}, *apart.placements)
    assert causes(once, scenario(soft, **world)) == set()
    assert causes(twice, scenario(soft, **world)) == {("cost: penalty", "law@w/chat")}


def test_a_should_rule_costs_its_penalty_once_for_each_component() -> None:
    soft = law(ASCEND, verbs="process administer install", penalty_usd_month=D(5))
    fined = plan({"accelerator w/chat": "23418.4", "penalty law@w/chat": "5"}, *ON_ASCEND.placements)
    assert causes(ON_ASCEND, scenario(soft)) == {("cost: penalty", "law@w/chat")}
    assert causes(fined, scenario(soft)) == set()
    assert causes(CLOUD, scenario(soft)) == set()


def test_what_is_held_lifts_it_for_the_provider_or_the_workload() -> None:
    gate = law(H200, Then(Forbid(("*",)), (Unless(holds=("licence", "letter")),)))
    assert causes(CLOUD, scenario(gate)) == RUNS
    for hold in (Hold("licence", "e", operator="p"), Hold("letter", "e", workload="w")):
        assert causes(CLOUD, scenario(gate, holds=(hold,))) == set()
    for hold in (Hold("licence", "e", operator="o"), Hold("licence", "x", operator="p")):
        assert causes(CLOUD, scenario(gate, holds=(hold,))) == RUNS
    free = replace(WORDS.mechanisms["licence"], cost_usd=D(0))
    bought = replace(CLOUD, mechanisms=(Purchase("licence", "e", "p", Q, date(2026, 11, 23), D(0)),))
    words = replace(WORDS, mechanisms={"licence": free})
    assert causes(bought, scenario(gate, vocabulary=words)) == set()


def test_administering_a_chip_is_judged_by_the_sites_of_its_operator() -> None:
    at_home = law(H200, Then(Confine(("SG",))), "administer")
    for sites, breaches in ((("SG",), set()), (("SG", "CN"), RUNS), (None, RUNS)):
        operators = {"p": Operator(name="P", admin_sites=sites)}
        assert causes(CLOUD, scenario(at_home, operators=operators)) == breaches
        assert causes(ON_ASCEND, scenario(at_home, operators=operators)) == set()


def test_rules_that_name_no_chip_bear_on_every_kind() -> None:
    for honest in (CLOUD, ON_ASCEND):
        assert causes(honest, scenario(law(When(critical=True)))) == RUNS
        assert causes(honest, scenario(law(When(critical=False)))) == set()


def test_an_overrider_and_an_exemption_that_name_a_chip_silence_a_rule_for_that_chip_alone() -> None:
    special = rule(Then(Forbid(("CN",))), "process", H200, name="special", overrides=("law",))
    exempt = Exemption("ex", "law", H200, "mitigated", "r", "a", date(2026, 1, 1), date(2026, 12, 31), "t")
    for silenced in (scenario(law(When()), special), scenario(law(When()), exemptions=(exempt,))):
        assert causes(CLOUD, silenced) == set()
        assert causes(ON_ASCEND, silenced) == RUNS


def test_what_has_no_accelerator_has_no_chip() -> None:
    component, data = Component(id="w/chat", workload="w", entity="e"), Dataset(id="d", entity="e")
    row = Placement("w/chat", Q, "p", "p:sg", "p:a", None, 1, F(1), D(0))
    bare = replace(plan({}, row), copies=(Copy("d", "primary", Q, "p", "p:sg"),))
    priced = replace(SG, prices=replace(SG.prices, storage=figures(x="0")["x"]))
    world: dict[str, Any] = {"components": (component,), "datasets": (data,), "regions": (priced,)}
    assert causes(bare, scenario(law(H200, verbs="process administer store"), **world)) == set()
    not_h200 = law(When(not_=Box(chip=("H200",))), verbs="process store")
    assert causes(bare, scenario(not_h200, **world)) == {*RUNS, ("law", "dataset:d")}


def test_rules_on_installs_do_not_bear_on_what_runs() -> None:
    assert causes(CLOUD, scenario(law(H200, verbs="install"))) == set()


def test_a_tampered_kind_is_judged_as_it_is_written() -> None:
    mixed: Plan = replace(CLOUD, placements=(CLOUD.placements[0], replace(CLOUD.placements[1], accelerator="H20")))
    assert causes(mixed, scenario(law(When(chip=("H20",))))) >= RUNS
