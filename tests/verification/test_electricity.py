"""Electricity: own halls that state their power charge what chips and vCPUs draw; elsewhere prices contain it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planner.model.catalogue import Figure, Power, Zone
from planner.model.plan import Placement, Plan
from planner.model.question import Component, Quote, Replicas

from .chip_world import BUYS, CHAT, CHIPS, HALL, IN_HALL, PAID, Q, causes, hall, plan, scenario

D, F = Decimal, Fraction
WEB = Component(id="w/web", workload="w", entity="e", replicas=Replicas(2), per_replica={"vcpu": D(4), "memory": D(0)})
# compute 2 x 4 x 0.01 x 730; electricity 730 h x 2 x 4 x 10 W x 1.2 x 0.1 USD/kWh
WEB_LINES = {"compute w/web": "58.4", "electricity w/web": "7.008"}


def web(lines: dict[str, str], usd: str, units: int = 2) -> Plan:
    return plan(lines, Placement("w/web", Q, "o", "o:hall", "o:d", None, units, F(1), D(usd)))


def found(plan: Plan, component: Component = WEB, **more: Any) -> set[tuple[str, str]]:
    return causes(plan, scenario(components=(component,), **more))


def power(**changes: Any) -> dict[str, Any]:
    return {"regions": hall(power=replace(HALL.power, **changes))}


HONEST = web(WEB_LINES, "65.408")
FREE = web({"compute w/web": "58.4"}, "58.4")


def test_vcpus_in_an_own_hall_draw_what_the_hall_says_of_each() -> None:
    assert found(HONEST) == set()
    for usd in ("7.007999", "7.008001"):
        assert found(web({**WEB_LINES, "electricity w/web": usd}, "65.408")) == {("cost: electricity", "w/web")}
    assert ("cost: electricity", "w/web") in found(FREE)


def test_the_electricity_of_a_placement_is_in_its_cost() -> None:
    assert found(web(WEB_LINES, "58.4")) == {("cost: placement", "w/web")}


def test_chips_draw_their_share_of_the_server_and_vcpus_beside_them() -> None:
    assert causes(BUYS, scenario()) == set()
    chips_alone = plan(
        {**IN_HALL, "electricity w/chat": "1324.512"}, *BUYS.placements, bought=BUYS.bought, one_offs=(PAID,)
    )
    assert ("cost: electricity", "w/chat") in causes(chips_alone, scenario())
    bare = replace(CHAT, per_replica={})
    rows = (replace(row, usd_month=D("15262.256")) for row in BUYS.placements)  # 14600 + 662.256
    lines = {"accelerator w/chat": "29200", "electricity w/chat": "1324.512"}
    assert found(plan(lines, *rows, bought=BUYS.bought, one_offs=(PAID,)), bare) == set()


def test_the_power_that_a_unit_states_stands_for_its_vcpus_and_chips_come_on_top() -> None:
    stated = replace(WEB, per_replica={**WEB.per_replica, "power": D("0.5")})  # 730 x 2 x 0.5 x 1.2 x 0.1
    assert found(web({"compute w/web": "58.4", "electricity w/web": "87.6"}, "146"), stated) == set()
    assert (
        found(web({"compute w/web": "58.4", "electricity w/web": "87.6"}, "146"), stated, **power(vcpu_w=None)) == set()
    )
    rack = replace(CHAT, per_replica={**CHAT.per_replica, "power": D(10)})  # 730 x 2 x 10 x 1.2 x 0.1 = 1752
    rows = (replace(row, usd_month=D("16167.456")) for row in BUYS.placements)
    of_racks = plan({**IN_HALL, "electricity w/chat": "3076.512"}, *rows, bought=BUYS.bought, one_offs=(PAID,))
    assert found(of_racks, rack) == set()


@pytest.mark.parametrize("figure", ["tariff", "pue", "vcpu_w"])
def test_a_figure_that_is_needed_and_unknown_refuses_the_cell(figure: str) -> None:
    assert (f"unknown: {figure}", "w/web") in found(FREE, **power(**{figure: None}))


def test_a_chip_of_unknown_draw_refuses_the_cell() -> None:
    for chips in ({}, {"H200": replace(CHIPS["H200"], tdp_w=None)}):
        assert ("unknown: H200 tdp_w", "w/chat") in causes(BUYS, scenario(accelerators=chips))


def test_what_draws_nothing_needs_no_figure() -> None:
    idle = replace(WEB, per_replica={})
    assert found(web({}, "0"), idle, **power(tariff=None, pue=None, vcpu_w=None, carbon=Figure(D(500)))) == set()
    bare = replace(CHAT, per_replica={})
    rows = (replace(row, usd_month=D("15262.256")) for row in BUYS.placements)
    lines = {"accelerator w/chat": "29200", "electricity w/chat": "1324.512"}
    chips = plan(lines, *rows, bought=BUYS.bought, one_offs=(PAID,))
    assert found(chips, bare, **power(vcpu_w=None)) == set()


def test_list_prices_contain_electricity() -> None:
    assert found(FREE, regions=hall(power=Power())) == set()
    for kind in ("public-cloud", "dedicated", "api"):
        assert found(FREE, regions=hall(kind=kind)) == set()
        assert ("cost: electricity", "w/web") in found(HONEST, regions=hall(kind=kind))


def test_a_hall_that_states_anything_of_its_power_states_all_that_is_needed() -> None:
    assert ("unknown: vcpu_w", "w/web") in found(FREE, regions=hall(power=Power(carbon=Figure(D(500)))))


def test_a_quote_contains_electricity() -> None:
    quoted = {"quotes": (Quote("w/web", "o:hall", D(9)),)}
    assert found(web({"quote w/web": "9"}, "9"), **quoted) == set()
    assert found(web({"quote w/web": "9", "electricity w/web": "7.008"}, "16.008"), **quoted) == {
        ("cost: electricity", "w/web"),
        ("cost: placement", "w/web"),
    }


def test_a_divisible_component_draws_by_its_share() -> None:
    parts = replace(WEB, replicas=None, divisible=True)
    rows = tuple(
        Placement("w/web", Q, "o", "o:hall", zone, None, 0, share, usd)
        for zone, share, usd in (("o:c", F(1, 4), D("8.176")), ("o:d", F(3, 4), D("24.528")))
    )
    assert found(plan({"compute w/web": "29.2", "electricity w/web": "3.504"}, *rows), parts) == set()


def test_what_a_divisible_component_does_elsewhere_draws_nothing_here() -> None:
    parts = replace(WEB, replicas=None, divisible=True)
    here = Placement("w/web", Q, "o", "o:hall", "o:c", None, 0, F(1, 4), D("8.176"))
    away = Placement("w/web", Q, "p", "p:sg", "p:a", None, 0, F(3, 4), D("21.9"))
    assert found(plan({"compute w/web": "29.2", "electricity w/web": "0.876"}, here, away), parts) == set()


def test_a_line_is_rounded_once_over_all_units_of_a_region() -> None:
    tiny = power(tariff=Figure(D("0.00000001")), pue=Figure(D(1)))  # 0.292 micro a replica, 0.584 for both
    for usd, breaches in (("0.000001", set()), ("0", {("cost: electricity", "w/web")})):
        assert found(web({"compute w/web": "58.4", "electricity w/web": usd}, "58.400001"), **tiny) == breaches


def test_electricity_is_added_up_over_regions() -> None:
    far = replace(HALL, id="far", zones=(Zone("z"),))
    both = replace(WEB, regions=replace(WEB.regions, min=2, max=2))
    rows = tuple(
        Placement("w/web", Q, "o", region, zone, None, 2, F(1, 2), D("65.408"))
        for region, zone in (("o:far", "o:z"), ("o:hall", "o:d"))
    )
    lines = {"compute w/web": "116.8", "electricity w/web": "14.016"}
    assert found(plan(lines, *rows), both, regions=(far, HALL)) == set()
