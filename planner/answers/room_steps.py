"""Room: how far the capacity of a zone, and the accelerators that stand in it, can be raised."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from planner.answers.causes import placed, plain, region_of, standing, zone_named
from planner.answers.steps import Step, Steps
from planner.model.accelerators import Stock
from planner.model.candidates import Candidates
from planner.model.conflict import Change
from planner.model.scenario import Scenario
from planner.model.units import RESOURCE_KINDS


def capacity_steps(name: str, scenario: Scenario, candidates: Candidates) -> Steps:
    """Whole units more, up to what everything together could use."""
    resource, zone = name.split(" in ", 1)
    _, old = zone_named(zone, resource, scenario)
    table = next(each for each in candidates.periods[0].runs.resources if each.name == resource)
    need_of = candidates.periods[0].runs.need_of
    counts = [max([c.count, *(chips.groups for chips in c.accelerators)]) for c in scenario.components]
    wanted = sum(int(table.use[need_of[k]].max()) * count for k, count in enumerate(counts))
    most = -(-wanted // table.scale)
    first = int(old) + 1
    sizes = range(first, max(most, first) + 1)
    return Steps(sizes, lambda new: _roomier(resource, zone, old, Decimal(new), scenario))


def _roomier(resource: str, zone: str, old: Decimal, new: Decimal, scenario: Scenario) -> Step:
    region, _ = zone_named(zone, resource, scenario)
    unit = " GiB" if RESOURCE_KINDS.get(resource) == "memory" else " kW" if resource in RESOURCE_KINDS else ""
    text = f"raise {resource} in {zone} {plain(old)} → {plain(new)}{unit} (+{plain(new - old)})"
    own = not region.operator and [r.id for r in scenario.regions].count(region.id) == 1
    path = f"regions.{region.id}.zones.{zone.split(':', 1)[1]}.capacity.{resource}={plain(new)}{unit}"
    change = Change("raise", name_of(resource, zone), plain(old), plain(new), text, placed(region.where), path * own)

    def edit(s: Scenario) -> Scenario:
        zones = tuple(
            replace(z, capacity={**z.capacity, resource: new}) if region.zone_key(z) == zone else z
            for z in region.zones
        )
        changed = tuple(replace(r, zones=zones) if r.key == region.key else r for r in s.regions)
        return replace(s, regions=changed)

    return Step(change, edit)


def name_of(resource: str, zone: str) -> str:
    """What a capacity is called in a change."""
    return f"{resource} in {zone}"


def stock_steps(name: str, scenario: Scenario, candidates: Candidates) -> Steps:
    """More accelerators, up to what everything together could use."""
    chip, zone = name.split(" in ", 1)
    found = candidates.periods[0].runs.alternatives
    old, _ = standing(chip, zone, candidates)
    of_kind = found.kind == found.kinds.index(chip)
    sizes = range(old + 1, max(old + 1, int((found.groups * found.group)[of_kind].sum())) + 1)
    return Steps(sizes, lambda new: _more_chips(chip, zone, old, new, scenario))


def _more_chips(chip: str, zone: str, old: int, new: int, scenario: Scenario) -> Step:
    region = region_of(zone, scenario)
    text = f"+{new - old} {chip} in {zone} ({old} → {new})"
    change = Change("raise", name_of(chip, zone), str(old), str(new), text, placed(region.where))
    more = Stock(accelerator=chip, units=new - old)

    def edit(s: Scenario) -> Scenario:
        zones = tuple(replace(z, stock=(*z.stock, more)) if region.zone_key(z) == zone else z for z in region.zones)
        return replace(s, regions=tuple(replace(r, zones=zones) if r.key == region.key else r for r in s.regions))

    return Step(change, edit)
