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


def test_an_own_hall_of_the_catalogue_is_in_play_for_the_entity_that_operates_it(tmp_path: Path) -> None:
    assert [r.key for r in read(tmp_path).regions] == ["hall:cloud", "hall:kl"]


def test_without_an_operating_entity_only_the_other_regions_of_the_provider_are(tmp_path: Path) -> None:
    nobody = read(tmp_path, WORLD.replace(", operates: [hall]", ""))
    assert [r.key for r in nobody.regions] == ["hall:cloud"]


@pytest.mark.parametrize("operates", [True, False])
def test_the_same_holds_when_the_whole_catalogue_is_asked_for(tmp_path: Path, operates: bool) -> None:
    text = WORLD.replace("catalog: {providers: [hall]}\n", "")
    scenario = read(tmp_path, text if operates else text.replace(", operates: [hall]", ""))
    assert ("hall:kl" in scenario.region) == operates
    assert "hall:cloud" in scenario.region
    assert "ytl:kulai" not in scenario.region


def test_a_shipped_hall_joins_when_its_owner_is_in_the_scenario(tmp_path: Path) -> None:
    text = WORLD.replace("[hall]", "[ytl]").replace("catalog: {providers: [ytl]}", "catalog: {providers: [ytl, aws], places: [MY]}")
    scenario = read(tmp_path, text)
    assert scenario.region["ytl:kulai"].kind == "own"


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
