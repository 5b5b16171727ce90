"""Ledger: what each rule did in the plan, what it costs, and how well its source was checked."""

from __future__ import annotations

from collections.abc import Mapping

from planner.model.law import Rule
from planner.model.plan import Plan, RuleLine
from planner.model.price import Price, Prices
from planner.model.scenario import Scenario
from planner.reports.prices import amount
from planner.reports.web_page.content import Cell, Fold, Section, Table, columns, link

STATES = {"binding": "binding", "exempted": "exempted", "held": "held", "not_applicable": "not applicable"}
QUALITY = {"primary": "primary source", "secondary": "secondary source", "memory": "recalled, not looked up"}


def ledger(plan: Plan, scenario: Scenario, prices: Prices | None) -> Section:
    """Rules that shape the plan, those that hold anyhow, and those that ask nothing here."""
    costs = {price.name: price for price in prices.rules} if prices else {}
    laws = {rule.id: rule for rule in scenario.rules}
    ordered = sorted(plan.rules, key=lambda line: ([*STATES].index(line.state), line.id))
    shaping = [line for line in ordered if line.state != "not_applicable"]
    idle = [line for line in ordered if line.state == "not_applicable"]
    tables = (_table("Rules that bear on this plan", shaping, laws, costs, prices),) if shaping else ()
    folds = [Fold(f"{head} ({len(lines)})", lines=tuple(lines)) for head, lines in _duties(ordered) if lines]
    if idle:
        table = _table("Rules that ask nothing here", idle, laws, costs, prices)
        folds.append(Fold(f"Not applicable here ({len(idle)})", table))
    lead = (
        "Binding: it shuts a place the plan would otherwise be open to, or asks for something that is bought. Held: it"
        " applies and shuts nothing more."
    )
    if prices is None:
        lead += " Prices of rules were not asked for (--with-prices)."
    return Section("rules", "Rules", lead if plan.rules else "No rule is in this scenario.", tables, folds=tuple(folds))


def _table(
    caption: str, lines: list[RuleLine], laws: Mapping[str, Rule], costs: Mapping[str, Price], prices: Prices | None
) -> Table:
    rows = [
        [
            Cell(line.title, note=line.id),
            Cell(STATES[line.state], line.state, note=_level(line)),
            _price(costs.get(line.id), prices),
            Cell(line.citation, href=_address(laws.get(line.id)), note=line.where),
            Cell(line.checked.isoformat(), "nowrap", note=QUALITY.get(line.quality, line.quality)),
        ]
        for line in lines
    ]
    return Table(caption, columns("rule", "state", "#price, USD a month", "source", "checked"), rows)


def _level(line: RuleLine) -> str:
    level = "" if line.level == "must" else line.level
    return ", ".join(filter(None, (level, "" if line.status == "enacted" else line.status)))


def _price(price: Price | None, prices: Prices | None) -> str | Cell:
    if price is None:
        return Cell("not asked" if prices is None else "–", "soft")
    return amount(price)


def _address(rule: Rule | None) -> str:
    return next((found for cite in rule.cites if (found := link(cite.url))), "") if rule else ""


def _duties(lines: list[RuleLine]) -> list[tuple[str, list[str]]]:
    return [("Duties without a place", [f"{duty} ({line.id})" for line in lines for duty in line.records])]
