"""The cheapest way to settle what the law asks of one choice of places: purchases, and penalties for what is left."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from planner.model.scenario import Scenario

from .meaning_of_costs import purchase_cost
from .meaning_of_mechanisms import Purchase, Ways
from .meaning_of_rules import Ask

ZERO = Fraction(0)
Charges = dict[Purchase, Fraction]


def least_settlement(scenario: Scenario, asked: Iterable[Ask]) -> Fraction:
    """The least USD a month of purchases and penalties, where every ask that allows no breach can be lifted.

    A rule breached by a thing costs its penalty once, however many places breach it; it costs nothing only when every
    one of them is lifted. So for each such pair: lift all, or pay.
    """
    asked = list(asked)
    offers = frozenset[Purchase]().union(*(ask.ways for ask in asked))
    charge = {offer: purchase_cost(scenario, scenario.vocabulary.mechanisms[offer[0]]) for offer in offers}
    due = [ask.ways for ask in asked if ask.penalty is None]
    wishes: dict[tuple[str, str, Fraction], list[Ways]] = {}
    for ask in asked:
        if ask.penalty is not None:
            wishes.setdefault((ask.rule, ask.thing, ask.penalty), []).append(ask.ways)
    open_ = [(penalty, tuple(groups)) for (_, _, penalty), groups in sorted(wishes.items())]
    return _least(charge, due, open_, frozenset())


def _least(
    charge: Charges, due: list[Ways], wishes: list[tuple[Fraction, tuple[Ways, ...]]], bought: frozenset[Purchase]
) -> Fraction:
    """What is still to pay: first every way to lift what must be lifted, then each wish, lifted or paid for."""
    unmet = next((ways for ways in due if ways.isdisjoint(bought)), None)
    if unmet is not None:
        return min(charge[way] + _least(charge, due, wishes, bought | {way}) for way in sorted(unmet))
    if not wishes:
        return ZERO
    (penalty, groups), *others = wishes
    paid = penalty + _least(charge, due, others, bought)
    return min(paid, _least(charge, [*due, *groups], others, bought)) if all(groups) else paid
