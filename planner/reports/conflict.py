"""Conflicts and repairs as text and JSON."""

from __future__ import annotations

import json
from typing import Any

from planner.model.conflict import Cause, Conflict, ConflictSet, Repair
from planner.model.plain import to_plain
from planner.reports.page import Page, money
from planner.reports.text import ADVICE


def render(conflict: Conflict, form: str, *, width: int = 80) -> str:
    """The conflict in one of the formats text and json."""
    if form == "json":
        document = {"format_version": 1, "scenario": conflict.scenario, "status": conflict.state}
        return json.dumps(document | {"conflict": conflict_document(conflict)}, indent=1, ensure_ascii=False) + "\n"
    page = Page(width)
    if conflict.state == "feasible":
        page.line(f"{conflict.scenario}: no conflict, a plan exists", "bold")
    elif conflict.state == "unsolved":
        page.line(f"{conflict.scenario}: the limit was reached before a plan or a conflict was found", "bold")
    else:
        page.line(f"{conflict.scenario}: no plan satisfies every rule and requirement", "bold")
        conflict_lines(page, conflict)
    page.line(ADVICE)
    return page.text


def conflict_lines(page: Page, conflict: Conflict) -> None:
    """The sets and the ways out of them, on a page."""
    _periods(page, conflict)
    if conflict.first_from and not conflict.sets:
        return
    for number, each in enumerate(conflict.sets):
        page.line()
        page.line(_head(number, each), "bold")
        for cause in each.causes:
            page.line(f"  {cause_text(cause)}")
    if not conflict.sets:
        page.line("No set of causes was proved to be in conflict within the limit.")
    page.line()
    if not conflict.repairs:
        page.line("No way out was found among refused mechanisms, ceilings, capacities, limits and exemptions.")
    for number, repair in enumerate(conflict.repairs):
        if number == 0:
            page.line("Ways out: fewest changes first, then cheapest; none of their amounts can be smaller", "bold")
        _repair(page, number + 1, repair)
    page.line()


def _periods(page: Page, conflict: Conflict) -> None:
    """Of several periods: which one has no plan by itself, and from when on there is one."""
    if conflict.period:
        page.line(f"{conflict.period} has no plan even by itself:")
    elif conflict.first_from:
        page.line("Each quarter has a plan by itself: what stands between them is lead times, chips, moves or stays.")
    if conflict.first_from:
        page.line(f"A plan over as many quarters exists from {conflict.first_from} on:")
        page.line(f"  --set horizon.from={conflict.first_from}")


def _head(number: int, found: ConflictSet) -> str:
    count, besides = len(found.causes), "Even without those, " if number else ""
    words = f"{besides}these {count} cannot hold together; leave any one out and the others can"
    if count == 1:
        words = f"{besides}this alone leaves no plan"
    words = words[0].upper() + words[1:]
    return words + (f" (proved by {count + 1} solves)" if found.proved else " (not proved within the limit)")


def cause_text(cause: Cause) -> str:
    """One line: what was written, about what, where, and the clause."""
    of = f" of {cause.of}" if cause.of else ""
    places = "; ".join(filter(None, (cause.where, cause.source)))
    return f"{cause.kind} {cause.id}{of}: {cause.text}" + (f" ({places})" if places else "")


def _repair(page: Page, number: int, repair: Repair) -> None:
    for place, change in enumerate(repair.changes):
        page.line(f"  {number}. {change.text}" if place == 0 else f"     {change.text}")
        if change.setting:
            page.line(f"     --set '{change.setting}'")
        else:
            page.line("     its file is in --format json" if change.exemption else f"     edit {change.where}")
    least = "" if repair.state == "optimal" else ", not proved cheapest"
    page.line(
        f"     then USD {money(repair.total_usd_month)} a month, USD {money(repair.total_usd)} with one-offs{least}"
    )
    for bought in repair.buys:
        page.line(f"     {bought}")


def conflict_document(conflict: Conflict) -> dict[str, Any]:
    """The same as plain data; every key is there."""
    sets = [{"proved": each.proved, "causes": [_all_keys(cause) for cause in each.causes]} for each in conflict.sets]
    repairs = [
        {**_all_keys(repair), "changes": [_all_keys(change) for change in repair.changes]}
        for repair in conflict.repairs
    ]
    return {"sets": sets, "repairs": repairs, "solves": conflict.solves}


def _all_keys(noun: Any) -> dict[str, Any]:
    return {key: to_plain(getattr(noun, key)) for key in noun.__dataclass_fields__}


def set_rows(conflict: Conflict) -> list[dict[str, Any]]:
    """One row a cause, with the number of its set."""
    return [
        {"set": number + 1, **_all_keys(cause)} for number, each in enumerate(conflict.sets) for cause in each.causes
    ]


def repair_rows(conflict: Conflict) -> list[dict[str, Any]]:
    """One row a change, with the number of its repair and what the plan then costs."""
    return [
        {
            "repair": number + 1,
            "change": change.text,
            "setting": change.setting,
            "total_usd_month": repair.total_usd_month,
            "total_usd": repair.total_usd,
            "buys": "; ".join(repair.buys),
        }
        for number, repair in enumerate(conflict.repairs)
        for change in repair.changes
    ]
