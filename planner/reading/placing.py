"""Placing: the areas each region lies in, by its own word and by outlines; what stays doubtful is told.

What a region declares under `areas:` is the law's truth. An outline adds an area to a region that does not declare
`areas: []` when its point lies inside by at least what is known of point and line together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from planner.geography.areas import depth_km, lies_near, most_depth_km, point_accuracy_km
from planner.model.areas import Area, Outline
from planner.model.catalogue import Region
from planner.model.law import Box, Rule
from planner.model.scenario import Scenario
from planner.reading.faults import Collector
from planner.rules.require import Require

Outlines = Mapping[str, Outline]


def in_areas(region: Region, areas: Mapping[str, Area], outlines: Outlines) -> Region:
    """The region with the areas that surely hold it, and with the codes whose law they displace."""
    found: list[str] = []
    if region.areas != ():
        declared = region.areas or ()
        found = [name for name, outline in outlines.items() if name not in declared and _surely_in(region, outline)]
    within = [areas[name] for name in (*(region.areas or ()), *found) if name in areas]
    displaced = {code for area in within for code in area.displaces}
    return replace(region, located=tuple(sorted(found)), displaced=tuple(sorted(displaced)))


def _surely_in(region: Region, outline: Outline) -> bool:
    lat, lon, doubt = _point(region, outline)
    return (
        _at_home(region, outline) and most_depth_km(outline, lat, lon) >= doubt and depth_km(outline, lat, lon) >= doubt
    )


def may_lie_in(region: Region, outline: Outline) -> bool:
    """Whether the region may lie in the outline, for all that is known of its point and of the line."""
    lat, lon, doubt = _point(region, outline)
    return _at_home(region, outline) and lies_near(outline, lat, lon, doubt) and depth_km(outline, lat, lon) >= -doubt


def _at_home(region: Region, outline: Outline) -> bool:
    return outline.country is None or region.country == outline.country


def _point(region: Region, outline: Outline) -> tuple[float, float, float]:
    """Latitude, longitude, and the km by which point and line together may be wrong."""
    doubt = point_accuracy_km(region.lat, region.lon, region.accuracy_km) + outline.accuracy_km
    return float(region.lat), float(region.lon), doubt


def warn_of_areas(scenario: Scenario, outlines: Outlines, faults: Collector) -> None:
    """Tell which regions may lie in an area that could change an answer, and which declarations an outline denies."""
    named = frozenset(code for rule in scenario.rules for code in scenario.codes(tuple(_places(rule))))
    for region in scenario.regions:
        for name, outline in outlines.items():
            if name in scenario.vocabulary.areas and name not in region.located:
                matters = not named.isdisjoint((f"area:{name}", *scenario.vocabulary.areas[name].displaces))
                _warn(region, outline, matters, faults)


def _places(rule: Rule) -> Iterator[str]:
    """The words by which a rule asks where a region lies."""
    boxes: list[Box] = [rule.when, *([rule.when.not_] if rule.when.not_ else [])]
    effect = rule.then.effect
    local = effect.local_copy.in_ if isinstance(effect, Require) and effect.local_copy else ()
    for box in boxes:
        yield from box.located_in or ()
    for way in rule.then.unless:
        yield from way.destination_in
    yield from (*getattr(effect, "in_", ()), *local)


def _warn(region: Region, outline: Outline, matters: bool, faults: Collector) -> None:
    code, name = f"area:{outline.area}", outline.area
    where, doubt = faults.inside(region.where, "areas"), _point(region, outline)[2]
    known = f"its point and the outline are known to {doubt:.2g} km together"
    if region.areas is None and matters and may_lie_in(region, outline):
        text = f"region {region.key} may lie in {code}: {known}, and it counts as outside"
        faults.warn(where, "N006", text, f"write `areas: [{name}]` if it lies inside, `areas: []` if not")
    elif region.areas == () and _surely_in(region, outline):
        text = (
            f"region {region.key} declares no area and its point lies inside {code}; {known}, and it counts as outside"
        )
        faults.warn(where, "N006", text, f"write `areas: [{name}]`, or mend lat and lon")
    elif name in (region.areas or ()) and not may_lie_in(region, outline):
        text = f"region {region.key} declares {code} and its point lies outside; {known}, and it counts as inside"
        faults.warn(where, "N006", text, "mend lat and lon, or drop the area")


def find_turned(outline: Outline, regions: Iterable[Region]) -> Region | None:
    """The region an outline would hold with longitude and latitude exchanged, when as drawn it holds none."""
    points = sorted(((float(r.lat), float(r.lon), r) for r in regions), key=lambda point: point[2].key)
    if any(lies_near(outline, lat, lon, 0) for lat, lon, _ in points):
        return None
    return next((region for lat, lon, region in points if lies_near(outline, lon, lat, 0)), None)


def check_turned(outlines: Outlines, areas: Mapping[str, Area], regions: Iterable[Region], faults: Collector) -> None:
    """Tell of outlines with longitude and latitude exchanged; sure when the region found lies in their country."""
    regions = tuple(regions)
    for name, outline in outlines.items():
        region = find_turned(outline, regions)
        if region is not None:
            home = (outline.country, *areas[name].displaces)
            tell = faults.add if region.country in home else faults.warn
            text = (
                f"area {name!r} would hold {region.key} with longitude and latitude exchanged, and holds no region now"
            )
            tell(outline.where, "N003", text, "GeoJSON writes longitude first")
