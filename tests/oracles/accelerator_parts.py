"""Pieces of random worlds of accelerators: kinds, entities, regions with halls and stock, components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Final

from planner.model.accelerators import Accelerator, Alternative, Arrival, Stock
from planner.model.catalogue import Figure, Operator, Power, Prices, Region, Zone
from planner.model.question import (
    Component,
    CopySpec,
    Dataset,
    Entity,
    RegionCount,
    Replicas,
)
from planner.requirements.spread import Spread

On = frozenset[str]

KINDS: Final = ("chip-a", "chip-b", "chip-c")
SITES: Final = (("MY", 3, 101), ("SG", 1, 103), ("ID", -6, 106), ("TH", 13, 100))
"""Country, latitude and longitude."""

DAYS: Final = (
    date(2025, 3, 1),
    date(2025, 3, 1),
    date(2026, 6, 30),
    date(2026, 6, 30),
    date(2026, 10, 1),
    date(2026, 10, 2),
    date(2026, 11, 23),
    date(2026, 11, 24),
    date(2026, 12, 31),
)
"""Days of arrivals around the first day of the period, which is 2026-11-23, or 2026-10-01 when as_of is early."""


def draw_kinds(draw: Random, on: On) -> Mapping[str, Accelerator]:
    """Three kinds: of a class under licence, of a free class, and of a class not established."""
    controls = ("licensed", draw.choice(["licensed", "free"]), draw.choice([None, "free", "licensed"]))
    return {
        name: Accelerator(
            id=name,
            name=name,
            vendor="a vendor",
            vendor_in="US",
            control=control,
            tdp_w=None if "unknown-figures" in on and draw.random() < 0.2 else Decimal(draw.randint(3, 14) * 100),
        )
        for name, control in zip(KINDS, controls, strict=True)
    }


def draw_entities(draw: Random, on: On) -> tuple[Entity, ...]:
    """One or two legal persons; with own halls one operates the provider `po`, and the other sometimes `pb`."""
    names = ("e0", "e1") if "two-entities" in on else ("e0",)
    entities = [_entity(draw, name) for name in names]
    if "own" in on:
        owner = draw.randrange(len(entities))
        entities[owner] = replace(entities[owner], operates=("po",))
        if len(entities) > 1 and draw.random() < 0.4:
            entities[1 - owner] = replace(entities[1 - owner], operates=("pb",))
    return tuple(entities)


def _entity(draw: Random, name: str) -> Entity:
    seats = (None, ("MY",), ("MY",), ("SG",))
    return Entity(
        id=name,
        established_in=draw.choice(seats),
        sector=draw.choice([None, ("s-bank",), ("s-shop",)]),
        ultimate_parent_in=draw.choice([None, ("MY",), ("CN",)]),
    )


def draw_operators(draw: Random, on: On, regions: Sequence[Region]) -> Mapping[str, Operator]:
    """Who runs each provider; some are not known, and some facts of those that are."""
    return {
        provider: Operator(
            name=provider,
            ultimate_parent_in=draw.choice(["CN", "CN", "MY", "US", None]),
            entity_listed=draw.choice([True, False, False, None]),
            admin_sites=draw.choice([None, ("MY",), ("CN",)]),
        )
        for provider in sorted({region.provider for region in regions})
        if "operators" in on and draw.random() < 0.85
    }


def draw_regions(draw: Random, on: On) -> tuple[Region, ...]:
    """Two or three regions; with own halls one or two of them are of the provider `po`."""
    sites = draw.sample(SITES, draw.choice([2, 2, 3]))
    providers = [draw.choice(["pa", "pa", "pb"]) for _ in sites]
    if "own" in on:
        for index in draw.sample(range(len(sites)), draw.choice([1, 1, 2])):
            providers[index] = "po"
    regions = [_region(draw, on, f"r{n}", *each) for n, each in enumerate(zip(providers, sites, strict=True))]
    return tuple(sorted(regions, key=lambda region: region.key))


def _region(draw: Random, on: On, name: str, provider: str, site: tuple[str, int, int]) -> Region:
    kinds = {"po": ["own", "own", "own", "dedicated"], "pa": ["public-cloud"], "pb": ["public-cloud", "own"]}
    kind, told = draw.choice(kinds[provider]), [name for name in KINDS if draw.random() < 0.65]
    if kind == "own" and "purchases" in on and draw.random() < 0.4:
        told = []
    country, lat, lon = site
    return Region(
        provider=provider,
        id=name,
        lat=Decimal(lat),
        lon=Decimal(lon),
        country=country,
        zones=tuple(_zone(draw, on, f"{name}{letter}", told) for letter in "ab"[: draw.choice([1, 2])]),
        kind=kind,  # type: ignore[arg-type]
        funding=draw.choice([None, "state", "private"]),
        admin_sites=draw.choice([None, (country,), ("CN",)]),
        opening_cost=Decimal(draw.randint(0, 9) * 100 if "opening" in on else 0),
        prices=_prices(draw, on, kind),
        power=_power(draw, on) if provider != "pb" and "power" in on else Power(),
    )


def _zone(draw: Random, on: On, name: str, told: Sequence[str]) -> Zone:
    """Stock and arrivals of the kinds that the region tells about; not every zone tells about every kind."""
    stock = [_stock(draw, kind) for kind in told if "stock" in on and draw.random() < 0.5]
    arrivals = [_arrival(draw, kind) for kind in told * 2 if "arrivals" in on and draw.random() < 0.5]
    capacity = {"vcpu": Decimal(draw.randint(2, 12))} if "capacity" in on and draw.random() < 0.7 else {}
    if "capacity" in on and draw.random() < 0.2:
        capacity["power"] = Decimal(draw.randint(4, 20)) / 10
    return Zone(name, capacity, tuple(stock), tuple(arrivals))


def _stock(draw: Random, kind: str) -> Stock:
    days = [
        None,
        None,
        date(2025, 10, 31),
        date(2026, 10, 1),
        date(2026, 10, 2),
        date(2026, 11, 23),
        date(2026, 11, 24),
    ]
    return Stock(accelerator=kind, units=draw.randint(0, 9), installed_before=draw.choice(days))


def _arrival(draw: Random, kind: str) -> Arrival:
    states: Any = ("delivered", "delivered", "contracted", "announced")
    return Arrival(accelerator=kind, units=draw.randint(1, 9), on=draw.choice(DAYS), status=draw.choice(states))


def _prices(draw: Random, on: On, kind: str) -> Prices:
    """A bought chip costs 10 to 600 USD in its month; some public clouds name a price to no effect."""
    rates = {"vcpu": _cents(draw.randint(1, 30)), "memory": _cents(draw.randint(0, 5))}
    if "unknown-figures" in on and draw.random() < 0.25:
        del rates[draw.choice(sorted(rates))]
    dearest = 40 if kind == "own" else 150
    rented = {name: _cents(draw.randint(5, dearest)) for name in KINDS if draw.random() < 0.8}
    bought = {name: Figure(Decimal(draw.randint(1, 20) * 360)) for name in KINDS if draw.random() < 0.7}
    buys = "purchases" in on and (kind == "own" or draw.random() < 0.4)
    return Prices(rates, _cents(draw.randint(1, 9)), _cents(draw.randint(1, 9)), {}, rented, bought if buys else {})


def _cents(usd_hundredths: int) -> Figure:
    return Figure(Decimal(usd_hundredths) / 100)


def _power(draw: Random, on: On) -> Power:
    """Figures of a hall; each may be missing, and a hall that states none is as good as one without power."""
    figures = [Figure(Decimal(text)) for text in (draw.choice(["0.07", "0.113"]), draw.choice(["1.15", "1.42"]), "7.5")]
    if "unknown-figures" in on and draw.random() < 0.4:
        figures[draw.randrange(3)] = None  # type: ignore[call-overload]
    tariff, pue, vcpu_w = figures if draw.random() < 0.85 else (None, None, None)
    return Power(tariff=tariff, pue=pue, vcpu_w=vcpu_w)


def draw_datasets(draw: Random, on: On, entities: Sequence[Entity]) -> tuple[Dataset, ...]:
    """At most one dataset, of any entity."""
    if "datasets" not in on:
        return ()
    copies = draw.choice([(CopySpec("primary"),), (CopySpec("backup"), CopySpec("primary"))])
    classes, keys = draw.choice([None, ("alpha",), ("beta",)]), draw.choice([None, "customer_held"])
    owner = draw.choice(entities).id
    return (
        Dataset(id="d", entity=owner, classes=classes, subjects=("MY",), size=Decimal(500), copies=copies, keys=keys),
    )  # type: ignore[arg-type]


def draw_components(
    draw: Random, on: On, entities: Sequence[Entity], datasets: Sequence[Dataset]
) -> tuple[Component, ...]:
    """One to three components, most of them on accelerators."""
    count = draw.choice([1, 2, 2, 3])
    owners = [draw.randrange(len(entities)) for _ in range(count)]
    made = [_component(draw, on, f"w{owner}/c{n}", entities[owner].id) for n, owner in enumerate(owners)]
    if "divisible" in on:
        made[-1] = _divisible(draw, made[-1])
    if datasets:
        made[0] = replace(made[0], reads=tuple(each.id for each in datasets))
    return tuple(sorted(made, key=lambda component: component.id))


def _component(draw: Random, on: On, name: str, entity: str) -> Component:
    amounts = {"vcpu": Decimal(draw.choice([0, 1, 2, 3, 4]))}
    if draw.random() < 0.3:
        amounts["memory"] = Decimal(draw.randint(1, 8))
    if {"power", "capacity"} & on and draw.random() < 0.25:
        amounts["power"] = Decimal(draw.randint(0, 8)) / 10
    runs_on = _alternatives(draw) if draw.random() < 0.85 else ()
    copies = None if runs_on or draw.random() < 0.5 else Replicas(draw.randint(1, 3))
    most = 2 if runs_on else min(2, copies.count if copies else 1)
    wish = Spread(draw.choice([1, most, most]), even=draw.random() < 0.4)
    return Component(
        id=name,
        workload=name.partition("/")[0],
        entity=entity,
        critical=draw.choice([None, True, False]),
        purpose=draw.choice([None, (), ("p-train",)]),
        per_replica=amounts,
        accelerators=runs_on,
        replicas=copies,
        requires={"spread": wish} if "spread" in on and draw.random() < 0.6 else {},
        regions=RegionCount(2, 2) if "two-regions" in on and draw.random() < 0.6 else RegionCount(),
    )


def _alternatives(draw: Random) -> tuple[Alternative, ...]:
    """One to three kinds, in the order in which somebody might write them."""
    made = []
    for kind in draw.sample(KINDS, draw.choice([1, 2, 2, 3])):
        group = draw.randint(1, 3)
        made.append(Alternative(id=kind, group=group, units=group * draw.randint(1, 3)))
    return tuple(made)


def _divisible(draw: Random, component: Component) -> Component:
    amounts = {"vcpu": Decimal(draw.randint(3, 12))}
    plain = {"accelerators": (), "replicas": None, "requires": {}, "regions": RegionCount()}
    return replace(component, divisible=True, per_replica=amounts, **plain)  # type: ignore[arg-type]
