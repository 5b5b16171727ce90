"""Checking regions: what no region of a file or of a scenario may say about itself."""

from __future__ import annotations

from collections.abc import MutableMapping

from planner.model.catalogue import Offering, Region
from planner.model.figures import POWER, figures_of
from planner.model.places import COUNTRIES, EVERYWHERE, NAMED, is_country, is_place
from planner.reading.faults import Collector, nearest


def check_region(region: Region, zone_owners: MutableMapping[str, str], faults: Collector) -> None:
    """Place, zones, prices and services of one region.

    Args:
        region: what is checked.
        zone_owners: key of each zone seen so far, to the key of its region; the region's own are added.
        faults: takes what is wrong.
    """
    _check_place(region, faults)
    _check_zones(region, zone_owners, faults)
    _check_figures(region, faults)
    for offering in region.services:
        _check_processing(region, offering, faults)


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


def _check_zones(region: Region, owners: MutableMapping[str, str], faults: Collector) -> None:
    if not region.zones and not faults.is_mended(region.where):
        where = faults.inside(region.where, "zones")
        faults.add(where, "N003", f"region {region.key} has no zone", "add `zones: [{id: …}]` or `zone_ids: unknown`")
    if region.zone_ids == "unknown" and len(region.zones) > 1:
        text = f"region {region.key} names {len(region.zones)} zones and says that their number is unknown"
        faults.add(faults.inside(region.where, "zone_ids"), "S002", text, "drop one of the two")
    for index, zone in enumerate(region.zones):
        owner = owners.setdefault(region.zone_key(zone), region.key)
        again = zone.id in {before.id for before in region.zones[:index]}
        if again or owner != region.key:
            where = faults.inside(region.where, "zones", index, "id")
            of = region.key if again else owner
            faults.add(where, "N002", f"zone {zone.id!r} is declared twice in {of}", "zone ids are unique")


def _check_figures(region: Region, faults: Collector) -> None:
    for kind, to, figure in figures_of(region):
        if figure.value < 0:
            part, key = ("power" if kind in POWER else "prices"), kind.replace("egress_pair_gb", "egress_pairs_gb")
            where = faults.inside(region.where, part, key, *filter(None, (to,)))
            name = ".".join(filter(None, (part, key, to)))
            faults.add(where, "S003", f"{name} {figure.value} is negative", "write zero or more")


def _check_processing(region: Region, offering: Offering, faults: Collector) -> None:
    scope = offering.processing
    if scope is None:
        return
    where = faults.inside(region.where, "services", offering.id, "processing")
    if (scope.in_ is None) == (scope.not_in is None):
        text = f"processing of {offering.id!r} needs exactly one of in, not_in"
        faults.add(where, "S002", text, 'write `{in: [MY]}`, `{not_in: [CN]}` or `"*"` for anywhere')
    for place in (*(scope.in_ or ()), *(scope.not_in or ())):
        if place != EVERYWHERE and not place.startswith(NAMED) and not is_place(place):
            faults.unknown(where, "place", place, COUNTRIES)
