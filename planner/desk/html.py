"""What a notebook shows of a scenario and a plan; every text is escaped."""

from __future__ import annotations

from html import escape

from planner.model.scenario import Scenario
from planner.planning import Planned
from planner.reports.chips import chips_of
from planner.reports.text import ADVICE, money


def scenario_html(scenario: Scenario) -> str:
    """The question and its size."""
    counts = f"{len(scenario.components)} components, {len(scenario.regions)} regions, {len(scenario.rules)} rules"
    return f"<p><strong>{escape(scenario.question)}</strong><br>{counts}, as of {scenario.as_of}</p>"


def plan_html(planned: Planned) -> str:
    """The answer as a sentence and a table."""
    plan = planned.plan
    rows = "".join(
        f"<tr><td>{escape(p.component)}</td><td>{escape(p.region)}</td><td>{escape(p.zone.split(':', 1)[1])}</td>"
        f"<td>{escape(chips_of([p]))}</td><td style='text-align:right'>{p.units}</td>"
        f"<td style='text-align:right'>{money(p.usd_month)}</td></tr>"
        for p in plan.placements
    )
    head = "<tr><th>component</th><th>region</th><th>zone</th><th>chips</th><th>units</th><th>USD/month</th></tr>"
    answer = f"{plan.status}: USD {money(plan.total_usd_month)} a month, verified"
    return (
        f"<p><strong>{escape(planned.scenario.question)}</strong><br>{answer}</p>"
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table><p><small>{ADVICE}</small></p>"
    )
