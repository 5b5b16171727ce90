"""Chips: how many a component asks for and why, what is bought, what does not count."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from planner.model.accelerators import Alternative, Serves
from planner.model.plain import plain_number
from planner.model.plan import Placement, Plan, StruckOut
from planner.model.question import Component
from planner.model.scenario import Scenario
from planner.model.tokens import PREFIX


def sizing_lines(component: Component) -> Iterable[str]:
    """Demand, then each alternative with the equations it follows from, then the kinds that are none."""
    serves = component.serves
    if serves is not None:
        yield f"serves {serves.model}: {_demand(serves)}"
    for each in component.accelerators:
        yield from _alternative(each)
    for kind, reason in serves.left_out.items() if serves else ():
        yield f"{kind}: no alternative: {reason}"


def _demand(serves: Serves) -> str:
    if serves.jobs:
        what = f"{_count(serves.jobs)} jobs a day"
    else:
        what = f"{_count(serves.input)} input and {_count(serves.output)} output tokens a day"
        what += f", {float(serves.cached):.0%} of the input found in a cache"
    return f"{what}; peak {plain_number(serves.peak)} times the mean; chips used to {float(serves.utilisation):.0%}"


def _alternative(each: Alternative) -> Iterable[str]:
    origin = "; ".join(filter(None, (each.basis, each.source, each.as_of)))
    sure = f"confidence {each.confidence}" if each.confidence else ""
    words = ", ".join(filter(None, (origin, sure)))
    size = chips_words(each.units, each.group) if each.tokens is None else "by the token"
    yield f"{each.id}: {size}" + (f" ({words})" if words else "")
    yield from (f"  {equation}" for equation in (each.arithmetic or "").split("; ") if equation)
    if each.note:
        yield f"  {each.note}"


def chips_words(units: int, group: int) -> str:
    """`48 chips, 3 groups of 16`; a group of one chip is not told."""
    chips = f"{units:,} chip" + ("s" if units != 1 else "")
    if group == 1:
        return chips
    groups = units // group
    return f"{chips}, {groups:,} group{'s' if groups != 1 else ''} of {group}"


def _count(amount: Decimal) -> str:
    return f"{amount:,.0f}"


def chips_of(rows: Iterable[Placement]) -> str:
    """What the placements of a component in one region run on: `16 H200 in 2 groups`, empty without chips."""
    rows = list(rows)
    chips, groups = sum(p.chips for p in rows), sum(p.units for p in rows)
    kinds = sorted({p.accelerator for p in rows if p.accelerator})
    if not kinds:
        return ""
    if kinds[0].startswith(PREFIX):
        return f"API {kinds[0].removeprefix(PREFIX)}"
    apart = f" in {groups:,} group{'s' if groups != 1 else ''}" if chips != groups else ""
    return f"{chips:,} {' and '.join(kinds)}{apart}"


def purchase_lines(plan: Plan) -> Iterable[str]:
    """What is bought for own halls."""
    for each in plan.bought:
        cash = f"{each.cash_usd:,.2f}"
        yield f"buy {each.units:,} {each.accelerator} for {each.zone} ({each.entity}): USD {cash} once"


def arrival_lines(struck_out: Iterable[StruckOut], scenario: Scenario) -> Iterable[str]:
    """The arrivals that do not count: those that law strikes out, and those that are only announced."""
    for out in struck_out:
        what = f"{out.units:,} {out.accelerator} for {out.zone} on {out.on}"
        yield f"struck out, not counted: {what}, refused by {', '.join(out.rules)}"
    wanted = {each.id for component in scenario.components for each in component.accelerators}
    for region in scenario.regions:
        for zone in region.zones:
            for row in zone.arrivals:
                if row.status == "announced" and not scenario.announced and row.accelerator in wanted:
                    what = f"{row.units:,} {row.accelerator} for {region.zone_key(zone)} on {row.on}"
                    yield f"announced only, not counted: {what} (`accelerators: {{announced: true}}` counts it)"
