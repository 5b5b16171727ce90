"""What growth-34-percent says of a hall that fills up, each statement beside a twin in which one fact is changed."""

from __future__ import annotations

from typing import Any

from planner.model.plan import Plan
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

FILE = data_root() / "scenarios" / "growth-34-percent.yaml"


def planned(**values: Any) -> Plan:
    return plan(read_scenario(FILE, settings=Settings(values=values))).plan


def chips(found: Plan, period: str) -> int:
    return sum(row.chips for row in found.placements if row.period == period)


def test_the_hall_is_full_when_its_forty_eight_chips_no_longer_do() -> None:
    found = planned()
    assert (chips(found, "2027Q4"), chips(found, "2028Q1")) == (45, 50)
    assert min(row.period for row in found.bought) == "2028Q1"
    assert sum(row.units for row in found.bought) == chips(found, "2029Q4") - 48


def test_without_growth_nothing_is_ever_bought() -> None:
    assert planned(**{"workloads.ilmu.growth": "0 %"}).bought == ()


def test_a_malaysian_owner_asks_nobody_and_a_chinese_one_asks_half_a_year_before() -> None:
    assert planned().mechanisms == ()
    (licence,) = planned(**{"entities.ytl-ai-labs.ultimate_parent_in": "CN"}).mechanisms
    assert (licence.id, licence.period, licence.may_be_refused) == ("us-bis-licence", "2027Q3", True)


def test_where_nothing_can_be_bought_one_model_moves_to_singapore_when_the_hall_is_full() -> None:
    found = planned(**{"regions.kulai.prices.accelerator_purchase": {}})
    assert [(m.period, m.what, m.dst_region) for m in found.moves][:1] == [
        ("2028Q1", "ilmu/serve-small", "gcp:asia-southeast1")
    ]
    assert found.total_usd > 12 * planned().total_usd
