"""Area files: what reads, and each wrong line told once, at its place, with a way to mend it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.errors import InputFaults
from planner.model.areas import Area
from planner.reading.areas import read_areas
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from tests.reading.area_world import OWN, SCENARIO, area_folder

RING = """[[
    [103.0, 1.0],
    [104.0, 1.0],
    [104.0, 2.0],
    [103.0, 2.0],
    [103.0, 1.0]]]"""
WRONG = [
    ("not closed", "[103.0, 1.0]]]", "§[103.0, 1.1]]]", "N003", "not closed: it begins at [103.0, 1.0]", "first position"),
    ("two corners", RING, "[§[[103, 1], [104, 1], [103, 1]]]", "N003", "3 positions has no inside", "at least three"),
    ("crosses itself", RING, "§[[[103, 1], [104, 2], [104, 1], [103, 2], [103, 1]]]", "N003", "itself near [103.5, 1.5]", "not cross"),
    ("latitude first", "[104.0, 1.0]", "§[1.0, 104.0]", "N003", "longitude comes first", "[104.0, 1.0]"),
    ("off the Earth", "[104.0, 1.0]", "§[404.0, 1.0]", "N003", "[404.0, 1.0] is no point on Earth", "-180 to 180"),
    ("one number", "[104.0, 1.0]", "§[104.0]", "N003", "two numbers", "[103.75, 1.46]"),
    ("text for a number", "[104.0, 1.0]", '§["104.0", 1.0]', "N003", "two numbers", "[103.75, 1.46]"),
    ("not a number", "[104.0, 1.0]", "§[NaN, 1.0]", "N003", "two numbers", "[103.75, 1.46]"),
    ("a point", '"Polygon"', '§"Point"', "N003", "'Point' has no inside", "Polygon"),
    ("a bracket too few", RING, RING[1:], "Y002", "not JSON", "brackets"),
    ("a list too few", RING, "[[§103.0, 1.0]]", "N003", "a position is two numbers", "[103.75, 1.46]"),
    ("no coordinates", '"coordinates"', '"coords"', "N003", "the coordinates stop short", "list of rings"),
    ("nothing in a ring", RING, "[§[]]", "N003", "the coordinates stop short", "list of positions"),
    ("a bare feature", '"FeatureCollection"', '§"Feature"', "N003", "FeatureCollection", "write"),
    ("no features", '"features"', '"feature"', "N003", "`features` is not a list", "write"),
    ("metres", '"features": [', '"crs": §"urn:ogc:def:crs:EPSG::3168", "features": [', "N003", "not in degrees", "WGS 84"),
    ("no id", '{"id": "my-port", ', "§{", "S002", "key 'id' is missing", "add `id:`"),
    ("no accuracy", ' "accuracy_km": 0.5,', "", "S002", "key 'accuracy_km' is missing", "add `accuracy_km:`"),
    ("a strange id", '"my-port"', '§"My Port"', "S003", "id 'My Port' of an area", "small letters"),
    ("a typo", '"displaces"', '§"displace"', "S001", "unknown key 'displace'", "did you mean 'displaces'?"),
    ("an unknown code", '"MY"', '§"MYS"', "N001", "place displaced by area 'my-port': 'MYS'", "did you mean 'MY'?"),
    ("an unknown country", '"MY"', '"MY", "country": §"ML1"', "N001", "country of area 'my-port': 'ML1'", "did you mean 'ML'?"),
    ("a wrong date", '"2026-11-23"', '§"23.11.2026"', "S003", "is not a date", "2026-11-23"),
    ("negative accuracy", "0.5", "§-0.5", "S003", "accuracy_km -0.5 is negative", "zero or more"),
    ("a key twice", '"name": "A port"', '"name": "A port", §"name": "B"', "Y006", "'name' appears twice", "delete"),
]  # fmt: skip


def told(folder: Path) -> list[str]:
    """What reading a scenario beside this policy folder says."""
    (folder.parent / "scenario.yaml").write_text(SCENARIO)
    with pytest.raises(InputFaults) as error:
        read_scenario(folder.parent / "scenario.yaml", library=Library((), (folder,)))
    return str(error.value).splitlines()


@pytest.mark.parametrize(("name", "old", "new", "code", "says", "mends"), WRONG, ids=[row[0] for row in WRONG])
def test_a_wrong_line_is_told_once_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, code: str, says: str, mends: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert old in OWN
    before, mark, after = OWN.replace(old, new, 1).partition("§")
    lines = told(area_folder(tmp_path, before + after))
    assert len(lines) == 1, lines
    position, _, rest = lines[0].partition(": error[")
    message, _, hint = rest.partition(" — ")
    assert rest.startswith(code), lines[0]
    assert says in message, lines[0]
    assert mends in hint, lines[0]
    if mark:
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert position == f"policies/areas/own.geojson:{line}:{column}", lines[0]


def test_the_file_is_right_before_it_is_changed(tmp_path: Path) -> None:
    path = area_folder(tmp_path, OWN) / "areas" / "own.geojson"
    faults = Collector()
    (drawn,) = read_areas(path, faults, checked=False)
    assert faults.faults == []
    assert drawn.area.as_area == Area("A port", ("MY",), None, "a map", drawn.area.as_of, "high", Decimal("0.5"))
    assert drawn.outline is not None
    assert drawn.outline.bounds == (103, 1, 104, 2)


def test_tabs_holes_parts_and_heights_read_too(tmp_path: Path) -> None:
    square = [[103, 1, 12.5], [104, 1, 0], [104, 2, 0], [103, 2, 0], [103, 1, 12.5]]
    hole = [[103.4, 1.4], [103.6, 1.4], [103.6, 1.6], [103.4, 1.4]]
    data = json.loads(OWN)
    data["features"][0]["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [[square, hole], [[[n + 5, m] for n, m, _ in square]]],
    }
    path = area_folder(tmp_path, json.dumps(data, indent="\t")) / "areas" / "own.geojson"
    faults = Collector()
    (drawn,) = read_areas(path, faults, checked=False)
    assert faults.faults == []
    assert drawn.outline is not None
    assert [len(rings) for rings in drawn.outline.polygons] == [2, 1]


def test_an_id_drawn_twice_is_told_where_it_stands_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = area_folder(tmp_path, OWN)
    (folder / "areas" / "second.geojson").write_text(OWN.replace("2.0", "1.9"))
    assert told(folder) == [
        "policies/areas/second.geojson:5:25: error[N002]: area 'my-port' is declared twice"
        " — first at policies/areas/own.geojson:5:18"
    ]


def test_an_id_twice_in_one_file_is_told_even_when_drawn_alike(tmp_path: Path) -> None:
    data = json.loads(OWN)
    data["features"] *= 2
    lines = told(area_folder(tmp_path, json.dumps(data)))
    assert len(lines) == 1
    assert "area 'my-port' is declared twice" in lines[0]


def test_an_area_of_the_vocabulary_cannot_be_drawn_with_another_meaning(tmp_path: Path) -> None:
    folder = area_folder(tmp_path, OWN)
    with (folder / "vocab.yaml").open("a") as file:
        file.write("areas: {my-port: {name: Another}}\n")
    lines = told(folder)
    assert len(lines) == 1
    assert "area 'my-port' is declared twice" in lines[0]


def test_a_copied_folder_of_policies_brings_its_areas_once(tmp_path: Path) -> None:
    first, second = (
        area_folder(tmp_path / "a", OWN),
        area_folder(tmp_path / "b", OWN, "schema: residency-rules/1\nas_of: 2026-11-23\nrules: []\n"),
    )
    (tmp_path / "scenario.yaml").write_text(SCENARIO)
    read = read_scenario(tmp_path / "scenario.yaml", library=Library((), (first, second)))
    assert list(read.vocabulary.areas) == ["my-port"]


def test_a_rule_about_a_broken_area_is_not_told_again(tmp_path: Path) -> None:
    folder = area_folder(tmp_path, OWN.replace('"name": "A port", ', ""))
    (folder / "law" / "own.yaml").write_text(
        (folder / "law" / "own.yaml").read_text().replace("forbid: {in: [SG]}", "forbid: {in: ['area:my-port']}")
    )
    assert len(told(folder)) == 1


@pytest.mark.parametrize(("line", "code"), [("[103.0, 1.0]]]", 0), ("[103.0, 1.5]]]", 2)])
def test_check_reads_area_files_and_folders_with_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    area_folder(tmp_path, OWN.replace("[103.0, 1.0]]]", line))
    for path in ("policies/areas/own.geojson", "policies"):
        monkeypatch.setattr("sys.argv", ["planner", "check", path])
        with pytest.raises(SystemExit) as leaving:
            main()
        out = capsys.readouterr().out
        assert (leaving.value.code or 0) == code
        assert ("not closed" in out) == bool(code)


def test_a_broken_area_file_of_the_user_stops_a_plan_with_exit_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    area_folder(tmp_path, OWN.replace("[104.0, 1.0]", "[1.0, 104.0]"))
    (tmp_path / "scenario.yaml").write_text(SCENARIO)
    monkeypatch.setattr("sys.argv", ["planner", "--policies", "policies", "plan", "scenario.yaml"])
    with pytest.raises(SystemExit) as leaving:
        main()
    out, err = capsys.readouterr()
    assert (leaving.value.code, out) == (2, "")
    assert err.startswith(
        "policies/areas/own.geojson:9:5: error[N003]: area 'my-port': latitude 104.0 is no point on Earth"
    )
