"""Which kinds of chip and which own halls of the catalogue are in play in a scenario."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputFaults
from planner.model.scenario import Scenario
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario

WORLD = """\
scenario: halls
question: Which halls are in play?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [hall]}
policies: []
entities:
  - {id: owner, established_in: MY, sector: bank, operates: [hall]}
workloads:
  - {id: w, entity: owner, components: [{id: chat, accelerators: [{id: H200, units: 8}]}]}
objectives: [cost]
"""
HALL = """\
schema: residency-regions/1
provider: hall
name: Halls of the owner
operator: {name: Owner, ultimate_parent_in: MY}
regions:
  - {id: kl, lat: 3.14, lon: 101.69, country: MY, kind: own, zones: [{id: kl-a, stock: [{accelerator: H20, units: 8}]}]}
  - {id: cloud, lat: 3.14, lon: 101.69, country: MY, zones: [{id: cl-a}]}
"""


def read(folder: Path, text: str = WORLD) -> Scenario:
    (folder / "extra").mkdir(exist_ok=True)
    (folder / "extra" / "hall.yaml").write_text(HALL)
    (folder / "s.yaml").write_text(text)
    return read_scenario(folder / "s.yaml", library=Library.shipped([folder / "extra"]))


SHIPPED = WORLD.replace("operates: [hall]", "operates: [ytl]")
NAMED = "catalog: {providers: [hall]}\n"


@pytest.mark.parametrize("catalog", ["", "catalog: {providers: [ytl, aws]}\n", "catalog: {places: [MY]}\n"])
def test_a_shipped_own_hall_is_in_play_for_the_entity_that_operates_it(tmp_path: Path, catalog: str) -> None:
    assert read(tmp_path, SHIPPED.replace(NAMED, catalog)).region["ytl:kulai"].kind == "own"


def test_it_is_not_in_play_when_nobody_in_the_scenario_operates_it(tmp_path: Path) -> None:
    nobody = read(tmp_path, SHIPPED.replace(NAMED, "").replace(", operates: [ytl]", ""))
    assert "ytl:kulai" not in nobody.region
    assert "aws:ap-southeast-5" in nobody.region


def test_to_ask_for_it_by_name_and_operate_nothing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFaults) as error:
        read(tmp_path, SHIPPED.replace("[hall]", "[ytl]").replace(", operates: [ytl]", ""))
    (told,) = [str(fault) for fault in error.value.faults]
    assert "s.yaml:5:23: error[N003]: provider 'ytl' has own halls only, and no entity operates it" in told
    assert "`operates: [ytl]`" in told


def test_halls_of_a_folder_of_ones_own_are_in_play_whoever_operates_them(tmp_path: Path) -> None:
    assert [r.key for r in read(tmp_path).regions] == ["hall:cloud", "hall:kl"]
    assert [r.key for r in read(tmp_path, WORLD.replace(", operates: [hall]", "")).regions] == ["hall:cloud", "hall:kl"]


def test_an_own_hall_written_inline_is_in_play_whoever_operates_it(tmp_path: Path) -> None:
    inline = "regions: [{provider: den, id: d, kind: own, lat: 3, lon: 101, country: MY, zones: [{id: d1}]}]\n"
    assert "den:d" in read(tmp_path, WORLD + inline).region


def test_the_kinds_of_a_scenario_are_those_it_names(tmp_path: Path) -> None:
    scenario = read(tmp_path)
    assert sorted(scenario.accelerators) == ["H20", "H200"]  # the component's and the hall's
    assert scenario.accelerators["H200"].memory_gb == 141
    assert scenario.announced is False


def test_a_kind_written_in_the_scenario_replaces_that_of_the_catalogue(tmp_path: Path) -> None:
    own = "accelerators: {announced: true, kinds: [{id: H200, name: ours, vendor: V, vendor_in: US, tdp_w: 640}]}\n"
    scenario = read(tmp_path, WORLD + own)
    assert scenario.accelerators["H200"].tdp_w == Decimal(640)
    assert scenario.accelerators["H200"].memory_gb is None
    assert scenario.announced is True


def test_a_kind_that_rules_cannot_name_is_a_fault_where_there_are_rules(tmp_path: Path) -> None:
    own = "accelerators: {kinds: [{id: Y9, name: Y, vendor: V, vendor_in: US, control: 3A09}]}\n"
    text = WORLD.replace("id: H200, units", "id: Y9, units") + own
    assert "Y9" in read(tmp_path, text).accelerators
    with pytest.raises(InputFaults) as error:
        read(tmp_path, text.replace("policies: []", "policies: [law/us.yaml]"))
    told = [str(fault) for fault in error.value.faults]
    assert any("chip 'Y9' is not known" in line for line in told)
    assert any("chip control '3A09' is not known — did you mean '3A090" in line for line in told)
