"""The wheel: what a user installs holds the data, and only under the package's own name."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_regions_policies_and_scenarios(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    wanted_ones = (
        "regions/alibaba.yaml",
        "policies/law/my.yaml",
        "policies/vocab.yaml",
        "policies/areas/ae.geojson",
        "regions/borders/countries.json",
    )
    for wanted in (*wanted_ones, "scenarios/tng-ewallet.yaml"):
        assert f"planner/_data/{wanted}" in names


def test_nothing_lands_beside_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"planner", "residency_planner-0.1.0.dist-info"}


def test_a_plan_runs_from_the_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    scenario = "planner/_data/scenarios/tiny.yaml"
    command = [sys.executable, "-m", "planner", "plan", scenario, "--html", "page.html"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "optimal" in run.stdout
    assert "proved cheapest" in (tmp_path / "page.html").read_text()
