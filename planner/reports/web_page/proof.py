"""Proof: what was proved and re-checked, the figures the plan rests on, and what it leaves out."""

from __future__ import annotations

from planner.model.plain import plain_number
from planner.model.plan import Plan
from planner.reports.chips import arrival_lines
from planner.reports.page import money
from planner.reports.web_page.content import Answer, Cell, Fold, Row, Section, Table, columns, day, link


def assumptions(answer: Answer) -> Section | None:
    """Ties, weak figures, capacities that nobody states, and what the author says is left out."""
    plan, scenario = answer.plan, answer.scenario
    folds = []
    tables: tuple[Table, ...] = ()
    if plan is not None:
        tables = tuple(table for table in (_weak(plan), _ties(plan)) if table.rows)
        folds += _counted("Capacity is not stated, so not limited", plan.evidence.not_limited)
        folds += _counted("Stand-by, without a share of the load", plan.evidence.stand_by)
    struck = plan.evidence.struck_out if plan else answer.struck_out
    folds += _counted("Arrivals of chips that do not count", tuple(arrival_lines(struck, scenario)))
    folds += _counted("Not modelled, as the author says", scenario.not_modelled)
    if tables and len(tables[0].rows) > 12:
        folds[:0] = [Fold(f"{table.caption} ({len(table.rows)})", table) for table in tables]
        tables = ()
    if not tables and not folds:
        return None
    lead = (
        "Figures that are copied, recalled, stand in for others or are of low confidence, and places that cost alike."
    )
    return Section("assumptions", "Ties and assumptions", lead, tables, tuple(folds), "Assumptions")


def _counted(words: str, lines: tuple[str, ...]) -> list[Fold]:
    return [Fold(f"{words} ({len(lines)})", lines=lines)] if lines else []


def _weak(plan: Plan) -> Table:
    rows: list[Row] = [
        [a.figure, plain_number(a.value), a.why, Cell(a.source, href=link(a.source), note=a.as_of), a.confidence or "–"]
        for a in plan.evidence.assumptions
    ]
    return Table("Weak figures", columns("figure", "#value", "why", "source", "confidence"), rows)


def _ties(plan: Plan) -> Table:
    tied: dict[tuple[str, str], set[str]] = {}
    for row in plan.placements:
        if row.tied_with:
            tied.setdefault((row.component, row.region), set()).update(row.tied_with)
    rows: list[Row] = [
        [component, region, ", ".join(sorted(others))] for (component, region), others in sorted(tied.items())
    ]
    return Table("Ties: as cheap to the cent elsewhere", columns("component", "runs in", "as well in"), rows)


def proof(answer: Answer) -> Section:
    """Bound, gap, solver, verifier and digests."""
    plan, scenario = answer.plan, answer.scenario
    rows: list[Row] = [*_proved(plan)] if plan else [["outcome", answer.state]]
    rows += [
        ["as of", day(scenario.as_of)],
        ["scenario file", Cell(scenario.sha256, "code", note=scenario.name)],
        ["question as embedded", Cell(answer.inputs_sha256, "code")],
        *((f"folder {name}", Cell(digest, "code")) for name, digest in sorted(scenario.library.items())),
        ["page written by", f"residency-planner {answer.version}"],
    ]
    lead = (
        "The verifier recomputes every rule, requirement and cost line from its meaning and shares no code with the"
        " solver. `planner verify` repeats it and recomputes the bound."
        if plan
        else "Digests are SHA-256."
    )
    table = Table("What was proved, and from what", columns("", "value"), rows)
    return Section("proof", "What was proved", lead, (table,), short="Proof")


def _proved(plan: Plan) -> list[Row]:
    bound = f"USD {money(plan.bound)}" if plan.bound.is_finite() else "none"
    gap = f"{float(plan.gap):.4%}" if plan.gap else "0"
    solver, verifier = (plan.certificate.solver, plan.certificate.verifier) if plan.certificate else ("–", "–")
    return [
        ["status", plan.status],
        ["total of the horizon", f"USD {plan.total_usd:,f}"],
        ["no plan can cost less than", bound],
        ["gap between the two", gap],
        ["solver", solver],
        ["re-checked by", f"{verifier}: no breach"],
        ["choice among equals", f"tie-break {plan.evidence.tie_break}"],
    ]
