"""Checking accelerators: alternatives of components, stock and arrivals of zones, purchases and power of regions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planner.model.accelerators import Arrival, Chips
from planner.model.catalogue import Region
from planner.model.question import Component
from planner.model.scenario import Scenario
from planner.model.tokens import PREFIX
from planner.reading.checking_nouns import MAX_REPLICAS
from planner.reading.faults import Collector
from planner.reading.token_prices import check_token_prices
from planner.requirements.spread import Spread


def check_accelerators(scenario: Scenario, faults: Collector) -> None:
    """Collect every fault of what a scenario and its regions say of chips and electricity."""
    for component in scenario.components:
        if not faults.is_mended(component.where):
            _check_alone(component, faults)
            _check_alternatives(component, faults)
            _check_spread(component, faults)
    for region in scenario.regions:
        _check_purchases(region, faults)
        _check_power(region, faults)
        check_token_prices(region, faults)
        _check_arrivals(region, scenario.vocabulary.mechanisms, faults)
    if scenario.rules:
        _check_kinds(scenario, faults)


def _check_alone(component: Component, faults: Collector) -> None:
    """Chips, replicas and free shares are three ways to say how large a component is."""
    own = "serves" if component.serves else "accelerators" if component.accelerators else ""
    others = {"replicas": component.replicas is not None, "divisible": component.divisible}
    for key in (key for key, given in others.items() if own and given):
        where = faults.inside(component.where, key, key=True)
        text = f"{component.id} has {own} and {'is' if key == 'divisible' else 'has'} {key}"
        faults.add(where, "N003", text, "the chips say how many units there are: leave it out")


def _check_alternatives(component: Component, faults: Collector) -> None:
    if component.serves is not None:
        return
    seen: set[str] = set()
    for index, each in enumerate(component.accelerators):
        if each.id in seen:
            where = faults.inside(component.where, "accelerators", index, "id")
            faults.add(where, "N002", f"{component.id} has two alternatives {each.id!r}", "keep one")
        seen.add(each.id)
        if each.group < 1:
            where = faults.inside(component.where, "accelerators", index, "group")
            faults.add(where, "S003", f"{component.id}: a group of {each.group} {each.id}", "write 1 or more")
        elif each.units < 1 or each.units % each.group:
            more = -(-max(each.units, 1) // each.group) * each.group
            text = f"{component.id}: {each.units} {each.id} are no whole groups of {each.group}"
            where = faults.inside(component.where, "accelerators", index, "units")
            faults.add(where, "N003", text, f"write for example {more}")
        elif each.groups > MAX_REPLICAS:
            where = faults.inside(component.where, "accelerators", index, "units")
            text = f"{component.id}: {each.groups:,} groups of {each.id}"
            faults.add(where, "S003", text, f"write at most {MAX_REPLICAS:,} groups")


def _check_spread(component: Component, faults: Collector) -> None:
    most = max((each.groups for each in component.accelerators if each.group), default=0)
    for requirement in component.requires.values():
        if isinstance(requirement, Spread) and requirement.zones > most > 0:
            where = faults.inside(component.where, "requires", "spread", "zones")
            text = f"{component.id}: {most} group(s) of chips cannot stand in {requirement.zones} zones"
            faults.add(where, "N003", text, f"write {most} or fewer, or give an alternative with more groups")


def _check_purchases(region: Region, faults: Collector) -> None:
    if region.prices.purchases and region.kind != "own":
        where = faults.inside(region.where, "prices", "accelerator_purchase", key=True)
        text = f"accelerator_purchase in {region.key}, which is {region.kind}: chips are bought for own halls only"
        faults.add(where, "N003", text, "write `kind: own`, or leave it out")


def _check_power(region: Region, faults: Collector) -> None:
    pue = region.power.pue
    if pue is not None and pue.value < 1:
        where = faults.inside(region.where, "power", "pue")
        faults.add(where, "S003", f"power.pue {pue.value} is below 1", "write for example 1.3")


def _check_arrivals(region: Region, mechanisms: Collection[str], faults: Collector) -> None:
    for zone in region.zones:
        tables: dict[str, Sequence[Chips]] = {"stock": zone.stock, "arrivals": zone.arrivals}
        for key, rows in tables.items():
            for index, row in enumerate(rows):
                steps = ("zones", zone.id, key, index)
                if row.units < 1:
                    where = faults.inside(region.where, *steps, "units")
                    faults.add(where, "S003", f"{key} of {row.units} {row.accelerator} in {zone.id}", "write 1 or more")
                if isinstance(row, Arrival):
                    _check_holds(region, steps, row, mechanisms, faults)


def _check_holds(
    region: Region, steps: tuple[str | int, ...], row: Arrival, mechanisms: Collection[str], faults: Collector
) -> None:
    for name in row.holds:
        if name not in mechanisms:
            faults.unknown(faults.inside(region.where, *steps, "holds", name), "mechanism", name, mechanisms)


def _check_kinds(scenario: Scenario, faults: Collector) -> None:
    """Words that rules match: a kind or control class that no rule can name would be a silent hole."""
    words = scenario.vocabulary
    for kind in (kind for name, kind in scenario.accelerators.items() if not name.startswith(PREFIX)):
        if kind.id not in words.chips:
            faults.unknown(faults.inside(kind.where, "id"), "chip", kind.id, words.chips)
        if kind.control is not None and kind.control not in words.chip_controls:
            faults.unknown(faults.inside(kind.where, "control"), "chip control", kind.control, words.chip_controls)
