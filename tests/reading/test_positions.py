"""Positions, settings and what is left of a faulty file."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputFaults, Where
from planner.reading.documents import Document
from planner.reading.faults import Collector, nearest
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.reading.yaml_files import load_document, parse_document
from tests.cli import bases_of_wrong_inputs as bases

TEXT = b"""\
a:
  - id: one
    words: [x, y]
  - {id: two, deep: {n: 1}}
b: plain
"""


@pytest.fixture
def document() -> Document:
    return parse_document(TEXT, "f.yaml")


@pytest.mark.parametrize(
    ("steps", "key", "place"),
    [
        (("words", "y"), False, (3, 16)),
        (("words", 0), False, (3, 13)),
        (("words", "z"), False, (3, 12)),
        (("words",), True, (3, 5)),
        (("id",), False, (2, 9)),
        (("id", "one"), False, (2, 9)),
        (("nothing", "here"), False, (2, 5)),
        ((), False, (2, 5)),
    ],
)
def test_a_position_inside_a_noun_is_found_by_key_index_or_word(
    document: Document, steps: tuple[str | int, ...], key: bool, place: tuple[int, int]
) -> None:
    assert document.inside(document.where(("a", 0)), steps, key=key) == Where("f.yaml", *place)


def test_what_is_left_keeps_its_positions(document: Document) -> None:
    left = document.without({("a", 0), ("a", 1, "id")})
    assert left.data == {"a": [{"deep": {"n": 1}}], "b": "plain"}
    assert left.where(("a", 0, "deep", "n")) == Where("f.yaml", 4, 25)
    assert left.where(("b",), key=True) == Where("f.yaml", 5, 1)


def test_a_position_of_another_file_is_left_as_it_is(document: Document) -> None:
    faults = Collector()
    faults.know(document)
    assert faults.inside(Where("other.yaml", 7, 8), "id") == Where("other.yaml", 7, 8)
    assert faults.inside(Where("f.yaml", 99, 1), "id") == Where("f.yaml", 99, 1)


def test_both_values_that_cannot_be_read_and_a_key_twice_are_told_at_once() -> None:
    with pytest.raises(InputFaults) as told:
        parse_document(b"a: .nan\nb: 1\nb: 2\nc: [.inf]\n", "f.yaml")
    assert [(fault.where.line, fault.code) for fault in told.value.faults] == [(1, "Y008"), (3, "Y006"), (4, "Y008")]


def test_a_name_nobody_knows_gets_the_nearest_or_the_list() -> None:
    assert nearest("my", ["MY", "SG"]) == "did you mean 'MY'?"
    assert nearest("legder", ["ledger", "profile"]) == "did you mean 'ledger'?"
    assert nearest("xyz", ["ledger", "profile"]) == "known: ledger, profile"
    assert nearest("xyz", []) == "none is declared"


def write(folder: Path, text: str) -> Path:
    (folder / "own.yaml").write_text(bases.POLICY)
    (folder / "scenario.yaml").write_text(text)
    return folder / "scenario.yaml"


def test_settings_are_told_by_their_own_name_and_reach_into_lists(tmp_path: Path) -> None:
    path = write(tmp_path, bases.SCENARIO)
    values = {"workloads.pay.components.api.replicas.count": 4, "solver": {"gap": 0.5}}
    scenario = read_scenario(path, settings=Settings(values))
    assert scenario.component["pay/api"].count == 4
    assert str(scenario.solver.gap) == "0.5"
    with pytest.raises(InputFaults) as told:
        read_scenario(path, settings=Settings({"workloads.0.components.1.replicas": {"cuont": 4}}))
    assert str(told.value) == (
        "--set workloads.0.components.1.replicas:1:1: error[S001]: unknown key 'cuont' — did you mean 'count'?"
    )


def test_a_setting_mends_a_value_that_could_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, bases.SCENARIO.replace("size: 42 TB", "size: 42 Tb"))
    scenario = read_scenario(path, settings=Settings({"datasets.ledger.size": "1 TB"}))
    assert scenario.dataset["ledger"].size == 1000


def test_a_broken_file_of_the_library_is_told_without_what_follows_from_it(tmp_path: Path) -> None:
    path = write(tmp_path, bases.SCENARIO)
    (tmp_path / "regions").mkdir()
    (tmp_path / "regions" / "x.yaml").write_text("schema: [")
    with pytest.raises(InputFaults) as told:
        read_scenario(path, library=Library.shipped(regions=[tmp_path / "regions"]))
    assert [fault.code for fault in told.value.faults] == ["Y002"]


def test_a_file_that_is_not_there_is_told_with_its_neighbours(tmp_path: Path) -> None:
    write(tmp_path, bases.SCENARIO)
    with pytest.raises(InputFaults, match=r"did you mean 'scenario.yaml'\?"):
        load_document(tmp_path / "scenarios.yaml")
