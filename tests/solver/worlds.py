"""Worlds for tests of the planner: random instances, shipped scenarios, and scenarios of a few literal lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from planner.model.scenario import Scenario
from planner.reading.library import Library, data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from tests.oracles import instances

NO_LIBRARY = Library((), ())
"""No shipped regions and no shipped law: a world is what its own folder says."""

Documents = dict[str, dict[str, Any]]

ENTITIES = "entities: [{id: e}, {id: other}]\n"

HEAD = f"""
scenario: literal
question: What is the cheapest lawful plan?
as_of: 2026-11-23
horizon: {{from: 2026Q4, periods: 1, amortise: 10 months}}
catalog: {{providers: [], places: []}}
{ENTITIES.strip()}
objectives: [cost]
"""


def documents(seed: int) -> Documents:
    """The files of a random instance by name."""
    return {
        "scenario.yaml": instances.instance(seed),
        instances.POLICY_FILE: instances.rules(seed),
        instances.VOCABULARY_FILE: instances.vocabulary(seed),
    }


def read_documents(files: Documents, folder: Path, settings: Settings = Settings()) -> Scenario:
    """The scenario of files given as plain data, in the order of keys in which they are given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False)
        (folder / name).write_text(text, encoding="utf-8")
    return read_scenario(folder / "scenario.yaml", library=NO_LIBRARY, settings=settings)


def random_world(seed: int, folder: Path) -> Scenario:
    """The scenario of a random instance."""
    return read_documents(documents(seed), folder / str(seed))


def literal_world(lines: str, folder: Path, **beside: str) -> Scenario:
    """The scenario of HEAD and a few more lines of YAML; `beside` are policy files by name without `.yaml`."""
    for name, text in beside.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    path = folder / "scenario.yaml"
    head = HEAD.replace(ENTITIES, "") if "\nentities:" in lines else HEAD
    path.write_text(head + lines, encoding="utf-8")
    return read_scenario(path, library=NO_LIBRARY)


def shipped_scenarios() -> list[Path]:
    """Every scenario file that comes with the planner."""
    return sorted((data_root() / "scenarios").glob("*.yaml"))
