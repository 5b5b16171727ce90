"""Wrong readings of docs/accelerators.md, each a change of one function of the brute force.

A reading that no random world tells from the right one would go unnoticed in the planner too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from . import (
    brute_force,
    choices,
    meaning_of_boxes,
    meaning_of_chips,
    meaning_of_costs,
    meaning_of_items,
    meaning_of_rules,
    misread,
    standing,
)

Change = tuple[Any, str, Callable[..., Any]]
"""A module or class of the brute force, one of its names, and what stands there instead."""


MISREADINGS: Final[Mapping[str, Change | tuple[Change, ...]]] = {
    "what stands is never counted": (standing, "counted", lambda *_: False),
    "a kind is counted only where some of it stands": (standing, "counted", misread.counted_if_any_counts),
    "a kind that can be bought is not counted": (
        standing,
        "counted",
        lambda _, region, chip: any(line.accelerator == chip for line in misread.lines(region)),
    ),
    "each component finds the whole stock": (brute_force, "standings", misread.standings_without_sharing),
    "chips of one zone serve groups of another": (standing, "standing", misread.pooled),
    "a zone that says nothing is not limited": (standing, "standing", misread.standing_or_unlimited),
    "stock counts before it stands": (meaning_of_chips, "_stands", lambda *_: True),
    "stock is judged like arrivals": (standing, "standing", misread.standing_if_stock_is_judged),
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
        misread.struck_out_on(lambda scenario, _: {"day": meaning_of_chips.begins(scenario)}),
    ),
    "arrivals are judged throughout the period": (
        meaning_of_chips,
        "struck_out",
        misread.struck_out_on(lambda *_: {"day": None}),
    ),
    "arrivals come without licences": (
        meaning_of_chips,
        "struck_out",
        misread.struck_out_on(lambda *_: {"papers": ()}),
    ),
    "arrivals use what the entity holds": (
        meaning_of_chips,
        "struck_out",
        misread.struck_out_on(lambda *_: {"papers": None}),
    ),
    "should-rules strike arrivals out": (meaning_of_chips, "struck_out", misread.struck_out_by_any),
    "nothing is known of the operator as an entity": (
        meaning_of_chips,
        "_install",
        misread.install_with(entity=meaning_of_chips.NOBODY),
    ),
    "an install is for no purpose": (meaning_of_chips, "_install", misread.install_with(purposes=())),
    "an install is not critical": (meaning_of_chips, "_install", misread.install_with(critical=False)),
    "the data of an install are unknown": (
        meaning_of_chips,
        "_install",
        misread.install_with(items=frozenset({(None, None, meaning_of_items.NOT_COUNTED)})),
    ),
    "chips are bought in any hall that has an owner": (meaning_of_chips, "for_sale", misread.sold_anywhere),
    "nothing is bought": (standing, "may_buy", lambda *_: False),
    "law says nothing of purchases": (
        (meaning_of_chips, "asked_of_purchase", misread.nothing_asked),
        (brute_force, "asked_of_purchase", misread.nothing_asked),
    ),
    "a purchase that law allows needs no mechanism": (brute_force, "asked_of_purchase", misread.nothing_asked),
    "mechanisms do not help a purchase": (standing, "may_buy", misread.may_buy_without_mechanism),
    "bought chips are not amortised": (brute_force, "chips_cost", misread.cash),
    "a purchase is judged throughout the period": (meaning_of_chips, "_install", misread.purchase_over_the_period),
    "should-rules on purchases are priced": (brute_force, "asked_of_purchase", misread.asked_with_penalties),
    "own halls are open to everybody": (choices, "open_to", lambda *_: True),
    "a chip can be had before its day, and any hall takes it": (choices, "may_stand", lambda *_: True),
    "a chip can be had from the first day of its release": (
        choices,
        "may_stand",
        misread.stands_from_the_first_day_of_release,
    ),
    "a hall takes the chips of every maker": (choices, "may_stand", misread.stands_in_any_hall),
    "input from a cache costs as much as other input": (meaning_of_costs, "token_bill", misread.bill_without_a_cache),
    "a model behind an API runs on a chip": (choices, "component_thing", misread.thing_on_any_chip),
    "the peak is not charged": (meaning_of_costs, "electricity_cost", misread.electricity_without("demand")),
    "the fuel adjustment is not charged": (meaning_of_costs, "electricity_cost", misread.electricity_without("fuel")),
    "own halls are open to everybody's datasets": (choices, "_lawful_regions", misread.lawful_in_any_hall),
    "one kind in all regions of a component": (brute_force, "homes", misread.same_chip_everywhere),
    "running a chip is judged as running nothing": (
        choices,
        "component_thing",
        misread.component_without_chip,
    ),
    "a class that is not established is none": (
        meaning_of_boxes._Facts,
        "_control",
        lambda facts, chip: facts.scenario.accelerators[chip].control or "",
    ),
    "a family of chips is none of them": (meaning_of_boxes._Facts, "_of_thing", misread.without_families),
    "an entity that operates a hall has no parent": (meaning_of_boxes._Facts, "_parent", misread.parent_by_record),
    "a component without chips may have any": (meaning_of_boxes._Facts, "_of_thing", misread.no_chip_is_unknown),
    "an override that names chips is silent about other rules": (
        meaning_of_rules,
        "_overridden",
        misread.override_without_chips,
    ),
    "chips without a price cost nothing where they stand": (
        meaning_of_costs,
        "list_cost",
        misread.free_where_it_stands,
    ),
    "what a group takes beside its chips is paid once": (meaning_of_costs, "list_cost", misread.one_group_of_the_rest),
    "the price of a chip is that of a group": (meaning_of_costs, "list_cost", misread.price_of_a_group),
    "a quote needs a price beside it": (choices, "home_cost", misread.quoted_if_priced),
    "electricity comes on top of quotes": (choices, "home_cost", misread.power_beside_quotes),
    "electricity is paid in every region that states it": (
        meaning_of_costs,
        "electricity_cost",
        misread.power_of_any_region,
    ),
    "electricity is never paid": (meaning_of_costs, "electricity_cost", lambda *_: Fraction(0)),
    "a power that is stated contains the chips": (meaning_of_costs, "electricity_cost", misread.stated_power_is_all),
    "spread counts chips": (standing, "unit_vectors", misread.even_by_chips),
}
"""What somebody might read, in words, and the change that makes the brute force read it so."""


def changes_of(name: str) -> tuple[Change, ...]:
    """The changes that make up one misreading."""
    found: Any = MISREADINGS[name]
    return found if isinstance(found[0], tuple) else (found,)
