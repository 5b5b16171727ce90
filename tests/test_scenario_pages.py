"""Pages of the scenarios: every shipped scenario has one, and what it shows is what the planner says today."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = runpy.run_path(str(ROOT / "docs" / "scenarios" / "regenerate.py"))
PAGES = SCRIPT["pages"]()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_answers_on_a_page_are_those_of_today(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == SCRIPT["regenerated"](page), "write them with regenerate.py"


def test_every_shipped_scenario_but_the_smallest_has_a_page_and_a_line_in_the_list() -> None:
    names = {path.stem for path in (ROOT / "scenarios").glob("*.yaml")} - {"tiny"}
    assert {page.stem for page in PAGES} == {"README", *names}
    listed = (ROOT / "docs" / "scenarios" / "README.md").read_text(encoding="utf-8")
    assert [name for name in sorted(names) if f"]({name}.md)" not in listed] == []
