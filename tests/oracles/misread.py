"""Functions that stand in place of those of the brute force when docs/accelerators.md is read wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from planner.model.accelerators import Alternative, Arrival, Stock
from planner.model.catalogue import Region, Zone
from planner.model.question import Component
from planner.model.scenario import Scenario

from . import choices, meaning_of_boxes, meaning_of_chips, meaning_of_costs, meaning_of_rules, standing
from .choices import Home
from .meaning_of_boxes import Thing, Truth
from .meaning_of_rules import Ask

_standing = meaning_of_chips.standing
_install, _asks = meaning_of_chips._install, meaning_of_chips.asks
_for_sale, _may_stand = meaning_of_chips.for_sale, meaning_of_chips.may_stand
_home_cost, _list_cost = meaning_of_costs.home_cost, meaning_of_costs.list_cost
_token_bill = meaning_of_costs.token_bill
_electricity, _lawful_regions = meaning_of_costs.electricity_cost, choices._lawful_regions
_component_thing, _homes = meaning_of_boxes.component_thing, choices.homes
_unit_vectors, _standings = standing.unit_vectors, standing.standings
_overridden, _of_thing = meaning_of_rules._overridden, meaning_of_boxes._Facts._of_thing


def lines(region: Region) -> list[Stock | Arrival]:
    return [line for zone in region.zones for line in (*zone.stock, *zone.arrivals)]


def mentions(zone: Zone, chip: str) -> bool:
    return any(line.accelerator == chip for line in (*zone.stock, *zone.arrivals))


def counted_if_any_counts(scenario: Scenario, region: Region, chip: str) -> bool:
    here = any(_standing(scenario, region, zone, chip) for zone in region.zones)
    return here or meaning_of_chips.for_sale(scenario, region, chip)


def pooled(scenario: Scenario, region: Region, zone: Zone, chip: str) -> int:
    return sum(_standing(scenario, region, each, chip) for each in region.zones)


def standings_without_sharing(scenario: Scenario, region: Region, residents: Any) -> Iterator[Any]:
    def times(each: Any) -> Any:
        return tuple(replace(line, units=line.units * max(1, len(residents))) for line in each)

    zones = tuple(replace(zone, stock=times(zone.stock), arrivals=times(zone.arrivals)) for zone in region.zones)
    return _standings(scenario, replace(region, zones=zones), residents)


def standing_or_unlimited(scenario: Scenario, region: Region, zone: Zone, chip: str) -> int:
    return _standing(scenario, region, zone, chip) if mentions(zone, chip) else 10**6


def standing_if_stock_is_judged(scenario: Scenario, region: Region, zone: Zone, chip: str) -> int:
    install = _install(scenario, region, chip, meaning_of_chips.begins(scenario), None)
    return (
        0
        if any(ask.penalty is None for ask in _asks(scenario, install, region))
        else _standing(scenario, region, zone, chip)
    )


def struck_out_on(day_and_papers: Callable[[Scenario, Arrival], dict[str, Any]]) -> Callable[..., bool]:
    def struck_out(scenario: Scenario, region: Region, line: Arrival) -> bool:
        install = _install(scenario, region, line.accelerator, line.on, line.holds)
        changed = replace(install, **day_and_papers(scenario, line))
        return any(ask.penalty is None for ask in _asks(scenario, changed, region))

    return struck_out


def struck_out_by_any(scenario: Scenario, region: Region, line: Arrival) -> bool:
    return bool(_asks(scenario, _install(scenario, region, line.accelerator, line.on, line.holds), region))


def install_with(**changes: Any) -> Callable[..., Thing]:
    return lambda *given: replace(_install(*given), **changes)


def purchase_over_the_period(*given: Any) -> Thing:
    install = _install(*given)
    return replace(install, day=None) if install.papers is None else install


def asked_with_penalties(scenario: Scenario, region: Region, chip: str) -> frozenset[Ask]:
    return _asks(scenario, _install(scenario, region, chip, meaning_of_chips.begins(scenario), None), region)


def nothing_asked(*_: Any) -> frozenset[Ask]:
    return frozenset()


def may_buy_without_mechanism(scenario: Scenario, region: Region, chip: str) -> bool:
    return _for_sale(scenario, region, chip) and not meaning_of_chips.asked_of_purchase(scenario, region, chip)


def cash(scenario: Scenario, region: Region, chips: Any) -> Fraction:
    return sum((n * Fraction(region.prices.purchases[chip].value) for chip, n in chips), Fraction(0))


def lawful_in_any_hall(scenario: Scenario, *rest: Any) -> Any:
    nobodys = tuple(replace(entity, operates=()) for entity in scenario.entities)
    return _lawful_regions(replace(scenario, entities=nobodys), *rest)


def sold_anywhere(scenario: Scenario, region: Region, chip: str) -> bool:
    return chip in region.prices.purchases and meaning_of_chips.operating(scenario, region) is not None


def same_chip_everywhere(*given: Any) -> list[Home]:
    return [home for home in _homes(*given) if len({stay.on for stay in home.stays}) == 1]


def free_where_it_stands(component: Component, region: Region, on: Alternative | None) -> Fraction | None:
    listed = _list_cost(component, region, on)
    if listed is None and on is not None and any(line.accelerator == on.id for line in lines(region)):
        return Fraction(0)
    return listed


def one_group_of_the_rest(component: Component, region: Region, on: Alternative | None) -> Fraction | None:
    hourly, listed = meaning_of_costs.hourly_cost(component, region), _list_cost(component, region, on)
    if on is None or hourly is None or listed is None:
        return listed
    return listed - (on.groups - 1) * hourly * 730


def price_of_a_group(component: Component, region: Region, on: Alternative | None) -> Fraction | None:
    return _list_cost(component, region, replace(on, units=on.groups, group=1) if on else None)


def power_beside_quotes(scenario: Scenario, component: Component, region: Region, *rest: Any) -> Fraction | None:
    cost = _home_cost(scenario, component, region, *rest)
    power = _electricity(scenario, component, region, rest[1] if len(rest) > 1 else None)
    return cost if cost is None or rest[0] is None or power is None else cost + power


def quoted_if_priced(scenario: Scenario, component: Component, region: Region, *rest: Any) -> Fraction | None:
    on = rest[1] if len(rest) > 1 else None
    return None if on and on.id not in region.prices.accelerators else _home_cost(scenario, component, region, *rest)


def power_of_any_region(scenario: Scenario, component: Component, region: Region, on: Any) -> Fraction | None:
    return _electricity(scenario, component, replace(region, kind="own"), on)


def stated_power_is_all(scenario: Scenario, component: Component, region: Region, on: Any) -> Fraction | None:
    whole = component.per_replica.get("power") is not None and on is not None
    if not whole:
        return _electricity(scenario, component, region, on)
    one = _electricity(scenario, component, region, None)
    return None if one is None else one * on.groups


def even_by_chips(component: Component, count: int, zones: int) -> Iterator[tuple[int, ...]]:
    runs_on = [each for each in component.accelerators if each.groups == count]
    wish = component.requires.get("spread")
    if not runs_on or wish is None:
        yield from _unit_vectors(component, count, zones)
        return
    for units in _unit_vectors(replace(component, requires={}), count, zones):
        if sum(units) * runs_on[0].group >= wish.zones:
            yield units


def override_without_chips(scenario: Scenario, rule: Any, verb: str, thing: Thing, region: Region) -> bool:
    plain = thing if verb == "install" or names_chips(rule) else replace(thing, chip=None)
    return _overridden(scenario, rule, verb, plain, region)


def names_chips(rule: Any) -> bool:
    boxes = [rule.when, *([rule.when.not_] if rule.when.not_ else [])]
    return any(box.chip is not None or box.chip_control is not None for box in boxes)


def no_chip_is_unknown(facts: Any, box: Any) -> Truth:
    if facts.thing.chip or (box.chip is None and box.chip_control is None):
        return _of_thing(facts, box)
    return min(Truth.UNKNOWN, _of_thing(facts, replace(box, chip=None, chip_control=None)))


def without_families(facts: Any, box: Any) -> Truth:
    words = replace(facts.scenario.vocabulary, chip_families={})
    return _of_thing(replace(facts, scenario=replace(facts.scenario, vocabulary=words)), box)


def parent_by_record(facts: Any) -> tuple[str, ...] | None:
    record = facts.scenario.operators.get(facts.region.provider)
    return (record.ultimate_parent_in,) if record and record.ultimate_parent_in else None


def component_without_chip(scenario: Scenario, component: Component, items: Any, chip: str | None = None) -> Thing:
    return _component_thing(scenario, component, items)


def stands_from_the_first_day_of_release(scenario: Scenario, region: Region, chip: str) -> bool:
    kind = scenario.accelerators[chip]
    early = replace(kind.released, to=None) if kind.released else None
    kinds = {**scenario.accelerators, chip: replace(kind, released=early)}
    return _may_stand(replace(scenario, accelerators=kinds), region, chip)


def stands_in_any_hall(scenario: Scenario, region: Region, chip: str) -> bool:
    return _may_stand(scenario, replace(region, chips_from=None), chip)


def electricity_without(part: str) -> Callable[..., Fraction | None]:
    def cost(scenario: Scenario, component: Component, region: Region, on: Alternative | None) -> Fraction | None:
        bare = replace(region, power=replace(region.power, **{part: None}))
        return _electricity(scenario, component, bare, on)

    return cost


def bill_without_a_cache(on: Alternative, region: Region) -> Fraction | None:
    sold = {name: replace(price, cached=None) for name, price in region.prices.tokens.items()}
    return _token_bill(on, replace(region, prices=replace(region.prices, tokens=sold)))


def thing_on_any_chip(scenario: Scenario, component: Component, items: Any, chip: str | None = None) -> Thing:
    first = component.accelerators[0].id if component.accelerators else None
    return _component_thing(scenario, component, items, chip or first)
