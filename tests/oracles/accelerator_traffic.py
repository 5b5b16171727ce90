"""Traffic and quotes of random worlds of accelerators: flows between components, users, negotiated prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from planner.model.catalogue import Region
from planner.model.question import Component, Dataset, DemandPoint, Flow, Quote, RegionCount, Users

from .accelerator_parts import On


def draw_flows(draw: Random, on: On, components: Sequence[Component], datasets: Sequence[Dataset]) -> tuple[Flow, ...]:
    """Traffic along the components, none into a divisible one, and from a dataset to whoever reads it."""
    flows = []
    for source, target in pairwise(components):
        if "flows" in on and not target.divisible:
            volume = Decimal(draw.choice([0, 100, 3000]))
            flows.append(Flow(from_=source.id, to=target.id, volume=volume, workload=source.workload))
    for component in components:
        if component.reads and not component.divisible:
            volume = Decimal(draw.choice([0, 200, 2000]))
            flows.append(Flow(from_="dataset:d", to=component.id, volume=volume, workload=component.workload))
    return tuple(flows)


def draw_users(draw: Random, on: On) -> tuple[Users, ...]:
    """At most one group of users, in two places."""
    if "users" not in on:
        return ()
    points = (
        DemandPoint("g0", "MY", Decimal("0.25"), Decimal(3), Decimal(101)),
        DemandPoint("g1", "ID", Decimal("0.75"), Decimal(-6), Decimal(106)),
    )
    return (Users(id="u", at={}, carries=draw.choice([(), ("alpha",)]), points=points),)


def with_users(
    draw: Random, components: Sequence[Component], users: Sequence[Users]
) -> tuple[tuple[Component, ...], tuple[Flow, ...]]:
    """One component serves the users, sometimes from as many regions as suit it."""
    whole = [index for index, component in enumerate(components) if not component.divisible]
    if not users or not whole:
        return tuple(components), ()
    made, index = list(components), draw.choice(whole)
    if draw.random() < 0.4:
        made[index] = replace(made[index], regions=RegionCount(1, 2))
    chosen, rtt = made[index], draw.choice([None, None, Decimal(16), Decimal(25)])
    volume = Decimal(draw.choice([100, 2000]))
    return tuple(made), (Flow(from_="users:u", to=chosen.id, volume=volume, max_rtt=rtt, workload=chosen.workload),)


def draw_quotes(draw: Random, on: On, components: Sequence[Component], regions: Sequence[Region]) -> tuple[Quote, ...]:
    """Quotes of one component in most regions, some with a unit use of their own."""
    if "quotes" not in on:
        return ()
    component = draw.choice(components)
    return tuple(
        Quote(component.id, region.key, Decimal(draw.randint(1, 40) * 50), draw.choice([{}, {"vcpu": Decimal(3)}]))
        for region in regions
        if draw.random() < 0.8
    )
