"""The catalogue: providers, regions, zones, and figures that carry where they come from.

Keys: a region is `provider:region-id`, a zone `provider:zone-id`; ids alone collide between providers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from planner.errors import Where
from planner.model.accelerators import Arrival, Stock
from planner.model.provenance import HIDDEN, NOWHERE
from planner.model.question import Resources, Words
from planner.model.tokens import TokenPrices
from planner.model.units import Usd, UsdMonth

Confidence = Literal["high", "medium", "low", "memory"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its origin. `value` is in the unit that the holder of the figure documents."""

    value: Decimal
    source: str = ""
    as_of: str = ""
    confidence: Confidence | None = None
    note: str = ""
    stand_in: bool = False
    copied_from: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """An availability zone, in a file also its id alone. A resource that is not in `capacity` is not limited there.

    `stock` and `arrivals` count accelerators; a kind that is in neither is not known to stand there.
    """

    shorthand: ClassVar[str] = "id"
    id: str
    capacity: Resources = field(default_factory=dict)
    stock: tuple[Stock, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


@dataclass(frozen=True, slots=True)
class Processing:
    """Where a service may work on what it is sent: in some places, or anywhere (`"*"`), or anywhere but in some.

    YAML keys: in, not_in; exactly one is given, and `in` may be left unsaid.
    """

    shorthand: ClassVar[str] = "in"
    in_: Words = None
    not_in: Words = None


@dataclass(frozen=True, slots=True)
class Offering:
    """A managed service on offer in a region. YAML keys: id, from, to.

    `processing` absent = not established; what it stores rests in the region.
    """

    id: str
    from_: date | None = None
    to: date | None = None
    processing: Processing | None = None
    source: str | None = None
    as_of: str | None = None
    confidence: Confidence | None = None
    note: str | None = None

    def offered(self, first: date, last: date) -> bool:
        """Whether it is offered from first to last."""
        return (self.from_ is None or self.from_ <= first) and (self.to is None or last <= self.to)


@dataclass(frozen=True, slots=True)
class Prices:
    """Unit prices of a region, USD. None = unknown, which is not zero: a cell that needs one is refused.

    Attributes:
        rates: resource name to USD per unit and hour (`vcpu`, `memory` in GiB).
        storage: USD per GB and month.
        internet: USD per GB that leaves to users or to a pair without a price of its own: the first volume tier.
        pairs: destination region key to USD per GB.
        accelerators: accelerator id to USD per accelerator and hour, with its part of the host machine.
        purchases: accelerator id to USD that one costs to buy; only for own halls.
        internet_tiers: GB a month from which a later tier holds, to USD per GB inside it.
        tokens: model to USD per million tokens; only for regions of `kind: api`.
    """

    rates: Mapping[str, Figure] = field(default_factory=dict)
    storage: Figure | None = None
    internet: Figure | None = None
    pairs: Mapping[str, Figure] = field(default_factory=dict)
    accelerators: Mapping[str, Figure] = field(default_factory=dict)
    purchases: Mapping[str, Figure] = field(default_factory=dict)
    internet_tiers: Mapping[str, Figure] = field(default_factory=dict)
    tokens: Mapping[str, TokenPrices] = field(default_factory=dict)

    def egress_to(self, region_key: str) -> Figure | None:
        """Price of a GB to another region: its own pair, else the internet price as a stand-in."""
        return self.pairs.get(region_key, self.internet)


@dataclass(frozen=True, slots=True)
class Power:
    """Electricity of a region and what comes with it. None = unknown.

    Attributes:
        tariff: energy, USD per kWh.
        demand: capacity and network part, USD per kW of peak and month.
        pue: facility energy over energy of the machines.
        wue: litres of water per kWh of the machines.
        carbon: grams of CO2 equivalent per kWh from the grid, by the source that is preferred for the region.
        vcpu_w: watts of the machines for each vCPU with its memory, for own halls.
        carbon_by_source: the same by each source that has one; they differ by up to one half.
        fuel: what a monthly fuel adjustment adds to the tariff, USD per kWh; below zero it is a rebate.
    """

    tariff: Figure | None = None
    demand: Figure | None = None
    pue: Figure | None = None
    wue: Figure | None = None
    carbon: Figure | None = None
    vcpu_w: Figure | None = None
    carbon_by_source: Mapping[str, Figure] = field(default_factory=dict)
    fuel: Figure | None = None


@dataclass(frozen=True, slots=True)
class InlinePrices:
    """Prices written inside a scenario's own region: plain USD, no provenance. Pairs are keyed by region key."""

    vcpu_hour: Decimal | None = None
    memory_gib_hour: Decimal | None = None
    storage_gb_month: Decimal | None = None
    egress_internet_gb: Decimal | None = None
    egress_pairs_gb: Mapping[str, Decimal] = field(default_factory=dict)
    accelerator_hour: Mapping[str, Decimal] = field(default_factory=dict)
    accelerator_purchase: Mapping[str, Decimal] = field(default_factory=dict)
    tokens: Mapping[str, TokenPrices] = field(default_factory=dict)

    def noun(self) -> Prices:
        """The same as Prices, marked as the scenario's own figures."""
        rates = {"vcpu": self.vcpu_hour, "memory": self.memory_gib_hour}
        return Prices(
            {name: _own(value) for name, value in rates.items() if value is not None},
            None if self.storage_gb_month is None else _own(self.storage_gb_month),
            None if self.egress_internet_gb is None else _own(self.egress_internet_gb),
            {key: _own(value) for key, value in self.egress_pairs_gb.items()},
            {key: _own(value) for key, value in self.accelerator_hour.items()},
            {key: _own(value) for key, value in self.accelerator_purchase.items()},
            tokens=self.tokens,
        )


@dataclass(frozen=True, slots=True)
class InlinePower:
    """Electricity written inside a scenario's own region: plain numbers in the units of Power, no provenance."""

    tariff_kwh: Decimal | None = None
    demand_kw_month: Decimal | None = None
    pue: Decimal | None = None
    wue_l_kwh: Decimal | None = None
    carbon_g_kwh: Decimal | None = None
    vcpu_w: Decimal | None = None
    fuel_kwh: Decimal | None = None

    def noun(self) -> Power:
        """The same as Power, marked as the scenario's own figures."""
        given = (self.tariff_kwh, self.demand_kw_month, self.pue, self.wue_l_kwh, self.carbon_g_kwh, self.vcpu_w)
        tariff, demand, pue, wue, carbon, vcpu_w = (None if value is None else _own(value) for value in given)
        fuel = None if self.fuel_kwh is None else _own(self.fuel_kwh)
        return Power(tariff, demand, pue, wue, carbon, vcpu_w, fuel=fuel)


def _own(value: Decimal) -> Figure:
    return Figure(value, source="scenario")


RegionKind = Literal["public-cloud", "dedicated", "own", "api"]
RegionStatus = Literal["active", "announced", "closed", "restricted"]
ZoneIds = Literal["stated", "assumed", "unknown"]
"""Whether the ids of a region's zones are the provider's, made up for a known count, or not even the count is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A provider's region. `places` are all codes that contain it (ISO 3166-1, -2); `country` is always among them.

    `lat` and `lon` are degrees. `areas` are those declared, `located` those whose outline surely holds the point, and
    `displaced` the codes whose law does not reach into them. A region without a status of `active` is refused with
    that reason. `launched` is the year it opened and `closed_on` its last day; `opens` is the day from which an
    announced region counts as open. `chips_from` names the only countries whose vendors' chips it takes, absent = all.
    """

    provider: str
    id: str
    lat: Decimal
    lon: Decimal
    country: str
    name: str | None = None
    city: str | None = None
    subdivision: str | None = None
    zones: tuple[Zone, ...]
    zone_ids: ZoneIds = "stated"
    kind: RegionKind = "public-cloud"
    status: RegionStatus = "active"
    opens: date | None = None
    launched: int | None = None
    closed_on: date | None = None
    services: tuple[Offering, ...] = ()
    isolation: tuple[str, ...] | None = None
    funding: Literal["state", "private"] | None = None
    admin_sites: tuple[str, ...] | None = None
    areas: Words = None
    chips_from: Words = None
    opening_cost: UsdMonth = Decimal(0)
    opening_once: Usd = Decimal(0)
    prices: Prices = field(default=Prices(), metadata={"document": InlinePrices | None})
    power: Power = field(default=Power(), metadata={"document": InlinePower | None})
    operator: str = field(default="", metadata=HIDDEN)
    located: tuple[str, ...] = field(default=(), metadata=HIDDEN)
    displaced: tuple[str, ...] = field(default=(), metadata=HIDDEN)
    source: str | None = None
    as_of: str | None = None
    confidence: Confidence | None = None
    accuracy_km: Decimal | None = None
    note: str | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)

    @property
    def key(self) -> str:
        """`provider:id`."""
        return f"{self.provider}:{self.id}"

    @property
    def places(self) -> frozenset[str]:
        """Every place code that contains the region, without those whose law an area displaces."""
        codes = {code for code in (self.country, self.subdivision) if code and code not in self.displaced}
        return frozenset(codes | {f"area:{area}" for area in (*(self.areas or ()), *self.located)})

    def zone_key(self, zone: Zone) -> str:
        """`provider:zone-id`."""
        return f"{self.provider}:{zone.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who runs a provider's regions and who can command them; an absent fact is unknown (fail closed)."""

    name: str
    ultimate_parent_in: str | None = None
    entity_listed: bool | None = None
    subject_to: tuple[str, ...] | None = None
    admin_sites: tuple[str, ...] | None = None
    source: str | None = None
    as_of: str | None = None
    confidence: Confidence | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured region-to-region round trip, ms; source and destination are region keys."""

    src: str
    dst: str
    rtt_ms: Decimal
    source: str = ""
    date: str = ""
