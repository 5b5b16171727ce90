"""Checking regions: what no region of a file or of a scenario may say about itself."""

from __future__ import annotations

from collections.abc import Iterable

from planner.errors import Where
from planner.model.catalogue import Offering, Region
from planner.model.figures import POWER, figures_of
from planner.model.places import COUNTRIES, EVERYWHERE, NAMED, is_country, is_place
from planner.reading.faults import Collector, nearest


def check_region(region: Region, faults: Collector) -> None:
    """Place, zones and figures of one region."""
    _check_place(region, faults)
    _check_zones(region, faults)
    _check_figures(region, faults)


def check_zone_keys(regions: Iterable[Region], faults: Collector) -> None:
    """No two regions of a catalogue have a zone of one key."""
    owners: dict[str, str] = {}
    for region in regions:
        for index, zone in enumerate(region.zones):
            owner = owners.setdefault(region.zone_key(zone), region.key)
            if owner != region.key:
                where = faults.inside(region.where, "zones", index, "id")
                faults.add(where, "N002", f"zone {zone.id!r} is declared twice, in {owner} too", "zone ids are unique")


def _check_place(region: Region, faults: Collector) -> None:
    where, country, part = region.where, region.country, region.subdivision
    if not is_country(country):
        near = nearest(country, [code for code in COUNTRIES if code[0] == country[:1].upper()])
        faults.add(faults.inside(where, "country"), "N001", f"country {country!r} is no ISO 3166-1 code", near)
    elif part and not (is_place(part) and part.startswith(f"{country}-")):
        text = f"subdivision {part!r} is not one of {country}"
        faults.add(faults.inside(where, "subdivision"), "N001", text, f"write for example {country}-01")
    for axis, value, most in (("lat", region.lat, 90), ("lon", region.lon, 180)):
        if abs(value) > most:
            text = f"{axis} {value} is no point on Earth"
            faults.add(faults.inside(where, axis), "N003", text, f"{axis} is from -{most} to {most}")


def _check_zones(region: Region, faults: Collector) -> None:
    if not region.zones and not faults.is_mended(region.where):
        where = faults.inside(region.where, "zones")
        faults.add(where, "N003", f"region {region.key} has no zone", "add `zones: [{id: …}]` or `zone_ids: unknown`")
    if region.zone_ids == "unknown" and len(region.zones) > 1:
        text = f"region {region.key} names {len(region.zones)} zones and says that their number is unknown"
        faults.add(faults.inside(region.where, "zone_ids"), "S002", text, "drop one of the two")
    seen: set[str] = set()
    for index, zone in enumerate(region.zones):
        if zone.id in seen:
            where = faults.inside(region.where, "zones", index, "id")
            faults.add(where, "N002", f"zone {zone.id!r} is declared twice in {region.key}", "zone ids are unique")
        seen.add(zone.id)


def _check_figures(region: Region, faults: Collector) -> None:
    for kind, to, figure in figures_of(region):
        if figure.value < 0 and kind != "fuel_kwh":
            part, key = ("power" if kind in POWER else "prices"), kind.replace("egress_pair_gb", "egress_pairs_gb")
            where = faults.inside(region.where, part, key, *filter(None, (to,)))
            name = ".".join(filter(None, (part, key, to)))
            faults.add(where, "S003", f"{name} {figure.value} is negative", "write zero or more")


def check_services(region: Region, faults: Collector) -> None:
    """The services that a region itself states."""
    for index, offering in enumerate(region.services):
        check_processing(offering, faults.inside(region.where, "services", index, "processing"), faults)


def check_processing(offering: Offering, where: Where, faults: Collector) -> None:
    """The scope of a service is one list of places; `where` is its position."""
    scope = offering.processing
    if scope is None:
        return
    if (scope.in_ is None) == (scope.not_in is None):
        text = f"processing of {offering.id!r} needs exactly one of in, not_in"
        faults.add(where, "S002", text, 'write `{in: [MY]}`, `{not_in: [CN]}` or `"*"` for anywhere')
    for place in (*(scope.in_ or ()), *(scope.not_in or ())):
        if place != EVERYWHERE and not place.startswith(NAMED) and not is_place(place):
            near = [code for code in COUNTRIES if code[0] == place[:1].upper()]
            faults.unknown(where, "place", place, near or COUNTRIES)
