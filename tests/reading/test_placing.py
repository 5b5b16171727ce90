"""In which areas a region lies: by its own word, by outlines where the point is surely inside, and what is asked."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.errors import InputFaults
from planner.model.scenario import Scenario
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from tests.reading.area_world import RULES, SCENARIO, area_folder

MY_HALL = "lat: 1.5000, lon: 103.5000, country: MY"


def area(name: str, west: float, south: float, east: float, north: float, **more: object) -> dict[str, object]:
    rim = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    properties = {"id": name, "name": name, "source": "a map", "as_of": "2026-11-23", "confidence": "high", **more}
    geometry = {"type": "Polygon", "coordinates": [rim]}
    return {"type": "Feature", "properties": {"accuracy_km": 0, **properties}, "geometry": geometry}


def collection(*areas: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": areas})


PORT = area("port", 103.4, 1.4, 103.6, 1.6)  # the hall stands 11 km inside
OWN_LAW = area("own-law", 103.4, 1.4, 103.6, 1.6, displaces=["MY"])
NAMES_PORT = RULES.replace("forbid: {in: [SG]}", "forbid: {in: ['area:port']}")


def read(at: Path, *areas: dict[str, object], rules: str = RULES, hall: str = MY_HALL) -> Scenario:
    folder = area_folder(at, collection(*areas), rules)
    (at / "scenario.yaml").write_text(SCENARIO.replace(MY_HALL, hall))
    return read_scenario(at / "scenario.yaml", library=Library((), (folder,)))


def places(scenario: Scenario, key: str = "own:my") -> set[str]:
    return set(scenario.region[key].places)


def asked(scenario: Scenario) -> list[str]:
    return [fault.message for fault in scenario.warnings if fault.code == "N006"]


def test_a_point_inside_lies_in_the_area_and_in_its_country(tmp_path: Path) -> None:
    read_so = read(tmp_path, PORT, area("elsewhere", 110, 1, 111, 2))
    assert places(read_so) == {"MY", "area:port"}
    assert places(read_so, "own:sg") == {"SG"}
    assert read_so.warnings == ()


def test_all_areas_that_hold_the_point_count_beside_the_declared_ones(tmp_path: Path) -> None:
    both = (PORT, area("bay", 103, 1, 104, 2), area("far", 110, 1, 111, 2))
    assert places(read(tmp_path, *both, hall=f"{MY_HALL}, areas: [bay]")) == {"MY", "area:port", "area:bay"}


def test_the_law_that_an_outline_displaces_does_not_reach_in(tmp_path: Path) -> None:
    found = read(tmp_path, OWN_LAW)
    assert places(found) == {"area:own-law"}
    assert found.region["own:my"].displaced == ("MY",)


@pytest.mark.parametrize(
    ("accuracy", "inside"),
    [("accuracy_km: 11", True), ("accuracy_km: 11.2", False), ("accuracy_km: 40", False), ("accuracy_km: 0", True)],
)
def test_a_point_counts_only_when_it_is_deeper_inside_than_it_may_be_wrong(
    tmp_path: Path, accuracy: str, inside: bool
) -> None:
    found = read(tmp_path, PORT, rules=NAMES_PORT, hall=f"{MY_HALL}, {accuracy}")
    assert ("area:port" in places(found)) == inside
    assert bool(asked(found)) != inside


def test_the_line_that_is_drawn_may_be_wrong_too(tmp_path: Path) -> None:
    for drawn, inside in ((5, True), (7, False)):
        rough = area("port", 103.4, 1.4, 103.6, 1.6, accuracy_km=drawn)
        found = read(tmp_path, rough, rules=NAMES_PORT, hall=f"{MY_HALL}, accuracy_km: 5")
        assert ("area:port" in places(found)) == inside


def test_a_point_on_the_line_is_covered_when_all_is_exact(tmp_path: Path) -> None:
    assert "area:port" in places(
        read(tmp_path, area("port", 103.5, 1.5, 103.6, 1.6), hall=f"{MY_HALL}, accuracy_km: 0")
    )


def test_coordinates_of_one_digit_are_not_exact(tmp_path: Path) -> None:
    small = area("port", 103.48, 1.48, 103.52, 1.52)
    assert "area:port" in places(read(tmp_path, small, hall="lat: 1.500, lon: 103.500, country: MY"))
    assert "area:port" not in places(read(tmp_path, small, hall="lat: 1.5, lon: 103.5, country: MY"))


def test_a_region_of_another_country_is_never_found_in_an_area(tmp_path: Path) -> None:
    wide = area("wide", 103, 1, 105, 2, country="MY")
    found = read(tmp_path, wide, rules=NAMES_PORT.replace("area:port", "area:wide"))
    assert ("area:wide" in places(found), "area:wide" in places(found, "own:sg")) == (True, False)
    assert asked(found) == []


def test_a_doubt_that_could_change_an_answer_is_asked_at_the_region(tmp_path: Path) -> None:
    found = read(tmp_path, PORT, rules=NAMES_PORT, hall=f"{MY_HALL}, accuracy_km: 40")
    (fault,) = found.warnings
    assert (fault.where.line, fault.where.column, fault.severity) == (9, 5, "warning")
    assert fault.message == (
        "region own:my may lie in area:port: its point and the outline are known to 40 km together,"
        " and it counts as outside"
    )
    assert fault.hint == "write `areas: [port]` if it lies inside, `areas: []` if not"


def test_a_doubt_about_an_area_that_no_rule_names_is_not_asked(tmp_path: Path) -> None:
    assert asked(read(tmp_path, PORT, hall=f"{MY_HALL}, accuracy_km: 40")) == []
    about_sg = read(tmp_path, OWN_LAW, hall=f"{MY_HALL}, accuracy_km: 40")
    assert asked(about_sg) == []
    about_my = RULES.replace("forbid: {in: [SG]}", "confine: {in: [MY]}")
    assert len(asked(read(tmp_path, OWN_LAW, rules=about_my, hall=f"{MY_HALL}, accuracy_km: 40"))) == 1
    where = RULES.replace("data_class: [personal]", "data_class: [personal], located_in: ['area:port']")
    assert len(asked(read(tmp_path, PORT, rules=where, hall=f"{MY_HALL}, accuracy_km: 40"))) == 1


@pytest.mark.parametrize("word", ["areas: [port]", "areas: []"])
def test_a_declaration_answers_the_doubt(tmp_path: Path, word: str) -> None:
    found = read(tmp_path, PORT, rules=NAMES_PORT, hall=f"{MY_HALL}, accuracy_km: 40, {word}")
    assert asked(found) == []
    assert ("area:port" in places(found)) == ("port" in word)


def test_an_empty_declaration_holds_against_the_outline_and_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, PORT, hall=f"{MY_HALL}, areas: []")
    assert places(found) == {"MY"}
    assert "declares no area and its point lies inside area:port" in asked(found)[0]


def test_a_declared_area_holds_against_the_outline_and_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, area("port", 110, 1, 111, 2), hall=f"{MY_HALL}, areas: [port]")
    assert places(found) == {"MY", "area:port"}
    assert "declares area:port and its point lies outside" in asked(found)[0]


def test_an_outline_turned_round_is_a_fault_in_its_own_country_and_else_a_warning(tmp_path: Path) -> None:
    turned = {"west": 1.4, "south": 23.4, "east": 1.6, "north": 23.6}
    hall = "lat: 1.5000, lon: 23.5000, country: MY"
    with pytest.raises(InputFaults) as told:
        read(tmp_path, area("port", **turned, country="MY"), hall=hall)
    assert "area 'port' would hold own:my with longitude and latitude exchanged" in str(told.value)
    assert str(told.value).endswith("GeoJSON writes longitude first")
    found = read(tmp_path, area("port", **turned), hall=hall)
    assert [fault.code for fault in found.warnings] == ["N003"]


def test_regions_of_the_catalogue_can_be_chosen_by_area_and_by_the_country_around(tmp_path: Path) -> None:
    regions = tmp_path / "regions"
    regions.mkdir()
    (regions / "p.yaml").write_text(
        "schema: residency-regions/1\nprovider: p\nname: P\noperator: {name: P}\nregions:\n"
        "  - {id: in, lat: 1.5000, lon: 103.5000, country: MY, accuracy_km: 1, zones: [{id: in-a}]}\n"
        "  - {id: out, lat: 3.5000, lon: 101.5000, country: MY, accuracy_km: 1, zones: [{id: out-a}]}\n"
    )
    folder = area_folder(tmp_path, collection(OWN_LAW))
    for chosen, keys in (("['area:own-law']", {"p:in"}), ("[MY]", {"p:in", "p:out"})):
        text = SCENARIO.replace("{providers: [], places: []}", f"{{places: {chosen}}}")
        (tmp_path / "scenario.yaml").write_text(text)
        found = read_scenario(tmp_path / "scenario.yaml", library=Library((regions,), (folder,)))
        assert {key for key in found.region if key.startswith("p:")} == keys


def test_a_plan_carries_the_resolved_areas_and_verifies_without_their_polygons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    stays_in_port = NAMES_PORT.replace("forbid", "confine")
    area_folder(tmp_path, collection(PORT), stays_in_port)
    (tmp_path / "scenario.yaml").write_text(SCENARIO + "policies: [law/own.yaml]\n")

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["planner", *words])
        with pytest.raises(SystemExit) as leaving:
            main()
        return int(leaving.value.code or 0)

    assert run("--policies", "policies", "plan", "scenario.yaml", "-o", "plan.json") == 0
    document = json.loads((tmp_path / "plan.json").read_text())
    assert document["placements"][0]["region"] == "own:my"
    assert document["inputs"]["regions"][0]["located"] == ["port"]
    shutil.rmtree(tmp_path / "policies")
    assert run("verify", "plan.json") == 0
    moved = (tmp_path / "plan.json").read_text().replace('"located": [', '"unlocated": [')
    (tmp_path / "plan.json").write_text(moved)
    assert run("verify", "plan.json") == 1
    assert "law" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["tiny", "tng-ewallet"])
def test_shapely_stays_out_where_no_region_can_surely_lie_in_an_area(name: str) -> None:
    code = (
        "import sys\nfrom planner.reading.scenarios import read_scenario\n"
        f"read_scenario('scenarios/{name}.yaml')\nprint('shapely' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert run.stdout == "False\n"
