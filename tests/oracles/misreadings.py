"""Wrong readings of docs/accelerators.md, each a change of one function of the brute force.

A reading that no random world tells from the right one would go unnoticed in the planner too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from planner.model.accelerators import Alternative, Arrival, Stock
from planner.model.catalogue import Region, Zone
from planner.model.question import Component
from planner.model.scenario import Scenario

from . import brute_force, choices, meaning_of_boxes, meaning_of_chips, meaning_of_costs, meaning_of_rules, standing
from .choices import Home
from .meaning_of_boxes import Thing, Truth
from .meaning_of_items import NOT_COUNTED
from .meaning_of_rules import Ask

Change = Any
"""A module of the brute force, one of its names, and what stands there instead."""


def _lines(region: Region) -> list[Stock | Arrival]:
    return [line for zone in region.zones for line in (*zone.stock, *zone.arrivals)]


def _mentions(zone: Zone, chip: str) -> bool:
    return any(line.accelerator == chip for line in (*zone.stock, *zone.arrivals))


def _counted_if_any_counts(scenario: Scenario, region: Region, chip: str) -> bool:
    here = any(_standing(scenario, region, zone, chip) for zone in region.zones)
    return here or meaning_of_chips.for_sale(scenario, region, chip)


_standing = meaning_of_chips.standing
_install, _asks = meaning_of_chips._install, meaning_of_chips.asks
_for_sale = meaning_of_chips.for_sale
_home_cost, _list_cost = meaning_of_costs.home_cost, meaning_of_costs.list_cost
_electricity, _lawful_regions = meaning_of_costs.electricity_cost, choices._lawful_regions
_component_thing, _homes = meaning_of_boxes.component_thing, choices.homes
_unit_vectors = standing.unit_vectors


def _pooled(scenario: Scenario, region: Region, zone: Zone, chip: str) -> int:
    return sum(_standing(scenario, region, each, chip) for each in region.zones)


def _standing_or_unlimited(scenario: Scenario, region: Region, zone: Zone, chip: str) -> int:
    return _standing(scenario, region, zone, chip) if _mentions(zone, chip) else 10**6


def _standing_if_stock_is_judged(scenario: Scenario, region: Region, zone: Zone, chip: str) -> int:
    install = _install(scenario, region, chip, meaning_of_chips.begins(scenario), None)
    return (
        0
        if any(ask.penalty is None for ask in _asks(scenario, install, region))
        else _standing(scenario, region, zone, chip)
    )


def _struck_out_on(day_and_papers: Callable[[Scenario, Arrival], dict[str, Any]]) -> Callable[..., bool]:
    def struck_out(scenario: Scenario, region: Region, line: Arrival) -> bool:
        install = _install(scenario, region, line.accelerator, line.on, line.holds)
        changed = replace(install, **day_and_papers(scenario, line))
        return any(ask.penalty is None for ask in _asks(scenario, changed, region))

    return struck_out


def _struck_out_by_any(scenario: Scenario, region: Region, line: Arrival) -> bool:
    return bool(_asks(scenario, _install(scenario, region, line.accelerator, line.on, line.holds), region))


def _install_with(**changes: Any) -> Callable[..., Thing]:
    return lambda *given: replace(_install(*given), **changes)


def _purchase_over_the_period(*given: Any) -> Thing:
    install = _install(*given)
    return replace(install, day=None) if install.papers is None else install


def _asked_with_penalties(scenario: Scenario, region: Region, chip: str) -> frozenset[Ask]:
    return _asks(scenario, _install(scenario, region, chip, meaning_of_chips.begins(scenario), None), region)


def _nothing_asked(*_: Any) -> frozenset[Ask]:
    return frozenset()


def _may_buy_without_mechanism(scenario: Scenario, region: Region, chip: str) -> bool:
    return _for_sale(scenario, region, chip) and not meaning_of_chips.asked_of_purchase(scenario, region, chip)


def _cash(scenario: Scenario, region: Region, chips: Any) -> Fraction:
    return sum((n * Fraction(region.prices.purchases[chip].value) for chip, n in chips), Fraction(0))


def _lawful_in_any_hall(scenario: Scenario, *rest: Any) -> Any:
    nobodys = tuple(replace(entity, operates=()) for entity in scenario.entities)
    return _lawful_regions(replace(scenario, entities=nobodys), *rest)


def _sold_anywhere(scenario: Scenario, region: Region, chip: str) -> bool:
    return chip in region.prices.purchases and meaning_of_chips.operating(scenario, region) is not None


def _same_chip_everywhere(*given: Any) -> list[Home]:
    return [home for home in _homes(*given) if len({stay.on for stay in home.stays}) == 1]


def _free_where_it_stands(component: Component, region: Region, on: Alternative | None) -> Fraction | None:
    listed = _list_cost(component, region, on)
    if listed is None and on is not None and any(line.accelerator == on.id for line in _lines(region)):
        return Fraction(0)
    return listed


def _one_group_of_the_rest(component: Component, region: Region, on: Alternative | None) -> Fraction | None:
    hourly, listed = meaning_of_costs.hourly_cost(component, region), _list_cost(component, region, on)
    if on is None or hourly is None or listed is None:
        return listed
    return listed - (on.groups - 1) * hourly * 730


def _price_of_a_group(component: Component, region: Region, on: Alternative | None) -> Fraction | None:
    return _list_cost(component, region, replace(on, units=on.groups, group=1) if on else None)


def _power_beside_quotes(scenario: Scenario, component: Component, region: Region, *rest: Any) -> Fraction | None:
    cost = _home_cost(scenario, component, region, *rest)
    power = _electricity(scenario, component, region, rest[1] if len(rest) > 1 else None)
    return cost if cost is None or rest[0] is None or power is None else cost + power


def _quoted_if_priced(scenario: Scenario, component: Component, region: Region, *rest: Any) -> Fraction | None:
    on = rest[1] if len(rest) > 1 else None
    return None if on and on.id not in region.prices.accelerators else _home_cost(scenario, component, region, *rest)


def _power_of_any_region(scenario: Scenario, component: Component, region: Region, on: Any) -> Fraction | None:
    return _electricity(scenario, component, replace(region, kind="own"), on)


def _stated_power_is_all(scenario: Scenario, component: Component, region: Region, on: Any) -> Fraction | None:
    whole = component.per_replica.get("power") is not None and on is not None
    if not whole:
        return _electricity(scenario, component, region, on)
    one = _electricity(scenario, component, region, None)
    return None if one is None else one * on.groups


def _even_by_chips(component: Component, count: int, zones: int) -> Iterator[tuple[int, ...]]:
    runs_on = [each for each in component.accelerators if each.groups == count]
    wish = component.requires.get("spread")
    if not runs_on or wish is None:
        yield from _unit_vectors(component, count, zones)
        return
    for units in _unit_vectors(replace(component, requires={}), count, zones):
        if sum(units) * runs_on[0].group >= wish.zones:
            yield units


def _override_without_chips(scenario: Scenario, rule: Any, verb: str, thing: Thing, region: Region) -> bool:
    plain = thing if verb == "install" or _names_chips(rule) else replace(thing, chip=None)
    return _overridden(scenario, rule, verb, plain, region)


def _names_chips(rule: Any) -> bool:
    boxes = [rule.when, *([rule.when.not_] if rule.when.not_ else [])]
    return any(box.chip is not None or box.chip_control is not None for box in boxes)


_overridden = meaning_of_rules._overridden


def _no_chip_is_unknown(facts: Any, box: Any) -> Truth:
    if facts.thing.chip or (box.chip is None and box.chip_control is None):
        return _of_thing(facts, box)
    return min(Truth.UNKNOWN, _of_thing(facts, replace(box, chip=None, chip_control=None)))


_of_thing = meaning_of_boxes._Facts._of_thing


def _without_families(facts: Any, box: Any) -> Truth:
    words = replace(facts.scenario.vocabulary, chip_families={})
    return _of_thing(replace(facts, scenario=replace(facts.scenario, vocabulary=words)), box)


def _parent_by_record(facts: Any) -> tuple[str, ...] | None:
    record = facts.scenario.operators.get(facts.region.provider)
    return (record.ultimate_parent_in,) if record and record.ultimate_parent_in else None


MISREADINGS: Final[Mapping[str, Change]] = {
    "what stands is never counted": (standing, "counted", lambda *_: False),
    "a kind is counted only where some of it stands": (standing, "counted", _counted_if_any_counts),
    "a kind that can be bought is not counted": (
        standing,
        "counted",
        lambda _, region, chip: any(line.accelerator == chip for line in _lines(region)),
    ),
    "chips of one zone serve groups of another": (standing, "standing", _pooled),
    "a zone that says nothing is not limited": (standing, "standing", _standing_or_unlimited),
    "stock counts before it stands": (meaning_of_chips, "_stands", lambda *_: True),
    "stock is judged like arrivals": (standing, "standing", _standing_if_stock_is_judged),
    "arrivals count before they come": (
        meaning_of_chips,
        "_arrived",
        lambda scenario, line: line.status != "announced" or scenario.announced,
    ),
    "announced arrivals always count": (
        meaning_of_chips,
        "_arrived",
        lambda scenario, line: line.on <= meaning_of_chips.begins(scenario),
    ),
    "announced arrivals never count": (
        meaning_of_chips,
        "_arrived",
        lambda scenario, line: line.on <= meaning_of_chips.begins(scenario) and line.status != "announced",
    ),
    "the period begins with its quarter": (
        meaning_of_chips,
        "begins",
        lambda scenario: scenario.periods[0].first_day,
    ),
    "the period begins on as_of": (meaning_of_chips, "begins", lambda scenario: scenario.as_of),
    "no arrival is struck out": (meaning_of_chips, "struck_out", lambda *_: False),
    "arrivals are judged when the period begins": (
        meaning_of_chips,
        "struck_out",
        _struck_out_on(lambda scenario, _: {"day": meaning_of_chips.begins(scenario)}),
    ),
    "arrivals are judged throughout the period": (
        meaning_of_chips,
        "struck_out",
        _struck_out_on(lambda *_: {"day": None}),
    ),
    "arrivals come without licences": (meaning_of_chips, "struck_out", _struck_out_on(lambda *_: {"papers": ()})),
    "arrivals use what the entity holds": (
        meaning_of_chips,
        "struck_out",
        _struck_out_on(lambda *_: {"papers": None}),
    ),
    "should-rules strike arrivals out": (meaning_of_chips, "struck_out", _struck_out_by_any),
    "nothing is known of the operator as an entity": (
        meaning_of_chips,
        "_install",
        _install_with(entity=meaning_of_chips.NOBODY),
    ),
    "an install is for no purpose": (meaning_of_chips, "_install", _install_with(purposes=())),
    "an install is not critical": (meaning_of_chips, "_install", _install_with(critical=False)),
    "the data of an install are unknown": (
        meaning_of_chips,
        "_install",
        _install_with(items=frozenset({(None, None, NOT_COUNTED)})),
    ),
    "chips are bought in any hall that has an owner": (meaning_of_chips, "for_sale", _sold_anywhere),
    "nothing is bought": (standing, "may_buy", lambda *_: False),
    "law says nothing of purchases": (
        (meaning_of_chips, "asked_of_purchase", _nothing_asked),
        (brute_force, "asked_of_purchase", _nothing_asked),
    ),
    "a purchase that law allows needs no mechanism": (brute_force, "asked_of_purchase", _nothing_asked),
    "mechanisms do not help a purchase": (standing, "may_buy", _may_buy_without_mechanism),
    "bought chips are not amortised": (brute_force, "chips_cost", _cash),
    "a purchase is judged throughout the period": (meaning_of_chips, "_install", _purchase_over_the_period),
    "should-rules on purchases are priced": (brute_force, "asked_of_purchase", _asked_with_penalties),
    "own halls are open to everybody": (choices, "open_to", lambda *_: True),
    "own halls are open to everybody's datasets": (choices, "_lawful_regions", _lawful_in_any_hall),
    "one kind in all regions of a component": (brute_force, "homes", _same_chip_everywhere),
    "running a chip is judged as running nothing": (
        choices,
        "component_thing",
        lambda scenario, component, items, chip=None: _component_thing(scenario, component, items),
    ),
    "a class that is not established is none": (
        meaning_of_boxes._Facts,
        "_control",
        lambda facts, chip: facts.scenario.accelerators[chip].control or "",
    ),
    "a family of chips is none of them": (meaning_of_boxes._Facts, "_of_thing", _without_families),
    "an entity that operates a hall has no parent": (meaning_of_boxes._Facts, "_parent", _parent_by_record),
    "a component without chips may have any": (meaning_of_boxes._Facts, "_of_thing", _no_chip_is_unknown),
    "an override that names chips is silent about other rules": (
        meaning_of_rules,
        "_overridden",
        _override_without_chips,
    ),
    "chips without a price cost nothing where they stand": (meaning_of_costs, "list_cost", _free_where_it_stands),
    "what a group takes beside its chips is paid once": (meaning_of_costs, "list_cost", _one_group_of_the_rest),
    "the price of a chip is that of a group": (meaning_of_costs, "list_cost", _price_of_a_group),
    "a quote needs a price beside it": (choices, "home_cost", _quoted_if_priced),
    "electricity comes on top of quotes": (choices, "home_cost", _power_beside_quotes),
    "electricity is paid in every region that states it": (meaning_of_costs, "electricity_cost", _power_of_any_region),
    "electricity is never paid": (meaning_of_costs, "electricity_cost", lambda *_: Fraction(0)),
    "a power that is stated contains the chips": (meaning_of_costs, "electricity_cost", _stated_power_is_all),
    "spread counts chips": (standing, "unit_vectors", _even_by_chips),
}
"""What somebody might read, in words, and the change that makes the brute force read it so."""
