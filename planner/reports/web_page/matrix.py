"""Matrix: for each component and copy, every region in play: chosen, tied, open, or what refuses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.model.plan import Plan, Refusal, RefusedPlaces
from planner.model.scenario import Scenario
from planner.reports.web_page.content import Answer, Cell, Column, Fold, Section, Table, columns, listed
from planner.reports.web_page.where import regret

DETAILS = 4
Reasons = tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """Which regions refuse what, and what the plan says of the open ones.

    Attributes:
        refused: thing to region to the ids of the reasons.
        said: (thing, region) to a cell for an open place that is chosen, tied or next best.
    """

    regions: tuple[str, ...]
    refused: Mapping[str, Mapping[str, Reasons]]
    said: Mapping[tuple[str, str], Cell] = field(default_factory=dict)


def matrix(answer: Answer) -> Section:
    """A fold for each workload and for the copies of each entity, then every reason in words."""
    scenario = answer.scenario
    refused = {thing: _reasons(group) for group in answer.exclusions for thing in group.of}
    board = Board(tuple(sorted(scenario.region)), refused, dict(_said(answer.plan)) if answer.plan else {})
    groups = [*_workloads(scenario), *_entities(scenario)]
    folds = [fold for name, things in groups if (fold := _fold(board, name, things))]
    folds.append(Fold("Every reason in words", _legend(answer.exclusions, scenario)))
    lead = (
        "Rows that fare alike are one row. Regions that refuse a whole group for the same reasons stand below its table."
        " Open: lawful and fit, but dearer or no cheaper with the whole plan."
    )
    return Section("why-not", "Why not elsewhere", lead, folds=tuple(folds))


def _reasons(group: RefusedPlaces) -> dict[str, Reasons]:
    return {region: tuple(dict.fromkeys(r.reason for r in refusals)) for region, refusals in group.regions.items()}


def _said(plan: Plan) -> Iterable[tuple[tuple[str, str], Cell]]:
    for other in plan.evidence.next_best:
        yield (other.component, other.region), Cell("open", "open", note=regret(other))
    for row in plan.placements:
        for tied in row.tied_with:
            yield (row.component, tied), Cell("tied", "tied")
    for row in plan.placements:
        yield (row.component, row.region), Cell("runs here", "chosen")
    for copy in plan.copies:
        yield (f"dataset:{copy.dataset}/{copy.role}", copy.region), Cell("rests here", "chosen")


def _workloads(scenario: Scenario) -> Iterable[tuple[str, list[str]]]:
    for workload in scenario.workloads:
        yield workload.name or workload.id, [component.id for component in workload.components]


def _entities(scenario: Scenario) -> Iterable[tuple[str, list[str]]]:
    for entity in scenario.entities:
        own = [d for d in scenario.datasets if d.entity == entity.id]
        yield f"Copies of data, {entity.name or entity.id}", [
            f"dataset:{d.id}/{copy.role}" for d in own for copy in d.copies
        ]


def _fold(board: Board, name: str, things: list[str]) -> Fold | None:
    """The table of a group; columns are the regions on which its rows differ, or which are open to one."""
    if not things:
        return None
    alike: dict[tuple[Cell, ...], list[str]] = {}
    for thing in things:
        alike.setdefault(tuple(_cell(board, thing, region) for region in board.regions), []).append(thing)
    kept = [n for n in range(len(board.regions)) if not _shut_to_all([row[n] for row in alike])]
    rows = [[Cell("", "things", note="\n".join(own)), *(row[n] for n in kept)] for row, own in alike.items()]
    shut: dict[str, list[str]] = {}
    first = next(iter(alike))
    for n in set(range(len(board.regions))) - set(kept):
        shut.setdefault(first[n].text, []).append(board.regions[n])
    lines = tuple(f"{reasons}: {listed(sorted(keys), 99)}" for reasons, keys in sorted(shut.items()))
    heads = (Column("component or copy"), *(Column(board.regions[n]) for n in kept))
    open_to = f"{len(kept)} of {len(board.regions)} regions open to some of it or refusing differently"
    return Fold(f"{name}: {open_to}", Table(f"Why not elsewhere: {name}", heads, rows) if kept else None, lines)


def _cell(board: Board, thing: str, region: str) -> Cell:
    reasons = board.refused.get(thing, {}).get(region)
    if reasons:
        return Cell("; ".join(reasons), "no")
    return board.said.get((thing, region), Cell("open", "open"))


def _shut_to_all(cells: list[Cell]) -> bool:
    return cells[0].style == "no" and all(cell == cells[0] for cell in cells)


def _legend(exclusions: Iterable[RefusedPlaces], scenario: Scenario) -> Table:
    found: dict[str, dict[Refusal, None]] = {}
    for group in exclusions:
        for refusals in group.regions.values():
            for each in refusals:
                found.setdefault(each.reason, {})[each] = None
    laws = {rule.id: rule for rule in scenario.rules}
    rows = [_reason_row(reason, [*found[reason]], laws) for reason in sorted(found)]
    return Table("Every reason in words", columns("reason", "what it says", "written in"), rows)


def _reason_row(reason: str, said: list[Refusal], laws: Mapping[str, object]) -> list[str | Cell]:
    details = list(dict.fromkeys(each.detail for each in said))
    where = list(dict.fromkeys(each.where for each in said if each.where))
    kind = "rule" if reason in laws else ""
    return [Cell(reason, note=kind), "; ".join([*details[:DETAILS], *(["…"] if len(details) > DETAILS else [])]), listed(where, 3)]
