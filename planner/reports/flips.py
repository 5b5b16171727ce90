"""Flips as text, JSON and CSV: break-evens, what each figure weighs, and round trips at the edge of their band."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

from planner.model.flip import Flip, Flips, Input, LatencyFlip
from planner.model.plain import plain_number, to_plain
from planner.reports.page import Page, money
from planner.reports.tables import safe_cell
from planner.reports.text import ADVICE

BAR = 24
SHOWN = 10
ORIGIN = ("weak", "source", "as_of", "confidence")
COLUMNS = ("input", "unit", "value", "way", "factor", "break_even", "usd_month", *ORIGIN, "moves")


def render(flips: Flips, form: str, *, width: int = 80) -> str:
    """The flips in one of the formats text, json and csv."""
    if form == "json":
        return json.dumps(flips_document(flips), indent=1, ensure_ascii=False) + "\n"
    return flips_csv(flips) if form == "csv" else flips_text(flips, width=width)


def flips_text(flips: Flips, *, width: int = 80) -> str:
    """Break-evens, weak figures first; then what each figure weighs, the heaviest first."""
    page = Page(width)
    asked = len(flips.steady) + len({flip.input.name for flip in flips.flips})
    asked_of = f"{asked} figures asked from 0 to {plain_number(flips.most)} times their value"
    page.line(f"{flips.scenario}: USD {money(flips.total_usd)}; {asked_of}", "bold")
    page.line()
    for flip in flips.flips:
        _flip(page, flip)
    if flips.steady:
        names = f": {', '.join(flips.steady)}" if len(flips.steady) <= SHOWN else ""
        page.line(f"{len(flips.steady)} figures flip nothing in between{names}")
    page.line()
    _swings(page, flips)
    if flips.latency is not None:
        _latency(page, flips.latency)
    page.line(ADVICE)
    return page.text


def _flip(page: Page, flip: Flip) -> None:
    now = f"{plain_number(flip.input.value)} {flip.input.unit}"
    if flip.tied:
        words = f"tied now: any {'less' if flip.way == 'down' else 'more'} and another plan is cheaper"
    else:
        words = f"flips at {_figure(flip.value)} ({flip.factor - 1:+.1%})"
    page.line(f"{flip.input.name}: {now}, {words}", "bold")
    for move in flip.moves:
        page.line(f"  moves {move}")
    if flip.usd_month is None:
        page.line("  no plan is left beyond it")
    elif not flip.moves:
        page.line("  nothing moves: shares, chips or purchases change")
    page.line(f"  {_origin(flip.input)}")


def _figure(value: Decimal) -> str:
    """Five significant digits."""
    return plain_number(Decimal(f"{value:.5g}"))


def _origin(each: Input) -> str:
    words = "; ".join(filter(None, (each.source, each.as_of, each.confidence and f"confidence {each.confidence}")))
    weak = f"check first: {each.weak}" if each.weak else ""
    return "; ".join(filter(None, (weak, words))) or "written in the scenario"


def _swings(page: Page, flips: Flips) -> None:
    """A tornado: what 10 % of a figure moves the plan as it is."""
    if not flips.swings:
        return
    page.line("what 10 % of a figure moves this plan, USD a month", "bold")
    most = max(abs(swing.usd_month) for swing in flips.swings)
    rows = []
    for swing in flips.swings[:SHOWN]:
        bar = "█" * max(1, round(BAR * abs(swing.usd_month) / most))
        rows.append([swing.input.name, money(swing.usd_month), bar, swing.input.weak])
    page.table([("figure", False), ("±10 %", True), ("", False), ("check first", False)], rows)
    if len(flips.swings) > SHOWN:
        page.line(f"and {len(flips.swings) - SHOWN} smaller ones")
    page.line()


def _latency(page: Page, found: tuple[LatencyFlip, ...]) -> None:
    page.line("round trips at the upper edge of their band (one in twenty is slower)", "bold")
    if not found:
        page.line("no requirement on round trips is asked at the median")
    for each in found:
        who = "all requirements together" if each.of == "all" else each.of
        more = "" if each.usd_month is None else f", USD {each.usd_month:+,.2f} a month"
        page.line(f"{who}: {each.state}{more if each.state != 'stays' or each.usd_month else ''}")
        for move in each.moves:
            page.line(f"  moves {move}")
    page.line()


def flips_document(flips: Flips) -> dict[str, Any]:
    """The same as plain data; money is exact text."""
    return {
        "format_version": 1,
        "scenario": flips.scenario,
        "status": "optimal",
        "total_usd": to_plain(flips.total_usd),
        "range": [to_plain(flips.least), to_plain(flips.most)],
        "flips": [{**_plain(flip.input), **_row(flip)} for flip in flips.flips],
        "swings": [
            {"input": s.input.name, "usd_month": to_plain(s.usd_month), "weak": s.input.weak} for s in flips.swings
        ],
        "steady": list(flips.steady),
        "latency": None if flips.latency is None else [to_plain(each) for each in flips.latency],
    }


def _plain(each: Input) -> dict[str, Any]:
    keys = ("value", "unit", *ORIGIN)
    return {"input": each.name, **{key: to_plain(getattr(each, key)) for key in keys}}


def _row(flip: Flip) -> dict[str, Any]:
    return {
        "way": flip.way,
        "factor": to_plain(flip.factor),
        "break_even": to_plain(flip.value),
        "usd_month": to_plain(flip.usd_month),
        "moves": list(flip.moves),
    }


def flat_rows(flips: Flips) -> list[dict[str, Any]]:
    """Rows without lists inside, for tables."""
    found = [{**_plain(flip.input), **_row(flip)} for flip in flips.flips]
    return [{**row, "moves": "; ".join(row["moves"])} for row in found]


def latency_rows(flips: Flips) -> list[dict[str, Any]]:
    """Rows of round trips at the upper edge, in the same columns."""
    return [
        {
            "input": f"round trips of {each.of}",
            "way": "upper edge",
            "usd_month": to_plain(each.usd_month),
            "weak": each.state,
            "moves": "; ".join(each.moves),
        }
        for each in flips.latency or ()
    ]


def flips_csv(flips: Flips) -> str:
    """One row a break-even."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in flat_rows(flips):
        writer.writerow([safe_cell(row[key]) for key in COLUMNS])
    return out.getvalue()
