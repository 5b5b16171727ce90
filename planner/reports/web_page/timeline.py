"""Timeline: what happens when, by quarter: permissions, chips, rules that begin or end, and moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.model.calendar import Period
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.reports.page import money
from planner.reports.web_page.content import Cell, Row, Section, Table, columns, day

Event = tuple[date, str, str]


def timeline(plan: Plan, scenario: Scenario) -> Section | None:
    """Every dated event after as_of that the plan depends on; None where there is none."""
    events = sorted({*_permissions(plan), *_chips(plan, scenario), *_law(scenario), *_moves(plan)})
    rows: list[Row] = [
        [str(Period.of(when)), Cell(day(when), "nowrap"), Cell(kind, "tag"), what]
        for when, kind, what in events
        if when >= scenario.as_of
    ]
    if not rows:
        return None
    table = Table("Every dated event", columns("quarter", "day", "kind", "what"), rows)
    return Section("timeline", "What happens when", "", (table,), short="When")


def _permissions(plan: Plan) -> Iterable[Event]:
    for each in plan.mechanisms:
        if not each.held:
            of = f" ({each.key})" if each.key else ""
            risk = "; may be refused" if each.may_be_refused else ""
            paid = f"; USD {money(each.cash_usd)} once" if each.cash_usd else ""
            yield each.lawful_from, "permission", f"{each.id} of {each.entity}{of} holds{paid}{risk}"


def _chips(plan: Plan, scenario: Scenario) -> Iterable[Event]:
    for each in plan.bought:
        begins = max(scenario.as_of, Period.parse(each.period).first_day)
        what = f"buy {each.units:,} {each.accelerator} for {each.zone} ({each.entity}): USD {money(each.cash_usd)} once"
        yield begins, "chips", what
    used = {p.region for p in plan.placements}
    for region in scenario.regions:
        for zone in region.zones:
            for row in zone.arrivals if region.key in used else ():
                yield row.on, "chips", f"{row.units:,} {row.accelerator} arrive in {region.key} ({row.status})"


def _law(scenario: Scenario) -> Iterable[Event]:
    for rule in scenario.rules:
        for window in rule.in_force:
            yield window.from_, "rule", f"{rule.id} comes into force: {rule.title}"
            if window.to is not None:
                yield window.to, "rule", f"{rule.id} is in force for the last day"
    for each in scenario.exemptions:
        yield each.expires_on, "exemption", f"{each.id} from {each.rule} expires"
    for held in scenario.holds:
        if held.until is not None:
            yield held.until, "permission", f"{held.mechanism} of {held.entity} ends"


def _moves(plan: Plan) -> Iterable[Event]:
    for each in plan.moves:
        paid = f"; USD {money(each.cash_usd)} once" if each.cash_usd else ""
        what = f"{each.what} moves: {each.src_region} → {each.dst_region}{paid}"
        yield Period.parse(each.period).first_day, "move", what
