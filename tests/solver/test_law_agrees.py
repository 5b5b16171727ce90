"""Five hundred small scenarios under the full rule language: the planner finds what trying everything finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from planner.model.scenario import Scenario
from planner.reading.scenarios import read_scenario
from tests.oracles.instances import POLICY_FILE, VOCABULARY_FILE
from tests.oracles.law_instances import (
    EXEMPTIONS_FILE,
    LISTS_FILE,
    exemptions,
    law_instance,
    law_rules,
    law_vocabulary,
    lists,
)
from tests.solver.agreeing import compared
from tests.solver.worlds import NO_LIBRARY

CHUNK = 50


@pytest.mark.parametrize("first", range(0, 500, CHUNK))
def test_the_lawful_plan_costs_what_trying_everything_costs(first: int, tmp_path: Path) -> None:
    wrong = {seed: text for seed in range(first, first + CHUNK) if (text := compared(law_world(seed, tmp_path)))}
    assert not wrong


def law_world(seed: int, folder: Path) -> Scenario:
    """The scenario of a random instance of law."""
    files = {
        "scenario.yaml": law_instance(seed),
        POLICY_FILE: law_rules(seed),
        VOCABULARY_FILE: law_vocabulary(seed),
        EXEMPTIONS_FILE: exemptions(seed),
        LISTS_FILE: lists(seed),
    }
    home = folder / str(seed)
    for name, data in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False)
        (home / name).write_text(text, encoding="utf-8")
    return read_scenario(home / "scenario.yaml", library=NO_LIBRARY)
