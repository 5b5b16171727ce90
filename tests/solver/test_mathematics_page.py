"""The page of row families and the programs: the same names, keys, kinds and flags."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.candidates.find import find_candidates
from planner.model.program import ColumnBlock, Program, RowBlock
from planner.model.scenario import Scenario
from planner.reading.scenarios import read_scenario
from planner.solver import blocks
from planner.solver.formulate import program_of
from tests.solver.golden_worlds import WORLDS
from tests.solver.worlds import NO_LIBRARY, literal_world, random_world, shipped_scenarios

SEEDS = range(61)
PAGE = Path(__file__).parents[2] / "docs" / "mathematics.md"
PART = PAGE.read_text(encoding="utf-8").partition("\n## 2. Row families")[2]
LINE = re.compile(r"\| `(?P<name>\w+)` \| (?P<rest>.+) \|")
WHOLE, CONTINUOUS = ("{0, 1}", "0, 1, …, N[k,z]"), ("[0, 1]",)

Columns = dict[str, tuple[tuple[str, ...], bool]]
"""Name to keys and whether the values are whole numbers."""

Rows = dict[str, tuple[tuple[str, ...], bool]]
"""Name to keys and whether the rows are elastic."""


@cache
def programs() -> tuple[Program, ...]:
    with TemporaryDirectory() as folder:
        worlds = [random_world(seed, Path(folder)) for seed in SEEDS]
        worlds += [_shown("duties", Path(folder)), _shown("accelerators", Path(folder))]
        worlds.append(_in_quarters(Path(folder)))
    worlds += [read_scenario(path) for path in shipped_scenarios()]
    return tuple(program_of(world, find_candidates(world)) for world in worlds)


def _in_quarters(folder: Path) -> Scenario:
    """Mechanisms, an opening, moves, a stay and a wave over two quarters."""
    lines = WORLDS["mechanisms"].lines.replace("{id: a, ", "{id: a, stay: 2, migration: {cost: 5 USD}, ")
    more = 'current: [{what: a, region: "p:r1"}]\nlimits: {moves: {at_most: 1}}\n'
    literal_world(lines + more, folder, **WORLDS["mechanisms"].beside)
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8").replace("{from: 2026Q4, periods: 1,", "{from: 2027Q1, periods: 2,")
    path.write_text(text.replace("country: SG,", "country: SG, opening_once: 9 USD,"), encoding="utf-8")
    return read_scenario(path, library=NO_LIBRARY)


def _keys(block: ColumnBlock | RowBlock) -> tuple[str, ...]:
    """Without the period, which every column and row of several periods has in front."""
    return tuple(key for key in block.keys if key != "period")


def _shown(family: str, folder: Path) -> Scenario:
    return literal_world(WORLDS[family].lines, folder, **WORLDS[family].beside)


def documented() -> tuple[Columns, Rows]:
    columns: Columns = {}
    rows: Rows = {}
    for line in PART.splitlines():
        if found := LINE.fullmatch(line):
            cells = [cell.strip() for cell in found["rest"].split(" | ")]
            keys = tuple(cells[0].split(", "))
            if cells[-1] in ("yes", "no"):
                rows[found["name"]] = (keys, cells[-1] == "yes")
            else:
                assert cells[1] in WHOLE + CONTINUOUS
                columns[found["name"]] = (keys, cells[1] in WHOLE)
    return columns, rows


def test_every_column_of_a_program_is_on_the_page_and_every_one_there_is_used() -> None:
    used = {block.name: (_keys(block), block.integer) for each in programs() for block in each.columns}
    assert used == documented()[0]


def test_every_row_of_a_program_is_on_the_page_and_every_one_there_is_used() -> None:
    used = {block.name: (_keys(block), block.elastic) for each in programs() for block in each.rows}
    assert used == documented()[1]


def test_every_file_of_blocks_has_its_heading() -> None:
    files = {path.name for path in Path(str(blocks.__file__)).parent.glob("[!_]*.py")}
    assert set(re.findall(r"^### (\w+\.py) ", PART, re.MULTILINE)) == files


def test_causes_that_are_fixed_words_are_on_the_page() -> None:
    fixed = {"model", "spread", "within", "apart", "limits.regions"}
    for each in programs():
        for block in each.rows:
            line = next(line for line in PART.splitlines() if line.startswith(f"| `{block.name}` |"))
            cause = line.split(" | ")[-2]
            assert (set(block.causes) <= fixed) == (cause in fixed), block.name
            assert cause not in fixed or set(block.causes) == {cause}, block.name
