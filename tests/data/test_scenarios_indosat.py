"""Indosat's halls: what stays in them, and which fact decides it."""

from __future__ import annotations

from planner.model.plan import Plan
from tests.data.answers import Question, bought, chips, mechanisms, reasons, rests, where

INDOSAT = Question("indosat")
TENANT = "workloads.let.components.foreign-tenant.accelerators"
PARENT = "entities.indosat.ultimate_parent_in"
HALLS = {"lintasarta:jakarta", "lintasarta:karawang", "lintasarta:surabaya"}


def leased(racks: int) -> Plan:
    return INDOSAT.answer({TENANT: [{"id": "GB200", "units": 72 * racks, "group": 72}]})


def test_everything_of_the_group_stays_in_its_own_halls() -> None:
    assert {each.region for each in INDOSAT.answer().placements if each.units} == HALLS


def test_a_lease_of_all_racks_leaves_nothing_so_chips_are_bought_under_a_licence() -> None:
    found = INDOSAT.answer()
    assert chips(found, "let/foreign-tenant") == {"GB200": 2304}
    assert bought(found) == {"GB200": 21, "L40S": 2}
    assert mechanisms(found) == {"us-bis-licence"}


def test_a_lease_of_two_racks_fewer_makes_every_purchase_unnecessary() -> None:
    found = leased(30)
    assert (bought(found), mechanisms(found)) == ({}, set())
    assert chips(found, "sahabat-ai/chat-model") == {"GB200": 12}
    assert found.total_usd < INDOSAT.answer().total_usd


def test_a_lease_of_one_rack_more_than_stands_there_is_a_purchase_of_a_rack() -> None:
    assert bought(leased(33))["GB200"] == bought(INDOSAT.answer())["GB200"] + 72


def test_where_the_licence_is_refused_small_chips_are_bought_and_deepseek_leaves_the_halls() -> None:
    found = INDOSAT.answer({"mechanisms.us-bis-licence": "refused"})
    assert set(bought(found)) == {"L20"}
    assert where(found, "aionos/solutions-model") == {"aws:ap-southeast-3"}
    assert found.total_usd > INDOSAT.answer().total_usd


def test_a_parent_in_qatar_alone_needs_no_licence_and_one_in_hong_kong_does() -> None:
    assert mechanisms(INDOSAT.answer({PARENT: "QA"})) == set()
    assert mechanisms(INDOSAT.answer({PARENT: "HK"})) == {"us-bis-licence"}


def test_two_zones_are_more_than_a_hall_has_and_send_the_front_of_the_assistant_to_a_cloud() -> None:
    found = INDOSAT.answer({"workloads.sahabat-ai.components.chat.requires.spread": {"zones": 2}})
    assert where(found, "sahabat-ai/chat") == {"alibaba:ap-southeast-1"}
    assert found.total_usd > INDOSAT.answer().total_usd


def test_the_assistant_of_a_ministry_may_not_run_in_singapore_unless_its_data_are_not_of_public_scope() -> None:
    assert reasons(INDOSAT.world(), "gov/agency", "alibaba:ap-southeast-1") == {"id-gr71-public"}
    changed = INDOSAT.world({"datasets.agency-documents.classes": ["personal"], "users.ministry.carries": ["personal"]})
    assert reasons(changed, "gov/agency", "alibaba:ap-southeast-1") == set()


def test_records_of_subscribers_are_kept_at_home_and_a_second_copy_stands_in_another_hall() -> None:
    assert rests(INDOSAT.answer(), "subscriber-registry") <= HALLS
    assert len(rests(INDOSAT.answer(), "subscriber-registry")) == 2
    assert (
        len(
            rests(INDOSAT.answer({"datasets.subscriber-registry.copies": [{"role": "primary"}]}), "subscriber-registry")
        )
        == 1
    )
