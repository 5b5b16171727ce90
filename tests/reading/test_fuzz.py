"""Damaged files: whatever is done to a shipped file, reading gives nouns or located faults, never another exception."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import InputFaults, Where
from planner.reading import policies, regions
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.regions import Catalogue
from planner.reading.scenarios import read_scenario
from tests.cli import bases_of_wrong_inputs as bases
from tests.reading.area_world import OWN

ROOT = Path(__file__).resolve().parents[2]
LETTERS = list("[]{}:,#&*!|>'\"%@`-?~. \t\n0189eExN/_é\x00\u202e")
VALUES = [
    "", "~", "true", "NO", "0", "-1", "010", "1e999", ".nan", ".inf", "[]", "{}", "[[]]", "{a: 1}", "x", "'*'", "*",
    "MY", "list:none", "area:sea", "40 TB", "-3 ms", "9e99 USD/month", "2026-11-23", "2026Q4", "9999Q4", "0000Q1",
    "tng/api", "dataset:ledger", "users:x", "a:b:c", "9999999999", "99999999999999999999999999999", "law/my.yaml",
    "..", "/", "\\",
]  # fmt: skip
VALUE = re.compile(r"(?<=: )[^,{}\[\]\n#]+")
PROFILE = settings(
    max_examples=110,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def damage(draw: st.DrawFn) -> Callable[[str], str]:
    """One to six small changes of a text."""
    steps = draw(
        st.lists(st.tuples(st.sampled_from(CHANGES), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6)
    )

    def apply(text: str) -> str:
        for change, first, second in steps:
            text = change(text, first, second)
        return text

    return apply


def pick(things: list[str], at: float) -> int:
    return min(int(at * len(things)), len(things) - 1)


def change_letter(text: str, at: float, which: float) -> str:
    place = int(at * len(text))
    return text[:place] + LETTERS[pick(LETTERS, which)] + text[place + 1 :]


def insert_letter(text: str, at: float, which: float) -> str:
    place = int(at * len(text))
    return text[:place] + LETTERS[pick(LETTERS, which)] + text[place:]


def delete_some(text: str, at: float, much: float) -> str:
    place = int(at * len(text))
    return text[:place] + text[place + 1 + int(much * 12) :]


def delete_line(text: str, at: float, _: float) -> str:
    lines = text.split("\n")
    del lines[pick(lines, at)]
    return "\n".join(lines)


def repeat_line(text: str, at: float, to: float) -> str:
    lines = text.split("\n")
    lines.insert(pick(lines, to), lines[pick(lines, at)])
    return "\n".join(lines)


def put_value(text: str, at: float, which: float) -> str:
    return replace_value(text, at, VALUES[pick(VALUES, which)])


def swap_values(text: str, at: float, other: float) -> str:
    found = VALUE.findall(text)
    return replace_value(text, at, found[pick(found, other)]) if found else text


def replace_value(text: str, at: float, value: str) -> str:
    found = list(VALUE.finditer(text))
    if not found:
        return text
    match = found[min(int(at * len(found)), len(found) - 1)]
    return text[: match.start()] + value + text[match.end() :]


CHANGES = [change_letter, insert_letter, delete_some, delete_line, repeat_line, put_value, put_value, swap_values]


def assert_located(error: InputFaults) -> None:
    assert error.faults
    for fault in error.faults:
        assert fault.where.line >= 1
        assert fault.where.column >= 1
        assert fault.where.file
        assert "\n" not in str(fault)


def read_damaged(path: Path, text: str, library: Library) -> None:
    path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    try:
        read_scenario(path, library=library)
    except InputFaults as error:
        assert_located(error)


@pytest.mark.parametrize("name", ["tiny.yaml", "tng-ewallet.yaml"])
@PROFILE
@given(damage=damage())
def test_a_damaged_scenario_is_refused_with_places(tmp_path: Path, name: str, damage: Callable[[str], str]) -> None:
    text = (ROOT / "scenarios" / name).read_text(encoding="utf-8")
    read_damaged(tmp_path / name, damage(text), Library.shipped())


@PROFILE
@given(damage=damage())
def test_a_damaged_rule_file_is_refused_with_places(tmp_path: Path, damage: Callable[[str], str]) -> None:
    text = damage((ROOT / "policies" / "law" / "my.yaml").read_text(encoding="utf-8"))
    (tmp_path / "my.yaml").write_text(text, encoding="utf-8", newline="")
    faults = Collector()
    policies.read_policies(Library.shipped(), [str(tmp_path / "my.yaml")], tmp_path, Where("x"), faults)
    if faults.faults:
        assert_located(InputFaults(faults.faults))


@PROFILE
@given(damage=damage())
def test_a_damaged_area_file_is_refused_with_places(tmp_path: Path, damage: Callable[[str], str]) -> None:
    (tmp_path / "own.geojson").write_text(damage(OWN), encoding="utf-8", newline="")
    faults = Collector()
    policies.add_areas(tmp_path / "own.geojson", policies.PolicySet(), faults)
    if faults.faults:
        assert_located(InputFaults(faults.faults))


@PROFILE
@given(damage=damage(), of_figures=st.booleans())
def test_damaged_region_files_are_refused_with_places(
    tmp_path: Path, damage: Callable[[str], str], of_figures: bool
) -> None:
    texts = {"hall.yaml": bases.REGION, "own.csv": bases.FIGURES}
    hit = "own.csv" if of_figures else "hall.yaml"
    for name, text in texts.items():
        (tmp_path / name).write_text(damage(text) if name == hit else text, encoding="utf-8", newline="")
    faults = Collector()
    regions.read_provider(tmp_path / "hall.yaml", Catalogue(), faults)
    if faults.faults:
        assert_located(InputFaults(faults.faults))


@PROFILE
@given(damage=damage())
def test_damaged_quotes_are_refused_with_places(tmp_path: Path, damage: Callable[[str], str]) -> None:
    (tmp_path / "quotes.csv").write_text(damage(bases.QUOTES), encoding="utf-8", newline="")
    read_damaged(tmp_path / "sites.yaml", bases.SITES, Library((), ()))
