"""Write the answers into the pages of the scenarios: `python docs/scenarios/regenerate.py [NAME…]`.

A page holds `<!-- answer -->` … `<!-- /answer -->`, or `<!-- answer: planner … -->` for another command; what stands
between is replaced by the real output of that command, 100 columns wide; `<!-- answer: planner … [3-9] -->` shows lines 3
to 9 of it. The README is such a page.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BLOCK = re.compile(r"<!-- answer(?:: (?P<command>.+?))? -->\n.*?<!-- /answer -->", re.DOTALL)


def regenerated(page: Path) -> str:
    """The text of a page with every answer asked for again."""
    usual = f"planner plan scenarios/{page.stem}.yaml"
    return BLOCK.sub(lambda found: _block(found["command"], usual), page.read_text(encoding="utf-8"))


def pages() -> list[Path]:
    """Every page with answers."""
    candidates = [ROOT / "README.md", *sorted(HERE.glob("*.md"))]
    return [page for page in candidates if "<!-- answer" in page.read_text(encoding="utf-8")]


def _block(command: str | None, usual: str) -> str:
    asked, lines = _sliced(command or usual)
    head = f"<!-- answer: {command} -->" if command else "<!-- answer -->"
    return f"{head}\n```console\n$ {asked}\n{lines(_output(asked))}```\n<!-- /answer -->"


def _sliced(command: str) -> tuple[str, Callable[[str], str]]:
    """The command without its `[first-last]`, and what takes those lines of an output."""
    found = re.fullmatch(r"(.+) \[(\d+)-(\d+)\]", command)
    if found is None:
        return command, str
    first, last = int(found[2]) - 1, int(found[3])
    return found[1], lambda output: "".join(output.splitlines(keepends=True)[first:last])


def _output(command: str) -> str:
    code = "import sys; from planner.cli.main import main; sys.exit(main())"
    run = [sys.executable, "-c", code, *shlex.split(command)[1:]]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout


def main(names: list[str]) -> None:
    """Regenerate the named pages, or all."""
    for page in pages():
        if not names or page.stem in names:
            page.write_text(regenerated(page), encoding="utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
