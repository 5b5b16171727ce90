"""A chip that comes late: each quarter of slip costs what the next best chips cost more."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from planner.errors import InputFaults
from planner.model.plan import Plan
from planner.reading.library import data_root
from tests.data.answers import Question, chips, reasons

SLIPS = Question("ascend-960-slips")
MODEL, HALL = "assistant/model", "state:qingyang"
LATE = {"accelerators.ascend-960.available": "2030Q1"}
PAGE = data_root() / "docs" / "scenarios" / "ascend-960-slips.md"
ROW = re.compile(r"^\| (\d{4}Q\d) \| ([\d,.]+) \| ([\d,.]+) \| (\S+) \| ([\d,.]+) \|$", re.MULTILINE)


def in_quarter(quarter: str, **more: Any) -> Plan:
    return SLIPS.answer({"horizon.from": quarter, **more})


def usd(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


@pytest.mark.parametrize("row", ROW.findall(PAGE.read_text(encoding="utf-8")), ids=lambda row: row[0])
def test_the_cost_of_each_quarter_of_slip_is_the_one_on_the_page(row: tuple[str, ...]) -> None:
    quarter, with_it, without, instead, slip = row
    there, late = in_quarter(quarter), in_quarter(quarter, **LATE)
    assert (there.total_usd, late.total_usd) == (usd(with_it), usd(without))
    assert set(chips(late, MODEL)) == {instead}
    assert 3 * (late.total_usd - there.total_usd) == usd(slip)


def test_the_page_tells_five_quarters() -> None:
    assert len(ROW.findall(PAGE.read_text(encoding="utf-8"))) == 5


def test_by_its_roadmap_the_chip_is_there_in_the_first_quarter_of_2028_and_not_in_the_last_of_2027() -> None:
    assert chips(in_quarter("2028Q1"), MODEL) == {"Ascend-960": 152}
    assert chips(in_quarter("2027Q4"), MODEL) == {"Ascend-910C": 448}


@pytest.mark.parametrize(("day", "kind"), [("2028-01-01", "Ascend-960"), ("2028-01-02", "Ascend-910C")])
def test_a_chip_counts_when_it_can_be_had_on_the_first_day_of_the_quarter(day: str, kind: str) -> None:
    assert set(chips(in_quarter("2028Q1", **{"accelerators.Ascend-960.available": day}), MODEL)) == {kind}


def test_a_decision_to_count_on_the_chip_earlier_holds_against_the_roadmap() -> None:
    early = {"accelerators.ascend-960.available": "2027Q4"}
    assert chips(in_quarter("2027Q4", **early), MODEL) == {"Ascend-960": 152}


def test_the_hall_takes_no_chip_of_another_country_and_with_other_countries_it_takes_none_of_these() -> None:
    assert reasons(SLIPS.world(), MODEL, HALL) == set()
    foreign = SLIPS.world({"regions.qingyang.chips_from": ["US"]})
    assert "chips_from" in reasons(foreign, MODEL, HALL)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"accelerators.asend-960.available": "2028Q2"}, "did you mean 'Ascend-960'?"),
        ({"accelerators.ascend-960.available": "soon"}, "write for example 2028-04-01 or 2028Q2"),
    ],
)
def test_a_slip_that_cannot_be_read_is_one_located_fault(values: dict[str, Any], line: str) -> None:
    with pytest.raises(InputFaults) as raised:
        SLIPS.world(values)
    assert [fault.hint for fault in raised.value.faults] == [line]


def test_a_chip_of_a_roadmap_without_a_date_is_one_located_fault() -> None:
    kind = {
        "id": "Ascend-960",
        "name": "mine",
        "vendor": "Huawei",
        "vendor_in": "CN",
        "control": "other",
        "stage": "roadmap",
    }
    with pytest.raises(InputFaults) as raised:
        SLIPS.world({"accelerators.kinds": [kind]})
    assert [fault.message for fault in raised.value.faults] == ["Ascend-960 stands on a roadmap without a date"]
    dated = {**kind, "released": {"from": "2027-10-01", "to": "2027-12-31"}}
    assert chips(SLIPS.answer({"accelerators.kinds": [dated]}), MODEL) == {"Ascend-960": 152}
