"""Readings as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

from planner.model.plain import to_plain
from planner.model.readings import Reading, Readings
from planner.reports.page import Page, money
from planner.reports.tables import safe_cell
from planner.reports.text import ADVICE

COLUMNS = ("rule", "status", "state", "usd", "moves", "buys", "title", "where")


def render(readings: Readings, form: str, *, width: int = 80) -> str:
    """The readings in one of the formats text, json and csv."""
    if form == "json":
        return json.dumps(readings_document(readings), indent=1, ensure_ascii=False) + "\n"
    return readings_csv(readings) if form == "csv" else readings_text(readings, width=width)


def readings_text(readings: Readings, *, width: int = 80) -> str:
    """What certainty costs, then each unsettled rule alone, the dearest first."""
    page = Page(width)
    page.line(_head(readings), "bold")
    _changes(page, readings.moves, readings.buys)
    page.line()
    rows = [[r.rule, r.status, _usd(r), r.where] for r in _ordered(readings.readings)]
    if rows:
        page.line("Each unsettled rule that bears here, alone beside the settled ones:")
        page.table([("rule", False), ("status", False), ("USD", True), ("at", False)], rows)
    for each in _ordered(readings.readings):
        if each.moves or each.buys:
            page.line(f"with {each.rule} ({each.title})", "bold")
            _changes(page, each.moves, each.buys)
    page.line()
    if readings.silent:
        page.line(f"{len(readings.silent)} unsettled rules bear on nothing here")
    page.line(ADVICE)
    return page.text


def _head(readings: Readings) -> str:
    if readings.total_usd is None:
        return f"{readings.scenario}: no plan exists under the settled rules"
    base = f"{readings.scenario}: USD {money(readings.total_usd)} under the settled rules"
    if not readings.readings:
        return f"{base}; no unsettled rule bears on it"
    if readings.certainty_usd is None or readings.certain_usd is None:
        return f"{base}; no plan is lawful under every reading"
    certain, more = money(readings.certain_usd), money(readings.certainty_usd)
    return f"{base}; lawful under every reading: USD {certain}, that certainty costs USD {more}"


def _changes(page: Page, moves: tuple[str, ...], buys: tuple[str, ...]) -> None:
    for move in moves:
        page.line(f"  moves {move}")
    for bought in buys:
        page.line(f"  buys {bought}")


def _usd(each: Reading) -> str:
    return "no plan" if each.state == "no plan" else "a plan exists" if each.usd is None else f"{each.usd:+,.2f}"


def _ordered(readings: tuple[Reading, ...]) -> list[Reading]:
    return sorted(readings, key=lambda r: (r.state != "no plan", -(r.usd or Decimal(0)), r.rule))


def readings_document(readings: Readings) -> dict[str, Any]:
    """The same as plain data; money is exact text."""
    return {
        "format_version": 1,
        "scenario": readings.scenario,
        "status": "infeasible" if readings.total_usd is None else "optimal",
        "total_usd": to_plain(readings.total_usd),
        "certain_usd": to_plain(readings.certain_usd),
        "certainty_usd": to_plain(readings.certainty_usd),
        "moves": list(readings.moves),
        "buys": list(readings.buys),
        "readings": [{key: to_plain(getattr(each, key)) for key in COLUMNS} for each in readings.readings],
        "silent": list(readings.silent),
    }


def flat_rows(readings: Readings) -> list[dict[str, Any]]:
    """Rows without lists inside, for tables."""
    rows = [{key: getattr(each, key) for key in COLUMNS} for each in readings.readings]
    return [{**row, "moves": "; ".join(row["moves"]), "buys": "; ".join(row["buys"])} for row in rows]


def readings_csv(readings: Readings) -> str:
    """One row an unsettled rule."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in flat_rows(readings):
        writer.writerow(["" if row[key] is None else safe_cell(row[key]) for key in COLUMNS])
    return out.getvalue()
