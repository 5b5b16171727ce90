"""Cheap power with domestic chips against dearer power with others: what the electricity of each hall costs, and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from planner.model.plan import Plan
from planner.reading.library import data_root
from planner.reports.energy import energy_lines
from tests.data.answers import Question, chips, mechanisms, reasons, where

POWER = Question("cheap-power")
MODEL = "chat/model"
HALLS = ("gansu", "guizhou", "guizhou-any", "johor", "batam")
D = Decimal


def alone(hall: str, **more: Any) -> Plan:
    """The answer when only one of the halls is open."""
    shut = {f"regions.{other}.status": "closed" for other in HALLS if other != hall}
    return POWER.answer({**shut, **more})


def electricity(found: Plan) -> Decimal:
    return sum((line.usd_month for line in found.cost_lines if line.objective == "electricity"), D(0))


def test_the_hall_stands_in_batam_and_at_a_dearer_tariff_there_in_johor() -> None:
    assert where(POWER.answer(), MODEL) == {"hall:batam"}
    assert where(POWER.answer({"regions.batam.power.tariff_kwh": D("0.1126")}), MODEL) == {"hall:batam"}
    assert where(POWER.answer({"regions.batam.power.tariff_kwh": D("0.1127")}), MODEL) == {"hall:johor"}


@pytest.mark.parametrize("hall", ["batam", "johor", "gansu", "guizhou"])
def test_the_page_tells_what_each_hall_costs(hall: str) -> None:
    page = (data_root() / "docs" / "scenarios" / "cheap-power.md").read_text(encoding="utf-8")
    found = alone(hall)
    assert f"| {electricity(found):,.2f} | {found.total_usd:,.2f} |" in page


def test_johor_pays_for_energy_and_for_the_peak() -> None:
    # 368 chips x 700 W x 1.35 x 1.4 = 486.864 kW
    kilowatts = D(368) * D("0.7") * D("1.35") * D("1.4")
    whole, energy = alone("johor"), alone("johor", **{"regions.johor.power.demand_kw_month": D(0)})
    assert electricity(energy) == round(kilowatts * 730 * D("0.1025"), 6)
    assert electricity(whole) - electricity(energy) == round(kilowatts * D("7.431"), 6)


def test_the_largest_rebate_that_was_found_does_not_make_johor_the_cheapest_and_twice_of_it_would() -> None:
    rebate = "regions.johor.power.fuel_kwh"
    assert where(POWER.answer({rebate: D("-0.0153")}), MODEL) == {"hall:batam"}
    assert where(POWER.answer({rebate: D("-0.0306")}), MODEL) == {"hall:johor"}


def test_the_subsidised_halls_take_domestic_chips_alone() -> None:
    assert set(chips(alone("gansu"), MODEL)) == {"Ascend-910C"}
    foreign = {
        "regions.gansu.prices.accelerator_hour.H100-SXM": D("0.0001"),
        "regions.gansu.prices.accelerator_purchase.H100-SXM": D("1"),
    }
    assert set(chips(alone("gansu", **foreign), MODEL)) == {"Ascend-910C"}
    anything = {**foreign, "regions.gansu.chips_from": ["CN", "US"], "regions.gansu.funding": "private"}
    found = alone("gansu", **anything)
    assert set(chips(found, MODEL)) == {"H100-SXM"}
    assert mechanisms(found) == {"us-bis-licence-h200"}


def test_a_hall_for_domestic_chips_refuses_a_component_that_runs_on_others_only() -> None:
    others = {"workloads.chat.components.model.serves.accelerators": ["H100-SXM"]}
    assert "chips_from" in reasons(POWER.world(others), MODEL, "hall:gansu")
    assert "chips_from" not in reasons(POWER.world(others), MODEL, "hall:johor")


def test_by_the_draw_of_a_whole_system_the_subsidy_is_eaten_up() -> None:
    ascend = {
        "id": "Ascend-910C", "name": "with its system", "vendor": "Huawei", "vendor_in": "CN", "control": "other",
        "fab": "SMIC", "tpp": 12480, "memory_gb": 128, "memory_bandwidth_tb_s": D("3.2"),
        "tdp_w": D("1078.5"), "dense_tflops": {"bf16": 780, "int8": 1500},
    }  # fmt: skip
    # 559 kW / 384 / 1.35
    found = alone("gansu", **{"accelerators.kinds": [ascend]})
    assert D(31_900) < electricity(found) < D(32_100)
    assert electricity(alone("gansu")) < D(18_000)


def test_the_report_tells_draw_and_carbon_of_the_hall_and_water_where_it_is_known() -> None:
    scenario = POWER.world()
    assert list(energy_lines(POWER.answer(), scenario)) == [
        "hall:batam: machines draw 347.8 kW, the hall 486.9 kW and 355,411 kWh a month; 240.2 t CO2e by scenario"
    ]
    (johor,) = energy_lines(alone("johor"), scenario)
    assert johor.endswith("; 215.3 t CO2e by scenario; 559 m3 of water")
    assert list(energy_lines(Question("tng-ewallet").answer(), Question("tng-ewallet").world())) == []
