"""Folders that are too large to be ours are told at the place that names them, and are not walked to their end."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputFaults
from planner.reading import library
from planner.reading.library import Library, files_in
from planner.reading.scenarios import read_scenario
from tests.cli import bases_of_wrong_inputs as bases


@pytest.fixture
def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of six files of rules, where five are the most."""
    monkeypatch.setattr(library, "MOST_FILES", 5)
    (tmp_path / "crowd" / "deep").mkdir(parents=True)
    for number in range(6):
        (tmp_path / "crowd" / "deep" / f"{number}.yaml").write_text("schema: residency-rules/1\nrules: []\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "crowd"


def test_files_are_found_by_suffix_in_order_and_hidden_folders_are_left_out(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/z.yaml", "a/c.csv", ".git/x.yaml", "note.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert files_in(tmp_path, ".yaml") == [tmp_path / "a/z.yaml", tmp_path / "b.yaml"]
    assert files_in(tmp_path, ".yaml", ".csv")[0] == tmp_path / "a/c.csv"
    assert files_in(tmp_path / "nowhere", ".yaml") == []


def test_a_policy_folder_with_too_many_files_is_told_where_the_scenario_names_it(crowded: Path) -> None:
    path = crowded.parent / "scenario.yaml"
    path.write_text(bases.SCENARIO.replace("[law/my.yaml, own.yaml]", "[crowd]"))
    with pytest.raises(InputFaults) as told:
        read_scenario(path, library=Library((), ()))
    assert str(told.value).splitlines()[0] == (
        "scenario.yaml:6:12: error[Y005]: folder 'crowd' holds more than 5 files to read"
        " — name the folder that holds your own files"
    )


def test_a_walk_stops_at_its_limit_of_entries_of_any_kind(crowded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "MOST_ENTRIES", 3)
    with pytest.raises(InputFaults, match="'crowd' holds more than 3 entries"):
        files_in(crowded, ".csv")


def test_a_whole_disk_as_a_policy_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(bases.SCENARIO.replace("own.yaml", '"/"'))
    with pytest.raises(InputFaults, match=r"error\[Y005\]: folder '/' holds more than"):
        read_scenario(path)
