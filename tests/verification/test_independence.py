"""The verifier may know the nouns and the drawers, and nothing that finds plans."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import planner

ROOM = Path(planner.__file__).parent / "verification"
KNOWN = ("verification", "model", "errors", "rules", "requirements")
OF_THE_SOLVER = (
    "planner.model.growing",
    "planner.model.candidates", "planner.model.exact", "planner.model.program", "planner.model.round_trips",
)  # fmt: skip


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name} imports by a relative name"
            yield node.module or ""


def allowed(module: str) -> bool:
    top, _, rest = module.partition(".")
    if module.startswith(OF_THE_SOLVER):
        return False
    return rest.split(".")[0] in KNOWN if top == "planner" else top in sys.stdlib_module_names


def test_the_verifier_imports_only_nouns_drawers_and_the_standard_library() -> None:
    strangers = {f"{file.name}: {name}" for file in ROOM.glob("*.py") for name in imported(file) if not allowed(name)}
    assert strangers == set()


def test_the_check_itself_tells_a_stranger_from_a_noun() -> None:
    assert allowed("planner.model.plan")
    assert allowed("fractions")
    assert not any(map(allowed, ("planner.solver.program", "planner.candidates", "planner.reading", "planner")))
    assert not any(map(allowed, ("numpy", "scipy.sparse", "pydantic")))
    assert not any(map(allowed, OF_THE_SOLVER))
