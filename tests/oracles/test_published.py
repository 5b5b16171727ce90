"""Published optima through the planner's own door: instance file, scenario, plan.

The collections are not part of the project. ORACLES names the folder that has them (with best_known.csv); with it set,
a missing file is a failure.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

import planner
from benchmarks.published import write_scenario

CFLP = [f"cflp/cap{group}{kind}.txt" for group in (4, 6, 8, 10, 12) for kind in (1, 2, 3, 4)]
HOLMBERG = [f"sscflp/holmberg/p{number}" for number in range(1, 24, 2)]
GAP = [f"gap/cattrysse1994_gap{number}-{copy}" for number in range(1, 13) for copy in (0, 1)]


@pytest.fixture(scope="module")
def collection() -> Path:
    """The folder of published instances."""
    folder = os.environ.get("ORACLES")
    if not folder:
        pytest.skip("set ORACLES to the folder of published instances to compare with their optima")
    return Path(folder)


def best_known(collection: Path, name: str) -> float:
    """The published value of an instance; a name that is not listed fails the test."""
    with (collection / "best_known.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["instance"]: row["best_known_value"] for row in csv.DictReader(file)}
    return float(listed[name])


@pytest.mark.parametrize("name", [*CFLP, *HOLMBERG, *GAP])
def test_the_plan_costs_what_is_published(name: str, collection: Path, tmp_path: Path) -> None:
    scenario = planner.read_scenario(write_scenario(collection / name, tmp_path))
    plan = planner.plan(scenario)
    assert plan.status == "optimal"
    assert float(plan.total_usd) == pytest.approx(best_known(collection, name), rel=1e-6)
