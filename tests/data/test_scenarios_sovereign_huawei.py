"""Ascend alone in Cyberjaya: from what stock on the answer is yes, and what the contested risk costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.errors import NoLawfulPlan
from tests.data.answers import Question, bought, chips, edited_library, mechanisms, reasons, rests, where

HUAWEI = Question("sovereign-huawei")
ANNOUNCED = {"accelerators.announced": True}
SERVES = "workloads.assistant.components.model.serves"
HALL = "skyvast:cyberjaya"
GP10: dict[str, Any] = {"include": ("contested",), "without": ("my-nccp-operator",)}


def test_with_the_eight_chips_that_were_found_there_is_no_lawful_plan() -> None:
    assert HUAWEI.world().expect == "infeasible"
    with pytest.raises(NoLawfulPlan):
        HUAWEI.answer()


def test_the_announced_chips_would_do() -> None:
    found = HUAWEI.answer(ANNOUNCED)
    assert (found.status, where(found, "assistant/model")) == ("optimal", {HALL})
    assert chips(found, "assistant/model") == {"Ascend-910B": 416}


def test_five_hundred_chips_of_the_turn_of_the_year_are_enough_and_before_they_came_nothing_was() -> None:
    assert chips(HUAWEI.answer(ANNOUNCED, as_of=date(2026, 2, 15)), "assistant/model") == {"Ascend-910B": 416}
    with pytest.raises(NoLawfulPlan):
        HUAWEI.answer(ANNOUNCED, as_of=date(2025, 10, 15))


def test_a_quarter_more_demand_is_more_than_five_hundred_chips_and_less_than_two_thousand() -> None:
    more = {**ANNOUNCED, f"{SERVES}.input": "8e9 tokens/day", f"{SERVES}.output": "1.44e9 tokens/day"}
    with pytest.raises(NoLawfulPlan):
        HUAWEI.answer(more, as_of=date(2026, 2, 15))
    assert 500 < chips(HUAWEI.answer(more), "assistant/model")["Ascend-910B"] < 2000


def test_a_small_model_for_a_tenth_of_the_questions_fits_the_eight_chips_and_for_all_it_does_not() -> None:
    small = {
        f"{SERVES}.model": "qwen3.5-35b-a3b",
        f"{SERVES}.input": "6.4e8 tokens/day",
        f"{SERVES}.output": "1.15e8 tokens/day",
    }
    assert chips(HUAWEI.answer(small), "assistant/model")["Ascend-910B"] <= 8
    with pytest.raises(NoLawfulPlan):
        HUAWEI.answer({f"{SERVES}.model": "qwen3.5-35b-a3b"})


def test_the_contested_risk_is_lifted_by_a_licence_and_costs_its_price_where_that_is_refused() -> None:
    assert mechanisms(HUAWEI.answer(ANNOUNCED)) == set()
    assert mechanisms(HUAWEI.answer(ANNOUNCED, **GP10)) == {"us-bis-licence"}
    refused = {**ANNOUNCED, "mechanisms.us-bis-licence": "refused"}
    silent = HUAWEI.answer(refused, include=("contested",), without=("my-nccp-operator", "us-gp10-ascend"))
    assert HUAWEI.answer(refused, **GP10).total_usd - silent.total_usd == Decimal(250_000)


def test_nothing_can_be_bought_in_the_hall() -> None:
    assert bought(HUAWEI.answer(ANNOUNCED)) == {}


def test_confidential_documents_may_not_be_worked_on_where_nobody_knows_who_administers() -> None:
    assert reasons(HUAWEI.world(), "assistant/retrieval", "alibaba:ap-southeast-8") >= {"my-nccp-confidential"}
    public = {"datasets.gov-confidential.classes": ["public"]}
    assert "my-nccp-confidential" not in reasons(HUAWEI.world(public), "assistant/retrieval", "alibaba:ap-southeast-8")


def test_a_hall_that_is_also_administered_from_shanghai_is_shut_to_them(tmp_path: Path) -> None:
    changed = edited_library(tmp_path, "skyvast.yaml", "admin_sites: [MY]", "admin_sites: [CN, MY]")
    with pytest.raises(NoLawfulPlan):
        HUAWEI.answer(ANNOUNCED, library=changed)


def test_the_second_copy_may_rest_with_an_operator_outside_the_agreement_only_by_the_milder_reading() -> None:
    assert rests(HUAWEI.answer(ANNOUNCED), "gov-confidential") == {HALL, "alibaba:ap-southeast-8"}
    strict = rests(HUAWEI.answer(ANNOUNCED, **GP10), "gov-confidential")
    assert strict == {HALL, "aws:ap-southeast-5"}


def test_the_stricter_reading_of_sovereign_cloud_leaves_no_second_hall_for_the_copy() -> None:
    with pytest.raises(NoLawfulPlan):
        HUAWEI.answer(ANNOUNCED, include=("contested",))
    one_copy = {**ANNOUNCED, "datasets.gov-confidential.copies": [{"role": "primary"}]}
    assert rests(HUAWEI.answer(one_copy, include=("contested",)), "gov-confidential") == {HALL}


def test_the_same_demand_takes_a_few_of_the_racks_of_a_malaysian_operator_in_kulai() -> None:
    kulai = {
        "entities.sovereign-ai.operates": ["ytl"],
        "catalog.providers": ["ytl", "alibaba", "aws", "gcp"],
        f"{SERVES}.accelerators": ["GB200"],
    }
    found = HUAWEI.answer(kulai)
    assert (where(found, "assistant/model"), chips(found, "assistant/model")) == ({"ytl:kulai"}, {"GB200": 24})
