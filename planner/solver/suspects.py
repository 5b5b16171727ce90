"""Suspects: the program with everything open, and for each cause the columns it shuts and the rows it keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.model.alternatives import Fleet
from planner.model.candidates import Candidates
from planner.model.conflict import CauseKey
from planner.model.exclusions import Exclusions, Mask
from planner.model.law import Level
from planner.model.program import FREE, Arrays, Program, RowBlock
from planner.model.question import Flow
from planner.model.scenario import Scenario
from planner.solver.blocks.shares import load_given
from planner.solver.draft import NONE, Draft, Index
from planner.solver.formulate import formulate

OTHERWISE_KEPT = ("capacity", "stock", "flow max_rtt")
"""Reasons of cells that rows or flows say more exactly."""

FACTS = ("status", "accelerator", "own hall", "release", "chips_from")
"""What is so and nobody asked for, as unknown figures are."""

UNPRICED: CauseKey = ("fact", "unknown: internet price", "")
"""A pair of regions without a price takes the internet price of its source, so that is the figure that is missing."""


@dataclass
class Claim:
    """What one cause does to the program.

    Attributes:
        columns, column_regions: columns it shuts, and the region of each (NONE where there is none).
        rows, row_regions: rows that hold because of it, and the region of each.
        off_lower, off_upper: the sides of those rows when the cause is left out.
    """

    columns: list[int] = field(default_factory=list)
    column_regions: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    row_regions: list[int] = field(default_factory=list)
    off_lower: list[int] = field(default_factory=list)
    off_upper: list[int] = field(default_factory=list)

    def shut(self, columns: NDArray[np.int64], regions: NDArray[np.int64]) -> None:
        """Add columns."""
        self.columns += columns.tolist()
        self.column_regions += regions.tolist()

    def keep(self, row: int, region: int = NONE, lower: int = -FREE, upper: int = FREE) -> None:
        """Add a row and what is left of it without the cause."""
        self.rows.append(row)
        self.row_regions.append(region)
        self.off_lower.append(lower)
        self.off_upper.append(upper)


@dataclass(frozen=True)
class Suspects:
    """The open program and every cause that restricts it.

    Attributes:
        claims: cause to what it does; a cause that does nothing is not in it.
    """

    draft: Draft
    program: Program
    claims: dict[CauseKey, Claim]

    @cached_property
    def arrays(self) -> Arrays:
        """The open program without costs: any plan at all will do."""
        return replace(self.program.arrays, cost=np.zeros_like(self.program.arrays.cost))

    def holding(self, causes: Collection[CauseKey]) -> Arrays:
        """The program in which these causes hold and no others."""
        arrays, held = self.arrays, set(causes)
        upper, low, high = arrays.upper.copy(), arrays.row_lower.copy(), arrays.row_upper.copy()
        for cause, claim in self.claims.items():
            if cause in held:
                upper[claim.columns] = 0
            else:
                low[claim.rows], high[claim.rows] = claim.off_lower, claim.off_upper
        return replace(arrays, upper=upper, row_lower=low, row_upper=high)


def suspects_of(scenario: Scenario, candidates: Candidates, opened: Candidates) -> Suspects:
    """Every cause of a scenario.

    Args:
        scenario: the question; mechanisms that it says are refused are causes of their own.
        candidates: tables of the same scenario as if nothing were refused, with their exclusions.
        opened: the same tables with every cell open.
    """
    draft = formulate(scenario, opened)
    program = draft.finish()
    claims: dict[CauseKey, Claim] = {}
    for cause, columns, regions in _shut_columns(draft, candidates):
        if len(columns):
            claims.setdefault(cause, Claim()).shut(columns, regions)
    for block in program.rows:
        _claim_rows(draft, block, claims)
    return Suspects(draft, program, dict(sorted(claims.items())))


Shut = tuple[CauseKey, NDArray[np.int64], NDArray[np.int64]]


def _shut_columns(draft: Draft, candidates: Candidates) -> Iterator[Shut]:
    now, names = candidates.periods[0], candidates
    copies = tuple(f"dataset:{name}" for name in names.copies)
    yield from _of_exclusions(draft.tables["x"], now.runs.exclusions, names.components)
    yield from _of_exclusions(draft.tables["b"], now.copies.exclusions, copies)
    chips = now.runs.alternatives
    yield from _of_exclusions(draft.tables["a"], chips.exclusions, tuple(names.components[k] for k in chips.component))
    yield from _of_purchases(draft, chips.fleet)
    for number, flow in enumerate(draft.scenario.flows):
        yield from _of_flow(draft, candidates, number, flow)
    for number, allowed in now.paths.copy_allowed.items():
        yield _pair(UNPRICED, draft.tables.get(f"fb:{number}"), ~allowed)
    for buy in (block for block in draft.columns if block.name == "buy"):
        for name in sorted(draft.scenario.refused):
            chosen = buy.start + np.flatnonzero(buy.keys["mechanism"] == name)
            yield ("mechanism", name, ""), chosen, np.full(len(chosen), NONE)


def _of_exclusions(table: Index, exclusions: Exclusions, things: tuple[str, ...]) -> Iterator[Shut]:
    for index, reason in enumerate(exclusions.reasons):
        if reason.derived or (reason.id in OTHERWISE_KEPT and not reason.where):
            continue
        mask = exclusions.cells(index)[exclusions.profile_of] & (table >= 0)
        if reason.where or reason.id in FACTS or reason.id.startswith("unknown: "):
            thing, region = np.nonzero(mask)
            yield (("rule" if reason.where else "fact"), reason.id, ""), table[thing, region], region
            continue
        for each in np.flatnonzero(mask.any(axis=1)).tolist():
            region = np.flatnonzero(mask[each])
            cause: CauseKey = ("fact" if reason.id == "quote" else "requirement", reason.id, things[each])
            yield cause, table[each, region], region


def _of_purchases(draft: Draft, fleet: Fleet) -> Iterator[Shut]:
    """Purchases of chips that a rule forbids outright."""
    bought, zone_region = draft.tables["bought"], draft.candidates.zone_region
    for gate in fleet.barred:
        kind, zone = np.nonzero(gate.cells[:, zone_region] & (bought >= 0))
        yield ("rule", gate.rule, ""), bought[kind, zone], zone_region[zone]


def _of_flow(draft: Draft, candidates: Candidates, number: int, flow: Flow) -> Iterator[Shut]:
    """Cells too slow for the flow's own max_rtt, and cells whose price nobody knows."""
    paths = candidates.periods[0].paths
    speed: CauseKey = ("requirement", "max_rtt", flow.id)
    group = next((end[6:] for end in (flow.from_, flow.to) if end.startswith("users:")), None)
    rtt = (paths.region_rtt if group is None else paths.point_rtt[group]).median
    counts = flow.max_rtt is not None and (group is None or draft.scenario.user_group[group].latency != "none")
    slow = rtt > int((flow.max_rtt or 0) * 1000) if counts else np.zeros(rtt.shape, dtype=bool)
    unknown = ~paths.allowed[number] & ~slow
    if group is None:
        yield _pair(speed, draft.tables[f"f:{number}"], slow)
        yield _pair(UNPRICED, draft.tables[f"f:{number}"], unknown)
        return
    for serving in draft.servings:
        name = draft.scenario.components[serving.component].id
        if serving.group != group or name not in (flow.from_, flow.to):
            continue
        if serving.whole:
            region = np.flatnonzero(slow.any(axis=0) & (draft.tables["x"][serving.component] >= 0))
            yield speed, draft.tables["x"][serving.component, region], region
        else:
            yield _pair(speed, draft.tables[f"q:{serving.key}"], slow)
            yield _pair(UNPRICED, draft.tables[f"q:{serving.key}"], unknown)


def _pair(cause: CauseKey, table: Index | None, mask: Mask) -> Shut:
    if table is None:
        return cause, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    first, second = np.nonzero(mask & (table >= 0))
    return cause, table[first, second], np.full(len(first), NONE)


def _claim_rows(draft: Draft, block: RowBlock, claims: dict[CauseKey, Claim]) -> None:
    if block.name in ("presence", "share_even"):
        _claim_presence(draft, block, claims)
    if not block.elastic:
        return
    soft = {rule.id for rule in draft.scenario.rules if rule.level is Level.SHOULD} if "rule" in block.keys else set()
    regions = block.keys["region"].tolist() if "region" in block.keys else [NONE] * block.size
    for local, number in enumerate(block.cause.tolist()):
        name = block.causes[number]
        if name not in soft:
            cause = _cause_of_row(draft, block, local, name)
            claims.setdefault(cause, Claim()).keep(block.start + local, regions[local])


def _cause_of_row(draft: Draft, block: RowBlock, local: int, name: str) -> CauseKey:
    """A rule, a capacity, a requirement of a component or copy; anything else is a limit on the whole plan."""
    if "rule" in block.keys:
        return ("rule", name, "")
    if block.name == "capacity":
        return ("capacity", name.removeprefix("capacity: "), "")
    if block.name == "stock":
        return ("stock", name.removeprefix("stock: "), "")
    if "component" in block.keys:
        return ("requirement", name, draft.candidates.components[int(block.keys["component"][local])])
    if "copy" in block.keys:
        return ("requirement", name, f"dataset:{draft.candidates.copies[int(block.keys['copy'][local])]}")
    return ("limit", name, "")


def _claim_presence(draft: Draft, block: RowBlock, claims: dict[CauseKey, Claim]) -> None:
    """A least number of regions above one: without it one region is enough, and where nothing steers the load, all."""
    for local, k in enumerate(block.keys["component"].tolist()):
        component = draft.scenario.components[k]
        if component.regions.min < 2:
            continue
        cause: CauseKey = ("requirement", "regions", component.id)
        if block.name == "share_even":
            claims.setdefault(cause, Claim()).keep(block.start + local)
        else:
            most = component.regions.max if load_given(draft, k) else 1
            claims.setdefault(cause, Claim()).keep(block.start + local, NONE, 1, most)
