"""Prices of rules as nouns: what a rule, a group or a pair of rules costs, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

PriceState = Literal["exact", "interval", "frees", "needed", "no plan"]
Proof = Literal["same program", "bound", "solved"]


@dataclass(frozen=True, slots=True)
class Shut:
    """A region that the rules alone keep something out of: components and copies (`dataset:ID/ROLE`)."""

    region: str
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What the plan costs more a month because of some rules: the optimum with all rules less the one without these.

    Attributes:
        name: the rule, the group as it was asked for, or `RULE + RULE`.
        rules: the rules left out together, sorted.
        state: `exact`; `interval` where a solve was stopped by its limit; `frees` where no plan exists with the rules
            and one does without them; `needed` the other way round; `no plan` where there is none either way.
        usd_month: USD a month; None unless exact.
        low, high: bounds of an interval, USD a month; None = not bounded on that side. Equal to `usd_month` when exact.
        without_usd: total_usd of the plan without the rules, where one was found.
        proof: `same program` when what the rules shut or ask for is shut or asked for by others too; `bound` when
            exact bounds prove that no plan is cheaper without them; `solved` when a second optimum was computed.
        shut: regions that open without these rules.
        asks: mechanisms that open a place these rules shut.
        moves: things that live elsewhere without the rules, `THING: REGIONS → REGIONS`.
        where, source: of a single rule, file:line:col and citation.
        apart_usd_month: of a group or pair, the sum of the single prices; None when one of them is not exact.
    """

    name: str
    rules: tuple[str, ...]
    state: PriceState
    usd_month: Decimal | None
    low: Decimal | None
    high: Decimal | None
    without_usd: Decimal | None
    proof: Proof
    shut: tuple[Shut, ...] = ()
    asks: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    where: str = ""
    source: str = ""
    apart_usd_month: Decimal | None = None

    @property
    def interaction_usd_month(self) -> Decimal | None:
        """What the rules cost together beyond the sum of their single prices; negative: less. None where not exact."""
        if self.usd_month is None or self.apart_usd_month is None:
            return None
        return self.usd_month - self.apart_usd_month


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of rules, groups and pairs of one scenario. `total_usd` is None where no plan exists with all rules.

    Attributes:
        months: by how many (discounted) months total_usd is divided to give USD a month.
        stopped: whether the optimum with all rules was stopped by a limit.
    """

    scenario: str
    total_usd: Decimal | None
    months: Decimal
    stopped: bool
    rules: tuple[Price, ...]
    groups: tuple[Price, ...] = ()
    pairs: tuple[Price, ...] = ()

    def proved(self, proof: Proof) -> int:
        """How many rules were priced with that proof."""
        return sum(price.proof == proof for price in self.rules)
