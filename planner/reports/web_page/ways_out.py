"""Ways out: what cannot hold together, and the smallest changes after which a plan exists."""

from __future__ import annotations

from planner.model.conflict import Change, Conflict, ConflictSet, Repair
from planner.reports.page import money
from planner.reports.web_page.content import Cell, Fold, Row, Section, Table, columns


def ways_out(conflict: Conflict) -> tuple[Section, ...]:
    """The conflict and its repairs, each a section."""
    tables = tuple(_set(number, each) for number, each in enumerate(conflict.sets))
    lead = "Leave any one out and the others can hold." if tables else "No set of causes was proved within the limit."
    repairs = [_repair(number, each) for number, each in enumerate(conflict.repairs, 1)]
    heads = columns("", "change", "how", "#then USD a month", "then buys")
    table = Table("Ways out: fewest changes first, then cheapest", heads, repairs)
    none = "No way out was found among refused mechanisms, ceilings, capacities, limits and exemptions."
    files = tuple(Fold(f"File of {change.what}", lines=(change.exemption,)) for change in _exemptions(conflict))
    out = "Fewest changes first, then cheapest; none of their amounts can be smaller."
    return (
        Section("conflict", "What cannot hold together", lead, tables, short="Conflict"),
        Section("repairs", "Ways out", out if repairs else none, (table,) if repairs else (), folds=files),
    )


def _set(number: int, found: ConflictSet) -> Table:
    rows: list[Row] = [
        [Cell(f"{cause.kind} {cause.id}", note=cause.of), cause.text, Cell(cause.where, note=cause.source)]
        for cause in found.causes
    ]
    count = len(found.causes)
    proof = f"proved by {count + 1} solves" if found.proved else "not proved within the limit"
    words = f"{count} that cannot hold together" if count > 1 else "One that alone leaves no plan"
    besides = "Even without those: " if number else ""
    return Table(f"{besides}{words} ({proof})", columns("cause", "what it says", "written in"), rows)


def _repair(number: int, repair: Repair) -> list[str | Cell]:
    least = "" if repair.state == "optimal" else "not proved cheapest"
    return [
        str(number),
        "\n".join(change.text for change in repair.changes),
        Cell("\n".join(_how(change) for change in repair.changes), "code"),
        Cell(money(repair.total_usd_month), note=least),
        "\n".join(repair.buys) or "–",
    ]


def _how(change: Change) -> str:
    if change.setting:
        return f"--set '{change.setting}'"
    return "sign the file below" if change.exemption else f"edit {change.where}"


def _exemptions(conflict: Conflict) -> list[Change]:
    return [change for repair in conflict.repairs for change in repair.changes if change.exemption]
