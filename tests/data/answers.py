"""Answers to shipped scenarios with a few facts changed, in the words that the tests of the scenarios use."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planner.candidates.find import find_candidates
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import Library, data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings


@dataclass(frozen=True, slots=True)
class Question:
    """A shipped scenario, and changes to it."""

    name: str

    def world(
        self,
        values: dict[str, Any] | None = None,
        *,
        as_of: date | None = None,
        include: tuple[str, ...] = (),
        without: tuple[str, ...] = (),
        library: Library | None = None,
    ) -> Scenario:
        """The scenario with values put at dotted paths."""
        settings = Settings(values=values or {}, as_of=as_of, include=include, without=without)
        return read_scenario(data_root() / "scenarios" / f"{self.name}.yaml", library=library, settings=settings)

    def answer(self, values: dict[str, Any] | None = None, **changes: Any) -> Plan:
        """The plan of the scenario with values put at dotted paths."""
        return plan(self.world(values, **changes)).plan


def edited_library(folder: Path, file: str, old: str, new: str) -> Library:
    """The shipped folders with one piece of a regions file replaced."""
    shutil.copytree(data_root() / "regions", folder / "regions")
    path = folder / "regions" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Library((folder / "regions",), (data_root() / "policies",))


def where(found: Plan, component: str) -> set[str]:
    """The regions in which a component lives."""
    return {each.region for each in found.placements if each.component == component and each.units}


def rests(found: Plan, dataset: str) -> set[str]:
    """The regions in which copies of a dataset rest."""
    return {each.region for each in found.copies if each.dataset == dataset}


def chips(found: Plan, component: str) -> dict[str, int]:
    """How many chips a component uses, by kind."""
    sums: dict[str, int] = {}
    for each in found.placements:
        if each.component == component and each.accelerator is not None:
            sums[each.accelerator] = sums.get(each.accelerator, 0) + (each.chips or 0)
    return sums


def bought(found: Plan) -> dict[str, int]:
    """How many chips are bought, by kind."""
    sums: dict[str, int] = {}
    for each in found.bought:
        sums[each.accelerator] = sums.get(each.accelerator, 0) + each.units
    return sums


def mechanisms(found: Plan) -> set[str]:
    """What is bought of papers."""
    return {each.id for each in found.mechanisms}


def reasons(world: Scenario, component: str, region: str) -> set[str]:
    """Why a component is refused in a region; empty where it is not."""
    candidates = find_candidates(world)
    table = candidates.periods[0].runs.exclusions
    at = candidates.components.index(component), candidates.regions.index(region)
    return {reason.id for reason in table.at(*at)}
