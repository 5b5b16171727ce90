"""The pages for authors are complete, current, and their commands run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from planner.authoring.lint import CODES
from planner.cli.main import cli
from planner.model.law import Unless
from planner.reading.yaml_files import parse_document
from planner.reports.policy_options import option_table
from planner.rules import KINDS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
NOUNS = {**{kind.__name__: kind for kind in KINDS.values()}, "Unless": Unless}
TABLE = re.compile(r"<!-- options: (\w+) -->\n(.*?)<!-- end -->\n", re.DOTALL)


def test_every_code_of_lint_has_a_page_and_no_other_code_has_one() -> None:
    assert {path.stem for path in (DOCS / "lint").glob("R*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_lint_page_says_avoid_prefer_why_and_options_in_yaml_that_reads(code: str) -> None:
    text = (DOCS / "lint" / f"{code}.md").read_text()
    assert text.startswith(f"# {code}: ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Avoid", "Prefer", "Why", "Options"]
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        assert parse_document(block.encode(), code).data


@pytest.mark.parametrize("kind", KINDS)
def test_every_effect_has_a_page_with_the_option_tables_of_the_code(kind: str) -> None:
    text = (DOCS / "rules" / f"{kind}.md").read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Allowed", "Denied", "Why", "Options"]
    found = dict(TABLE.findall(text))
    assert KINDS[kind].__name__ in found
    assert found == {name: option_table(NOUNS[name]) for name in found}


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in (DOCS / "policy-authoring.md", *(DOCS / "rules").glob("*.md"), *(DOCS / "lint").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_commands_of_the_guide_run_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    (tmp_path / "mine" / "law").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    text = (DOCS / "policy-authoring.md").read_text()
    ran = 0
    for block in re.findall(r"```bash\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line)
            if words[0] == "cp":
                shutil.copytree(words[2], words[3])
            else:
                # Suggestions and lint of a first draft find something to say.
                assert cli.main(words[1:], standalone_mode=False) in (None, 0, 1), line
                ran += 1
    assert ran == 10
