"""Current: where things stand before the first period, with names resolved, and what a scenario says of moving them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import Final

from planner.errors import Where
from planner.model.calendar import Period
from planner.model.moving import Migration, Moves, Standing
from planner.model.question import Component, Dataset, Flow
from planner.model.scenario import Scenario
from planner.reading.faults import Collector

FASTEST: Final = Decimal(10)
"""Growth a year: ten times more is a typing error."""


def resolve_current(written: Iterable[Standing], scenario: Scenario, faults: Collector) -> tuple[Standing, ...]:
    """Every standing with its full name, sorted; names and regions that mean nothing are faults."""
    known = list(chain(scenario.component, _copies(scenario)))
    found: dict[tuple[str, str], Standing] = {}
    for row in written:
        for what in _meant(row.what, scenario):
            if what not in known:
                faults.unknown(faults.inside(row.where, "what"), "component or copy", row.what, known)
            elif row.region not in scenario.region:
                faults.unknown(faults.inside(row.where, "region"), "region", row.region, scenario.region)
            elif (what, row.region) in found:
                faults.twice(row.where, f"{what} in {row.region}", found[what, row.region].where)
            else:
                found[what, row.region] = replace(row, what=what)
    _check_one_copy(found, faults)
    return tuple(found[key] for key in sorted(found))


def _copies(scenario: Scenario) -> list[str]:
    return [f"dataset:{d.id}/{copy.role}" for d in scenario.datasets for copy in d.copies]


def _meant(name: str, scenario: Scenario) -> list[str]:
    """Full names: of a component by its own id, the primary of a dataset, every part of a split one."""
    if name.startswith("dataset:"):
        dataset, _, role = name.removeprefix("dataset:").partition("/")
        split = [part for part in scenario.dataset if part.startswith(f"{dataset}@")]
        return [f"dataset:{part}/{role or 'primary'}" for part in split or [dataset]]
    ending = [full for full in scenario.component if full.endswith(f"/{name}")]
    return ending if len(ending) == 1 else [name]


def _check_one_copy(found: Mapping[tuple[str, str], Standing], faults: Collector) -> None:
    first: dict[str, Standing] = {}
    for (what, _), row in found.items():
        if what.startswith("dataset:") and what in first:
            faults.twice(row.where, f"where {what} stands", first[what].where)
        first.setdefault(what, row)


def check_moving(scenario: Scenario, head: Where, faults: Collector) -> None:
    """Collect what is wrong with growth, migration, stay and waves."""
    growing: Iterable[Component | Flow | Dataset]
    growing = chain(scenario.components, scenario.flows, scenario.datasets)
    for thing in growing:
        if thing.growth is not None and not -1 < thing.growth <= FASTEST:
            where, text = faults.inside(thing.where, "growth"), f"{thing.id}: growth is {thing.growth:%} a year"
            faults.add(where, "S003", text, "write for example 34 %")
    for dataset in scenario.datasets:
        _check_migration(dataset.id, dataset.migration, faults.inside(dataset.where, "migration"), faults)
    for component in scenario.components:
        _check_component(component, faults)
    _check_waves(scenario, faults.inside(head, "limits", "moves"), faults)
    _check_horizon(scenario, head, faults)


def _check_horizon(scenario: Scenario, head: Where, faults: Collector) -> None:
    if scenario.horizon.periods == 1 and scenario.current:
        text = "`current` changes nothing in a single period"
        faults.warn(
            faults.inside(head, "current"), "N004", text, "write for example `horizon: {from: 2026Q4, periods: 4}`"
        )
    if scenario.horizon.periods > 1 and scenario.ranks_breaches:
        text = "ranking should-breaches over several periods is not enforced by this version"
        faults.add(faults.inside(head, "objectives"), "S004", text, "write `objectives: [cost]`")


def _check_component(component: Component, faults: Collector) -> None:
    where = faults.inside(component.where, "migration")
    _check_migration(component.id, component.migration, where, faults)
    if component.migration != Migration() and component.divisible:
        text = f"{component.id} is divisible: migration of shares is not enforced by this version"
        faults.add(where, "S004", text, "leave it out")
    if component.migration.parallel and component.accelerators:
        text = f"{component.id}: migration.parallel with accelerators is not enforced by this version"
        faults.add(where, "S004", text, "state its cost under migration.cost")
    if component.stay < 1:
        where, text = faults.inside(component.where, "stay"), f"{component.id}: stay is {component.stay}"
        faults.add(where, "S003", text, "write at least 1 quarter")
    if component.stay > 1 and component.divisible:
        text = f"{component.id} is divisible: stay is not enforced by this version"
        faults.add(faults.inside(component.where, "stay"), "S004", text, "leave it out")


def _check_migration(name: str, migration: Migration, where: Where, faults: Collector) -> None:
    for key, value in (("cost", migration.cost), ("data", migration.data), ("parallel", migration.parallel)):
        if value is not None and value < 0:
            faults.add(faults.inside(where, key), "S003", f"{name}: migration.{key} is negative", "write 0 or more")


def _check_waves(scenario: Scenario, where: Where, faults: Collector) -> None:
    moves = scenario.limits.moves
    shared = next((c.id for c in scenario.components if c.divisible), None)
    if moves != Moves() and shared is not None:
        text = f"limits.moves beside a divisible component ({shared}) is not enforced by this version"
        faults.add(where, "S004", text, "leave it out")
    if moves.at_most is not None and moves.at_most < 0:
        faults.add(faults.inside(where, "at_most"), "S003", f"limits.moves: at_most {moves.at_most}", "write 0 or more")
    for quarter in moves.freeze:
        try:
            Period.parse(quarter)
        except ValueError as error:
            faults.add(
                faults.inside(where, "freeze"), "S003", f"limits.moves.freeze: {error}", "write for example 2026Q4"
            )
