"""Opening up: candidates with every cell open, so that what shuts them can be put back one cause at a time."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from planner.model.candidates import Candidates, Runs, Whole
from planner.model.scenario import Scenario


def open_up(scenario: Scenario, candidates: Candidates) -> Candidates:
    """The same tables with nothing refused: costs, gates and duties stay, and any zone could hold all units."""
    return replace(candidates, periods=tuple(_opened(period, scenario) for period in candidates.periods))


def _opened(table: Any, scenario: Scenario) -> Any:
    changed = {f.name: _opened_part(f.name, getattr(table, f.name), scenario) for f in fields(table)}
    if isinstance(table, Runs):
        changed["most"] = _counts(table, scenario)
    return replace(table, **changed)


def _opened_part(name: str, part: Any, scenario: Scenario) -> Any:
    if name.endswith("allowed"):
        if isinstance(part, dict):
            return {key: np.ones_like(mask) for key, mask in part.items()}
        return np.ones_like(part)
    if isinstance(part, tuple):
        return tuple(_opened_part("", each, scenario) for each in part)
    inside = is_dataclass(part) and any(f.name.endswith("allowed") for f in fields(part))
    return _opened(part, scenario) if inside else part


def _counts(runs: Runs, scenario: Scenario) -> Whole:
    """[Q, Z] all units of a component, whatever the room: room is what capacity rows ask for."""
    most = np.zeros_like(runs.most)
    for component, need in zip(scenario.components, runs.need_of.tolist(), strict=True):
        most[need] = 0 if component.divisible else component.count
    return most
