"""Headline: the question, the answer as a sentence, and the few figures that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.reports.map.places import Sights
from planner.reports.page import money
from planner.reports.web_page.content import Answer, day, listed


@dataclass(frozen=True, slots=True)
class Headline:
    """What the first screen says: the figure, what was proved (`badge`), a sentence, and facts of (name, value)."""

    question: str
    figure: str
    unit: str
    badge: str
    good: bool
    sentence: str
    facts: tuple[tuple[str, str], ...]


def headline(answer: Answer, sights: Sights) -> Headline:
    """The first screen of an answer."""
    if answer.plan is not None:
        return _of_plan(answer.plan, answer.scenario, sights)
    question = answer.scenario.question
    if answer.state == "infeasible":
        sentence = "No placement satisfies every rule and requirement."
        if answer.conflict and answer.conflict.repairs:
            repair = answer.conflict.repairs[0]
            ways = listed([change.text for change in repair.changes])
            sentence += f" The smallest way out: {ways}; then USD {money(repair.total_usd_month)} a month."
        return Headline(
            question, "No lawful plan", "", "infeasible, confirmed by a second program", False, sentence, ()
        )
    sentence = "The limit was reached before any plan was found; a longer time limit may find one."
    return Headline(question, "Not solved", "", "stopped at a limit", False, sentence, ())


def _of_plan(plan: Plan, scenario: Scenario, sights: Sights) -> Headline:
    proved = plan.status == "optimal"
    badge = "proved cheapest" if proved else f"not proved cheapest: gap {float(plan.gap):.2%}"
    count = len(plan.quarters)
    return Headline(
        scenario.question,
        f"USD {money(plan.total_usd if count else plan.total_usd_month)}",
        f"over {count} quarters" if count else "a month",
        badge,
        proved,
        _sentence(plan, sights),
        tuple(_facts(plan, scenario)),
    )


def _sentence(plan: Plan, sights: Sights) -> str:
    runs = [place.name for place in sights.places if place.components]
    keeps = [place.name for place in sights.places if not place.components]
    sentence = f"Everything runs in {listed(runs)}" if len(runs) > 1 else f"Everything runs in {''.join(runs)}"
    if plan.quarters:
        sentence = sentence.replace("Everything runs", f"In {plan.quarters[0].period} everything runs")
    return sentence + (f"; copies of data also rest in {listed(keeps)}." if keeps else ".")


def _facts(plan: Plan, scenario: Scenario) -> list[tuple[str, str]]:
    cash = sum((each.cash_usd for each in plan.one_offs), Decimal(0))
    later = plan.lawful_from if plan.lawful_from and plan.lawful_from > scenario.as_of else None
    binding = sum(rule.state == "binding" for rule in plan.rules)
    out = [("Lawful", f"from {day(later)}" if later else f"as of {day(scenario.as_of)}")]
    if plan.quarters:
        first, last = plan.quarters[0], plan.quarters[-1]
        out += [(f"A month in {q.period}", f"USD {money(q.usd_month)}") for q in (first, last)]
        out += [("One-offs, cash", f"USD {money(cash)}")] if cash else []
    elif cash:
        out += [("One-offs, cash", f"USD {money(cash)}"), ("With one-offs", f"USD {money(plan.total_usd)}")]
    out += [
        ("Regions in use", str(len({p.region for p in plan.placements} | {c.region for c in plan.copies}))),
        ("Rules that bind", f"{binding} of {len(plan.rules)}"),
        ("Read as of", day(scenario.as_of)),
    ]
    return out
