"""The question: what the user writes about entities, data, workloads and traffic.

Each class is both the shape of a piece of a scenario file and the noun the rest of the program uses. Fields marked
HIDDEN are not written by the user: reading fills them in when it resolves names. An absent key is None (unknown);
an empty list is a fact (DESIGN section 5, Datasets).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from planner.errors import Where
from planner.model.accelerators import Alternative, Serves
from planner.model.moving import Migration, Moves
from planner.model.provenance import HIDDEN, NOWHERE, Provenance
from planner.model.units import Gigabytes, GigabytesMonth, Kilometres, Milliseconds, Ratio, Seconds, UsdMonth


@dataclass(frozen=True, slots=True)
class ResourceAmounts:
    """Marks a mapping of resource name to amount; memory and power carry units, counts do not."""


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """Marks a tuple that a file may also write as a single word."""


@dataclass(frozen=True, slots=True)
class HeadCounts:
    """Marks a mapping of a threshold's name to a number of people."""


Persons = Annotated[Mapping[str, int], HeadCounts()]
Resources = Annotated[Mapping[str, Decimal], ResourceAmounts()]
Words = Annotated[tuple[str, ...] | None, OneOrMany()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Provenance):
    """The legal person whose regulator, seat and sector decide which rules bind; `operates` names its own providers."""

    id: str
    name: str | None = None
    established_in: Words = None
    sector: Words = None
    regulated_by: Words = None
    ultimate_parent_in: Words = None
    operates: tuple[str, ...] = ()
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class CopySpec:
    """One wanted copy of a dataset; `apart` is the least great-circle distance in km to the primary."""

    role: Literal["primary", "replica", "backup"]
    apart: Kilometres = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Provenance):
    """Data with classes, subjects' jurisdictions, size (GB) and change (GB/month written to the primary).

    `partition_by: subjects` keeps one set of copies a jurisdiction, each with its part of `shares` of size and traffic.
    `persons` are head counts by the names of the vocabulary's thresholds; a count that is absent is unknown.
    """

    id: str
    entity: str
    classes: Words = None
    subjects: Words = None
    persons: Persons = field(default_factory=dict)
    size: Gigabytes = Decimal(0)
    change: GigabytesMonth = Decimal(0)
    copies: tuple[CopySpec, ...] = (CopySpec("primary"),)
    keys: Literal["customer_held", "independent_custodian", "provider_held"] | None = None
    partition_by: Literal["subjects"] | None = None
    shares: Mapping[str, Ratio] = field(default_factory=dict)
    growth: Ratio = Decimal(0)
    migration: Migration = Migration()
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Replicas:
    """How many units stand in EACH region where the component lives."""

    count: int


@dataclass(frozen=True, slots=True)
class RegionCount:
    """In how many regions a component lives."""

    min: int = 1
    max: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Provenance):
    """One placeable part of a workload. `requires` maps a requirement kind to its parameters.

    `accelerators` are alternatives: in each region where it lives it uses one of them. Reading fills them in
    from `serves`.
    """

    id: str
    critical: bool | None = None
    purpose: Words = None
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    replicas: Replicas | None = None
    per_replica: Resources = field(default_factory=dict)
    divisible: bool = False
    accelerators: tuple[Alternative, ...] = ()
    serves: Serves | None = None
    services: tuple[str, ...] = ()
    requires: Mapping[str, object] = field(default_factory=dict, metadata={"drawer": "requirements"})
    regions: RegionCount = RegionCount()
    growth: Ratio | None = None
    migration: Migration = Migration()
    stay: int = 1
    workload: str = field(default="", metadata=HIDDEN)
    entity: str = field(default="", metadata=HIDDEN)
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)

    @property
    def count(self) -> int:
        """Units in each region where it lives; a component without `replicas` is one unit."""
        return self.replicas.count if self.replicas else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Provenance):
    """Traffic, GB a month, one way. Ends after resolution: `users:ID`, `dataset:ID` or `WORKLOAD/COMPONENT`."""

    from_: str
    to: str
    volume: GigabytesMonth = Decimal(0)
    max_rtt: Milliseconds | None = None
    carries: tuple[str, ...] | None = None
    transform: str | None = None
    growth: Ratio | None = None
    workload: str = field(default="", metadata=HIDDEN)
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)

    @property
    def id(self) -> str:
        """`from>to`; unique, because reading refuses two flows between the same ends."""
        return f"{self.from_}>{self.to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Provenance):
    """A service that a business names, with its components and their traffic."""

    id: str
    entity: str
    name: str | None = None
    components: tuple[Component, ...] = ()
    flows: tuple[Flow, ...] = ()
    growth: Ratio = Decimal(0)
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class DemandPoint:
    """A place where users are: share of its group (the shares of a group sum to 1) and coordinates in degrees."""

    place: str
    country: str
    weight: Decimal
    lat: Decimal
    lon: Decimal


@dataclass(frozen=True, slots=True)
class At:
    """Weight of a country's demand points, or of one point written out with its coordinates (degrees).

    `{MY: by-population}` is short for `{MY: {by: population}}`: countries weigh as many as they have people.
    """

    shorthand: ClassVar[str] = "weight"
    words: ClassVar[Mapping[str, Mapping[str, str]]] = {"by-population": {"by": "population"}}
    one_of: ClassVar[tuple[str, ...]] = ("weight", "by")
    weight: Ratio | None = None
    by: Literal["population"] | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Users(Provenance):
    """A group of users: weights by place. `latency: none` leaves the group out of latency requirements.

    `persons` counts the people whose data they send, as on a dataset.
    """

    id: str
    at: Mapping[str, At]
    carries: tuple[str, ...] | None = None
    persons: Persons = field(default_factory=dict)
    latency: Literal["none"] | None = None
    split: bool = True
    points: tuple[DemandPoint, ...] = field(default=(), metadata=HIDDEN)
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Hold:
    """A mechanism an entity holds today: a purchase that is already made, until a date."""

    mechanism: str
    entity: str
    destination: str | None = None
    operator: str | None = None
    workload: str | None = None
    until: date | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """A negotiated price of a component in a region: USD a month for all its replicas there, or all of it."""

    component: str
    place: str
    cost: UsdMonth
    uses: Resources = field(default_factory=dict)
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class RegionsLimit:
    """How many regions may be in use by anyone in a period; a plain number means at most."""

    shorthand: ClassVar[str] = "at_most"
    at_most: int | None = None
    at_least: int | None = None
    exactly: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on the whole plan."""

    regions: RegionsLimit = RegionsLimit()
    moves: Moves = Moves()


@dataclass(frozen=True, slots=True)
class SolverSettings:
    """How far to search: relative gap (0 = prove the optimum) and wall-clock seconds."""

    gap: Ratio = Decimal(0)
    time_limit: Seconds | None = None


@dataclass(frozen=True, slots=True)
class Catalog:
    """Which part of the shipped catalogue a scenario sees; None = all of it, empty = nothing."""

    providers: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Latency:
    """Where round trips come from: the user's own measurements (a CSV beside the file), and the model for the rest.

    `corridors` is the shipped model; `great-circle` a rough one that needs nothing but coordinates.
    """

    measurements: str | None = None
    model: Literal["corridors", "great-circle"] = "corridors"
