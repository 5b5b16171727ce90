"""Matrix: for each component and copy, every region in play: chosen, tied, open, or what refuses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.model.plan import Plan, Refusal, RefusedPlaces
from planner.model.scenario import Scenario
from planner.reports.web_page.content import Answer, Cell, Column, Fold, Row, Section, Table, columns, listed
from planner.reports.web_page.where import regret

DETAILS = 4
UNKNOWN = "unknown: "
Reasons = tuple[str, ...]
Cells = tuple[Cell, ...]


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
        "What fares alike is one row or one column; regions that refuse a whole group for the same reasons stand"
        " below its table."
        " Open: lawful and fit, but dearer or no cheaper with the whole plan."
    )
    return Section("why-not", "Why not elsewhere", lead, (), tuple(folds), "Why not")


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
        yield (
            f"Copies of data, {entity.name or entity.id}",
            [f"dataset:{d.id}/{copy.role}" for d in own for copy in d.copies],
        )


def _fold(board: Board, name: str, things: list[str]) -> Fold | None:
    """The table of a group; what fares alike is one row or one column, and what is shut to all alike stands below."""
    if not things:
        return None
    alike: dict[Cells, list[str]] = {}
    for thing in things:
        alike.setdefault(tuple(_cell(board, thing, region) for region in board.regions), []).append(thing)
    fares: dict[Cells, list[str]] = {}
    for n, region in enumerate(board.regions):
        fares.setdefault(tuple(row[n] for row in alike), []).append(region)
    shut = {cells: regions for cells, regions in fares.items() if _shut_to_all(cells)}
    rows: list[Row] = [[", ".join(fares[cells]), *cells] for cells in sorted(fares, key=_interest) if cells not in shut]
    lines = tuple(sorted(f"{cells[0].text}: {', '.join(regions)}" for cells, regions in shut.items()))
    heads = (Column("region"), *(Column("\n".join(own)) for own in alike.values()))
    some = len(board.regions) - sum(map(len, shut.values()))
    summary = f"{name}: {some} of {len(board.regions)} regions open to some of it, or refused for different reasons"
    return Fold(summary, Table(f"Why not elsewhere: {name}", heads, rows) if rows else None, lines)


def _interest(cells: Cells) -> tuple[int, ...]:
    """What is chosen first, then what is tied or open, by how much of it."""
    styles = [cell.style for cell in cells]
    return (-styles.count("chosen"), -styles.count("tied"), -styles.count("open"))


def _cell(board: Board, thing: str, region: str) -> Cell:
    reasons = board.refused.get(thing, {}).get(region)
    if reasons:
        return Cell(_short(reasons), "no")
    return board.said.get((thing, region), Cell("open", "open"))


def _short(reasons: Reasons) -> str:
    """The reasons in their order, what is unknown once: `spread; unknown: vcpu price, zones`."""
    unknown = [each.removeprefix(UNKNOWN) for each in reasons if each.startswith(UNKNOWN)]
    others = [each for each in reasons if not each.startswith(UNKNOWN)]
    return "; ".join([*others, *([UNKNOWN + ", ".join(unknown)] if unknown else [])])


def _shut_to_all(cells: Cells) -> bool:
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
    return [
        Cell(reason, note=kind),
        "; ".join([*details[:DETAILS], *(["…"] if len(details) > DETAILS else [])]),
        listed(where, 3),
    ]
