"""Five days of the law on H20: five plans, and each difference goes with the one dated rule behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.model.plan import Plan
from planner.reading.library import data_root
from tests.data.answers import Question, bought, chips, mechanisms, where

H20 = Question("h20-licence")
MODEL = "chat/model"
GUIAN, SHANGHAI, JOHOR = "platform:guian", "platform:shanghai", "platform:johor"
MARCH, MAY, SEPTEMBER = date(2025, 3, 15), date(2025, 5, 1), date(2025, 9, 15)
FEBRUARY, JUNE = date(2026, 2, 15), date(2026, 6, 15)
DAYS = (MARCH, MAY, SEPTEMBER, FEBRUARY, JUNE)


def on(day: date, *without: str, **values: Any) -> Plan:
    return H20.answer(values or None, as_of=day, without=without)


def at(found: Plan) -> set[str]:
    return where(found, MODEL)


def test_before_the_letter_h20_are_bought_without_a_paper() -> None:
    found = on(MARCH)
    assert (at(found), bought(found), mechanisms(found)) == ({GUIAN}, {"H20": 128}, set())


def test_the_letter_of_april_2025_sends_the_company_to_rented_a100_and_without_it_h20_are_bought_as_before() -> None:
    found, twin = on(MAY), on(MAY, "us-h20-letter")
    assert (at(found), bought(found), set(chips(found, MODEL))) == ({"alibaba:cn-wulanchabu"}, {}, {"A100-80"})
    assert (at(twin), bought(twin)) == ({GUIAN}, {"H20": 128})


def test_were_the_licence_of_the_letter_granted_the_company_would_wait_for_it() -> None:
    granted = on(MAY, **{"mechanisms": {}})
    assert (at(granted), bought(granted), mechanisms(granted)) == ({GUIAN}, {"H20": 128}, {"us-bis-licence"})


def test_from_july_2025_a_licence_brings_h20_back_and_the_letter_in_its_place_would_not() -> None:
    found = on(SEPTEMBER)
    assert (at(found), bought(found)) == ({GUIAN}, {"H20": 128})
    assert mechanisms(found) == {"us-bis-licence-h20", "cn-import-approval"}
    assert mechanisms(on(SEPTEMBER, "us-h20-licensed")) == {"cn-import-approval"}
    assert mechanisms(on(SEPTEMBER, "enforced-cn-h20-state")) == {"us-bis-licence-h20"}


def test_from_november_2025_a_state_hall_takes_no_foreign_chip_and_johor_is_open_as_long_as_nobody_stops_it() -> None:
    found = on(FEBRUARY)
    assert (at(found), bought(found), mechanisms(found)) == ({JOHOR}, {"H200": 64}, set())
    assert at(on(FEBRUARY, "enforced-cn-state-domestic")) == {GUIAN}
    assert at(on(FEBRUARY, "enforced-headquarters-gap")) == {SHANGHAI}


def test_from_may_2026_johor_is_closed_to_a_parent_in_china() -> None:
    found = on(JUNE)
    assert (at(found), bought(found), mechanisms(found)) == ({SHANGHAI}, {"H20": 128}, {"us-bis-licence-h20"})
    assert at(on(JUNE, "us-ear-adv-compute-headquarters")) == {JOHOR}


def test_the_five_plans_differ_in_chips_hall_or_papers() -> None:
    plans = [on(day) for day in DAYS]
    told = {(tuple(at(p)), tuple(bought(p).items()), tuple(sorted(mechanisms(p)))) for p in plans}
    assert len(told) == 5
    assert [(p.status, p.gap) for p in plans] == [("optimal", 0)] * 5


def test_without_the_overlay_the_text_alone_keeps_johor_shut_and_the_state_hall_open() -> None:
    text = {"policies": ["law/us.yaml", "law/cn.yaml"]}
    assert at(on(FEBRUARY, **text)) == at(on(JUNE, **text)) == {GUIAN}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_forty_eight_ascend_in_the_hall_would_be_the_answer_from_their_release_on(day: date) -> None:
    hall = "regions.guian"
    ascend = {
        "workloads.chat.components.model.serves.accelerators": ["H20", "H200", "A100-80", "Ascend-910C"],
        f"{hall}.zones": [{"id": "guian-hall", "stock": [{"accelerator": "Ascend-910C", "units": 48}]}],
        f"{hall}.prices.accelerator_hour.Ascend-910C": 0.1445,
    }
    assert chips(on(day, **ascend), MODEL) == ({"H20": 128} if day == MARCH else {"Ascend-910C": 48})


def test_the_page_tells_the_totals_of_the_five_days() -> None:
    page = (data_root() / "docs" / "scenarios" / "h20-licence.md").read_text(encoding="utf-8")
    assert [day for day in DAYS if f"| {day} | " not in page or f" {on(day).total_usd:,.2f} | " not in page] == []
