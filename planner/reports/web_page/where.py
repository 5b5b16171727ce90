"""Where: each component and copy with its place, what ties with it and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planner.model.plan import NextBest, Placement, Plan
from planner.reports.chips import chips_of
from planner.reports.map.places import Sights
from planner.reports.page import money
from planner.reports.web_page.content import Cell, Fold, Row, Section, Table, columns


def where(plan: Plan, sights: Sights) -> Section:
    """The places in use, then the components by workload, then the copies."""
    rows = list(_placements(plan))
    many = len(rows) > 24
    heads = columns("component", "runs in", "#zones", "#units", "#USD a month", "#round trip, ms", "next best")
    folds = [Fold(f"Components ({len(rows)})", Table("Components and where they run", heads, rows), open=not many)]
    if plan.copies:
        copies = _copies(plan)
        folds.append(Fold(f"Copies of data ({len(copies.rows)})", copies))
    lead = (
        "Next best: the lawful region besides its own; what the whole plan costs more a month with the component"
        " there, exactly (=) or at least (≥, proved); own: what the component itself pays more."
    )
    if plan.quarters:
        lead = f"As it is in {plan.quarters[0].period}; what moves later is told below, under what happens when."
    return Section("where", "Where everything is", lead, (_places(sights),), tuple(folds), "Where")


def _places(sights: Sights) -> Table:
    rows: list[Row] = [
        [
            Cell(place.name, note=place.country),
            ", ".join(place.regions),
            str(place.components),
            str(place.copies),
            money(place.usd_month),
        ]
        for place in sights.places
    ]
    heads = columns("place", "regions", "#components", "#data copies", "#USD a month of what runs there")
    return Table("Places in use", heads, rows)


def _placements(plan: Plan) -> Iterable[list[str | Cell]]:
    others = {each.component: each for each in plan.evidence.next_best}
    first = plan.placements[0].period if plan.placements else ""
    for component in dict.fromkeys(p.component for p in plan.placements):
        own = [p for p in plan.placements if p.component == component and p.period == first]
        for region in dict.fromkeys(p.region for p in own):
            here = [p for p in own if p.region == region]
            yield _row(component, region, here, others.pop(component, None), sought=not plan.quarters)


def _row(
    component: str, region: str, here: list[Placement], other: NextBest | None, *, sought: bool
) -> list[str | Cell]:
    share = float(sum(p.share for p in here))
    units = sum(p.units for p in here)
    tied = sorted({t for p in here for t in p.tied_with})
    part = "stand-by" if share == 0 else f"{share:.0%} of the load" if share < 1 else ""
    notes = ", ".join(filter(None, (chips_of(here), part)))
    usd = money(sum((p.usd_month for p in here), Decimal(0)))
    if tied:
        after: str | Cell = Cell(", ".join(tied), "tied", note="tied: costs the same to the cent")
    else:
        after = Cell(other.region, note=regret(other)) if other else "none is open" if sought else "not sought"
    return [component, Cell(region, note=notes), str(len(here)), str(units or "–"), usd, _round_trip(here[0]), after]


def regret(other: NextBest) -> str:
    """What the next best costs more, USD a month."""
    if other.regret_usd is not None:
        return f"= USD {money(other.regret_usd)}"
    if other.regret_at_least_usd is not None:
        return f"≥ USD {money(other.regret_at_least_usd)}"
    return f"own {other.own_usd_month - other.chosen_usd_month:+,.2f}"


def _round_trip(row: Placement) -> str | Cell:
    if row.rtt_ms is None:
        return "–"
    low, high = ("?" if ms is None else f"{ms:.0f}" for ms in (row.rtt_low_ms, row.rtt_high_ms))
    return Cell(f"{row.rtt_ms:.1f}", note=f"{low} to {high}, {row.rtt_provenance or 'unknown'}")


def _copies(plan: Plan) -> Table:
    first = plan.copies[0].period
    rows: list[Row] = [[copy.dataset, copy.role, copy.region] for copy in plan.copies if copy.period == first]
    return Table("Copies of data and where they rest", columns("dataset", "copy", "rests in"), rows)
