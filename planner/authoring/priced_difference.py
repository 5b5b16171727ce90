"""Priced difference: what a change of law moves and costs in one scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planner.answers.difference import answer_to, difference
from planner.model.difference import Difference
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings


def priced(
    path: Path, library: Library, old: tuple[Path, ...], new: tuple[Path, ...], settings: Settings
) -> Difference:
    """Plan the scenario with the policies of each side; raises InputFaults."""
    sides = [
        read_scenario(path, library=replace(library, policies=folders), settings=settings) for folders in (old, new)
    ]
    return difference(*(answer_to(scenario) for scenario in sides))
