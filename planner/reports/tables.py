"""Tables: placements as CSV that spreadsheets can open without running anything."""

from __future__ import annotations

import csv
import io

from planner.model.plain import fraction_text
from planner.model.plan import Plan

ROUND_TRIP = ("rtt_ms", "rtt_low_ms", "rtt_high_ms", "rtt_provenance")
COLUMNS = (
    *("component", "period", "provider", "region", "zone", "accelerator"),
    *("units", "share", "usd_month", *ROUND_TRIP, "chips"),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def placements_csv(plan: Plan) -> str:
    """One row a placement; text that a spreadsheet would run is prefixed with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for p in plan.placements:
        share, usd = fraction_text(p.share), f"{p.usd_month:f}"
        place = (p.component, p.period, p.provider, p.region, p.zone, p.accelerator or "")
        row = (*place, p.units, share, usd, *(getattr(p, name) for name in ROUND_TRIP), p.chips)
        writer.writerow(["" if cell is None else safe_cell(cell) for cell in row])
    return out.getvalue()


def safe_cell(cell: object) -> object:
    """Text that a spreadsheet would run, prefixed; anything else as it is."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell
