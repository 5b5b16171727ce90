"""What people and programs see of chips: the report, the reasons, the tables and the document."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import planner
from planner.cli.main import main
from planner.desk.plans import Plan
from planner.reading.schemas import schema
from planner.reports import records, tables

LAW = """\
schema: residency-rules/1
as_of: 2026-11-23
rules:
  - id: no-h200-for-malaysia
    title: H200 do not go to Malaysia
    law_of: US
    level: must
    in_force: [{from: 2026-01-01}]
    when: {chip: [H200]}
    verbs: [install]
    then: {forbid: {in: [MY]}}
    cites: [{instrument: House rule, quality: primary, checked: 2026-11-23}]
"""
WORLD = """\
scenario: halls
question: Which chips serve, and in whose halls?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: [law.yaml]
entities: [{id: owner, established_in: MY, sector: telecom, regulated_by: [], operates: [den]}]
accelerators:
  kinds: [{id: L20, name: L20, vendor: Nvidia, vendor_in: US, control: other-ear, tdp_w: 275, confidence: low, source: a guess, as_of: 2026-11}]
regions:
  - provider: den
    id: d
    kind: own
    lat: 3.1
    lon: 101.7
    country: MY
    zones:
      - id: d1
        stock: [{accelerator: L20, units: 4, source: a guess, confidence: low, as_of: 2026-11}]
        arrivals:
          - {accelerator: H200, units: 16, on: 2026-06-30, status: contracted}
          - {accelerator: L20, units: 64, on: 2026-06-30}
    prices: {accelerator_hour: {L20: 0.5, H200: 3}, accelerator_purchase: {L20: 6000}}
    power: {tariff_kwh: 0.1, pue: 1.4, vcpu_w: 8}
  - {provider: sky, id: s, lat: 1.3, lon: 103.8, country: SG, zones: [{id: s1}], prices: {accelerator_hour: {H200: 90}}}
workloads:
  - id: w
    entity: owner
    components:
      - id: chat
        accelerators: [{id: L20, units: 12, group: 4, confidence: low, basis: a guess}, {id: H200, units: 8, group: 8}]
objectives: [cost]
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = tmp_path_factory.mktemp("halls")
    (folder / "law.yaml").write_text(LAW)
    (folder / "halls.yaml").write_text(WORLD)
    return planner.plan(planner.read_scenario(folder / "halls.yaml"))


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_report_says_which_chips_and_how_many_groups(plan: Plan) -> None:
    shown = lines(str(plan))
    assert "component where zones chips units share USD/month RTT ms" in shown
    assert [line for line in shown if line.startswith("w/chat den:d 1 12 L20 in 3 groups 3 100%")]


def test_the_report_says_what_is_bought_struck_out_and_only_announced(plan: Plan) -> None:
    shown = lines(str(plan))
    assert "buy 8 L20 for den:d1 (owner): USD 48,000.00 once" in shown
    assert "struck out, not counted: 16 H200 for den:d1 on 2026-06-30, refused by no-h200-for-malaysia" in shown
    assert any(line.startswith("announced only, not counted: 64 L20 for den:d1 on 2026-06-30") for line in shown)


def test_electricity_has_its_own_line_of_cost(plan: Plan) -> None:
    # 12 chips x 0.275 kW x 1.35 x 1.4 x 730 h x 0.1 USD
    assert "electricity 455.30" in lines(str(plan))


def test_weak_figures_of_chips_in_use_are_told(plan: Plan) -> None:
    told = {a.figure: (str(a.value), a.why) for a in plan.planned.plan.evidence.assumptions}
    assert told == {
        "den:d L20 W": ("275", "low confidence"),
        "den:d1 L20 standing": ("4", "low confidence"),
        "w/chat chips on L20": ("12", "a guess, low confidence"),
    }
    assert "weak figure: w/chat chips on L20 = 12 (a guess, low confidence)" in lines(str(plan))
    assert "weak figure: den:d1 L20 standing = 4 (low confidence; a guess, 2026-11)" in lines(str(plan))


def test_chips_that_nobody_counts_are_said_to_be_unlimited(plan: Plan, tmp_path: Path) -> None:
    assert plan.planned.plan.evidence.not_limited == ("den:d",)
    (tmp_path / "law.yaml").write_text(LAW)
    (tmp_path / "cloud.yaml").write_text(WORLD.replace("country: SG", "country: TH").replace("L20: 0.5, H200: 3", "H200: 95"))
    cloud = planner.plan(planner.read_scenario(tmp_path / "cloud.yaml"))
    assert cloud.planned.plan.evidence.not_limited == ("sky:s", "H200 in sky:s")


def test_a_plan_without_chips_has_no_column_for_them(tmp_path: Path) -> None:
    (tmp_path / "law.yaml").write_text(LAW)
    bare = WORLD.replace("accelerators: [{id: L20, units: 12", "note: none\n# [{id: L20, units: 12")
    (tmp_path / "bare.yaml").write_text(bare)
    text = str(planner.plan(planner.read_scenario(tmp_path / "bare.yaml")))
    assert "component where zones units share USD/month RTT ms" in lines(text)
    assert "not counted: 16" in text  # what law strikes out stays a fact of the hall
    assert "announced only" not in text


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    monkeypatch.setattr(sys, "argv", ["planner", *words])
    with pytest.raises(SystemExit) as leaving:
        main()
    assert not leaving.value.code
    return capsys.readouterr().out


def test_why_says_which_kinds_are_shut_out_of_an_open_region(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = lines(run(monkeypatch, capsys, "why", str(plan.planned.scenario.component["w/chat"].where.file), "chat"))
    assert told[:3] == ["w/chat", "L20: 12 chips, 3 groups of 4 (a guess, confidence low)", "H200: 8 chips, 1 group of 8"]
    assert told[told.index("den:d: chosen") + 1] == "not on H200: stock: too few stand there"
    assert told[told.index("sky:s: open, not chosen") + 1] == "not on L20: accelerator: it is not on offer"


def test_why_shows_the_arithmetic_of_a_demand_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    demand = "serves: {model: deepseek-r1, input: 4e9 tokens/day, output: 1e9 tokens/day, peak: 3, cached: 40 %, accelerators: [H100-SXM, H200, T4]}"
    text = WORLD.replace("accelerators: [{id: L20, units: 12", f"{demand}\n# [{{id: L20, units: 12").replace("H200: 90", "H100-SXM: 2")
    (tmp_path / "law.yaml").write_text(LAW)
    (tmp_path / "served.yaml").write_text(text)
    told = lines(run(monkeypatch, capsys, "why", str(tmp_path / "served.yaml"), "w/chat"))
    assert "chips: (83333.3/6538+34722.2/2788)/0.7=36.0" in told
    assert "groups: max(1, ceil(36.0/16))=3" in told
    assert "3*16=48" in told
    assert any(line.startswith("H100-SXM: 48 chips, 3 groups of 16 (measured throughput; lmsys.org") for line in told)
    assert any(line.startswith("H200: 64 chips, 8 groups of 8 (roofline;") for line in told)
    assert any(line.startswith("T4: no alternative: no measured throughput, and the roofline needs") for line in told)


def test_without_a_plan_the_arrivals_that_law_strikes_out_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "law.yaml").write_text(LAW)
    (tmp_path / "none.yaml").write_text(WORLD.replace("{id: L20, units: 12, group: 4, confidence: low, basis: a guess}, ", "").replace("H200: 90", "L4: 1"))
    monkeypatch.setattr(sys, "argv", ["planner", "plan", str(tmp_path / "none.yaml"), "-o", str(tmp_path / "none.json")])
    with pytest.raises(SystemExit) as leaving:
        main()
    assert leaving.value.code == 3
    said = "struck out, not counted: 16 H200 for den:d1 on 2026-06-30, refused by no-h200-for-malaysia"
    assert said in lines(capsys.readouterr().out)
    document = json.loads((tmp_path / "none.json").read_text())
    Draft202012Validator(schema("plan")).validate(document)
    assert document["bought"] == []
    assert [each["units"] for each in document["evidence"]["struck_out"]] == [16]


def test_the_document_carries_chips_and_purchases_as_the_schema_says(plan: Plan) -> None:
    document = json.loads(plan.to_json())
    Draft202012Validator(schema("plan")).validate(document)
    (placement,) = document["placements"]
    assert (placement["accelerator"], placement["units"], placement["chips"]) == ("L20", 3, 12)
    assert document["bought"] == [
        {"entity": "owner", "region": "den:d", "zone": "den:d1", "accelerator": "L20", "units": 8, "period": "2026Q4", "cash_usd": "48000"}
    ]  # fmt: skip
    assert document["evidence"]["struck_out"][0]["rules"] == ["no-h200-for-malaysia"]
    properties = schema("plan")["properties"]
    assert "chips" in properties["placements"]["items"]["properties"]
    assert set(properties["bought"]["items"]["required"]) >= {"accelerator", "units", "zone", "cash_usd"}


def test_a_placement_without_chips_says_zero_in_the_document(plan: Plan) -> None:
    assert records._placement({"accelerator": None})["chips"] == 0


def test_tables_and_frames_carry_the_chips(plan: Plan) -> None:
    (row,) = csv.DictReader(io.StringIO(tables.placements_csv(plan.planned.plan)))
    assert (row["accelerator"], row["units"], row["chips"]) == ("L20", "3", "12")
    frame = plan.placements
    assert frame[["accelerator", "units", "chips"]].iloc[0].tolist() == ["L20", 3, 12]
    assert plan.bought[["zone", "units", "cash_usd"]].iloc[0].tolist() == ["den:d1", 8, 48000.0]
    assert plan.sizing[["accelerator", "chips", "groups"]].to_numpy().tolist() == [["L20", 12, 3], ["H200", 8, 1]]
    assert "12 L20 in 3 groups" in plan._repr_html_()
    assert plan.why("chat")["not_on"].tolist()[0].startswith("H200: stock")
