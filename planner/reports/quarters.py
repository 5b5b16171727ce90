"""Quarters: a plan over several periods for a terminal: what each costs, what happens in it, and where things are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from planner.model.plan import Placement, Plan, Quarter
from planner.reports.chips import chips_of
from planner.reports.page import Page, money
from planner.reports.placements import fitted

Stretch = tuple[str, str, list[Placement]]
"""First and last quarter of a stay, and its rows."""


def quarters_answer(page: Page, plan: Plan) -> None:
    """The total, what was proved of it, and that lead times are kept."""
    first, last = plan.quarters[0], plan.quarters[-1]
    proof = "proved cheapest" if plan.gap < Decimal("1e-6") else f"proved within {float(plan.gap):.3%} of the cheapest"
    discounted = ", discounted" if last.weight != 1 else ""
    total = f"{plan.status}: USD {money(plan.total_usd)} over {len(plan.quarters)} quarters{discounted}"
    page.line(f"{total} ({proof}; re-checked by the independent verifier)", "bold")
    page.line(f"USD {money(first.usd_month)} a month in {first.period}, USD {money(last.usd_month)} in {last.period}")
    if plan.one_offs:
        cash = sum((o.cash_usd for o in plan.one_offs), Decimal(0))
        charged = sum((o.charged_usd for o in plan.one_offs), Decimal(0))
        page.line(f"one-offs of USD {money(cash)}, of which USD {money(charged)} is charged inside these quarters")
    page.line(f"lawful in every quarter from {plan.lawful_from} on, lead times kept")
    page.line()


def quarters_table(page: Page, plan: Plan) -> None:
    """A row for each quarter: its recurring cost, what is paid once, and what happens."""
    rows = []
    for quarter in plan.quarters:
        events = list(_events(plan, quarter))
        rows.append([quarter.period, money(quarter.usd_month), money(_cash(plan, quarter)), "\n".join(events)])
    page.table([("quarter", False), ("USD/month", True), ("once, USD", True), ("what happens", False)], rows)
    early = [o for o in plan.one_offs if o.period not in {q.period for q in plan.quarters}]
    for each in early:
        page.line(f"before, in {each.period}: {each.what}, USD {money(each.cash_usd)} once")
    page.line()


def _cash(plan: Plan, quarter: Quarter) -> Decimal:
    return sum((o.cash_usd for o in plan.one_offs if o.period == quarter.period), Decimal(0))


def _events(plan: Plan, quarter: Quarter) -> Iterator[str]:
    for m in plan.mechanisms:
        if m.period == quarter.period:
            yield f"buy {m.id} for {m.entity}" + (f" ({m.key})" if m.key else "") + f", holds from {m.lawful_from}"
    for b in plan.bought:
        if b.period == quarter.period:
            yield f"buy {b.units:,} {b.accelerator} for {b.zone}"
    for o in plan.one_offs:
        if o.period == quarter.period and o.what.startswith("opening:"):
            yield f"open {o.what.removeprefix('opening:').partition('@')[2]}"
    for move in plan.moves:
        if move.period == quarter.period:
            yield f"move {move.what}: {move.src_region} → {move.dst_region}"


def stays_table(page: Page, plan: Plan) -> None:
    """A row for each component, region and unbroken stretch of quarters."""
    order = [quarter.period for quarter in plan.quarters]
    rows = []
    for component in dict.fromkeys(p.component for p in plan.placements):
        own = [p for p in plan.placements if p.component == component]
        for region in dict.fromkeys(p.region for p in own):
            for first, last, here in _stretches([p for p in own if p.region == region], order):
                begin, end = ([p for p in here if p.period == at] for at in (first, last))
                when = first if first == last else f"{first}–{last}"
                rows.append([component, region, when, _span(begin, end), _usd(begin, end)])
    columns = [("component", False), ("where", False), ("when", False), ("units", True), ("USD/month", True)]
    page.table(columns, fitted(rows, [heading for heading, _ in columns], page.width))
    page.line()


def _stretches(rows: list[Placement], order: list[str]) -> Iterable[Stretch]:
    there = [order.index(period) for period in dict.fromkeys(p.period for p in rows)]
    start = 0
    for n in range(1, len(there) + 1):
        if n == len(there) or there[n] != there[n - 1] + 1:
            inside = {order[i] for i in there[start:n]}
            yield order[there[start]], order[there[n - 1]], [p for p in rows if p.period in inside]
            start = n


def _span(begin: list[Placement], end: list[Placement]) -> str:
    first, last = _amount(begin), _amount(end)
    return first if first == last else f"{first} → {last}"


def _amount(rows: list[Placement]) -> str:
    units = sum(p.units for p in rows)
    return chips_of(rows) or (str(units) if units else f"{float(sum(p.share for p in rows)):.0%}")


def _usd(begin: list[Placement], end: list[Placement]) -> str:
    first, last = (money(sum((p.usd_month for p in rows), Decimal(0))) for rows in (begin, end))
    return first if first == last else f"{first} →\n{last}"
