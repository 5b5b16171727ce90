"""Growing: the scenario as it is in one of its quarters, with everything that grows as large as it is by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from math import ceil

from planner.model.accelerators import Alternative
from planner.model.calendar import Horizon
from planner.model.question import Component, Dataset, Flow, Replicas, Workload
from planner.model.scenario import Scenario

_EXACT = Context(prec=60)
_DIGITS = Decimal("1e-6")


def scenario_in(scenario: Scenario, quarter: int) -> Scenario:
    """The scenario of the quarter with that number alone; the first one has grown nothing."""
    if scenario.horizon.periods == 1:
        return scenario
    horizon = replace(scenario.horizon, from_=str(scenario.periods[quarter]), periods=1)
    return replace(_grown(scenario, quarter), horizon=Horizon(horizon.from_, 1, amortise=horizon.amortise))


def growth_factor(growth: Decimal | None, quarter: int) -> Decimal:
    """(1 + growth)^(quarter / 4), rounded half-even to six decimals."""
    yearly = _EXACT.power(1 + (growth or Decimal(0)), quarter)
    root = _EXACT.sqrt(_EXACT.sqrt(yearly))
    return root.quantize(_DIGITS, rounding=ROUND_HALF_EVEN, context=_EXACT)


def _grown(scenario: Scenario, quarter: int) -> Scenario:
    factors = {c.id: growth_factor(c.growth, quarter) for c in scenario.components}
    quotes = tuple(replace(q, cost=q.cost * factors[q.component]) for q in scenario.quotes)
    return replace(
        scenario,
        workloads=tuple(_workload(w, factors, quarter) for w in scenario.workloads),
        datasets=tuple(_dataset(d, growth_factor(d.growth, quarter)) for d in scenario.datasets),
        quotes=quotes,
    )


def _workload(workload: Workload, factors: Mapping[str, Decimal], quarter: int) -> Workload:
    components = tuple(_component(c, factors[c.id]) for c in workload.components)
    return replace(workload, components=components, flows=tuple(_flow(f, quarter) for f in workload.flows))


def _component(component: Component, factor: Decimal) -> Component:
    if factor == 1:
        return component
    if component.divisible:
        amounts = {name: amount * factor for name, amount in component.per_replica.items()}
        return replace(component, per_replica=amounts)
    if component.accelerators:
        return replace(component, accelerators=tuple(_alternative(a, factor) for a in component.accelerators))
    return replace(component, replicas=Replicas(ceil(component.count * factor)))


def _alternative(alternative: Alternative, factor: Decimal) -> Alternative:
    return replace(alternative, units=ceil(alternative.groups * factor) * alternative.group)


def _flow(flow: Flow, quarter: int) -> Flow:
    return replace(flow, volume=flow.volume * growth_factor(flow.growth, quarter)) if flow.growth else flow


def _dataset(dataset: Dataset, factor: Decimal) -> Dataset:
    return dataset if factor == 1 else replace(dataset, size=dataset.size * factor, change=dataset.change * factor)
