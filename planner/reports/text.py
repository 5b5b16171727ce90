"""Text: the plan for a terminal, within its width, ids never cut."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planner.model.plan import NextBest, Placement, Plan, RefusedPlaces
from planner.model.scenario import Scenario
from planner.reports.chips import arrival_lines, chips_of, purchase_lines

ADVICE = "Planning support, not legal advice: check each citation before you rely on it."


class Page:
    """A page of plain text with tables that wrap; user text is never read as markup."""

    def __init__(self, width: int, *, color: bool = False) -> None:
        """A page of so many columns."""
        self.buffer = io.StringIO()
        self.console = Console(
            file=self.buffer,
            width=width,
            highlight=False,
            markup=False,
            emoji=False,
            force_terminal=color,
            no_color=not color,
        )

    def line(self, text: str = "", style: str = "") -> None:
        """A line of text, wrapped."""
        self.console.print(Text(text, style=style), soft_wrap=False)

    def table(self, columns: Iterable[tuple[str, bool]], rows: Iterable[Iterable[str]]) -> None:
        """A table; a column is (heading, whether it is a number)."""
        table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
        for heading, numeric in columns:
            table.add_column(Text(heading), justify="right" if numeric else "left", overflow="fold", no_wrap=numeric)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console.print(table)

    @property
    def text(self) -> str:
        """Everything written, without trailing spaces."""
        return "\n".join(line.rstrip() for line in self.buffer.getvalue().splitlines()) + "\n"


def money(usd: Decimal) -> str:
    """USD for people: thousands separated, cents."""
    return f"{usd:,.2f}"


def plan_text(plan: Plan, scenario: Scenario, *, width: int = 80, color: bool = False) -> str:
    """The whole report of a plan."""
    page = Page(width, color=color)
    _answer(page, plan, scenario)
    _placements(page, plan)
    _next_best(page, plan)
    _copies(page, plan)
    _purchases(page, plan, scenario)
    _costs(page, plan)
    _rules(page, plan)
    refused_text(page, plan.evidence.exclusions)
    _honesty(page, plan, scenario)
    return page.text


def _answer(page: Page, plan: Plan, scenario: Scenario) -> None:
    page.line(scenario.question, "bold")
    page.line()
    proof = "proved cheapest" if plan.status == "optimal" else f"not proved cheapest: gap {float(plan.gap):.2%}"
    page.line(
        f"{plan.status}: USD {money(plan.total_usd_month)} a month ({proof}; re-checked by the independent verifier)",
        "bold",
    )
    once = sum((o.charged_usd for o in plan.one_offs), Decimal(0))
    cash = sum((o.cash_usd for o in plan.one_offs), Decimal(0))
    if plan.one_offs:
        page.line(
            f"plus one-offs of USD {money(cash)}, charged USD {money(once)} a month: total USD {money(plan.total_usd)}"
        )
    if plan.lawful_from and plan.lawful_from > scenario.as_of:
        page.line(f"lawful from {plan.lawful_from} (as of {scenario.as_of}, lead times of what must be obtained first)")
    else:
        page.line(f"lawful as of {scenario.as_of}")
    page.line()


def _placements(page: Page, plan: Plan) -> None:
    rows = []
    others = {n.component: n for n in plan.evidence.next_best}
    for component in dict.fromkeys(p.component for p in plan.placements):
        own = [p for p in plan.placements if p.component == component]
        for region in dict.fromkeys(p.region for p in own):
            here = [p for p in own if p.region == region]
            rows.append(_placement_row(component, region, here, others.pop(component, None)))
    columns = [
        ("component", False),
        ("where", False),
        ("chips", False),
        ("units", True),
        ("share", True),
        ("USD/month", True),
        ("RTT ms", True),
    ]
    if not any(p.accelerator for p in plan.placements):
        columns, rows = [columns[:2] + columns[3:], [row[:2] + row[3:] for row in rows]]
    page.table(columns, rows)
    if any(p.rtt_ms is not None for p in plan.placements):
        page.line("RTT: median to the slowest place served, and the band of nine in ten; modelled unless said.")
    page.line()


def _placement_row(component: str, region: str, rows: list[Placement], other: NextBest | None) -> list[str]:
    """Where and for how much; below that the regions that tie, and the next best with what it costs more."""
    zones = f"{len(rows)} zone" + ("s" if len(rows) != 1 else "")
    units = sum(p.units for p in rows)
    share = sum((p.share for p in rows), start=type(rows[0].share)(0))
    tied = sorted({t for p in rows for t in p.tied_with})
    shown = other if other is not None and other.region not in tied else None
    where = [f"{region}, {zones}", *(f"tied: {t}" for t in tied), *([f"else {shown.region}"] if shown else [])]
    usd = [
        money(sum((p.usd_month for p in rows), Decimal(0))),
        *("" for _ in tied),
        *([_regret(shown)] if shown else []),
    ]
    rtt = "" if rows[0].rtt_ms is None else f"{rows[0].rtt_ms:.1f} ({_band(rows[0])})"
    part = "stand-by" if share == 0 else f"{float(share):.0%}"
    return [component, "\n".join(where), chips_of(rows), str(units) if units else "–", part, "\n".join(usd), rtt]


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


def _copies(page: Page, plan: Plan) -> None:
    if plan.copies:
        page.table(
            [("dataset", False), ("copy", False), ("rests in", False)],
            [[c.dataset, c.role, c.region] for c in plan.copies],
        )
        page.line()


def _purchases(page: Page, plan: Plan, scenario: Scenario) -> None:
    for m in plan.mechanisms:
        words = f"buy {m.id} for {m.entity}" + (f" ({m.key})" if m.key else "")
        refusable = "; may be refused" if m.may_be_refused else ""
        page.line(f"{words}: USD {money(m.cash_usd)} once, holds from {m.lawful_from}{refusable}")
    chips = [*purchase_lines(plan), *arrival_lines(plan.evidence.struck_out, scenario)]
    for line in chips:
        page.line(line)
    if plan.mechanisms or chips:
        page.line()


def _costs(page: Page, plan: Plan) -> None:
    sums: dict[str, Decimal] = {}
    for line in plan.cost_lines:
        sums[line.objective] = sums.get(line.objective, Decimal(0)) + line.usd_month
    page.table([("cost", False), ("USD/month", True)], [[name, money(usd)] for name, usd in sorted(sums.items())])
    page.line()


def _rules(page: Page, plan: Plan) -> None:
    """Rules that shape the plan with their source; the others by name."""
    shaping = [r for r in plan.rules if r.state in ("binding", "exempted")]
    if shaping:
        rows = [[r.state, r.id, f"{r.citation} [{r.quality}, checked {r.checked}]"] for r in shaping]
        page.table([("rule is", False), ("id", False), ("source", False)], rows)
    for state, words in (("held", "held without shutting a place"), ("not_applicable", "not applicable")):
        names = [r.id for r in plan.rules if r.state == state]
        if names:
            page.line(f"{words}: {', '.join(names)}")
    for rule in plan.rules:
        for duty in rule.records:
            page.line(f"duty without a place: {duty} ({rule.id})")
    if plan.rules:
        page.line()


def refused_text(page: Page, exclusions: Iterable[RefusedPlaces]) -> None:
    """Every refused place with all reasons, once for things that are alike."""
    alike: dict[tuple[str, str], list[str]] = {}
    for group in exclusions:
        by_reason: dict[str, list[str]] = {}
        for region, refusals in group.regions.items():
            by_reason.setdefault("; ".join(dict.fromkeys(r.reason for r in refusals)), []).append(region)
        for reasons, regions in by_reason.items():
            alike.setdefault((", ".join(regions), reasons), []).extend(group.of)
    rows = [[", ".join(things), places, reasons] for (places, reasons), things in alike.items()]
    if rows:
        page.table([("refused for", False), ("places", False), ("because of", False)], rows)
        page.line()


def _next_best(page: Page, plan: Plan) -> None:
    """What a line `else REGION` means."""
    if plan.evidence.next_best:
        page.line(
            "else: another open region; what the whole plan costs more a month with the component there, exactly (=) or"
            " at least (≥, proved); own: what the component itself pays more"
        )
        page.line()


def _honesty(page: Page, plan: Plan, scenario: Scenario) -> None:
    for a in plan.evidence.assumptions:
        origin = ", ".join(filter(None, (a.source, a.as_of)))
        page.line(f"weak figure: {a.figure} = {a.value} ({'; '.join(filter(None, (a.why, origin)))})")
    if plan.evidence.not_limited:
        page.line(f"capacity is not stated, so not limited: {', '.join(plan.evidence.not_limited)}")
    if plan.evidence.stand_by:
        page.line(f"stand-by (no share of the load): {', '.join(plan.evidence.stand_by)}")
    for sentence in scenario.not_modelled:
        page.line(f"not modelled: {sentence}")
    page.line(f"round trips are estimated medians, with their band and provenance in brackets. {ADVICE}")
