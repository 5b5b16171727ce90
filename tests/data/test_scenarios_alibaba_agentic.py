"""Agent products by place and date: what is not on offer in Malaysia leaves it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.errors import NoLawfulPlan
from planner.reading.library import Library
from tests.data.answers import Question, edited_library, mechanisms, reasons, where

BANK = Question("alibaba-agentic")
MALAYSIA = {"alibaba:ap-southeast-3", "alibaba:ap-southeast-8"}
SINGAPORE, JOHOR = "alibaba:ap-southeast-1", "alibaba:ap-southeast-8"
SPRING = date(2027, 4, 1)


def offered_in_johor(folder: Path, service: str, from_: str) -> Library:
    """The shipped folders, with one more service on offer in Johor from a day on."""
    row = f"  - {{id: {service}, from: {from_}, regions: [ap-southeast-8], source: invented, as_of: 2026-11-23, confidence: low}}\n"
    return edited_library(
        folder, "alibaba.yaml", "  - id: agent-sandbox-container\n", f"{row}  - id: agent-sandbox-container\n"
    )


def test_agentrun_is_refused_in_malaysia_and_by_nothing_else_than_that_it_is_not_on_offer() -> None:
    for region in MALAYSIA:
        assert reasons(BANK.world(), "agents/runtime", region) == {"service: agentrun"}
    assert reasons(BANK.world(), "agents/runtime", SINGAPORE) == set()


def test_the_runtime_and_the_security_centre_run_in_singapore() -> None:
    found = BANK.answer()
    assert where(found, "agents/runtime") == where(found, "security/centre") == {SINGAPORE}


def test_the_sandbox_is_on_offer_in_johor_but_follows_the_runtime_to_singapore() -> None:
    assert reasons(BANK.world(), "agents/sandbox", JOHOR) == set()
    assert where(BANK.answer(), "agents/sandbox") == {SINGAPORE}


def test_from_the_day_that_agentrun_is_on_offer_in_johor_runtime_and_sandbox_are_there(tmp_path: Path) -> None:
    library = offered_in_johor(tmp_path, "agentrun", "2027-03-15")
    before, after = BANK.answer(library=library), BANK.answer(library=library, as_of=SPRING)
    assert where(before, "agents/runtime") == {SINGAPORE}
    assert where(after, "agents/runtime") | where(after, "agents/sandbox") <= MALAYSIA
    assert after.total_usd < before.total_usd


def test_without_the_new_offer_the_later_day_changes_no_place() -> None:
    later = BANK.answer(as_of=SPRING)
    assert where(later, "agents/runtime") == where(later, "agents/sandbox") == {SINGAPORE}


def test_a_security_centre_in_johor_keeps_the_logs_at_home(tmp_path: Path) -> None:
    library = offered_in_johor(tmp_path, "agentic-soc", "2026-10-01")
    assert where(BANK.answer(library=library), "security/centre") == {JOHOR}


def test_the_gate_of_the_central_bank_asks_for_the_tools_because_they_are_critical() -> None:
    assert "my-bnm-consulted" in mechanisms(BANK.answer())
    calm = BANK.answer({"workloads.agents.components.tools.critical": False})
    assert "my-bnm-consulted" not in mechanisms(calm)


def test_the_tools_need_three_zones_and_johor_has_two() -> None:
    assert reasons(BANK.world(), "agents/tools", JOHOR) == {"spread"}
    two = BANK.world({"workloads.agents.components.tools.requires.spread.zones": 2})
    assert reasons(two, "agents/tools", JOHOR) == set()


def test_keys_of_the_provider_shut_every_place_to_what_the_bank_knows_of_customers() -> None:
    with pytest.raises(NoLawfulPlan):
        BANK.answer({"datasets.agent-memory.keys": "provider_held"})
    logs = BANK.answer({"datasets.security-logs.keys": "provider_held"})
    assert logs.status == "optimal", "logs are not what a bank knows of its customers"
