"""What a notebook shows of a scenario and a plan; every text is escaped."""

from __future__ import annotations

from html import escape

from planner.model.conflict import Conflict
from planner.model.difference import Difference
from planner.model.scenario import Scenario
from planner.planning import Planned
from planner.reports.chips import chips_of
from planner.reports.conflict import cause_text
from planner.reports.difference import note_lines, sides_text
from planner.reports.page import money
from planner.reports.text import ADVICE


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


def conflict_html(conflict: Conflict) -> str:
    """The sets as lists, the ways out as a table."""
    if conflict.state != "infeasible":
        return f"<p><strong>{escape(conflict.scenario)}</strong>: no conflict ({conflict.state})</p>"
    sets = "".join(
        f"<p><strong>{len(each.causes)} cannot hold together{'' if each.proved else ' (not proved)'}</strong></p>"
        f"<ul>{''.join(f'<li>{escape(cause_text(cause))}</li>' for cause in each.causes)}</ul>"
        for each in conflict.sets
    )
    rows = "".join(
        f"<tr><td>{'<br>'.join(escape(change.text) for change in repair.changes)}</td>"
        f"<td style='text-align:right'>{money(repair.total_usd_month)}</td>"
        f"<td>{'<br>'.join(map(escape, repair.buys))}</td></tr>"
        for repair in conflict.repairs
    )
    head = "<tr><th>way out</th><th>then USD/month</th><th>with</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else "<p>No way out was found.</p>"
    return f"{sets}{table}<p><small>{ADVICE}</small></p>"


def difference_html(found: Difference) -> str:
    """Both totals, a table of what changes, and the rest as a list."""
    rows = "".join(
        f"<tr><td>{line.sign}</td><td>{escape(line.what)}</td><td>{escape(line.was)}</td><td>{escape(line.now)}</td>"
        f"<td style='text-align:right'>{'' if line.usd_month is None else f'{line.usd_month:+,.2f}'}</td></tr>"
        for line in found.lines
    )
    head = "<tr><th></th><th>what</th><th>was</th><th>now</th><th>USD/month</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    notes = "".join(f"<li>{escape(words)}</li>" for words in note_lines(found))
    totals = "<br>".join(map(escape, sides_text(found)))
    return f"<p>{totals}</p>{table}<ul>{notes}</ul>" if not found.empty else f"<p>{totals}<br>nothing changes</p>"
