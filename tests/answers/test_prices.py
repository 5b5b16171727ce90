"""Prices of rules: equal to the difference of two honest plans, and to the difference of trying everything twice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from planner.answers.prices import find_prices
from planner.errors import InputFaults
from planner.model.law import Unless
from planner.model.price import Price
from planner.model.question import SolverSettings
from planner.model.scenario import Scenario
from planner.model.vocabulary import Scope
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from tests.oracles.brute_force import cheapest
from tests.oracles.small_world import component, flow, mechanism, prices, region, rule, scenario, should
from tests.solver.hard_world import hard_world
from tests.solver.test_law_agrees import law_world

CHUNK = 50
ROUNDING = Fraction(6, 10**6)
"""Each cost line of the two plans is rounded to 10⁻⁶ USD, the brute force does not round."""
ABROAD: dict[str, Any] = {"country": "SG"}
HOME_AND_AWAY = [region("r1", "2"), region("r2", "1", **ABROAD), region("r3", "3", **ABROAD)]
"""1460 USD at home, 730 and 2190 abroad."""


def named(scenario_: Scenario, name: str) -> Price:
    return next(price for price in find_prices(scenario_, workers=1).rules if price.name == name)


@pytest.mark.parametrize("name", ["tng-ewallet", "ytl-ilmu", "indosat", "morphyx-tabspace", "alibaba-agentic"])
def test_a_rule_of_a_shipped_scenario_costs_what_two_honest_plans_differ_by(name: str) -> None:
    """Those that were solved again, and some of the others; benchmarks/prices.py compares every one of all scenarios."""
    path = data_root() / "scenarios" / f"{name}.yaml"
    world = read_scenario(path)
    total = plan(world).plan.total_usd
    found = find_prices(world)
    assert sorted(price.name for price in found.rules) == sorted(rule.id for rule in world.rules)
    solved = [price for price in found.rules if price.proof == "solved"][:4]
    for price in (*solved, *[price for price in found.rules if price.proof != "solved"][::20]):
        without = plan(read_scenario(path, settings=Settings(without=(price.name,)))).plan.total_usd
        assert price.usd_month == total - without, price.name


@pytest.mark.parametrize("first", range(0, 500, CHUNK))
def test_every_rule_costs_what_trying_everything_twice_differs_by(first: int, tmp_path: Path) -> None:
    wrong = [text for seed in range(first, first + CHUNK) for text in _compared(law_world(seed, tmp_path))]
    assert not wrong


def _compared(world: Scenario) -> list[str]:
    """What is wrong with the prices of a world; nothing when nothing is."""
    least = cheapest(world)
    found = find_prices(world, workers=1)
    wrong = []
    for price in found.rules:
        without = cheapest(replace(world, rules=tuple(r for r in world.rules if r.id != price.name)))
        if not _agree(price, least, without):
            wrong.append(f"{world.name}: {price}, least {least}, without it {without}")
    return wrong


def _agree(price: Price, least: Fraction | None, without: Fraction | None) -> bool:
    if least is None and without is None:
        return price.state == "no plan"
    if least is None or without is None:
        right = price.state == ("frees" if least is None else "needed")
        return right and (without is None or abs(Fraction(price.without_usd or 0) - without) <= ROUNDING)
    return price.state == "exact" and abs(Fraction(price.usd_month or 0) - (least - without)) <= ROUNDING


def test_a_cage_costs_the_way_home_and_says_what_it_opens_and_moves() -> None:
    world = scenario([component("a")], HOME_AND_AWAY, rules=(rule(Confine(("MY",))),))
    (price,) = find_prices(world).rules
    assert (price.usd_month, price.proof) == (730, "solved")
    assert [(shut.region, shut.things) for shut in price.shut] == [("p:r2", ("w/a",)), ("p:r3", ("w/a",))]
    assert price.moves == ("w/a: p:r1 → p:r2",)


def test_a_rule_that_shuts_what_another_shuts_too_costs_nothing_and_both_cost_the_way_home() -> None:
    cage = rule(Confine(("MY",)))
    rules = (cage, replace(cage, id="s"), replace(rule(Forbid(("ID",))), id="t"))
    found = find_prices(scenario([component("a")], HOME_AND_AWAY, rules=rules), pairs=True, workers=1)
    assert [(p.usd_month, p.proof) for p in found.rules] == [(0, "same program")] * 3
    pairs = {p.name: (p.usd_month, p.interaction_usd_month) for p in found.pairs}
    assert pairs == {"r + s": (730, 730), "r + t": (0, 0), "s + t": (0, 0)}


def test_two_rules_that_tear_two_talkers_apart_cost_less_together_than_apart() -> None:
    # one at home, one abroad: 100 GB at a dollar cross; without either rule both meet
    places = [region("r1", prices=prices(internet="1")), region("r2", prices=prices(internet="1"), **ABROAD)]
    rules = (
        rule(Confine(("MY",)), critical=True),
        replace(rule(Confine(("SG",)), critical=False), id="s"),
    )
    parts = [component("a", critical=True), component("b", critical=False)]
    world = scenario(parts, places, rules=rules, flows=[flow("a", "b", 100)])
    found = find_prices(world, pairs=True)
    assert [price.usd_month for price in found.rules] == [100, 100]
    assert (found.pairs[0].usd_month, found.pairs[0].interaction_usd_month) == (100, -100)


def test_a_place_so_dear_that_no_bound_lets_it_in_needs_no_solve() -> None:
    law = rule(Forbid(("SG",)), critical=True)
    parts = [component("a", critical=True)]
    dear = [region("r1", "1"), region("r2", "9", **ABROAD)]
    price = named(scenario(parts, dear, rules=(law,)), "r")
    assert (price.usd_month, price.proof, price.shut[0].region) == (0, "bound", "p:r2")


def test_an_exception_that_is_left_out_lets_the_cage_bite_so_its_price_is_negative() -> None:
    exception = replace(rule(Forbid(()), critical=True), id="o", overrides=("r",))
    world = scenario([component("a", critical=True)], HOME_AND_AWAY, rules=(rule(Confine(("MY",))), exception))
    assert named(world, "o").usd_month == -730
    assert named(world, "r").usd_month == 0


def test_without_its_exception_a_prohibition_leaves_nothing() -> None:
    exception = replace(rule(Forbid(()), critical=True), id="o", overrides=("r",))
    world = scenario([component("a", critical=True)], HOME_AND_AWAY, rules=(rule(Forbid(("*",))), exception))
    assert named(world, "o").state == "needed"


def test_a_rule_that_alone_leaves_no_plan_says_so_and_what_the_plan_without_it_costs() -> None:
    rules = (rule(Forbid(("*",))), replace(rule(Forbid(("ID",))), id="s"))
    found = find_prices(scenario([component("a")], HOME_AND_AWAY, rules=rules))
    assert found.total_usd is None
    assert [(p.state, p.without_usd) for p in found.rules] == [("frees", 730), ("no plan", None)]


def test_a_should_rule_costs_its_penalty_where_the_breach_is_cheaper() -> None:
    law = should(rule(Confine(("MY",))), "100")
    assert named(scenario([component("a"), component("b")], HOME_AND_AWAY, rules=(law,)), "r").usd_month == 200


def test_a_mechanism_that_two_rules_ask_for_is_saved_only_without_both() -> None:
    gate = rule(Forbid(("*",)), Unless(holds=("x",)))
    rules = (gate, replace(gate, id="s", then=replace(gate.then, unless=(Unless(holds=("x", "y")),))))
    ways = [mechanism("x", Scope.ENTITY, 100), mechanism("y", Scope.ENTITY, 200)]
    world = scenario([component("a")], HOME_AND_AWAY, rules=rules, mechanisms=ways)
    (pair,) = find_prices(world, pairs=True).pairs
    assert (named(world, "r").usd_month, named(world, "s").usd_month) == (0, 0)
    assert (pair.usd_month, pair.interaction_usd_month) == (10, 10)
    assert pair.asks == ("x", "y")


def test_a_group_is_a_folder_or_a_file_of_rules() -> None:
    world = read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml")
    found = find_prices(world, ["my-pdpa-s129"], ["law/my", "policies/law"])
    assert [p.name for p in found.rules] == ["my-pdpa-s129"]
    assert [p.usd_month for p in found.groups] == [Decimal("1333.333333")] * 2
    assert [p.interaction_usd_month for p in found.groups] == [0, 0]
    assert {name[:3] for name in found.groups[0].rules} == {"my-"}


def test_an_unknown_rule_or_group_is_told_with_the_nearest_one() -> None:
    world = scenario([component("a")], HOME_AND_AWAY, rules=(rule(Confine(("MY",))),))
    for rules, groups in ((["q"], []), ([], ["law/xx"])):
        with pytest.raises(InputFaults, match="N001"):
            find_prices(world, rules, groups)


def test_one_worker_and_two_give_the_same_prices() -> None:
    world = read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml")
    assert find_prices(world, pairs=True, workers=1) == find_prices(world, pairs=True, workers=2)


def test_a_solve_stopped_by_its_limit_leaves_an_interval() -> None:
    # two seconds give this world a first plan and never a proof; the rule shuts one of its twenty places
    world = hard_world(3, SolverSettings(Decimal(0), Decimal(2)))
    first, *others = world.regions
    abroad = replace(world, regions=(replace(first, **ABROAD), *others), rules=(rule(Forbid(("SG",))),))
    price = named(abroad, "r")
    assert (price.state, price.usd_month) == ("interval", None)
    assert price.low is not None
    assert price.high is not None
    assert 0 <= price.low <= price.high
