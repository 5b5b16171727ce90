"""Inputs: the figures of regions that matter to a plan, and of mechanisms, each with a way to set it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from planner.model.catalogue import Figure, Region
from planner.model.flip import Input
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.model.vocabulary import Vocabulary

Setter = Callable[[Figure], Region]


def find_inputs(scenario: Scenario, plan: Plan) -> tuple[Input, ...]:
    """Prices and electricity of regions in use, tied, or next best, and costs of mechanisms; by name."""
    found: list[Input] = []
    for region in scenario.regions:
        if region.key in _near(plan):
            found += [_input(scenario, region, *each) for each in _figures(region)]
    found += _mechanisms(scenario)
    return tuple(sorted((each for each in found if each.value), key=lambda each: each.name))


def _near(plan: Plan) -> frozenset[str]:
    used = {p.region for p in plan.placements} | {c.region for c in plan.copies}
    tied = {key for p in plan.placements for key in p.tied_with}
    return frozenset(used | tied | {n.region for n in plan.evidence.next_best})


def _figures(region: Region) -> Iterator[tuple[str, str, Figure, Setter]]:
    """Name, unit, figure, and the region with another one in its place."""
    prices, power = region.prices, region.power
    for name, figure in sorted(prices.rates.items()):
        yield name, "USD/h", figure, _in_prices(region, "rates", prices.rates, name)
    for name, figure in sorted(prices.accelerators.items()):
        yield name, "USD/h", figure, _in_prices(region, "accelerators", prices.accelerators, name)
    for name, figure in sorted(prices.purchases.items()):
        yield f"{name} to buy", "USD", figure, _in_prices(region, "purchases", prices.purchases, name)
    if prices.storage is not None:
        yield "storage", "USD/GB-month", prices.storage, _of_prices(region, "storage")
    if prices.internet is not None:
        yield "internet egress", "USD/GB", prices.internet, _of_prices(region, "internet")
    if power is not None and power.tariff is not None and region.kind == "own":
        yield "electricity", "USD/kWh", power.tariff, _of_power(region)
    if region.opening_cost:
        yield "opening", "USD/month", Figure(region.opening_cost), lambda f: replace(region, opening_cost=f.value)


def _in_prices(region: Region, part: str, rows: Mapping[str, Figure], name: str) -> Setter:
    changes: Callable[[Figure], Any] = lambda figure: {part: {**rows, name: figure}}  # noqa: E731
    return lambda figure: replace(region, prices=replace(region.prices, **changes(figure)))


def _of_prices(region: Region, part: str) -> Setter:
    changes: Callable[[Figure], Any] = lambda figure: {part: figure}  # noqa: E731
    return lambda figure: replace(region, prices=replace(region.prices, **changes(figure)))


def _of_power(region: Region) -> Setter:
    assert region.power is not None
    power = region.power
    return lambda figure: replace(region, power=replace(power, tariff=figure))


def _input(scenario: Scenario, region: Region, name: str, unit: str, figure: Figure, setter: Setter) -> Input:
    def changed(value: Decimal) -> Scenario:
        other = setter(replace(figure, value=value))
        return replace(scenario, regions=tuple(other if each is region else each for each in scenario.regions))

    words = (figure.source, figure.as_of, figure.confidence or "", _weakness(figure))
    return Input(f"{region.key} {name}", figure.value, unit, *words, changed=changed)


def _weakness(figure: Figure) -> str:
    if figure.copied_from:
        return f"copied from {figure.copied_from}"
    if figure.stand_in:
        return "stand-in"
    return {"low": "low confidence", "memory": "recalled"}.get(figure.confidence or "", "")


def _mechanisms(scenario: Scenario) -> Iterator[Input]:
    for name, mechanism in sorted(scenario.vocabulary.mechanisms.items()):
        if mechanism.technical:
            continue

        def changed(value: Decimal, name: str = name) -> Scenario:
            known = scenario.vocabulary.mechanisms
            other = {**known, name: replace(known[name], cost_usd=value)}
            words: Vocabulary = replace(scenario.vocabulary, mechanisms=other)
            return replace(scenario, vocabulary=words)

        unsure = mechanism.basis == "assumption" or mechanism.confidence in ("low", "memory", None)
        weak = "assumption" if unsure else ""
        words = (mechanism.source or "", "", mechanism.confidence or "", weak)
        yield Input(f"mechanism {name}", mechanism.cost_usd, "USD", *words, changed=changed)
