"""The maker's API, rented chips or own ones: what each costs, and which facts turn the answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from planner.errors import InputFaults
from planner.model.plan import Plan
from planner.reading.library import data_root
from planner.reports.chips import sizing_lines
from tests.data.answers import Question, bought, chips, mechanisms, reasons, where

ASKED = Question("deepseek-api-or-own")
MODEL, API, HALL = "assistant/model", "deepseek:api", "bank:johor"
SERVES = "workloads.assistant.components.model.serves"
TOKENS = "regions.api.prices.tokens.deepseek-v4-flash"
WAYS = ("my-bcr", "my-consent", "my-scc", "my-tia-adequate", "my-tia-similar-law")
D = Decimal


def at(values: dict[str, Any] | None = None, **changes: Any) -> set[str]:
    return where(ASKED.answer(values, **changes), MODEL)


def line(found: Plan, objective: str) -> Decimal:
    return sum((each.usd_month for each in found.cost_lines if each.objective == objective), D(0))


def test_at_this_demand_the_api_is_called_under_contract_clauses() -> None:
    found = ASKED.answer()
    assert (where(found, MODEL), mechanisms(found), bought(found)) == ({API}, {"my-scc"}, {})


def test_the_bill_is_tokens_times_their_prices_over_the_days_of_a_month() -> None:
    day = D("480e6") * D("0.14") + D("320e6") * D("0.028") + D("200e6") * D("0.28")
    assert line(ASKED.answer(), "accelerator") == round(day / 10**6 * 730 / 24, 6)


def test_a_cache_without_a_price_of_its_own_saves_nothing() -> None:
    prices = {"input": D("0.14"), "output": D("0.28")}
    day = D("800e6") * D("0.14") + D("200e6") * D("0.28")
    assert line(ASKED.answer({TOKENS: prices, "regions.johor.status": "closed"}), "accelerator") == round(
        day / 10**6 * 730 / 24, 6
    )


def test_five_times_the_demand_is_served_from_the_own_hall() -> None:
    found = ASKED.answer({f"{SERVES}.input": "4e9 tokens/day", f"{SERVES}.output": "1e9 tokens/day"})
    assert (where(found, MODEL), bought(found)) == ({HALL}, {"H100-SXM": 16})


def test_where_no_paper_lets_the_data_go_abroad_the_hall_wins_at_any_demand() -> None:
    shut = {f"mechanisms.{name}": "refused" for name in WAYS}
    assert at(shut) == {HALL}
    assert "my-pdpa-s129" in reasons(ASKED.world(shut), MODEL, API)
    assert at(shut, without=("my-pdpa-s129",)) == {API}


def test_public_text_needs_no_paper() -> None:
    found = ASKED.answer({"users.customers.carries": ["public"]})
    assert (where(found, MODEL), mechanisms(found)) == ({API}, set())


@pytest.mark.parametrize(("usd", "place"), [("0.17", API), ("0.20", HALL)])
def test_a_dearer_price_of_input_turns_the_answer(usd: str, place: str) -> None:
    assert at({f"{TOKENS}.input": D(usd)}) == {place}


def test_rented_by_the_hour_the_same_chips_cost_ten_times_as_much() -> None:
    shut = {"regions.api.status": "closed", "regions.johor.status": "closed"}
    rented, own = ASKED.answer(shut), ASKED.answer({"regions.api.status": "closed"})
    assert where(rented, MODEL) == {"azure:southeastasia"}
    assert rented.total_usd > 8 * own.total_usd


def test_the_page_tells_what_each_way_costs() -> None:
    page = (data_root() / "docs" / "scenarios" / "deepseek-api-or-own.md").read_text(encoding="utf-8")
    others = ("regions.api.status", "regions.johor.status")
    for shut in ((), others[:1], others):
        assert f" {ASKED.answer(dict.fromkeys(shut, 'closed')).total_usd:,.2f} |" in page


def test_why_puts_the_ways_beside_each_other() -> None:
    told = [text for text in sizing_lines(ASKED.world().component[MODEL]) if not text.startswith(" ")]
    assert [text.split(":")[0] for text in told] == ["serves deepseek-v4-flash", "H100-SXM", "H200", "api"]


def test_a_model_without_weights_runs_where_its_owner_sells_it_and_nowhere_else() -> None:
    closed = {f"{SERVES}.model": "wan3.0", f"{SERVES}.accelerators": []}
    with pytest.raises(InputFaults):
        ASKED.world(closed)
    sold = {**closed, "regions.api.prices.tokens": {"wan3.0": {"input": D("0.14"), "output": D("0.28")}}}
    assert at(sold) == {API}


@pytest.mark.parametrize(
    ("values", "hint"),
    [
        ({"regions.api.kind": "dedicated"}, "write `kind: api`, or leave it out"),
        ({f"{TOKENS}.input": D(0)}, "write USD per million tokens, above zero; leave the model out if unknown"),
        ({f"{TOKENS}.output": D("-1")}, "write USD per million tokens, above zero; leave the model out if unknown"),
        ({f"{SERVES}.model": "deepseek-v4-flsh"}, "did you mean 'deepseek-v4-flash'?"),
    ],
)
def test_a_price_or_model_that_cannot_be_is_one_located_fault(values: dict[str, Any], hint: str) -> None:
    with pytest.raises(InputFaults) as raised:
        ASKED.world(values)
    assert [fault.hint for fault in raised.value.faults] == [hint]
    assert chips(ASKED.answer(), MODEL) == {"api:deepseek-v4-flash": 1}
