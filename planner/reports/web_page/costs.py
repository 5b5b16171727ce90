"""Costs: what each workload and each part of the cost takes, USD a month, to the cent and summing up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from planner.model.plan import CostLine, Plan
from planner.model.scenario import Scenario
from planner.reports.page import money
from planner.reports.web_page.content import Cell, Column, Fold, Row, Section, Table, columns

DATA = "data at rest and its copies"


def costs(plan: Plan, scenario: Scenario) -> Section:
    """A row a workload, a column a part; behind it every single line."""
    sums: dict[tuple[str, str], Decimal] = {}
    owner = _owners(scenario)
    for line in plan.cost_lines:
        key = owner.get(line.of, DATA), line.objective
        sums[key] = sums.get(key, Decimal(0)) + line.usd_month
    folds = [Fold(f"Every cost line ({len(plan.cost_lines)})", _lines(plan.cost_lines))]
    if plan.one_offs:
        folds.insert(0, Fold(f"One-offs ({len(plan.one_offs)})", _one_offs(plan), open=len(plan.one_offs) < 6))
    lead = "USD a month, recurring. One-offs are charged by the month beside it."
    return Section("costs", "Cost by workload and part", lead, (_table(sums, plan, scenario),), tuple(folds), "Cost")


def _owners(scenario: Scenario) -> dict[str, str]:
    """The workload of each component and flow; what belongs to data alone is in none."""
    out = {component.id: component.workload for component in scenario.components}
    return out | {flow.id: flow.workload for flow in scenario.flows}


def _table(sums: Mapping[tuple[str, str], Decimal], plan: Plan, scenario: Scenario) -> Table:
    parts = sorted({part for _, part in sums})
    names = {workload.id: workload.name or workload.id for workload in scenario.workloads}
    total = {owner: sum((usd for (who, _), usd in sums.items() if who == owner), Decimal(0)) for owner, _ in sums}
    order = sorted(total, key=lambda owner: (-total[owner], owner))
    most = max(total.values(), default=Decimal(0)) or Decimal(1)
    rows: list[Row] = [
        [
            Cell(names.get(owner, owner), note=owner if owner in names else ""),
            *(money(sums[owner, part]) if (owner, part) in sums else "–" for part in parts),
            Cell(money(total[owner]), "strong", bar=float(total[owner] / most)),
        ]
        for owner in order
    ]
    foot = [money(sum((usd for (_, p), usd in sums.items() if p == part), Decimal(0))) for part in parts]
    heads = (Column("workload"), *(Column(part, True) for part in parts), Column("together", True))
    return Table("Cost by workload and part, USD a month", heads, rows, ["all", *foot, money(plan.total_usd_month)])


def _lines(lines: tuple[CostLine, ...]) -> Table:
    ordered = sorted(lines, key=lambda line: (-line.usd_month, line.objective, line.of))
    rows: list[Row] = [[line.of, line.objective, money(line.usd_month)] for line in ordered]
    return Table("Every cost line", columns("of", "part", "#USD a month"), rows)


def _one_offs(plan: Plan) -> Table:
    rows: list[Row] = [
        [each.what, money(each.cash_usd), str(each.months), money(each.charged_usd)] for each in plan.one_offs
    ]
    heads = columns("one-off", "#USD, cash", "#over months", "#USD charged in the horizon")
    return Table("One-offs", heads, rows)
