"""The brute force on accelerators against answers worked out by hand: alternatives, stock, cost, electricity.

A chip of kind h costs 730 USD a month, one of kind g 1460 and a vcpu 730 unless a test says otherwise; what is charged
once is charged a tenth. The period begins on 2026-11-23.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.model.law import Verb
from planner.model.question import Entity, Quote, RegionCount
from planner.requirements.spread import Spread
from planner.rules.forbid import Forbid

from .brute_force import cheapest
from .small_halls import arrives, hall, kind, power, runs_on, site, stands, world, zone
from .small_world import component, dataset, rule, should, storing

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def test_a_group_pays_its_chips_and_what_it_takes_beside_them() -> None:
    # two groups of (2 chips at 1 + 3 vcpu at 1) x 730
    assert cheapest(world([runs_on("a", ("h", 4, 2), vcpu=3)], [site("r1")])) == 2 * (2 + 3) * 730


def test_the_cost_of_an_alternative_in_a_region_is_rounded_once() -> None:
    # a group costs 0.0000000005 x 730 = 0.000000365 and would round to nothing; three are 0.000001095
    cheap = site("r1", rent={"h": "0.0000000005"})
    assert cheapest(world([runs_on("a", ("h", 3, 1))], [cheap])) == Fraction("0.000001")


def test_the_cheapest_alternative_is_taken() -> None:
    # 3 chips of h at 730 against one of g at 1460
    assert cheapest(world([runs_on("a", ("h", 3, 1), ("g", 1, 1))], [site("r1")])) == 1460


def test_regions_of_one_component_may_use_different_kinds() -> None:
    # r1 sells only h (one chip 730), r2 only g (two chips 2920); no kind is on offer in both
    home = [site("r1", rent={"h": 1}), site("r2", rent={"g": 2})]
    both = runs_on("a", ("h", 1, 1), ("g", 2, 1), regions=RegionCount(2, 2))
    assert cheapest(world([both], home)) == 730 + 2920


def test_a_kind_without_a_price_is_refused_even_where_it_stands() -> None:
    home = [site("r1", [zone("z", stands(8))], rent={})]
    assert cheapest(world([runs_on("a", ("h", 1, 1))], home)) is None


def test_a_quote_puts_every_alternative_on_offer_but_makes_no_chips() -> None:
    quotes = (Quote("w/a", "p:r1", Decimal(50)),)
    for chips, answer in ((2, 50), (1, None)):
        home = [hall("r1", [zone("z", stands(chips))], rent={}, power=power())]
        assert cheapest(world([runs_on("a", ("h", 2, 1))], home, quotes=quotes)) == answer


def test_a_group_stands_whole_in_one_zone() -> None:
    # zones of 3 and 3 chips hold one group of 2 each
    home = [site("r1", [zone("z1", stands(3)), zone("z2", stands(3))])]
    assert cheapest(world([runs_on("a", ("h", 4, 2))], home)) == 4 * 730
    assert cheapest(world([runs_on("a", ("h", 6, 2))], home)) is None


def test_a_zone_that_says_nothing_holds_none_where_another_zone_speaks() -> None:
    silent = zone("z2")
    assert cheapest(world([runs_on("a", ("h", 9, 1))], [site("r1", [silent])])) == 9 * 730
    assert cheapest(world([runs_on("a", ("h", 9, 1))], [site("r1", [zone("z1", stands(8)), silent])])) is None


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        (stands(1), True),
        (stands(1, before=TODAY), True),
        (stands(1, before=TOMORROW), False),
        (arrives(1, TODAY), True),
        (arrives(1, TOMORROW), False),
        (arrives(1, TODAY, status="contracted"), True),
        (arrives(1, TODAY, status="announced"), False),
    ],
)
def test_what_stands_when_the_period_begins_counts(line: object, counts: bool) -> None:
    home = [site("r1", [zone("z", line)])]  # type: ignore[arg-type]
    assert cheapest(world([runs_on("a", ("h", 1, 1))], home)) == (730 if counts else None)


def test_announced_arrivals_count_where_the_scenario_says_so() -> None:
    home = [site("r1", [zone("z", arrives(1, TODAY, status="announced"))])]
    assert cheapest(world([runs_on("a", ("h", 1, 1))], home, announced=True)) == 730


def test_an_early_as_of_leaves_the_first_day_to_the_quarter() -> None:
    for day, answer in ((date(2026, 10, 1), 730), (date(2026, 10, 2), None)):
        late = world([runs_on("a", ("h", 1, 1))], [site("r1", [zone("z", arrives(1, day))])])
        assert cheapest(replace(late, as_of=date(2026, 8, 15))) == answer


def test_two_components_compete_for_the_same_chips() -> None:
    # the three chips of h serve a (2) or b (2); the other pays two chips of g
    home = [site("r1", [zone("z", stands(3))])]
    pair = [runs_on(name, ("h", 2, 1), ("g", 2, 1)) for name in ("a", "b")]
    assert cheapest(world(pair, home)) == 2 * 730 + 2 * 1460


def test_groups_compete_for_capacity_with_everything_else() -> None:
    # z1 has 4 vcpu and all chips: a group of a (3 vcpu) and the unit of b (2 vcpu) do not fit together
    home = [site("r1", [zone("z1", stands(2), vcpu=4)]), site("r2", rent={"h": 3})]
    parts = [runs_on("a", ("h", 1, 1), vcpu=3), component("b", 2)]
    assert cheapest(world(parts, home)) == (1 + 3) * 730 + 2 * 730
    assert cheapest(world(parts, home[:1])) is None


def test_a_quote_changes_what_a_group_takes_beside_its_chips() -> None:
    home = [site("r1", [zone("z1", vcpu=4)])]
    for vcpu, answer in ((2, 9), (3, None)):
        quotes = (Quote("w/a", "p:r1", Decimal(9), {"vcpu": Decimal(vcpu)}),)
        assert cheapest(world([runs_on("a", ("h", 2, 1), vcpu=5)], home, quotes=quotes)) == answer


def test_spread_counts_zones_with_a_group_and_even_caps_groups() -> None:
    # 3 groups of 2 chips: at most 2 groups a zone when even; z1 holds 3 groups and z2 one
    home = [site("r1", [zone("z1", stands(6)), zone("z2", stands(2))])]
    for chips, even, answer in ((6, True, 6), (8, False, 8), (8, True, None), (2, False, None)):
        wish = {"spread": Spread(2, even=even)}
        found = cheapest(world([runs_on("a", ("h", chips, 2), requires=wish)], home))
        assert found == (None if answer is None else answer * 730)


def test_own_halls_are_for_the_components_and_datasets_of_their_operator() -> None:
    home = [storing(hall("r1"), "1"), replace(storing(site("r2"), "5"), provider="q")]
    for entity, answer in (("e", 1), ("e2", 5)):
        data = dataset("d", entity=entity, size=Decimal(1))
        assert cheapest(world([component("a", 0)], home, datasets=(data,))) == answer
    dear = [hall("r1"), replace(site("r2", rent={"h": 4}), provider="q")]
    assert cheapest(world([runs_on("a", ("h", 1, 1))], dear)) == 730
    assert cheapest(world([runs_on("a", ("h", 1, 1), entity="e2")], dear)) == 4 * 730
    assert (
        cheapest(world([runs_on("a", ("h", 1, 1), entity="e2")], dear, entities=(Entity(id="e"), Entity(id="e2"))))
        == 730
    )


def test_electricity_of_an_own_hall_is_paid_for_chips_and_vcpu() -> None:
    # 4 chips x 1 kW x 1.35 + 2 groups x 3 vcpu x 10 W = 5.46 kW; x 1.5 x 0.1 USD x 730 = 597.87
    part = runs_on("a", ("h", 4, 2), vcpu=3)
    listed = 2 * (2 + 3) * 730
    assert cheapest(world([part], [hall("r1", power=power())])) == listed + Fraction("597.87")
    assert cheapest(world([part], [hall("r1")])) == listed
    assert cheapest(world([part], [site("r1", power=power())])) == listed


def test_a_stated_power_replaces_the_vcpu_and_not_the_chips() -> None:
    # 4 x 1.35 + 2 groups x 0.5 kW = 6.4 kW: 700.80; the draw of a vcpu need not be known
    part = runs_on("a", ("h", 4, 2), per_replica={"vcpu": Decimal(3), "power": Decimal("0.5")})
    home = [hall("r1", power=power(vcpu_w=None))]
    assert cheapest(world([part], home)) == 2 * (2 + 3) * 730 + Fraction("700.8")


def test_electricity_of_replicas_and_of_what_is_divisible() -> None:
    # 3 units x 2 vcpu x 10 W = 0.06 kW: 6.57; divisible: 6 vcpu are as much
    home = [hall("r1", power=power())]
    assert cheapest(world([component("a", 2, 3)], home)) == 6 * 730 + Fraction("6.57")
    assert cheapest(world([component("a", 6, divisible=True)], home)) == 6 * 730 + Fraction("6.57")


@pytest.mark.parametrize("missing", ["tariff", "pue", "vcpu_w", "tdp"])
def test_a_missing_figure_of_power_refuses_what_needs_it(missing: str) -> None:
    figures = {} if missing == "tdp" else {missing: None}
    kinds = {"h": kind("h", tdp_w=None if missing == "tdp" else Decimal(1000))}
    home = [hall("r1", power=power(**figures))]
    assert cheapest(world([runs_on("a", ("h", 1, 1), vcpu=1)], home, accelerators=kinds)) is None
    assert cheapest(world([component("a", 0)], home, accelerators=kinds)) == 0


def test_rules_about_chips_are_judged_for_each_kind() -> None:
    # g is refused: three chips of h at 2190 instead of one of g; as a wish it costs 100 on top of 1460
    part = runs_on("a", ("h", 3, 1), ("g", 1, 1))
    for named in ({"chip": ("g",)}, {"chip_control": ("licensed",)}):
        law = rule(Forbid(("*",)), verbs=(Verb.PROCESS,), **named)
        assert cheapest(world([part], [site("r1")], rules=(law,))) == 2190
        assert cheapest(world([part], [site("r1")], rules=(should(law, "100"),))) == 1560
        assert cheapest(world([component("a")], [site("r1")], rules=(law,))) == 730


def test_a_class_that_is_not_established_meets_a_must_and_no_should() -> None:
    kinds = {"h": kind("h", control=None)}
    law = rule(Forbid(("*",)), verbs=(Verb.PROCESS,), chip_control=("licensed",))
    for each, answer in ((law, None), (should(law, "100"), 730)):
        assert cheapest(world([runs_on("a", ("h", 1, 1))], [site("r1")], rules=(each,), accelerators=kinds)) == answer


def test_a_rule_that_names_chips_silences_another_for_those_chips_alone() -> None:
    plain = rule(Forbid(("*",)), verbs=(Verb.PROCESS,))
    special = replace(rule(Forbid(()), verbs=(Verb.PROCESS,), chip=("g",)), id="special", overrides=("r",))
    part = runs_on("a", ("h", 1, 1), ("g", 1, 1))
    assert cheapest(world([part], [site("r1")], rules=(plain, special))) == 1460
