"""Builders of tiny scenarios out of nouns, for tests whose answers are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from planner.model.calendar import Horizon, Window
from planner.model.catalogue import Figure, Prices, Region, Zone
from planner.model.law import Citation, Level, Rule, Then, Unless, Verb, When
from planner.model.question import (
    Component,
    Dataset,
    DemandPoint,
    Entity,
    Flow,
    Limits,
    Replicas,
    SolverSettings,
    Users,
)
from planner.model.question import Workload as WorkloadNoun
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope, Vocabulary

AS_OF = date(2026, 11, 23)
PLACING = (Verb.PROCESS, Verb.STORE, Verb.BACKUP)
CLASSES = {"personal": None, "health": "personal", "public": None}


def region(name: str, vcpu_hour: str | None = "1", **changes: Any) -> Region:
    """Region `p:NAME` with one zone, in MY; a vcpu costs 730 USD a month at the default rate, all else nothing."""
    defaults: dict[str, Any] = {
        "provider": "p",
        "id": name,
        "lat": Decimal(3),
        "lon": Decimal(100),
        "country": "MY",
        "zones": (Zone(f"{name}a"),),
        "prices": prices(vcpu_hour=vcpu_hour),
    }
    return Region(**{**defaults, **changes})


def prices(vcpu_hour: str | None = "1", storage: str | None = "0", internet: str | None = "0", **pairs: str) -> Prices:
    """Prices in USD; None = unknown. Pairs are keyed by the name of the destination region."""
    rates = {"memory": _figure("0")} | ({} if vcpu_hour is None else {"vcpu": _figure(vcpu_hour)})
    to = {f"p:{name}": _figure(value) for name, value in pairs.items()}
    return Prices(rates, storage and _figure(storage), internet and _figure(internet), to)  # type: ignore[arg-type]


def _figure(value: str) -> Figure:
    return Figure(Decimal(value))


def zones(*vcpu: int) -> tuple[Zone, ...]:
    """Zones with so many vcpu each."""
    return tuple(Zone(f"z{index}", {"vcpu": Decimal(amount)}) for index, amount in enumerate(vcpu))


def component(name: str, vcpu: int = 1, count: int | None = None, **changes: Any) -> Component:
    """Component `w/NAME` of entity `e`."""
    replicas = None if count is None else Replicas(count)
    defaults = {"workload": "w", "entity": "e", "per_replica": {"vcpu": Decimal(vcpu)}, "replicas": replicas}
    return Component(id=f"w/{name}", **{**defaults, **changes})


def flow(source: str, target: str, gb: int, **changes: Any) -> Flow:
    """Traffic of so many GB a month; ends are `users:…`, `dataset:…` or a component's short name."""
    ends = [end if ":" in end else f"w/{end}" for end in (source, target)]
    return Flow(from_=ends[0], to=ends[1], volume=Decimal(gb), workload="w", **changes)


def users(name: str, *at: tuple[int, int, int], **changes: Any) -> Users:
    """A group that carries nothing, at (lat, lon, weight) in MY."""
    points = tuple(
        DemandPoint(f"g{index}", "MY", Decimal(weight), Decimal(lat), Decimal(lon))
        for index, (lat, lon, weight) in enumerate(at)
    )
    return Users(**{"id": name, "at": {}, "carries": (), "points": points, **changes})


def dataset(name: str, **changes: Any) -> Dataset:
    """A dataset of entity `e` that holds no classes."""
    return Dataset(**{"id": name, "entity": "e", "classes": (), "subjects": (), **changes})


def rule(effect: object, *unless: Unless, verbs: Sequence[Verb] = PLACING, **when: Any) -> Rule:
    """A rule in force since 2020, about where things run and rest unless it says otherwise."""
    cite = Citation("an act", "primary", AS_OF)
    since = (Window(date(2020, 1, 1)),)
    return Rule("r", "a rule", "MY", Level.MUST, since, When(**when), tuple(verbs), Then(effect, unless), (cite,))


def should(law: Rule, penalty: str) -> Rule:
    """The same rule, which may be breached at so many USD a month."""
    return replace(law, level=Level.SHOULD, penalty_usd_month=Decimal(penalty))


def mechanism(name: str, scope: Scope, cost: int, valid_days: int | None = None) -> Mechanism:
    """A way out that can be bought."""
    return Mechanism(id=name, kind="approval", scope=scope, cost_usd=Decimal(cost), valid_days=valid_days)


def scenario(
    components: Sequence[Component],
    regions: Sequence[Region],
    *,
    flows: Sequence[Flow] = (),
    mechanisms: Sequence[Mechanism] = (),
    **changes: Any,
) -> Scenario:
    """One workload of entity `e` (and `e2` beside it), one quarter, amortised over 10 months."""
    parts: Mapping[str, Any] = {
        "entities": (Entity(id="e"), Entity(id="e2")),
        "datasets": (),
        "users": (),
        "rules": (),
        "holds": (),
        "quotes": (),
        "measurements": (),
        "refused": frozenset(),
        "lists": {},
        "limits": Limits(),
        "exemptions": (),
    }
    return Scenario(
        name="small",
        question="?",
        sha256="",
        as_of=AS_OF,
        horizon=Horizon("2026Q4", amortise=Decimal(10)),
        workloads=(WorkloadNoun(id="w", entity="e", components=tuple(components), flows=tuple(flows)),),
        regions=tuple(regions),
        operators={},
        vocabulary=Vocabulary(CLASSES, {}, (), {each.id: each for each in mechanisms}),
        objectives=("cost",),
        solver=SolverSettings(),
        **{**parts, **changes},
    )


def costing(world: Scenario, **opening: str) -> Scenario:
    """The same world where regions have an opening cost in USD a month, by name."""
    changed = [replace(each, opening_cost=Decimal(opening.get(each.id, "0"))) for each in world.regions]
    return replace(world, regions=tuple(changed))


def with_words(world: Scenario, **words: Any) -> Scenario:
    """The same world with more words in its vocabulary."""
    return replace(world, vocabulary=replace(world.vocabulary, **words))


def storing(where: Region, usd: str) -> Region:
    """The same region, where a GB costs so many USD a month to store."""
    return replace(where, prices=replace(where.prices, storage=_figure(usd)))
