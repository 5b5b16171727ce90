"""Difference: two plans side by side, whether read from documents or found now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from planner.errors import NoLawfulPlan, Unsolved
from planner.model.difference import Difference, Line, Side, Sign
from planner.model.plan import Placement, Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.embedding import PlanFile

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """A plan, or what is known instead of one."""

    name: str
    state: str
    plan: Plan | None = None


def answer_to(scenario: Scenario, name: str = "") -> Answer:
    """The plan of a scenario, or the word for why there is none."""
    try:
        found = plan(scenario).plan
    except NoLawfulPlan:
        return Answer(name or scenario.name, "infeasible")
    except Unsolved:
        return Answer(name or scenario.name, "unsolved")
    return Answer(name or scenario.name, found.status, found)


def answer_in(file: PlanFile | str, name: str) -> Answer:
    """The plan of a document that was read, or its status."""
    return Answer(name, file) if isinstance(file, str) else Answer(name, file.plan.status, file.plan)


def difference(old: Answer, new: Answer) -> Difference:
    """What comes, changes and goes from one plan to the other."""
    sides = _side(old), _side(new)
    if old.plan is None or new.plan is None:
        return Difference(*sides)
    return Difference(
        *sides,
        tuple(_lines(old.plan, new.plan)),
        tuple(_objectives(old.plan, new.plan)),
        tuple(_signed(_bought(old.plan), _bought(new.plan))),
        tuple(_risks(old.plan, new.plan)),
        tuple(_rules(old.plan, new.plan)),
    )


def _side(answer: Answer) -> Side:
    found = answer.plan
    if found is None:
        return Side(answer.state, answer.name)
    components = {(row.component, row.region) for row in found.placements}
    copies = {(f"dataset:{row.dataset}/{row.role}", row.region) for row in found.copies}
    return Side(
        answer.state,
        answer.name,
        found.total_usd_month,
        found.total_usd,
        sum((each.cash_usd for each in found.one_offs), Decimal(0)),
        tuple(sorted(components | copies)),
        tuple(_bought(found)),
    )


def _bought(found: Plan) -> dict[str, str]:
    """Purchases by what they are; equal ones are one."""
    names = (f"{m.id} for {m.entity} {m.key}".rstrip() for m in found.mechanisms if not m.held)
    return {name: name for name in names}


def _lines(old: Plan, new: Plan) -> Iterator[Line]:
    before, after = _cost_of(old), _cost_of(new)
    yield from _changed(_components(old), _components(new), before, after)
    yield from _changed(_copies(old), _copies(new), {}, {})


def _changed(was: Texts, now: Texts, before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> Iterator[Line]:
    for name in sorted({*was, *now}):
        usd = after.get(name, Decimal(0)) - before.get(name, Decimal(0)) if before or after else None
        sign: Sign = "+" if name not in was else "-" if name not in now else "~"
        if sign != "~" or was[name] != now[name] or usd:
            yield Line(sign, name, was.get(name, ""), now.get(name, ""), usd)


def _cost_of(found: Plan) -> dict[str, Decimal]:
    out: dict[str, Decimal] = {}
    for line in found.cost_lines:
        out[line.of] = out.get(line.of, Decimal(0)) + line.usd_month
    return out


def _components(found: Plan) -> dict[str, str]:
    """Every component with its regions, its units there, and its shares where it has several regions."""
    rows: dict[str, dict[str, list[Placement]]] = {}
    for row in found.placements:
        rows.setdefault(row.component, {}).setdefault(row.region, []).append(row)
    return {name: ", ".join(_home(key, regions) for key in sorted(regions)) for name, regions in sorted(rows.items())}


def _home(region: str, regions: Mapping[str, list[Placement]]) -> str:
    units = sum(row.units for row in regions[region])
    share = f" {float(sum(row.share for row in regions[region])):.1%}" if len(regions) > 1 else ""
    return region + (f" ×{units}" if units else "") + share


def _copies(found: Plan) -> dict[str, str]:
    return {f"dataset:{copy.dataset}/{copy.role}": copy.region for copy in found.copies}


def _objectives(old: Plan, new: Plan) -> Iterator[tuple[str, Decimal]]:
    sums: dict[str, Decimal] = {}
    for found, sign in ((old, -1), (new, 1)):
        for line in found.cost_lines:
            sums[line.objective] = sums.get(line.objective, Decimal(0)) + sign * line.usd_month
    yield from ((name, usd) for name, usd in sorted(sums.items()) if usd)


def _signed(old: Texts, new: Texts) -> Iterator[str]:
    """What comes, then what goes."""
    yield from (f"+ {new[name]}" for name in sorted(new) if name not in old)
    yield from (f"- {old[name]}" for name in sorted(old) if name not in new)


def _risks(old: Plan, new: Plan) -> Iterator[str]:
    yield from _signed(_uncertain(old), _uncertain(new))
    if old.lawful_from != new.lawful_from:
        yield f"~ lawful from {old.lawful_from} → {new.lawful_from}"


def _uncertain(found: Plan) -> dict[str, str]:
    """Mechanisms that may be refused, and figures that are stand-ins, copies, recalled or of low confidence."""
    refusable = {f"m {m.id} {m.entity} {m.key}": f"{m.id} may be refused" for m in found.mechanisms if m.may_be_refused}
    weak = {f"w {a.figure}": f"weak figure {a.figure} = {a.value} ({a.why})" for a in found.evidence.assumptions}
    return refusable | weak


def _rules(old: Plan, new: Plan) -> Iterator[str]:
    yield from _signed(_binding(old), _binding(new))


def _binding(found: Plan) -> dict[str, str]:
    return {rule.id: f"{rule.id}: {rule.citation}" for rule in found.rules if rule.state == "binding"}
