"""The tools of a bank group: what the scenario states, each statement with a twin in which one fact differs and the answer with it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.candidates.find import find_candidates
from planner.errors import NoLawfulPlan
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

FILE = data_root() / "scenarios" / "ocbc-tools.yaml"
APPROVAL, CLAUSES = "id-ojk-offshore-approval", "id-clauses"
DESK, NARRATIVE, SINGAPORE, JAKARTA = "id-aml/desk", "id-aml/narrative", "aws:ap-southeast-1", "ocbc-id:jakarta"
LICENCES = ("us-bis-licence", "us-bis-licence-h200", "us-bis-licence-h20")
CONTROLLED = {each.id for each in read_scenario(FILE).accelerators.values() if each.control == "3A090.a"}
REFUSED = {f"mechanisms.{APPROVAL}": "refused"}
HELD = [
    {"mechanism": APPROVAL, "entity": "ocbc-id", "workload": "id-aml"},
    {"mechanism": APPROVAL, "entity": "ocbc-id", "workload": "dataset:cases-id"},
]
"""Approval for the alerts and their cases, which are two things to the authority."""


def changed(values: dict[str, Any], without: tuple[str, ...] = ()) -> Scenario:
    return read_scenario(FILE, settings=Settings(values=values, without=without))


def edited(change: Callable[[dict[str, Any]], None], folder: Path) -> Scenario:
    """The scenario of the file with a change to its data."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(data)
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return read_scenario(path)


@cache
def shipped() -> Plan:
    return plan(read_scenario(FILE)).plan


def places(found: Plan, workload: str) -> set[str]:
    """Countries in which a workload's components run."""
    regions = {r.key: r.country for r in read_scenario(FILE).regions}
    return {regions[p.region] for p in found.placements if p.component.startswith(f"{workload}/")}


def reasons(of: Scenario, component: str, region: str) -> set[str]:
    """Why a component is refused in a region; empty where it is not."""
    candidates = find_candidates(of)
    at = candidates.components.index(component), candidates.regions.index(region)
    return {reason.id for reason in candidates.periods[0].runs.exclusions.at(*at)}


def only(*workloads: str) -> Callable[[dict[str, Any]], None]:
    """Leave these workloads alone, with the data and people that they touch."""

    def change(data: dict[str, Any]) -> None:
        data["workloads"] = [w for w in data["workloads"] if w["id"] in workloads]
        text = yaml.safe_dump(data["workloads"])
        data["datasets"] = [d for d in data["datasets"] if d["id"] in text]
        data["users"] = [u for u in data["users"] if u["id"] in text]

    return change


def quoted(cheap: str, *mechanisms: str, held: bool = False) -> Callable[[dict[str, Any]], None]:
    """The alerts of Indonesia alone, offered for a tenth of the price in another place."""

    def change(data: dict[str, Any]) -> None:
        only("id-aml")(data)
        data["quotes"] = [
            {"component": component, "place": place, "cost": f"{20000 if place == JAKARTA else 2000} USD/month"}
            for component in (DESK, NARRATIVE)
            for place in (JAKARTA, cheap)
        ]
        data["mechanisms"] = dict.fromkeys(mechanisms, "refused")
        data["holds"] = HELD if held else []

    return change


def test_the_file_plans_to_the_optimum_without_a_warning() -> None:
    assert (shipped().status, shipped().gap) == ("optimal", 0)
    assert read_scenario(FILE).warnings == ()


def test_everything_of_the_indonesian_bank_runs_and_rests_in_indonesia() -> None:
    assert places(shipped(), "id") == places(shipped(), "id-aml") == {"ID"}
    copies = {copy.region for copy in shipped().copies if copy.dataset.endswith("-id")}
    assert copies == {JAKARTA}


def test_its_tools_stay_even_if_the_authority_would_say_yes_for_its_list_leaves_them_out() -> None:
    held = changed({"holds": [{"mechanism": APPROVAL, "entity": "ocbc-id", "workload": "id"}]})
    assert reasons(held, "id/tools", SINGAPORE) == {"id-pojk11-home-purposes"}
    other = changed({"workloads.id.components.tools.purpose": ["group-risk"]})
    assert "id-pojk11-home-purposes" not in reasons(other, "id/tools", SINGAPORE)


def test_its_alerts_stay_unless_the_approval_is_held_or_bought() -> None:
    assert reasons(changed(REFUSED), DESK, SINGAPORE) == {"id-pojk11-onshore"}
    assert reasons(changed({**REFUSED, "holds": HELD}), DESK, SINGAPORE) == set()
    assert reasons(read_scenario(FILE), DESK, SINGAPORE) == set(), "it can be bought"


@pytest.mark.parametrize(
    ("refused", "held", "region", "bought"),
    [
        ((), False, SINGAPORE, True),
        ((APPROVAL,), False, JAKARTA, False),
        ((APPROVAL,), True, SINGAPORE, False),
        ((CLAUSES, "id-consent"), True, JAKARTA, False),
    ],
)
def test_a_tenth_of_the_price_in_singapore_draws_the_alerts_only_with_approval_and_clauses(
    refused: tuple[str, ...], held: bool, region: str, bought: bool, tmp_path: Path
) -> None:
    found = plan(edited(quoted(SINGAPORE, *refused, held=held), tmp_path)).plan
    assert {p.region for p in found.placements} == {region}
    assert any(m.id == APPROVAL and m.cash_usd for m in found.mechanisms) == bought


def test_who_licensed_the_bank_decides_and_not_where_its_customers_live() -> None:
    licensed_at_home = changed({"entities.ocbc-id.regulated_by": ["MAS"]})
    assert not {"id-pojk11-onshore", "id-pojk11-home-purposes"} & reasons(licensed_at_home, "id/tools", SINGAPORE)
    assert "id-pojk11-home-purposes" in reasons(read_scenario(FILE), "id/tools", SINGAPORE)


def test_without_halls_and_clouds_in_indonesia_there_is_no_lawful_plan(tmp_path: Path) -> None:
    def abroad(data: dict[str, Any]) -> None:
        only("id")(data)
        data["catalog"] = {"providers": ["aws", "azure", "gcp"], "places": ["SG", "MY"]}
        data["entities"] = [{k: v for k, v in e.items() if k != "operates"} for e in data["entities"]]

    def abroad_under_another_licence(data: dict[str, Any]) -> None:
        abroad(data)
        data["entities"][3] |= {"regulated_by": ["MAS"], "established_in": "SG"}
        data["users"][0]["at"] = {"SG": 1}

    with pytest.raises(NoLawfulPlan):
        plan(edited(abroad, tmp_path))
    assert plan(edited(abroad_under_another_licence, tmp_path)).plan.status == "optimal"


def test_malaysia_and_hong_kong_share_the_pool_of_singapore_and_malaysia_costs_a_contract() -> None:
    assert places(shipped(), "pool") == {"SG"}
    assert {m.id for m in shipped().mechanisms if m.entity == "ocbc-sg"} == {"id-clauses", "my-scc"}
    free = plan(changed({}, without=("my-pdpa-s129", "id-pdp-transfer"))).plan
    assert {m.id for m in free.mechanisms if m.entity == "ocbc-sg"} == set()
    assert free.total_usd < shipped().total_usd


def test_the_unit_in_china_buys_a_licence_or_chips_that_need_none() -> None:
    assert chips_of(shipped(), "cn") & CONTROLLED
    assert "us-bis-licence-h200" in {m.id for m in shipped().mechanisms if m.entity == "ocbc-cn"}
    refused = plan(changed(dict.fromkeys((f"mechanisms.{each}" for each in LICENCES), "refused"))).plan
    assert chips_of(refused, "cn") == {"Ascend-910C", "L20"}
    assert not chips_of(refused, "cn") & CONTROLLED
    assert chips_of(refused, "id") & CONTROLLED, "Indonesia needs no licence"
    assert refused.total_usd > shipped().total_usd


def chips_of(found: Plan, workload: str) -> set[str]:
    return {p.accelerator for p in found.placements if p.component.startswith(f"{workload}/") and p.accelerator}


def test_in_china_a_licence_opens_what_without_it_nobody_may_install() -> None:
    none = changed({**{f"mechanisms.{each}": "refused" for each in LICENCES}, **american("cn", "credit")})
    assert "ocbc-cn:shanghai" not in regions_open(none, "cn/credit")
    held = [{"mechanism": each, "entity": "ocbc-cn", "operator": "ocbc-cn"} for each in LICENCES]
    assert "ocbc-cn:shanghai" in regions_open(changed({**american("cn", "credit"), "holds": held}), "cn/credit")


def american(workload: str, component: str) -> dict[str, Any]:
    """The demand on chips of a maker in the US alone."""
    return {f"workloads.{workload}.components.{component}.serves.accelerators": ["H100-SXM", "H200"]}


def regions_open(of: Scenario, component: str) -> set[str]:
    candidates = find_candidates(of)
    row = candidates.components.index(component)
    return {
        region
        for n, region in enumerate(candidates.regions)
        if not list(candidates.periods[0].runs.exclusions.at(row, n))
    }


def test_the_same_chips_need_no_licence_in_jakarta() -> None:
    none = changed({"mechanisms.us-bis-licence": "refused", **american("id", "credit")})
    assert JAKARTA in regions_open(none, "id/credit")


def test_a_small_model_for_credit_papers_spares_indonesia_most_of_its_chips() -> None:
    small = plan(changed({"workloads.id.components.credit.serves.model": "qwen3-32b"})).plan
    assert chips_bought(small, "ocbc-id") < chips_bought(shipped(), "ocbc-id")
    assert small.total_usd < shipped().total_usd


def chips_bought(found: Plan, entity: str) -> Decimal:
    return sum((each.cash_usd for each in found.bought if each.entity == entity), Decimal(0))


def apart(data: dict[str, Any]) -> None:
    """Malaysia and Hong Kong with models of their own instead of the pool."""
    shares = {"sg": Decimal("0.42"), "my": Decimal("0.2"), "hk": Decimal("0.112")}
    pool = next(w for w in data["workloads"] if w["id"] == "pool")
    for name in ("my", "hk"):
        own = next(w for w in data["workloads"] if w["id"] == name)
        part = shares[name] / sum(shares.values())
        models = yaml.safe_load(yaml.safe_dump(pool["components"]))
        for model in models:
            if "serves" in model:
                lower(model, Decimal("36e6") * shares[name] / Decimal("277e6") if model["id"] == "deepseek" else part)
            else:
                model["accelerators"] = [{**each, "units": 2} for each in model["accelerators"]]
        own["components"] += models
        for flow in own["flows"]:
            flow["to"] = flow["to"].removeprefix("pool/")
    for model in pool["components"]:
        if "serves" in model and model["id"] != "deepseek":
            lower(model, shares["sg"] / sum(shares.values()))


def lower(model: dict[str, Any], part: Decimal) -> None:
    for side in ("input", "output"):
        tokens, unit = str(model["serves"][side]).split(" ")
        model["serves"][side] = f"{Decimal(tokens) * part:.0f} {unit}"


def test_models_for_each_licence_cost_more_than_the_pool(tmp_path: Path) -> None:
    split = plan(edited(apart, tmp_path)).plan
    assert split.status == "optimal"
    assert split.total_usd > shipped().total_usd
