"""The house: proportions, circles and words, counted over the package's own source."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "planner").rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 300, 40


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def long_files(root: Path) -> list[str]:
    return [p.name for p in sorted(root.rglob("*.py")) if len(p.read_text().splitlines()) > MOST_LINES]


def imported(path: Path, names: set[str]) -> Iterator[str]:
    """Every module of the package that a file imports, inside functions and TYPE_CHECKING included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in names else node.module


def find_circle(root: Path, package: str) -> list[str]:
    """A circle of imports by any count, or nothing. Importing a module also runs its packages' __init__."""
    files = {module_name(p, root): p for p in (root / package).rglob("*.py")}
    names = set(files)
    graph: dict[str, set[str]] = {}
    for name, path in files.items():
        wanted = {w for w in imported(path, names) if w in names}
        parents = {w.rsplit(".", n)[0] for w in wanted for n in range(1, w.count(".") + 1)}
        inside = {name.rsplit(".", n)[0] for n in range(1, name.count(".") + 1)}
        graph[name] = (wanted | (parents - inside)) - {name}
    return circle_in(graph)


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    state: dict[str, int] = {}
    trail: list[str] = []

    def visit(node: str) -> list[str]:
        state[node] = 1
        trail.append(node)
        for after in sorted(graph.get(node, ())):
            if state.get(after) == 1:
                return [*trail[trail.index(after) :], after]
            if after not in state and (found := visit(after)):
                return found
        state[node] = 2
        trail.pop()
        return []

    for node in sorted(graph):
        if node not in state and (found := visit(node)):
            return found
    return []


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert long_files(ROOT / "planner") == []


def test_a_file_of_four_hundred_lines_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 400)
    assert long_files(tmp_path) == ["long.py"]


def test_there_is_no_circle_of_imports_by_any_count() -> None:
    assert find_circle(ROOT, "planner") == []


def test_a_circle_through_a_package_init_would_be_found(tmp_path: Path) -> None:
    package = tmp_path / "house"
    (package / "room").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "room" / "__init__.py").write_text("from house.hall import door\n")
    (package / "room" / "chair.py").write_text("")
    (package / "hall.py").write_text("def door():\n    from house.room import chair\n    return chair\n")
    assert find_circle(tmp_path, "house")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_functions_fit_on_a_screen_without_their_docstring(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            doc = node.body[0] if ast.get_docstring(node) else None
            lines = (node.end_lineno or 0) - node.lineno + 1
            lines -= (doc.end_lineno or 0) - doc.lineno + 1 if doc else 0
            assert lines <= MOST_FUNCTION_LINES, f"{node.name} has {lines} lines"


def test_nothing_is_called_utils() -> None:
    assert [p for p in FILES if p.stem in {"utils", "helpers", "misc", "common"}] == []


def test_importing_the_package_imports_none_of_the_heavy_libraries() -> None:
    code = "import sys, planner; print([m for m in ('numpy','pydantic','click','pulp','pandas') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def seconds(code: str) -> float:
    """The fastest of five fresh interpreters."""
    best = 1e9
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        best = min(best, time.perf_counter() - start)
    return best


def test_help_starts_within_three_times_of_importing_click() -> None:
    help_code = "import sys; sys.argv=['planner','--help']\nfrom planner.cli.main import main\nmain()"
    assert seconds(help_code) <= 3 * seconds("import click")
