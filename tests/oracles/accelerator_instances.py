"""Random small scenarios about accelerators, deterministic by seed, as nouns.

They are nouns, not documents, because operators and kinds of chip come from a catalogue that these worlds do without.
Two things the page leaves open do not occur: power of a region of kind `own` that nobody here operates, and rules that
require something of an install.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Final

from planner.model.calendar import Horizon
from planner.model.question import Component, Flow, Limits, RegionsLimit, SolverSettings, Workload
from planner.model.scenario import Scenario
from planner.model.vocabulary import Vocabulary

from .accelerator_additions import with_additions
from .accelerator_law import (
    CLASSES,
    CONTROLS,
    FAMILIES,
    draw_arrival_law,
    draw_exemptions,
    draw_holds,
    draw_mechanisms,
    draw_rules,
)
from .accelerator_parts import (
    KINDS,
    draw_components,
    draw_datasets,
    draw_entities,
    draw_kinds,
    draw_operators,
    draw_regions,
)
from .accelerator_traffic import draw_flows, draw_quotes, draw_users, with_users
from .drawing import families_of

CHANCES: Final[dict[str, float]] = {
    "own": 0.7,
    "stock": 0.5,
    "arrivals": 0.75,
    "announced": 0.5,
    "purchases": 0.8,
    "power": 0.5,
    "unknown-figures": 0.15,
    "installs": 0.85,
    "runs": 0.5,
    "mechanisms": 0.75,
    "holds": 0.5,
    "refused": 0.15,
    "overrides": 0.35,
    "exemptions": 0.3,
    "operators": 0.7,
    "capacity": 0.35,
    "spread": 0.3,
    "two-regions": 0.3,
    "quotes": 0.2,
    "two-entities": 0.4,
    "datasets": 0.3,
    "flows": 0.3,
    "users": 0.2,
    "divisible": 0.15,
    "opening": 0.2,
    "limits": 0.1,
    "early": 0.25,
}
"""How often each family of demands is active."""

NEEDS: Final[dict[str, str]] = {
    "announced": "arrivals",
    "purchases": "own",
    "power": "own",
    "holds": "mechanisms",
    "refused": "mechanisms",
}
"""Families that mean nothing without another one."""


def accelerator_families(seed: int) -> frozenset[str]:
    """The families of demands that the world of a seed draws from."""
    return families_of(f"families of accelerators {seed}", CHANCES, NEEDS)


@lru_cache(maxsize=1024)
def accelerator_world(seed: int) -> Scenario:
    """The scenario of a seed: one period, one to three components, two or three regions of one or two zones."""
    on, draw = accelerator_families(seed), Random(f"accelerator world of {seed}")
    entities = draw_entities(draw, on)
    regions = draw_arrival_law(draw, on, draw_regions(draw, on))
    datasets = draw_datasets(draw, on, entities)
    components = draw_components(draw, on, entities, datasets)
    users = draw_users(draw, on)
    components, served = with_users(draw, components, users)
    flows = draw_flows(draw, on, components, datasets) + served
    mechanisms = draw_mechanisms(draw)
    rules = draw_rules(draw, on)
    world = Scenario(
        name=f"accelerators-{seed}",
        question="What is the cheapest lawful plan?",
        sha256="",
        as_of=date(2026, 8, 15) if "early" in on else date(2026, 11, 23),
        horizon=Horizon("2026Q4", amortise=Decimal(draw.choice([12, 36]))),
        entities=entities,
        datasets=datasets,
        workloads=_workloads(components, flows),
        users=users,
        regions=regions,
        operators=draw_operators(draw, on, regions),
        rules=rules,
        vocabulary=Vocabulary(
            data_classes=CLASSES,
            mechanisms=mechanisms,
            purposes=("p-train",),
            chips=(*KINDS, *FAMILIES),
            chip_controls=CONTROLS,
            chip_families=FAMILIES,
        ),
        lists={},
        measurements=(),
        holds=draw_holds(draw, on, mechanisms, entities, regions),
        exemptions=draw_exemptions(draw, on, rules),
        quotes=draw_quotes(draw, on, components, regions),
        limits=Limits(RegionsLimit(at_most=draw.choice([1, 2]))) if "limits" in on else Limits(),
        objectives=("cost",),
        refused=frozenset({draw.choice(sorted(mechanisms))} if "refused" in on else ()),
        solver=SolverSettings(),
        accelerators=draw_kinds(draw, on),
        announced="announced" in on,
    )
    return with_additions(world, seed)


def _workloads(components: tuple[Component, ...], flows: tuple[Flow, ...]) -> tuple[Workload, ...]:
    """One workload an entity, with its components and what leaves or feeds them."""
    owners = {component.workload: component.entity for component in components}
    return tuple(
        Workload(
            id=name,
            entity=owner,
            components=tuple(component for component in components if component.workload == name),
            flows=tuple(flow for flow in flows if flow.workload == name),
        )
        for name, owner in sorted(owners.items())
    )
