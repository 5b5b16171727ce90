"""Growth: the question as it is in one of several periods, everything in it as large as it is by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, isqrt

from planner.model.calendar import Horizon
from planner.model.question import Component, Dataset, Flow, Quote, Replicas
from planner.model.scenario import Scenario

DIGITS = 6


def find_factor(growth: Decimal | None, quarter: int) -> Fraction:
    """(1 + growth)^(quarter / 4), rounded half-even to six decimals."""
    return fourth_root((1 + Fraction(growth or 0)) ** quarter, DIGITS)


def fourth_root(value: Fraction, digits: int) -> Fraction:
    """The fourth root of a positive number, rounded to so many decimals; a root halfway between two is even."""
    scale = 10 ** (digits + 20)
    # The root of the root of whole numbers is taken: twenty digits more than are kept.
    root = isqrt(isqrt(value.numerator * scale**4 // value.denominator))
    return round(Fraction(root, scale), digits)


def find_grown(scenario: Scenario, quarter: int) -> Scenario:
    """The scenario of one quarter alone."""
    factors = {c.id: find_factor(c.growth, quarter) for c in scenario.components}
    return replace(
        scenario,
        horizon=Horizon(str(scenario.periods[quarter]), 1, amortise=scenario.horizon.amortise),
        workloads=tuple(
            replace(
                each,
                components=tuple(_component(c, factors[c.id]) for c in each.components),
                flows=tuple(_flow(f, find_factor(f.growth, quarter)) for f in each.flows),
            )
            for each in scenario.workloads
        ),
        datasets=tuple(_dataset(d, find_factor(d.growth, quarter)) for d in scenario.datasets),
        quotes=tuple(_quotes(scenario.quotes, factors)),
    )


def _component(component: Component, factor: Fraction) -> Component:
    if component.divisible:
        return replace(component, per_replica={n: _times(a, factor) for n, a in component.per_replica.items()})
    if component.accelerators:
        grown = (replace(a, units=a.group * ceil(a.groups * factor)) for a in component.accelerators)
        return replace(component, accelerators=tuple(grown))
    return replace(component, replicas=Replicas(ceil(component.count * factor)))


def _flow(flow: Flow, factor: Fraction) -> Flow:
    return replace(flow, volume=_times(flow.volume, factor))


def _dataset(dataset: Dataset, factor: Fraction) -> Dataset:
    return replace(dataset, size=_times(dataset.size, factor), change=_times(dataset.change, factor))


def _quotes(quotes: Iterable[Quote], factors: dict[str, Fraction]) -> Iterable[Quote]:
    for quote in quotes:
        yield replace(quote, cost=_times(quote.cost, factors.get(quote.component, Fraction(1))))


def _times(amount: Decimal, factor: Fraction) -> Decimal:
    """Exactly: a factor has six decimals."""
    with localcontext(prec=200):
        return amount * Decimal(factor.numerator) / Decimal(factor.denominator)
