"""Easing: a scenario in which only some causes hold, made by rewriting its nouns, for brute force to judge.

Written from what each cause means (docs/answers.md); it knows nothing of the planner's candidates or program.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import Any

from planner.model.accelerators import Accelerator, Stock
from planner.model.catalogue import Figure, Power, Prices, Region, Zone
from planner.model.law import Rule, Then
from planner.model.question import Component, Dataset, Flow, Limits, Quote, RegionCount, Workload
from planner.model.scenario import Scenario
from planner.model.tokens import TokenPrices
from planner.rules.forbid import Forbid

Key = tuple[str, str, str]
NOTHING = Figure(Decimal(0))


def eased(world: Scenario, kept: Collection[Any]) -> Scenario:
    """The scenario with these causes (kind, id, of) and no others."""
    held = set(kept)
    return replace(
        world,
        rules=tuple(_rule(rule, held) for rule in world.rules if rule.overrides or ("rule", rule.id, "") in held),
        refused=frozenset(name for name in world.refused if ("mechanism", name, "") in held),
        limits=world.limits if ("limit", "limits.regions", "") in held else Limits(),
        regions=tuple(_region(region, world, held) for region in world.regions),
        datasets=tuple(_dataset(dataset, held) for dataset in world.datasets),
        workloads=tuple(_workload(workload, world, held) for workload in world.workloads),
        quotes=(*world.quotes, *_quotes(world, held)),
        accelerators={name: _chip(chip, held) for name, chip in world.accelerators.items()},
    )


def _rule(rule: Rule, held: set[Key]) -> Rule:
    """A rule that is left out binds nobody, and goes on keeping the rules that it overrides silent."""
    return rule if ("rule", rule.id, "") in held else replace(rule, then=Then(Forbid(())))


def _chip(chip: Accelerator, held: set[Key]) -> Accelerator:
    unknown = chip.tdp_w is None and ("fact", "unknown: tdp_w", "") not in held
    dated = {} if ("fact", "release", "") in held else {"released": None, "available": None}
    return replace(chip, tdp_w=Decimal(0) if unknown else chip.tdp_w, **dated)  # type: ignore[arg-type]


def _region(region: Region, world: Scenario, held: set[Key]) -> Region:
    status: dict[str, Any] = {} if ("fact", "status", "") in held else {"status": "active"}
    if ("fact", "chips_from", "") not in held:
        status["chips_from"] = None
    zones = tuple(
        replace(
            zone,
            capacity={name: size for name, size in zone.capacity.items() if _limited(name, region, zone, held)},
            stock=(*zone.stock, *_plenty(region, zone, world, held)),
        )
        for zone in region.zones
    )
    prices, power = _prices(region, world, held), _power(region.power, held)
    return replace(region, zones=zones, prices=prices, power=power, **status)


def _said_to_stand(region: Region, world: Scenario) -> set[str]:
    """Kinds of which the region says how many there are: stock, arrivals, or what its own operator could buy."""
    operated = region.kind == "own" and any(region.provider in entity.operates for entity in world.entities)
    chips = {each.accelerator for zone in region.zones for each in (*zone.stock, *zone.arrivals)}
    return chips | (set(region.prices.purchases) if operated else set())


def _plenty(region: Region, zone: Zone, world: Scenario, held: set[Key]) -> list[Stock]:
    """Where the stock of a kind does not count, more than anything could use."""
    return [
        Stock(accelerator=kind, units=10**4)
        for kind in sorted(_said_to_stand(region, world))
        if ("stock", f"{kind} in {region.zone_key(zone)}", "") not in held
    ]


def _power(power: Power, held: set[Key]) -> Power:
    """A hall that states some figure of its electricity states all."""
    names = ("tariff", "pue", "vcpu_w")
    missing = [name for name in names if getattr(power, name) is None]
    if power == Power() or not missing:
        return power
    return replace(power, **{name: NOTHING for name in missing if ("fact", f"unknown: {name}", "") not in held})


def _limited(resource: str, region: Region, zone: Zone, held: set[Key]) -> bool:
    return ("capacity", f"{resource} in {region.zone_key(zone)}", "") in held


def _prices(region: Region, world: Scenario, held: set[Key]) -> Prices:
    prices, stated = region.prices, _said_to_stand(region, world)

    def known(name: str, figure: Figure | None) -> Figure | None:
        return figure if figure is not None or ("fact", f"unknown: {name} price", "") in held else NOTHING

    rates = {name: known(name, prices.rates.get(name)) for name in ("vcpu", "memory")}
    offered = {
        kind: NOTHING
        for kind in world.accelerators
        if ("fact", "unknown: accelerator price" if kind in stated else "accelerator", "") not in held
    }
    return replace(
        prices,
        accelerators={**offered, **prices.accelerators},
        tokens={**_free_tokens(world, held), **prices.tokens},
        rates={name: figure for name, figure in rates.items() if figure is not None},
        storage=known("storage", prices.storage),
        internet=known("internet", prices.internet),
    )


def _free_tokens(world: Scenario, held: set[Key]) -> dict[str, TokenPrices]:
    """Where the want of an offer does not count, every model for nothing."""
    if ("fact", "accelerator", "") in held:
        return {}
    asked = [on.tokens for component in world.components for on in component.accelerators if on.tokens]
    return {tokens.model: TokenPrices(Decimal(0), Decimal(0)) for tokens in asked}


def _dataset(dataset: Dataset, held: set[Key]) -> Dataset:
    copies = tuple(
        copy
        if ("requirement", "apart", f"dataset:{dataset.id}/{copy.role}") in held
        else replace(copy, apart=Decimal(0))
        for copy in dataset.copies
    )
    return replace(dataset, copies=copies)


def _workload(workload: Workload, world: Scenario, held: set[Key]) -> Workload:
    return replace(
        workload,
        components=tuple(_component(component, world, held) for component in workload.components),
        flows=tuple(
            flow if ("requirement", "max_rtt", flow.id) in held else replace(flow, max_rtt=None)
            for flow in workload.flows
        ),
    )


def _component(component: Component, world: Scenario, held: set[Key]) -> Component:
    def asked(kind: str) -> bool:
        return ("requirement", kind, component.id) in held

    return replace(
        component,
        requires={kind: each for kind, each in component.requires.items() if asked(kind)},
        services=tuple(name for name in component.services if asked(f"service: {name}")),
        regions=component.regions if asked("regions") else _span(component, world),
    )


def _span(component: Component, world: Scenario) -> RegionCount:
    """One region is enough; where nothing steers the load, one it is."""
    span = component.regions
    if span.min == 1:
        return span
    return RegionCount(1, span.max if any(_steers(flow, component) for flow in world.flows) else 1)


def _steers(flow: Flow, component: Component) -> bool:
    users = "users:" in flow.id and component.id in (flow.from_, flow.to)
    return users or (flow.to == component.id and ":" not in flow.from_ and flow.volume > 0)


def _quotes(world: Scenario, held: set[Key]) -> list[Quote]:
    """Where the want of a quote does not count, one of nothing."""
    quoted = {quote.component for quote in world.quotes}
    there = {(quote.component, quote.place) for quote in world.quotes}
    return [
        Quote(name, region.key, Decimal(0))
        for name in sorted(quoted)
        if ("fact", "quote", name) not in held
        for region in world.regions
        if (name, region.key) not in there
    ]
