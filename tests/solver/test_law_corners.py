"""Corners of the rule language that random worlds seldom meet: the planner, its verifier and the brute force agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from planner.errors import NoLawfulPlan
from planner.model.law import Mechanism, Rule, Scope, Unless, Verb, When
from planner.model.question import Hold
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.rules.forbid import Forbid
from planner.rules.require import LocalCopy, Require
from tests.oracles.brute_force import cheapest
from tests.oracles.small_world import component, dataset, flow, region, rule, scenario, should, storing

HOME_OR_AWAY = [storing(region("r1"), "2"), storing(region("r2", country="SG"), "1")]


def technical(**holds_if: str) -> Mechanism:
    return Mechanism(id="t", kind="technical", scope=Scope.ENTITY, holds_if=holds_if)


def gate(verb: Verb) -> Rule:
    return rule(Forbid(("*",)), Unless(holds=("t",)), verbs=(verb,))


def agreed(world: Scenario) -> Decimal | None:
    """The cost that both find, None where both find nothing."""
    try:
        found = plan(world).plan.total_usd
    except NoLawfulPlan:
        assert cheapest(world) is None
        return None
    assert cheapest(world) == found
    return found


def test_a_technical_mechanism_about_something_else_than_keys_never_holds() -> None:
    world = scenario([component("a")], [region("r1")], rules=(gate(Verb.STORE),), datasets=(dataset("d"),))
    assert (
        agreed(replace(world, vocabulary=replace(world.vocabulary, mechanisms={"t": technical(custody="x")}))) is None
    )


def test_a_technical_mechanism_is_not_held_by_saying_so() -> None:
    mechanisms = [technical(keys="customer_held")]
    said = (Hold("t", "e"),)
    assert (
        agreed(
            scenario([component("a")], [region("r1")], rules=(gate(Verb.PROCESS),), mechanisms=mechanisms, holds=said)
        )
        is None
    )


@pytest.mark.parametrize(("keys", "penalty"), [("customer_held", 0), ("provider_held", 7)])
def test_a_flow_from_a_dataset_counts_for_how_its_keys_are_held(keys: str, penalty: int) -> None:
    world = scenario(
        [component("a")],
        [region("r1")],
        rules=(should(gate(Verb.PROCESS), "7"),),
        datasets=(dataset("d", keys=keys),),
        flows=[flow("dataset:d", "a", 1)],
        mechanisms=[technical(keys="customer_held")],
    )
    assert agreed(world) == 730 + penalty


@pytest.mark.parametrize("box", [When(), When(located_in=("SG",))])
def test_a_duty_of_two_verbs_survives_when_one_is_overridden(box: When) -> None:
    duty = rule(Require(local_copy=LocalCopy(("MY",))), verbs=(Verb.STORE, Verb.BACKUP))
    over = replace(rule(Forbid(()), verbs=(Verb.STORE,)), id="o", overrides=("r",), when=box)
    assert (
        agreed(
            scenario([component("a", 0)], HOME_OR_AWAY, rules=(duty, over), datasets=(dataset("d", size=Decimal(1)),))
        )
        == 2
    )


def test_a_subject_in_a_subdivision_lies_in_its_country() -> None:
    law = rule(Forbid(("*",)), verbs=(Verb.STORE,), subjects_in=("MY",))
    data = dataset("d", classes=("health",), subjects=("MY-14",))
    assert agreed(scenario([component("a", 0)], [region("r1")], rules=(law,), datasets=(data,))) is None
