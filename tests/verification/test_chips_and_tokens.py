"""What the verifier asks of chips that come later, of halls for some makers' chips, of whole tariffs and of tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from planner.model.accelerators import Accelerator, Alternative, Released
from planner.model.catalogue import Figure, Prices
from planner.model.law import Then, When
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.model.tokens import TokenPrices, Tokens
from planner.rules.forbid import Forbid

from .chip_world import BUYS, CHAT, CHIPS, CLOUD, HALL, IN_HALL, SG, TODAY, causes, groups, hall, plan, rule, scenario

D = Decimal
MORNING_AFTER = TODAY + timedelta(1)


def with_h200(**facts: Any) -> Scenario:
    return scenario(accelerators={**CHIPS, "H200": replace(CHIPS["H200"], **facts)})


@pytest.mark.parametrize(
    ("facts", "late"),
    [
        ({"available": TODAY}, False),
        ({"available": MORNING_AFTER}, True),
        ({"released": Released(date(2024, 4, 1), TODAY)}, False),
        ({"released": Released(date(2024, 4, 1), MORNING_AFTER)}, True),
        ({"released": Released(MORNING_AFTER)}, True),
        ({"released": Released(MORNING_AFTER), "available": TODAY}, False),
    ],
)
def test_chips_stand_only_where_they_can_be_had_when_the_period_begins(facts: dict[str, Any], late: bool) -> None:
    assert causes(CLOUD, with_h200(**facts)) == ({("release", "w/chat")} if late else set())


@pytest.mark.parametrize(("taken", "wrong"), [(None, False), (("US", "CN"), False), (("CN",), True), ((), True)])
def test_a_hall_takes_the_chips_of_the_makers_it_names(taken: tuple[str, ...] | None, wrong: bool) -> None:
    regions = (HALL, replace(SG, chips_from=taken))
    assert causes(CLOUD, scenario(regions=regions)) == ({("chips_from", "w/chat")} if wrong else set())


def tariff(**parts: str) -> dict[str, Any]:
    return {"regions": hall(power=replace(HALL.power, **{name: Figure(D(value)) for name, value in parts.items()}))}


def electricity(usd: str, placement: str) -> Plan:
    rows = (replace(row, usd_month=D(placement)) for row in BUYS.placements)
    return plan({**IN_HALL, "electricity w/chat": usd}, *rows, bought=BUYS.bought, one_offs=BUYS.one_offs)


def test_the_peak_and_the_fuel_adjustment_are_part_of_the_bill() -> None:
    # 15.2 kW x 1.2 = 18.24 kW; 730 h x 0.1 USD = 1331.52; a peak of 10 USD a kW adds 182.4, fuel of -0.01 takes 133.152
    assert causes(electricity("1513.92", "15386.16"), scenario(**tariff(demand="10"))) == set()
    assert causes(electricity("1198.368", "15228.384"), scenario(**tariff(fuel="-0.01"))) == set()
    assert causes(electricity("1380.768", "15319.584"), scenario(**tariff(fuel="-0.01", demand="10"))) == set()
    assert ("cost: electricity", "w/chat") in causes(electricity("1331.52", "15294.96"), scenario(**tariff(demand="10")))


ASKED = Tokens("m", fresh=D(30_000_000), cached=D(10_000_000), output=D(20_000_000))
SOLD = {"m": TokenPrices(D("0.5"), D(2), D("0.1"))}
BUYER = replace(CHAT, per_replica={}, accelerators=(Alternative(id="api:m", units=1, tokens=ASKED), *CHAT.accelerators))
# 730/24 days x (30 x 0.5 + 10 x 0.1 + 20 x 2)
BILL = "1703.333333"


def at_the_api(usd: str, sold: dict[str, TokenPrices] = SOLD, *rules: Any) -> set[tuple[str, str]]:
    kind = Accelerator(id="api:m", name="m", vendor="", vendor_in="", tdp_w=D(0))
    regions = (HALL, replace(SG, kind="api", prices=replace(Prices(), tokens=sold)))
    world = scenario(*rules, components=(BUYER,), regions=regions, accelerators={**CHIPS, "api:m": kind})
    row = groups("p:a", 1, usd, kind="api:m", size=1)
    return causes(plan({"accelerator w/chat": usd}, replace(row, share=1)), world)


def test_tokens_cost_their_price_over_the_days_of_a_month() -> None:
    assert at_the_api(BILL) == set()
    assert ("cost: accelerator", "w/chat") in at_the_api("1703.333334")


def test_input_from_a_cache_costs_as_other_input_where_no_price_is_said() -> None:
    # 730/24 days x (40 x 0.5 + 20 x 2)
    assert at_the_api("1825", {"m": TokenPrices(D("0.5"), D(2))}) == set()


def test_a_model_that_is_not_sold_there_cannot_be_called_there() -> None:
    assert ("accelerator", "w/chat") in at_the_api(BILL, {"n": TokenPrices(D(1), D(1))})


def test_a_model_behind_an_api_runs_on_no_chip_that_a_rule_could_name() -> None:
    of_any = rule(Then(Forbid(("*",))), "process", When(chip=("H200", "api:m"), chip_control=("3A090.a",)))
    of_api = rule(Then(Forbid(("*",))), "process", When(deployment=("api",)))
    assert at_the_api(BILL, SOLD, of_any) == set()
    assert ("law", "w/chat") in at_the_api(BILL, SOLD, of_api)
