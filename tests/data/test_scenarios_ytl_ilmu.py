"""Malay models and a bank beside them: what the scenario states, each statement with a twin in which one fact differs and the answer with it."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.candidates.find import find_candidates
from planner.errors import NoLawfulPlan
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import Library, data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

FILE = data_root() / "scenarios" / "ytl-ilmu.yaml"
KULAI, LICENCE, HEADQUARTERS = "ytl:kulai", "us-bis-licence", "us-ear-adv-compute-headquarters"
TWO = ("chat-backend", "api-gateway", "retrieval", "serve-large", "serve-small", "vision", "speech")
ONE_SITE = {f"workloads.ilmu.components.{each}.regions": {"min": 1, "max": 1} for each in TWO}
ALL_RACKS = {
    **ONE_SITE,
    "workloads.lab.components.training.accelerators": [{"id": "GB200", "units": 576, "group": 72}],
}
"""The run on all eight racks at once, so that serving needs chips beside the stock."""
ARRIVAL = "        arrivals: [{accelerator: GB200, units: 72, on: 2026-06-30, status: contracted, basis: assumption}]\n"
NO_LICENCE = {"mechanisms": {LICENCE: "refused"}}


def world(values: dict[str, Any] | None = None, library: Library | None = None, **more: Any) -> Scenario:
    return read_scenario(FILE, library=library, settings=Settings(values=values or {}, **more))


@cache
def shipped() -> Plan:
    return plan(read_scenario(FILE)).plan


def hall(folder: Path, parent: str = "MY", arrival: bool = False) -> Library:
    """The shipped library with another parent of the hall's operator, or with a rack that arrives."""
    regions = folder / "regions"
    shutil.copytree(data_root() / "regions", regions)
    path = regions / "ytl.yaml"
    text = path.read_text(encoding="utf-8").replace("ultimate_parent_in: MY", f"ultimate_parent_in: {parent}")
    if arrival:
        text = text.replace("        stock:\n", f"{ARRIVAL}        stock:\n")
    path.write_text(text, encoding="utf-8")
    return Library((regions,), (data_root() / "policies",))


def kinds_bought(found: Plan) -> set[str]:
    return {each.accelerator for each in found.bought}


def controlled(of: Scenario) -> set[str]:
    return {each.id for each in of.accelerators.values() if each.control == "3A090.a"}


def regions_of(found: Plan, component: str) -> set[str]:
    return {p.region for p in found.placements if p.component == component}


def reasons(of: Scenario, component: str, region: str) -> set[str]:
    candidates = find_candidates(of)
    at = candidates.components.index(component), candidates.regions.index(region)
    return {reason.id for reason in candidates.periods[0].runs.exclusions.at(*at)}


def test_the_file_plans_to_the_optimum_without_a_warning() -> None:
    assert (shipped().status, shipped().gap) == ("optimal", 0)
    assert read_scenario(FILE).warnings == ()


def test_training_and_the_first_copy_of_every_model_run_on_the_racks_of_kulai() -> None:
    for component in ("lab/training", "ilmu/serve-large", "ilmu/serve-small", "ilmu/vision"):
        (kind,) = {p.accelerator for p in shipped().placements if (p.component, p.region) == (component, KULAI)}
        assert kind == "GB200"


def test_the_second_region_costs_several_times_the_first() -> None:
    alone = plan(world(ONE_SITE)).plan
    assert shipped().total_usd > 5 * alone.total_usd
    assert regions_of(alone, "ilmu/serve-large") == {KULAI}


def test_a_malaysian_parent_may_buy_new_racks_without_a_licence() -> None:
    found = plan(world({**ALL_RACKS, **NO_LICENCE})).plan
    assert "GB200" in kinds_bought(found)
    assert LICENCE not in {m.id for m in found.mechanisms}


def test_a_chinese_parent_may_not_and_its_models_leave_the_hall(tmp_path: Path) -> None:
    chinese = world({**ALL_RACKS, **NO_LICENCE}, hall(tmp_path, "CN"))
    found = plan(chinese).plan
    assert not kinds_bought(found) & controlled(chinese)
    assert KULAI not in regions_of(found, "ilmu/serve-large")


def test_with_the_licence_held_the_chinese_parent_buys_them_as_well(tmp_path: Path) -> None:
    held = [{"mechanism": LICENCE, "entity": "ytl-ai-labs", "operator": "ytl"}]
    found = plan(world({**ALL_RACKS, **NO_LICENCE, "holds": held}, hall(tmp_path, "CN"))).plan
    assert "GB200" in kinds_bought(found)


def test_stock_that_stood_before_runs_on_under_any_parent(tmp_path: Path) -> None:
    found = plan(world({**ONE_SITE, **NO_LICENCE}, hall(tmp_path, "CN"))).plan
    chips = sum(p.chips for p in found.placements if p.region == KULAI and p.accelerator == "GB200")
    assert 72 < chips <= 576
    assert "GB200" not in kinds_bought(found)


@pytest.mark.parametrize(("parent", "rules"), [("MY", ()), ("CN", (HEADQUARTERS,))])
def test_a_rack_that_arrives_counts_by_the_parent_of_who_receives_it(
    parent: str, rules: tuple[str, ...], tmp_path: Path
) -> None:
    found = plan(world({**ONE_SITE, **NO_LICENCE}, hall(tmp_path, parent, arrival=True))).plan
    assert tuple(each.rules for each in found.evidence.struck_out) == ((rules,) if rules else ())


def test_before_the_rule_of_november_2023_the_parent_did_not_matter(tmp_path: Path) -> None:
    library = hall(tmp_path, "CN")
    rule = world(NO_LICENCE, library).rules
    (headquarters,) = (each for each in rule if each.id == HEADQUARTERS)
    day = date(2023, 11, 16)
    assert not headquarters.in_force_between(day, day)
    assert headquarters.in_force_between(date(2023, 11, 17), date(2023, 11, 17))


def test_the_bank_needs_the_consultation_and_an_approval_for_each_cloud() -> None:
    bought = {m.id for m in shipped().mechanisms if m.entity == "ryt-bank"}
    assert {"my-bnm-consulted", "my-bnm-outsourcing-approval"} <= bought
    uncritical = {f"workloads.ryt.components.{each}.critical": False for each in ("core", "agents")}
    after = {m.id for m in plan(world({**ONE_SITE, **uncritical})).plan.mechanisms}
    assert not {"my-bnm-consulted", "my-bnm-outsourcing-approval"} & after


def test_refused_by_the_central_bank_it_has_no_lawful_place_among_clouds() -> None:
    refused = {**ONE_SITE, "mechanisms": {"my-bnm-consulted": "refused"}}
    with pytest.raises(NoLawfulPlan):
        plan(world(refused))
    assert plan(world({**refused, "entities.ryt-bank.regulated_by": ["JPDP-MY"]})).plan.status == "optimal"


def test_the_hall_of_its_sister_is_closed_to_the_bank() -> None:
    assert "own hall" in reasons(world(), "ryt/agents", KULAI)
    tenant = world({"workloads.ryt.entity": "ytl-ai-labs"})
    assert "own hall" not in reasons(tenant, "ryt/agents", KULAI)


def test_kuala_lumpur_is_closed_to_the_agents_by_a_missing_price_and_not_by_law() -> None:
    for region in ("azure:malaysiawest", "aws:ap-southeast-5"):
        assert reasons(world(), "ryt/agents", region) == {"unknown: internet price"}
    quiet = [{"from": "agents", "to": "core", "volume": "328 GB/month", "max_rtt": "20 ms"}]
    assert (
        reasons(
            world({"workloads.ryt.flows": [{**quiet[0], "volume": "0 GB/month"}]}), "ryt/agents", "azure:malaysiawest"
        )
        == set()
    )
