"""Row families as text: a tiny world each, compared with the LP that was read and found right.

REWRITE_GOLDEN=1 writes the files anew; read the difference before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.candidates.find import find_candidates
from planner.solver import blocks
from planner.solver.formulate import program_of
from tests.solver.golden_worlds import WORLDS
from tests.solver.lp_text import lp_text
from tests.solver.worlds import literal_world

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("family", WORLDS)
def test_the_rows_of_a_family_are_the_ones_that_were_read(family: str, tmp_path: Path) -> None:
    shown = WORLDS[family]
    world = literal_world(shown.lines, tmp_path, **shown.beside)
    candidates = find_candidates(world)
    text = lp_text(program_of(world, candidates), world, candidates, shown.families)
    path = GOLDEN / f"{family}.lp"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    assert [name for name in shown.families if f" {name}[" not in text] == []


def test_every_row_family_has_a_golden_file() -> None:
    files = {path.stem for path in Path(str(blocks.__file__)).parent.glob("[!_]*.py")}
    assert set(WORLDS) == files
    assert {path.stem for path in GOLDEN.glob("*.lp")} == files
