"""Text: the plan for a terminal, within its width, ids never cut."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planner.model.plan import Plan, RefusedPlaces
from planner.model.scenario import Scenario
from planner.reports.chips import arrival_lines, purchase_lines
from planner.reports.energy import energy_lines
from planner.reports.page import Page, money
from planner.reports.placements import placements_table
from planner.reports.quarters import quarters_answer, quarters_table, stays_table

ADVICE = "Planning support, not legal advice: check each citation before you rely on it."


def plan_text(plan: Plan, scenario: Scenario, *, width: int = 80, color: bool = False) -> str:
    """The whole report of a plan."""
    page = Page(width, color=color)
    _answer(page, plan, scenario)
    if plan.quarters:
        quarters_table(page, plan)
        stays_table(page, plan)
    else:
        placements_table(page, plan)
        _next_best(page, plan)
    _copies(page, plan)
    _purchases(page, plan, scenario)
    _costs(page, plan, scenario)
    _rules(page, plan)
    refused_text(page, plan.evidence.exclusions)
    _honesty(page, plan, scenario)
    return page.text


def _answer(page: Page, plan: Plan, scenario: Scenario) -> None:
    page.line(scenario.question, "bold")
    page.line()
    if plan.quarters:
        quarters_answer(page, plan)
        return
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


def _copies(page: Page, plan: Plan) -> None:
    if plan.copies:
        rests: dict[tuple[str, str, str], list[str]] = {}
        for c in plan.copies:
            rests.setdefault((c.dataset, c.role, c.region), []).append(c.period)
        rows = [[*names, *([_when(found)] if plan.quarters else [])] for names, found in rests.items()]
        when = [("when", False)] if plan.quarters else []
        page.table([("dataset", False), ("copy", False), ("rests in", False), *when], rows)
        page.line()


def _when(periods: list[str]) -> str:
    return periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}, {len(periods)} quarters"


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


def _costs(page: Page, plan: Plan, scenario: Scenario) -> None:
    sums: dict[str, Decimal] = {}
    for line in plan.cost_lines:
        sums[line.objective] = sums.get(line.objective, Decimal(0)) + line.usd_month
    heading = f"USD/month in {plan.quarters[0].period}" if plan.quarters else "USD/month"
    page.table([("cost", False), (heading, True)], [[name, money(usd)] for name, usd in sorted(sums.items())])
    for words in () if plan.quarters else energy_lines(plan, scenario):
        page.line(words)
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
