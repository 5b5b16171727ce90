"""Opening up: candidates with every cell open, so that what shuts them can be put back one cause at a time."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from planner.model.alternatives import Alternatives, Fleet
from planner.model.candidates import Candidates, Runs
from planner.model.exclusions import Whole
from planner.model.scenario import Scenario

Zones = tuple[str, ...]


def open_up(scenario: Scenario, candidates: Candidates) -> Candidates:
    """The same tables with nothing refused: costs, gates and duties stay, and any zone could hold all units."""
    return replace(
        candidates, periods=tuple(_opened(period, scenario, candidates.zones) for period in candidates.periods)
    )


def _opened(table: Any, scenario: Scenario, zones: Zones) -> Any:
    changed = {f.name: _opened_part(f.name, getattr(table, f.name), scenario, zones) for f in fields(table)}
    if isinstance(table, Runs):
        changed["most"] = _counts(table, scenario)
    if isinstance(table, Alternatives):
        changed["fleet"] = _whole_fleet(table, zones)
        changed["fitting"] = np.broadcast_to(table.groups[:, None], table.fitting.shape)
    return replace(table, **changed)


def _opened_part(name: str, part: Any, scenario: Scenario, zones: Zones) -> Any:
    if name.endswith("allowed"):
        if isinstance(part, dict):
            return {key: np.ones_like(mask) for key, mask in part.items()}
        return np.ones_like(part)
    if isinstance(part, tuple):
        return tuple(_opened_part("", each, scenario, zones) for each in part)
    inside = is_dataclass(part) and any(f.name.endswith("allowed") for f in fields(part))
    return _opened(part, scenario, zones) if inside else part


def _counts(runs: Runs, scenario: Scenario) -> Whole:
    """[Q, Z] all units of a component, whatever the room: what there is room for, capacity and stock rows say."""
    most = np.zeros_like(runs.most)
    for component, need in zip(scenario.components, runs.need_of.tolist(), strict=True):
        most[need] = 0 if component.divisible else component.count
    for component, groups in zip(runs.alternatives.component, runs.alternatives.groups, strict=True):
        most[runs.need_of[component]] = np.maximum(most[runs.need_of[component]], groups)
    return most


def _whole_fleet(table: Alternatives, zones: Zones) -> Fleet:
    """The fleet with every purchase that is on sale, and with the arrivals that rules must hold back."""
    fleet, buyable, units = table.fleet, table.fleet.buyable.copy(), table.fleet.units.copy()
    for gate in fleet.barred:
        buyable |= gate.cells
    for each in fleet.struck_out:
        if each.accelerator in table.kinds:
            units[zones.index(each.zone), table.kinds.index(each.accelerator)] += each.units
    return replace(fleet, buyable=buyable, units=units, held_back=fleet.struck_out)
