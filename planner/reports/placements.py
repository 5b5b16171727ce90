"""The table of placements: where each component runs, for how much, what ties with it and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from planner.model.plan import NextBest, Placement, Plan
from planner.reports.chips import chips_of
from planner.reports.page import Page, money

Row = list[str]
COLUMNS = (
    ("component", False),
    ("where", False),
    ("zones", True),
    ("chips", False),
    ("units", True),
    ("share", True),
    ("USD/month", True),
    ("RTT ms", True),
)
CHIPS = 3


def placements_table(page: Page, plan: Plan) -> None:
    """A row for each component and region; below it the regions that tie, and the next best with what it costs more."""
    rows: list[Row] = []
    others = {n.component: n for n in plan.evidence.next_best}
    for component in dict.fromkeys(p.component for p in plan.placements):
        own = [p for p in plan.placements if p.component == component]
        for region in dict.fromkeys(p.region for p in own):
            here = [p for p in own if p.region == region]
            rows += _rows(component, region, here, others.pop(component, None))
    columns = list(COLUMNS)
    if not any(p.accelerator for p in plan.placements):
        columns, rows = [columns[:CHIPS] + columns[CHIPS + 1 :], [row[:CHIPS] + row[CHIPS + 1 :] for row in rows]]
    page.table(columns, fitted(rows, [heading for heading, _ in columns], page.width))
    if any(p.rtt_ms is not None for p in plan.placements):
        page.line("RTT: median to the slowest place served, and the band of nine in ten; modelled unless said.")
    page.line()


def _rows(component: str, region: str, here: list[Placement], other: NextBest | None) -> list[Row]:
    units = sum(p.units for p in here)
    share = sum((p.share for p in here), start=type(here[0].share)(0))
    tied = sorted({t for p in here for t in p.tied_with})
    usd = money(sum((p.usd_month for p in here), Decimal(0)))
    rtt = "" if here[0].rtt_ms is None else f"{here[0].rtt_ms:.1f} ({_band(here[0])})"
    part = "stand-by" if share == 0 else f"{float(share):.0%}"
    place = [component, region, str(len(here)), chips_of(here), str(units) if units else "–", part, usd, rtt]
    out = [place, *(["  tied", t, "", "", "", "", "", ""] for t in tied)]
    if other is not None and other.region not in tied:
        out.append(["  else", other.region, "", "", "", "", _regret(other), ""])
    return out


def _regret(other: NextBest) -> str:
    """What the next best costs more: exact, at least, or only what the component itself pays."""
    if other.regret_usd is not None:
        return f"= {money(other.regret_usd)}"
    if other.regret_at_least_usd is not None:
        return f"≥ {money(other.regret_at_least_usd)}"
    return f"own {other.own_usd_month - other.chosen_usd_month:+,.2f}"


def _band(row: Placement) -> str:
    """The band of a round trip and what it rests on, as short as it can be told."""
    low, high = ("?" if ms is None else f"{ms:.0f}" for ms in (row.rtt_low_ms, row.rtt_high_ms))
    said = "" if row.rtt_provenance == "modelled" else f", {row.rtt_provenance or 'unknown'}"
    return f"{low}–{high}{said}"


def fitted(rows: list[Row], headings: Row, width: int) -> list[Row]:
    """Rows whose cells are broken at the joints of ids, one column after the other, until the table fits."""
    joints: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("RTT ms", lambda cell: cell.replace(" (", "\n(", 1)),
        ("chips", lambda cell: cell.replace(" in ", "\nin ", 1)),
        ("units", lambda cell: cell.replace(" → ", " →\n", 1)),
        ("component", lambda cell: cell.replace("/", "/\n  ", 1)),
        ("where", lambda cell: cell.replace(":", ":\n  ", 1)),
    )
    for heading, broken in joints:
        if heading in headings and _natural(rows, headings) > width:
            column = headings.index(heading)
            rows = [[broken(cell) if n == column else cell for n, cell in enumerate(row)] for row in rows]
    return rows


def _natural(rows: list[Row], headings: Row) -> int:
    """Columns of a terminal that the table takes without wrapping."""
    widths = [max((len(line) for row in rows for line in row[n].split("\n")), default=0) for n in range(len(headings))]
    return sum(max(width, len(h)) for width, h in zip(widths, headings, strict=True)) + 2 * (len(headings) - 1)
