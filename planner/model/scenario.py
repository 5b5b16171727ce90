"""The scenario: the whole question with names resolved, sorted by id so that file order never matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planner.errors import Fault, Where
from planner.model.accelerators import Accelerator
from planner.model.calendar import Horizon, Period
from planner.model.catalogue import Measurement, Operator, Region
from planner.model.latency import GREAT_CIRCLE, LatencyModel
from planner.model.law import Exemption, Rule
from planner.model.moving import Standing
from planner.model.provenance import NOWHERE
from planner.model.question import (
    Component,
    CopySpec,
    Dataset,
    Entity,
    Flow,
    Hold,
    Limits,
    Quote,
    SolverSettings,
    Users,
    Workload,
)
from planner.model.vocabulary import PlaceList, Vocabulary


@dataclass(frozen=True)
class Scenario:
    """The resolved question. Every tuple is sorted by id; every reference inside resolves.

    Attributes:
        name: the file's `scenario:`.
        question: one English sentence.
        sha256: digest of the scenario file as written.
        as_of: the day on which law and prices are read.
        workloads: components and flows carry full ids (`workload/component`, `users:…`, `dataset:…`).
        rules: only rules that are included (status) and touch the horizon.
        exemptions: all that the policies hold; the expired ones change nothing.
        refused: mechanisms that the scenario says will be refused.
        expect: what the author says the answer is (`infeasible`), or None.
        measurements: one figure for each measured pair, the user's own before shipped ones.
        latency: the model of round trips; without corridors where the question asks for no round trip.
        accelerators: the kinds of chip that the scenario or its regions name.
        announced: whether arrivals that are only announced count.
        current: what stands where before the first period; what is not named is new.
        not_modelled: sentences of the author about what the scenario leaves out.
        warnings: findings that do not stop planning.
        limits_where: where `limits.regions` is written.
    """

    name: str
    question: str
    sha256: str
    as_of: date
    horizon: Horizon
    entities: tuple[Entity, ...]
    datasets: tuple[Dataset, ...]
    workloads: tuple[Workload, ...]
    users: tuple[Users, ...]
    regions: tuple[Region, ...]
    operators: Mapping[str, Operator]
    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    lists: Mapping[str, PlaceList]
    measurements: tuple[Measurement, ...]
    holds: tuple[Hold, ...]
    exemptions: tuple[Exemption, ...]
    quotes: tuple[Quote, ...]
    limits: Limits
    objectives: tuple[str, ...]
    refused: frozenset[str]
    solver: SolverSettings
    expect: str | None = None
    not_modelled: tuple[str, ...] = ()
    latency: LatencyModel = GREAT_CIRCLE
    accelerators: Mapping[str, Accelerator] = field(default_factory=dict)
    announced: bool = False
    current: tuple[Standing, ...] = ()
    library: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()
    limits_where: Where = field(default=NOWHERE, compare=False)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Every component, sorted by full id."""
        return tuple(sorted((c for w in self.workloads for c in w.components), key=lambda c: c.id))

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """Every flow, sorted by id."""
        return tuple(sorted((f for w in self.workloads for f in w.flows), key=lambda f: f.id))

    @cached_property
    def copies(self) -> tuple[tuple[int, CopySpec], ...]:
        """Every wanted copy as (index of its dataset, copy), in the order that all tables of copies keep."""
        by_role = ((n, sorted(d.copies, key=lambda c: c.role)) for n, d in enumerate(self.datasets))
        return tuple((n, copy) for n, copies in by_role for copy in copies)

    @cached_property
    def entity(self) -> Mapping[str, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.entities}

    @cached_property
    def component(self) -> Mapping[str, Component]:
        """Components by full id."""
        return {c.id: c for c in self.components}

    @cached_property
    def dataset(self) -> Mapping[str, Dataset]:
        """Datasets by id."""
        return {d.id: d for d in self.datasets}

    @cached_property
    def user_group(self) -> Mapping[str, Users]:
        """User groups by id."""
        return {u.id: u for u in self.users}

    @cached_property
    def region(self) -> Mapping[str, Region]:
        """Regions by `provider:id`."""
        return {r.key: r for r in self.regions}

    @property
    def periods(self) -> tuple[Period, ...]:
        """The planned quarters."""
        return self.horizon.quarters

    @property
    def ranks_breaches(self) -> bool:
        """Whether breaches of should-rules come before cost: then their penalties leave the cost."""
        return self.objectives[:1] == ("should-breaches",)

    def days(self, period: Period) -> tuple[date, date]:
        """First and last day of a period as law reads it: it begins on as_of when as_of lies inside."""
        return max(self.as_of, period.first_day), period.last_day

    def codes(self, places: tuple[str, ...]) -> frozenset[str]:
        """Place words of a rule as plain codes on as_of; `*` stays and means everywhere."""
        out: set[str] = set()
        for place in places:
            out |= self.lists[place].codes(self.as_of) if place in self.lists else {place}
        return frozenset(out)

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...] | None]:
        """Where the ultimate parent of each provider's operator is: by its record, else by the entity that is it."""
        own = {name: e.ultimate_parent_in for e in reversed(self.entities) for name in e.operates}
        recorded = {name: (o.ultimate_parent_in,) for name, o in self.operators.items() if o.ultimate_parent_in}
        return {**own, **recorded}

    def admin_sites(self, region: Region) -> tuple[str, ...] | None:
        """Places from which a region can be administered: its own, else its operator's; None = unknown."""
        operator = self.operators.get(region.provider)
        return region.admin_sites if region.admin_sites is not None else operator.admin_sites if operator else None
