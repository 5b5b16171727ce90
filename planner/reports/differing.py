"""Alternatives and frontier as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from planner.model.differing import Alternatives, Frontier
from planner.model.plain import plain_number, to_plain
from planner.reports.page import Page, money
from planner.reports.tables import safe_cell
from planner.reports.text import ADVICE

WIDE, HIGH = 48, 10
SHOWN = 12
OF_ALTERNATIVES = ("number", "usd", "more_usd", "differs", "moves")
OF_FRONTIER = ("rtt_ms", "usd", "more_usd", "moves")


def alternatives_text(found: Alternatives, *, width: int = 80) -> str:
    """Each plan with what it costs more and what stands elsewhere than in the cheapest."""
    page = Page(width)
    margin = plain_number(found.within * 100)
    page.line(f"{found.scenario}: USD {money(found.total_usd)}; plans that cost at most {margin} % more", "bold")
    page.line()
    for number, each in enumerate(found.found, 1):
        things = "1 thing stands" if each.differs == 1 else f"{each.differs} things stand"
        head = f"{number}. USD {each.usd:+,.2f}; {things} elsewhere than in any plan above"
        page.line(head if number > 1 else head.replace("any plan above", "the cheapest plan"), "bold")
        _moves(page, each.moves)
    if found.exhausted:
        page.line(f"no {'further ' if found.found else ''}plan within the margin stands anywhere else (proved)")
    page.line(ADVICE)
    return page.text


def _moves(page: Page, moves: tuple[str, ...]) -> None:
    for move in moves[:SHOWN]:
        page.line(f"   {move}")
    if len(moves) > SHOWN:
        page.line(f"   and {len(moves) - SHOWN} more")


def frontier_text(found: Frontier, *, width: int = 80) -> str:
    """A picture, then a row for each point."""
    page = Page(width)
    page.line(f"{found.scenario}: cost against the mean round trip of users, by traffic", "bold")
    page.line()
    for line in _picture(found):
        page.line(line)
    rows = [[_ms(p.rtt_ms), money(p.plan.total_usd), str(len(p.moves))] for p in found.points]
    page.table([("mean round trip", True), ("USD", True), ("things elsewhere", True)], rows)
    page.line("all points (proved)" if found.whole else "more points lie in between: --points asks for more")
    page.line()
    last = found.points[-1]
    if len(found.points) == 1:
        page.line("the cheapest plan is the fastest, too")
    elif last.moves:
        page.line(f"for the fastest, {_ms(last.rtt_ms)}:", "bold")
        _moves(page, last.moves)
    page.line(ADVICE)
    return page.text


def _ms(rtt: Decimal) -> str:
    return f"{rtt} ms"


def _picture(found: Frontier) -> Iterable[str]:
    """Cost upwards, round trip to the right; nothing where there is one point."""
    slow = [p.rtt_ms for p in found.points]
    usd = [p.plan.total_usd for p in found.points]
    if len(usd) < 2 or max(slow) == min(slow):
        return
    grid = [[" "] * (WIDE + 1) for _ in range(HIGH + 1)]
    for x, y in zip(slow, usd, strict=True):
        column = round((x - min(slow)) / (max(slow) - min(slow)) * WIDE)
        row = round((y - min(usd)) / (max(usd) - min(usd)) * HIGH)
        grid[HIGH - row][column] = "●"
    yield f"  USD {money(max(usd))}"
    yield from (f"  │{''.join(line).rstrip()}" for line in grid)
    yield f"  └{'─' * (WIDE + 1)}"
    yield f"   {_ms(min(slow))}{' ' * (WIDE - len(_ms(min(slow))) - len(_ms(max(slow))))}{_ms(max(slow))}"
    yield f"  USD {money(min(usd))} at the bottom"


def alternative_rows(found: Alternatives) -> list[dict[str, Any]]:
    """Rows without lists inside, for tables."""
    return [
        {
            "number": number,
            "usd": each.plan.total_usd,
            "more_usd": each.usd,
            "differs": each.differs,
            "moves": "; ".join(each.moves),
        }
        for number, each in enumerate(found.found, 1)
    ]


def point_rows(found: Frontier) -> list[dict[str, Any]]:
    """Rows without lists inside, for tables; the cheapest first."""
    base = found.points[0].plan.total_usd
    return [
        {"rtt_ms": p.rtt_ms, "usd": p.plan.total_usd, "more_usd": p.plan.total_usd - base, "moves": "; ".join(p.moves)}
        for p in found.points
    ]


def alternatives_document(found: Alternatives) -> dict[str, Any]:
    """As plain data; money is exact text."""
    head = {"format_version": 1, "scenario": found.scenario, "status": "optimal"}
    body = {"total_usd": to_plain(found.total_usd), "within": to_plain(found.within), "exhausted": found.exhausted}
    rows = [
        {**_plain(row), "moves": list(a.moves)} for row, a in zip(alternative_rows(found), found.found, strict=True)
    ]
    return head | body | {"alternatives": rows}


def frontier_document(found: Frontier) -> dict[str, Any]:
    """As plain data; money and milliseconds are exact text."""
    head = {"format_version": 1, "scenario": found.scenario, "status": "optimal", "against": "latency"}
    rows = [{**_plain(row), "moves": list(p.moves)} for row, p in zip(point_rows(found), found.points, strict=True)]
    return head | {"whole": found.whole, "points": rows}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: to_plain(value) for key, value in row.items()}


def to_csv(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """One row each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(row[key]) for key in columns] for row in rows)
    return out.getvalue()


def render_alternatives(found: Alternatives, form: str, *, width: int = 80) -> str:
    """In one of the formats text, json and csv."""
    if form == "json":
        return json.dumps(alternatives_document(found), indent=1, ensure_ascii=False) + "\n"
    if form == "csv":
        return to_csv(alternative_rows(found), OF_ALTERNATIVES)
    return alternatives_text(found, width=width)


def render_frontier(found: Frontier, form: str, *, width: int = 80) -> str:
    """In one of the formats text, json and csv."""
    if form == "json":
        return json.dumps(frontier_document(found), indent=1, ensure_ascii=False) + "\n"
    return to_csv(point_rows(found), OF_FRONTIER) if form == "csv" else frontier_text(found, width=width)
