"""The whole rule language over plans: an honest plan passes, the same plan tampered with is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.calendar import Horizon, Window
from planner.model.catalogue import Operator, Region, Zone
from planner.model.law import Box, Exemption, Level, Rule, Then, Unless, Verb, When
from planner.model.plan import Copy, CostLine, OneOff, Placement, Plan, Purchase
from planner.model.question import (
    Component,
    CopySpec,
    Dataset,
    DemandPoint,
    Entity,
    Flow,
    Hold,
    Limits,
    SolverSettings,
    Users,
    Workload,
)
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Member, PlaceList, Scope, Vocabulary
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from planner.verification import find_breaches, lawfulness
from planner.verification.cells import Cell, find_cells
from planner.verification.claim import Claim
from planner.verification.items import find_processed_items, find_purposes

D, F = Decimal, Fraction
Q, TODAY = "2026Q4", date(2026, 11, 23)
MY = Region(
    provider="p", id="my", lat=D(0), lon=D(0), country="MY", subdivision="MY-01", zones=(Zone("y"),),
    isolation=("vpc", "bare-metal"), funding="private",
)  # fmt: skip
SG = Region(provider="q", id="sg", lat=D(0), lon=D(1), country="SG", zones=(Zone("z"),))
OPERATORS = {
    "p": Operator(name="P", ultimate_parent_in="MY", entity_listed=False, admin_sites=("MY", "SG")),
    "q": Operator(name="Q", ultimate_parent_in="CN", entity_listed=True, admin_sites=("SG",)),
}
K = Component(id="w/k", workload="w", entity="e", critical=True, purpose=("fraud",), reads=("d",))
DATA = Dataset(
    id="d", entity="e", classes=("health",), subjects=("MY",), keys="customer_held",
    copies=(CopySpec("primary"), CopySpec("backup")),
)  # fmt: skip
TREE = {"personal": None, "health": "personal", "tokens": None, "public": None}
WORDS = Vocabulary(
    data_classes=TREE,
    isolation=("shared", "vpc", "bare-metal"),
    transforms={"tokenise": {"personal": "tokens"}, "two": {"personal": "public", "health": "tokens"}},
    mechanisms={
        "sealed": Mechanism("technical", Scope.DESTINATION, D(5), holds_if={"keys": "customer_held"}, id="sealed"),
        "bought": Mechanism("approval", Scope.ENTITY, id="bought"),
        "shipped": Mechanism("licence", Scope.SHIPMENT, id="shipped"),
    },
)
LISTS = {"list:asean": PlaceList("list:asean", (Member("MY"), Member("SG")))}


def rule(then: Then, verbs: str, when: When = When(), name: str = "law", **more: Any) -> Rule:  # noqa: B008
    level = Level.SHOULD if "penalty_usd_month" in more else Level.MUST
    fields = {"in_force": (Window(date(2020, 1, 1)),), **more}
    return Rule(
        name, "A.", "MY", level, when=when, verbs=tuple(map(Verb, verbs.split())), then=then, cites=(), **fields
    )


def scenario(*rules: Rule, components: tuple[Component, ...] = (K,), **more: Any) -> Scenario:
    return Scenario(
        **{
            "name": "s", "question": "?", "sha256": "", "as_of": TODAY, "horizon": Horizon(Q),
            "entities": (Entity(id="e", sector=("bank",)),), "datasets": (DATA,), "users": (), "regions": (MY, SG),
            "workloads": (Workload(id="w", entity="e", components=components, flows=more.pop("flows", ())),),
            "operators": OPERATORS, "rules": rules, "vocabulary": WORDS, "lists": LISTS, "measurements": (),
            "holds": (), "exemptions": (), "quotes": (), "limits": Limits(), "objectives": (), "refused": frozenset(),
            "solver": SolverSettings(), **more,
        }
    )  # fmt: skip


AT = {"my": ("p", "p:my", "p:y"), "sg": ("q", "q:sg", "q:z")}


def plan(run: str = "my", primary: str = "my", backup: str = "sg", *bought: Purchase, **penalties: int) -> Plan:
    """All is free, so what the plan costs are its penalties: `law_k=5` is `law@w/k`, `law_d=5` `law@dataset:d`."""
    names = {"k": "w/k", "d": "dataset:d"}
    ends = [(key.rpartition("_"), usd) for key, usd in penalties.items()]
    lines = tuple(CostLine("penalty", f"{name}@{names[end]}", D(usd)) for (name, _, end), usd in ends)
    total = D(sum(penalties.values()))
    provider, region, zone = AT[run]
    copies = tuple(Copy("d", role, Q, *AT[at][:2]) for role, at in (("primary", primary), ("backup", backup)))
    where = Placement("w/k", Q, provider, region, zone, None, 1, F(1), D(0))
    return Plan("optimal", total, total, total, D(0), lines, (where,), copies, (), (), bought, (), ())


def causes(plan: Plan, *rules: Rule, **more: Any) -> set[tuple[str, str]]:
    return {(breach.cause, breach.of) for breach in find_breaches(plan, scenario(*rules, **more))}


RUNS, RESTS = {("law", "w/k")}, {("law", "dataset:d")}
AT_HOME = Then(Confine(("MY",)))
EVERYWHERE = Then(Forbid(("*",)))
HOME, AWAY = plan("my", "my", "my"), plan("sg", "sg", "sg")


def test_the_bare_plan_is_honest() -> None:
    assert causes(HOME) == causes(AWAY) == set()


@pytest.mark.parametrize(
    ("verb", "honest", "tampered", "breach"),
    [
        ("process", plan("my", "sg", "sg"), plan("sg", "my", "my"), RUNS),
        ("store", plan("sg", "my", "sg"), plan("my", "sg", "my"), RESTS),
        ("backup", plan("sg", "sg", "my"), plan("my", "my", "sg"), RESTS),
    ],
)
def test_each_verb_is_judged_where_its_thing_is(
    verb: str, honest: Plan, tampered: Plan, breach: set[tuple[str, str]]
) -> None:
    law = rule(AT_HOME, verb)
    assert causes(honest, law) == set()
    assert causes(tampered, law) == breach


def test_a_component_is_administered_from_the_sites_of_its_region_or_of_its_operator() -> None:
    law = rule(Then(Confine(("SG",))), "administer")
    assert causes(plan("sg"), law) == set()
    assert causes(plan("my"), law) == RUNS
    own = replace(MY, admin_sites=("SG",))
    assert causes(plan("my"), law, regions=(own, SG)) == set()
    assert causes(plan("sg"), law, operators={}) == RUNS
    assert causes(plan("my"), rule(Then(Confine(("list:asean",))), "administer")) == set()
    assert causes(plan("my"), rule(Then(Forbid(("SG",))), "administer")) == RUNS


def test_copies_are_not_administered_and_nothing_is_installed_or_in_transit() -> None:
    for verb in ("install", "transit"):
        assert causes(HOME, rule(EVERYWHERE, verb)) == set()
    assert causes(HOME, rule(EVERYWHERE, "administer")) == RUNS


@pytest.mark.parametrize(
    ("when", "bears_at_home", "bears_abroad"),
    [
        (When(located_in=("MY-01",)), True, False),
        (When(operator_parent_in=("CN",)), False, True),
        (When(operator_entity_listed=True), False, True),
        (When(zone_funding=("private",)), True, True),
        (When(zone_funding=("state",)), False, True),
        (When(deployment=("own",)), False, False),
        (When(purpose=("fraud",)), True, True),
        (When(purpose=("billing",)), False, False),
        (When(critical=False), False, False),
        (When(chip=("H20",)), False, False),
        (When(chip_control=("3A090.a",)), False, False),
        (When(not_=Box(chip_control=("3A090.a",))), True, True),
        (When(not_=Box(located_in=("SG",))), True, False),
        (When(data_class=("personal",), not_=Box(subjects_in=("MY",))), False, False),
    ],
)
def test_facts_come_from_the_thing_and_from_the_region_and_its_operator(
    when: When, bears_at_home: bool, bears_abroad: bool
) -> None:
    law = rule(EVERYWHERE, "process store", when)
    assert causes(HOME, law) == (RUNS | RESTS if bears_at_home else set())
    assert causes(AWAY, law) == (RUNS | RESTS if bears_abroad else set())


def test_a_region_without_an_operator_record_is_unknown_and_only_a_must_rule_bears() -> None:
    for when in (When(operator_parent_in=("CN",)), When(operator_entity_listed=True)):
        assert causes(HOME, rule(EVERYWHERE, "process", when), operators={}) == RUNS
        assert causes(HOME, rule(EVERYWHERE, "process", when, penalty_usd_month=D(5)), operators={}) == set()


@pytest.mark.parametrize(
    ("purposes", "expected"),
    [((("b",), ("a", "b")), ("a", "b")), ((("a",), None), None), ((None,), None), (((),), ()), ((), ())],
)
def test_a_dataset_has_the_purposes_of_all_that_touch_it(purposes: tuple[Any, ...], expected: object) -> None:
    ways: list[dict[str, Any]] = [{"reads": ("d",)}, {"writes": ("dataset:d",)}]
    touching = [Component(id=f"w/{i}", entity="e", purpose=p, **ways[i]) for i, p in enumerate(purposes)]
    far = Component(id="w/far", entity="e", purpose=("far",))
    assert find_purposes(scenario(components=(*touching, far)), DATA) == expected
    feeding = (Flow(from_="w/far", to="dataset:d"),)
    assert find_purposes(scenario(components=(far,), flows=feeding), DATA) == ("far",)


def test_a_local_copy_of_any_role_fulfils_the_duty_and_a_cage_it_is_not() -> None:
    law = rule(Then(Require(local_copy=LocalCopy(("MY",)))), "store")
    for primary, backup in (("my", "sg"), ("sg", "my"), ("my", "my")):
        assert causes(plan("sg", primary, backup), law) == set()
    assert causes(AWAY, law) == RESTS
    assert causes(AWAY, replace(law, verbs=(Verb.BACKUP,))) == RESTS
    assert causes(AWAY, replace(law, verbs=(Verb.PROCESS,))) == set()
    assert causes(AWAY, rule(law.then, "store", When(subjects_in=("TH",)))) == set()
    assert causes(AWAY, rule(Then(Require(local_copy=LocalCopy(("list:asean",)))), "store")) == set()


def test_a_duty_on_all_copies_is_judged_where_the_primary_is() -> None:
    law = rule(Then(Require(local_copy=LocalCopy(("TH",)))), "store", When(located_in=("SG",)))
    assert causes(plan("my", "my", "sg"), law) == set()
    assert causes(plan("my", "sg", "my"), law) == RESTS


def test_copies_stand_apart_when_one_of_them_does() -> None:
    # One degree along the equator is 111.195 km.
    law = rule(Then(Require(copies_apart_km=D(111))), "store")
    assert causes(plan("my", "my", "sg"), law) == set()
    assert causes(HOME, law) == RESTS
    assert causes(plan("my", "my", "sg"), rule(Then(Require(copies_apart_km=D("111.2"))), "store")) == RESTS
    third = replace(DATA, copies=(*DATA.copies, CopySpec("replica")))
    beside = replace(HOME, copies=(*HOME.copies, Copy("d", "replica", Q, "q", "q:sg")))
    assert causes(beside, law, datasets=(third,)) == set()
    alone = replace(DATA, copies=(CopySpec("primary"),))
    only = replace(HOME, copies=HOME.copies[:1])
    assert causes(only, rule(Then(Require(copies_apart_km=D(0))), "store"), datasets=(alone,)) == RESTS


def test_isolation_is_asked_of_the_region_where_a_component_runs() -> None:
    for level, met in (("vpc", True), ("shared", True), ("bare-metal", True)):
        assert (causes(HOME, rule(Then(Require(isolation=level)), "process")) == set()) is met
    assert causes(AWAY, rule(Then(Require(isolation="shared")), "process")) == RUNS
    weak = replace(SG, isolation=("shared",))
    assert causes(AWAY, rule(Then(Require(isolation="vpc")), "process"), regions=(MY, weak)) == RUNS
    assert causes(AWAY, rule(Then(Require(isolation="vpc")), "store"), regions=(MY, weak)) == set()


@pytest.mark.parametrize(
    ("keys", "met"),
    [("customer_held", True), ("independent_custodian", True), ("provider_held", False), (None, False)],
)
def test_keys_are_asked_of_the_dataset_wherever_a_copy_rests(keys: Any, met: bool) -> None:
    law = rule(Then(Require(keys="customer_held")), "store backup")
    held = (replace(DATA, keys=keys),)
    assert (causes(HOME, law, datasets=held) == set()) is met
    abroad = rule(law.then, "store backup", When(located_in=("SG",)))
    assert causes(HOME, abroad, datasets=held) == set()
    assert (causes(plan("my", "my", "sg"), abroad, datasets=held) == set()) is met


def test_what_is_asked_of_each_copy_is_not_asked_of_the_dataset_as_a_whole() -> None:
    law = rule(Then(Require(local_copy=LocalCopy(("MY",)), keys="customer_held")), "backup")
    alone = (replace(DATA, keys="provider_held", copies=(CopySpec("primary"),)),)
    assert causes(replace(HOME, copies=HOME.copies[:1]), law, datasets=alone) == set()
    assert causes(replace(AWAY, copies=AWAY.copies[:1]), law, datasets=alone) == RESTS


def test_a_record_is_only_reported() -> None:
    assert causes(AWAY, rule(Then(Require(record=("keep a register",))), "store process backup administer")) == set()


def test_an_overriding_rule_silences_the_general_one_inside_its_own_box() -> None:
    general = rule(AT_HOME, "process")
    special = rule(Then(Confine(("SG",))), "process", When(sector=("bank",)), "special", overrides=("law",))
    assert causes(AWAY, general, special) == set()
    assert causes(AWAY, general) == RUNS
    assert causes(HOME, general, special) == {("special", "w/k")}
    assert causes(AWAY, general, replace(special, verbs=(Verb.STORE,))) == RUNS
    unknown = (Entity(id="e"),)
    assert causes(AWAY, general, special, entities=unknown) == RUNS


EXEMPT = Exemption("x", "law", When(), "mitigated", "why", "dpo", TODAY, date(2026, 12, 31), "T-1")


def test_an_exemption_opens_the_region_only_while_it_covers_the_whole_period() -> None:
    law = rule(AT_HOME, "process")
    assert causes(AWAY, law, exemptions=(EXEMPT,)) == set()
    assert causes(AWAY, law, exemptions=(replace(EXEMPT, expires_on=date(2026, 12, 30)),)) == RUNS
    assert causes(AWAY, law, exemptions=(replace(EXEMPT, approved_on=date(2026, 11, 24)),)) == RUNS
    assert causes(AWAY, law, exemptions=(replace(EXEMPT, rule="other"),)) == RUNS
    assert causes(AWAY, law, exemptions=(replace(EXEMPT, when=When(located_in=("SG",))),)) == set()
    assert causes(AWAY, law, exemptions=(replace(EXEMPT, when=When(located_in=("MY",))),)) == RUNS


def test_a_duty_on_copies_is_silenced_by_exemptions_and_overriders_too() -> None:
    law = rule(Then(Require(local_copy=LocalCopy(("TH",)))), "store")
    assert causes(HOME, law, exemptions=(EXEMPT,)) == set()
    stronger = rule(Then(Require(local_copy=LocalCopy(("MY",)))), "store", name="special", overrides=("law",))
    assert causes(HOME, law, stronger) == set()
    assert causes(AWAY, law, stronger) == {("special", "dataset:d")}
    both = replace(law, verbs=(Verb.STORE, Verb.BACKUP))
    assert causes(HOME, both, stronger) == RESTS


def soft(then: Then = AT_HOME, verbs: str = "process store backup", **more: Any) -> Rule:
    return rule(then, verbs, penalty_usd_month=D(5), **more)


def test_a_should_rule_leaves_the_region_open_at_its_penalty_once_for_each_thing() -> None:
    assert causes(HOME, soft()) == set()
    assert causes(plan("sg", "sg", "sg", law_k=5, law_d=5), soft()) == set()
    assert causes(plan("my", "my", "sg", law_d=5), soft()) == set()
    for wrong in ({"law_k": 5}, {"law_k": 5, "law_d": 10}, {}, {"law_k": 4, "law_d": 5}):
        assert {cause for cause, _ in causes(plan("sg", "sg", "sg", **wrong), soft())} == {"cost: penalty"}
    assert causes(plan("my", "my", "my", law_k=5), soft()) == {("cost: penalty", "law@w/k")}


def test_penalties_leave_the_cost_where_breaches_come_before_it() -> None:
    ranked = ("should-breaches", "cost")
    assert causes(AWAY, soft(), objectives=ranked) == set()
    assert causes(plan("sg", "sg", "sg", law_k=5, law_d=5), soft(), objectives=ranked) != set()
    assert causes(AWAY, rule(AT_HOME, "process"), objectives=ranked) == RUNS


def test_the_law_that_an_area_displaces_does_not_reach_into_it() -> None:
    national, own = rule(Then(Forbid(("MY",))), "process store"), rule(Then(Confine(("area:port",))), "process store")
    port = (replace(MY, areas=("port",), displaced=("MY",)), SG)
    assert causes(HOME, national, regions=port) == causes(HOME, own, regions=port) == set()
    assert causes(HOME, national) == causes(HOME, own) == RUNS | RESTS
    copy = rule(Then(Require(local_copy=LocalCopy(("MY",)))), "store")
    assert causes(HOME, copy, regions=port) == RESTS


def test_a_plan_under_hard_and_soft_rules_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[object] = []

    def counted(claim: Claim) -> Iterator[Cell]:
        judged.append(claim)
        return find_cells(claim)

    monkeypatch.setattr(lawfulness, "find_cells", counted)
    laws = (rule(AT_HOME, "process"), soft(name="soft"))
    assert causes(plan("sg", "sg", "sg", soft_k=5, soft_d=5), *laws) != set()
    assert len(judged) == 1


def test_processing_and_administering_a_component_are_one_penalty() -> None:
    assert causes(plan("sg", law_k=5), soft(verbs="process administer")) == set()
    assert causes(plan("sg", law_k=10), soft(verbs="process administer")) == {("cost: penalty", "law@w/k")}


def test_a_should_duty_on_copies_costs_its_penalty_too() -> None:
    law = soft(Then(Require(local_copy=LocalCopy(("MY",)))), "store backup")
    assert causes(plan("sg", "sg", "sg", law_d=5), law) == set()
    assert causes(AWAY, law) == {("cost: penalty", "law@dataset:d")}
    assert causes(plan("sg", "sg", "my"), law) == set()


def test_what_is_held_or_bought_lifts_a_penalty_and_an_exemption_or_overrider_silences_it() -> None:
    law = soft(Then(Confine(("MY",)), (Unless(holds=("bought",)),)), "process")
    cause = {("cost: penalty", "law@w/k")}
    assert causes(AWAY, law) == cause
    bought = Purchase("bought", "e", "", Q, TODAY, D(0))
    assert causes(plan("sg", "sg", "sg", bought), law) == set()
    assert causes(plan("sg", "sg", "sg", bought, law_k=5), law) == cause
    assert causes(AWAY, law, holds=(Hold("bought", "e"),)) == set()
    assert causes(AWAY, law, exemptions=(EXEMPT,)) == set()
    must = rule(Then(Confine(("SG",))), "process", name="special", overrides=("law",))
    assert causes(AWAY, law, must) == set()
    assert causes(AWAY, replace(must, penalty_usd_month=D(1), level=Level.SHOULD), law) == set()


def test_a_should_rule_never_overrides_a_must_rule() -> None:
    weak = soft(EVERYWHERE, "process", name="weak", overrides=("law",))
    assert causes(plan("sg", weak_k=5), rule(AT_HOME, "process"), weak) == RUNS


SEALED = Then(Confine(("MY",)), (Unless(holds=("sealed",)),))


@pytest.mark.parametrize(
    ("keys", "holds"),
    [("customer_held", True), ("independent_custodian", True), ("provider_held", False), (None, False)],
)
def test_a_technical_mechanism_holds_by_the_keys_of_all_data_and_needs_no_row(keys: Any, holds: bool) -> None:
    data = (replace(DATA, keys=keys),)
    assert causes(AWAY, rule(SEALED, "store"), datasets=data) == (set() if holds else RESTS)
    assert causes(AWAY, rule(SEALED, "process administer"), datasets=data) == (set() if holds else RUNS)
    other = replace(DATA, id="o", copies=())
    both = replace(K, reads=("d",), writes=("o",))
    assert causes(AWAY, rule(SEALED, "process"), datasets=(*data, other), components=(both,)) == (
        set() if holds else RUNS
    )


def test_a_component_without_data_has_no_technical_mechanism_and_one_fed_by_data_has_its_keys() -> None:
    law, bare = rule(SEALED, "process"), (replace(K, reads=()),)
    assert causes(AWAY, law, components=bare) == RUNS
    feeding = (Flow(from_="dataset:d", to="w/k"),)
    assert causes(AWAY, law, components=bare, flows=feeding) == set()
    open_keys = (replace(DATA, keys="provider_held"),)
    assert causes(AWAY, law, components=bare, flows=feeding, datasets=open_keys) == RUNS


def test_a_technical_mechanism_is_neither_bought_nor_held_by_declaration() -> None:
    law, open_keys = rule(SEALED, "process"), (replace(DATA, keys="provider_held"),)
    row = Purchase("sealed", "e", "SG", Q, TODAY, D(5))
    bought = replace(plan("sg", "sg", "sg", row), total_usd=D(5), bound=D(5))
    bought = replace(bought, one_offs=(OneOff("mechanism:sealed/e/SG", Q, D(5), 1, D(5)),))
    short = replace(WORDS.mechanisms["sealed"], valid_days=31)
    words = replace(WORDS, mechanisms={**WORDS.mechanisms, "sealed": short})
    assert causes(bought, law, vocabulary=words) == {("mechanism: sealed", "e")}
    assert causes(bought, law, vocabulary=words, datasets=open_keys) == {("mechanism: sealed", "e"), *RUNS}
    declared = (Hold("sealed", "e", destination="SG"),)
    assert causes(AWAY, law, datasets=open_keys, holds=declared) == RUNS


def test_a_technical_mechanism_with_a_condition_that_means_nothing_does_not_hold() -> None:
    for conditions in ({}, {"colour": "red"}, {"colour": "customer_held"}, {"keys": "customer_held", "colour": "red"}):
        odd = replace(WORDS, mechanisms={"sealed": replace(WORDS.mechanisms["sealed"], holds_if=conditions)})
        assert causes(AWAY, rule(SEALED, "store"), vocabulary=odd) == RESTS


def test_a_shipment_is_bought_for_an_operator() -> None:
    law = rule(Then(Confine(("MY",)), (Unless(holds=("shipped",)),)), "process")
    bought = Purchase("shipped", "e", "q", Q, TODAY, D(0))
    assert causes(plan("sg", "sg", "sg", bought), law) == set()
    assert causes(plan("sg", "sg", "sg", replace(bought, key="p")), law) == RUNS
    assert causes(AWAY, law, holds=(Hold("shipped", "e", operator="q"),)) == set()


def test_an_assessment_of_remote_administration_is_held_for_the_operator_not_for_the_country() -> None:
    words = replace(WORDS, mechanisms={"m": Mechanism("assessment", Scope.DESTINATION, id="m")})
    then = Then(Confine(("MY",)), (Unless(holds=("m",)),))
    chinese = (MY, replace(SG, admin_sites=("CN",)))
    for key, reached, runs in (
        ({"operator": "q"}, True, False),
        ({"destination": "SG"}, False, True),
        ({"operator": "p"}, False, False),
    ):
        world: dict[str, Any] = {"vocabulary": words, "regions": chinese, "holds": (Hold("m", "e", **key),)}
        assert (causes(AWAY, rule(then, "administer"), **world) == set()) is reached
        assert (causes(AWAY, rule(then, "process"), **world) == set()) is runs
    bought = Purchase("m", "e", "q", Q, TODAY, D(0))
    assert causes(plan("sg", "sg", "sg", bought), rule(then, "administer"), vocabulary=words, regions=chinese) == set()


def flow(src: str, dst: str, **more: Any) -> Flow:
    return Flow(from_=src, to=dst, **more)


def items_of(component: str, *flows: Flow, classes: tuple[str, ...] | None = ("health", "public")) -> set[Any]:
    world = scenario(
        components=(replace(K, id="w/a"), Component(id="w/b", entity="e"), Component(id="w/c", entity="e")),
        datasets=(replace(DATA, classes=classes),), flows=flows,
        users=(Users(id="g", at={}, carries=("health",), points=(DemandPoint("x", "TH", D(1), D(0), D(0)),)),),
    )  # fmt: skip
    return set(find_processed_items(world)[component])


def test_a_transform_turns_a_named_class_and_its_descendants_and_lets_others_pass() -> None:
    tokenise = flow("w/a", "w/b", transform="tokenise")
    assert items_of("w/b", tokenise) == {("tokens", "MY", ()), ("public", "MY", ())}
    assert items_of("w/c", tokenise, flow("w/b", "w/c")) == {("tokens", "MY", ()), ("public", "MY", ())}
    assert items_of("w/a", tokenise) == {("health", "MY", ()), ("public", "MY", ())}
    assert items_of("w/b", tokenise, classes=("personal",)) == {("tokens", "MY", ())}
    assert items_of("w/b", tokenise, classes=None) == {(None, "MY", ())}
    assert items_of("w/b", flow("w/a", "w/b")) == {("health", "MY", ()), ("public", "MY", ())}


def test_the_nearest_named_class_decides_and_a_transform_is_done_once() -> None:
    assert items_of("w/b", flow("w/a", "w/b", transform="two")) == {("tokens", "MY", ()), ("public", "MY", ())}
    assert items_of("w/b", flow("w/a", "w/b", transform="two"), classes=("personal",)) == {("public", "MY", ())}
    circle = (flow("w/a", "w/b", transform="two"), flow("w/b", "w/a"))
    assert items_of("w/a", *circle) == {("health", "MY", ()), ("public", "MY", ()), ("tokens", "MY", ())}


def test_flows_from_data_and_users_are_transformed_too_and_declared_classes_stay_as_declared() -> None:
    assert items_of("w/b", flow("dataset:d", "w/b", transform="tokenise")) == {
        ("tokens", "MY", ()),
        ("public", "MY", ()),
    }
    assert items_of("w/b", flow("users:g", "w/b", transform="tokenise")) == {("tokens", "TH", ())}
    assert items_of("w/b", flow("w/a", "w/b", carries=("health",), transform="tokenise")) == {("health", "MY", ())}


def test_a_transform_frees_what_lies_behind_it_in_a_plan() -> None:
    law = rule(AT_HOME, "process", When(data_class=("personal",)))
    behind = replace(K, reads=())
    for transform, breaches in (("tokenise", set()), (None, RUNS)):
        feeding = (Flow(from_="dataset:d", to="w/k", transform=transform),)
        assert causes(AWAY, law, components=(behind,), flows=feeding) == breaches
