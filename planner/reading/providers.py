"""Providers: one YAML file a provider, with its figures beside it, as regions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from planner.errors import Where
from planner.model.accelerators import Accelerator, Chips
from planner.model.catalogue import Confidence, Offering, Operator, Power, Region, Zone
from planner.model.provenance import HIDDEN, NOWHERE
from planner.reading.checking_regions import check_processing, check_services
from planner.reading.faults import Collector
from planner.reading.figures import ALL, Found, Known, power_of, prices_of, read_figures

PowerByPlace = Mapping[str, Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedRegion(Region):
    """A region of a provider file: the provider is the file's, and so is the origin where it states none of its own.

    A region whose zone ids are not known says how many zones it has (`zone_ids: assumed`, `zone_count`), or that not
    even this is known (`zone_ids: unknown`). `grid` is the part of the country whose electricity it takes.
    """

    provider: str = ""
    zones: tuple[Zone, ...] = ()
    zone_count: int | None = None
    grid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer(Offering):
    """A service with the regions of the provider that offer it."""

    regions: tuple[str, ...]
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the facts about regions come from that state no origin of their own."""

    source: str
    as_of: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ProviderFile:
    """One YAML file of regions/: a provider, who runs it, and its regions; figures lie in a CSV beside it."""

    schema: Literal["residency-regions/1"]
    provider: str
    name: str
    operator: Operator
    regions: tuple[ShippedRegion, ...]
    regions_from: Origin | None = None
    services: tuple[ServiceOffer, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: str | None = None
    note: str | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class AcceleratorFile:
    """`accelerators.yaml` of a regions folder: the kinds of chip that prices, stock and rules may name."""

    schema: Literal["residency-accelerators/1"]
    accelerators: tuple[Accelerator, ...]
    note: str | None = None


def regions_of(
    file: ProviderFile, folder: Path, accelerators: Collection[str], power: PowerByPlace, faults: Collector
) -> list[Region]:
    """The regions of a provider file that lies in `folder`, with figures, services and zones; faults are collected."""
    ids = tuple(dict.fromkeys(region.id for region in file.regions))
    _check_names(file, ids, faults)
    _check_chips(file, accelerators, faults)
    figures: Mapping[str, Found] = {}
    if file.figures:
        figures = read_figures(folder / file.figures, Known(file.provider, ids, file.groups, accelerators), faults)
    services = _services(file)
    out = []
    for shipped in file.regions:
        own = figures.get(shipped.id, {})
        region = _with_origin(shipped, file)
        if own:
            region = replace(region, prices=prices_of(own, file.provider))
        if region.power == Power():
            region = replace(region, power=_power(shipped, own, power))
        offered = (*region.services, *services.get(region.id, ()))
        out.append(replace(region, zones=_zones(shipped, faults), services=offered))
    return out


def _check_names(file: ProviderFile, ids: Collection[str], faults: Collector) -> None:
    """Regions belong to the file's provider, groups and services name regions of the file."""
    for region in file.regions:
        check_services(region, faults)
        if region.provider not in ("", file.provider):
            faults.unknown(faults.inside(region.where, "provider"), "provider", region.provider, [file.provider])
    for group, members in file.groups.items():
        for name in sorted(set(members) - set(ids)):
            faults.unknown(faults.inside(file.where, "groups", group, name), "region", name, ids)
    for offer in file.services:
        check_processing(offer, faults.inside(offer.where, "processing"), faults)
        for name in sorted(set(offer.regions) - set(ids)):
            faults.unknown(faults.inside(offer.where, "regions", name), "region", name, ids)


def _check_chips(file: ProviderFile, accelerators: Collection[str], faults: Collector) -> None:
    """Stock and arrivals name accelerators of the catalogue."""
    for region in file.regions:
        for index, zone in enumerate(region.zones):
            chips: dict[str, tuple[Chips, ...]] = {"stock": zone.stock, "arrivals": zone.arrivals}
            for what, found in chips.items():
                for row, each in enumerate(found):
                    if each.accelerator not in accelerators:
                        where = faults.inside(region.where, "zones", index, what, row, "accelerator")
                        faults.unknown(where, "accelerator", each.accelerator, accelerators)


def _services(file: ProviderFile) -> dict[str, tuple[Offering, ...]]:
    """The services on offer by region id."""
    out: dict[str, tuple[Offering, ...]] = {}
    for offer in file.services:
        offering = Offering(**{each.name: getattr(offer, each.name) for each in fields(Offering)})
        for region in offer.regions:
            out[region] = (*out.get(region, ()), offering)
    return out


def _with_origin(shipped: ShippedRegion, file: ProviderFile) -> Region:
    """The region as the program knows it, with the origin of the file where it states none."""
    same = {each.name: getattr(shipped, each.name) for each in fields(Region)}
    region = Region(**{**same, "provider": file.provider, "operator": file.operator.name})
    origin = file.regions_from
    if origin is None or region.source is not None:
        return region
    return replace(region, source=origin.source, as_of=origin.as_of, confidence=origin.confidence)


def _power(shipped: ShippedRegion, own: Found, by_place: PowerByPlace) -> Power:
    places = (shipped.grid or shipped.country, shipped.country, ALL)
    domestic = shipped.kind == "own" and shipped.chips_from == (shipped.country,)
    return power_of([own, *(by_place.get(place, {}) for place in places)], domestic)


def _zones(shipped: ShippedRegion, faults: Collector) -> tuple[Zone, ...]:
    """The zones as stated, made up for a known count, or one that stands for all of an unknown number."""
    counted = shipped.zone_count is not None
    if (shipped.zone_ids == "assumed") != counted or (counted and shipped.zones):
        text = f"region {shipped.id!r}: zone_count goes with `zone_ids: assumed`, and with no zones"
        faults.add(faults.inside(shipped.where, "zone_count"), "S002", text, "name the zones, or count them")
    if shipped.zone_count:
        return tuple(Zone(f"{shipped.id}-z{n + 1}") for n in range(shipped.zone_count))
    return (Zone(f"{shipped.id}-z"),) if shipped.zone_ids == "unknown" and not shipped.zones else shipped.zones
