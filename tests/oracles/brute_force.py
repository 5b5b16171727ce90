"""The least cost of a one-period scenario by enumeration, written from part 1 of docs/mathematics.md alone.

Every set of regions of every component, every kind of accelerator in each of them and every placing of every copy is
tried, cheapest fixed cost first. For each, the units must fit (every unit vector is tried), missing chips are bought
where that is possible, the law is settled as cheaply as purchases and penalties can, and what remains is linear
(`traffic`). Nothing here knows the planner's candidates, rows or solver.

Parts: `choices` enumerates, the files `meaning_of_…` say what the documents say (the law: docs/rule-language.md,
accelerators: docs/accelerators.md), `standing` stands units and groups in zones, `settling` chooses purchases and
penalties, `traffic` prices shares and routes, `exact_lp` is the arithmetic. Money is USD as fractions; cost lines are
not rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain, product

from planner.model.question import Component
from planner.model.scenario import Scenario

from .choices import Home, Shelf, homes, shelves
from .meaning_of_chips import asked_of_purchase
from .meaning_of_costs import chips_cost, opening_cost
from .meaning_of_items import component_items
from .meaning_of_rules import Ask
from .settling import least_settlement
from .standing import Resident, Room, Standing, buys_no_more, standings
from .traffic import Places, least_cost

ZERO = Fraction(0)
Bought = Mapping[str, tuple[tuple[str, int], ...]]
"""Chips bought by region: kinds and how many."""


def cheapest(scenario: Scenario) -> Fraction | None:
    """The exact least `total_usd` of a scenario, or None when nothing satisfies it.

    Raises:
        ValueError: the scenario has more than one period.
    """
    if scenario.horizon.periods != 1:
        raise ValueError("the brute force knows one period only")
    search = _Search(scenario)
    best: Fraction | None = None
    for choice in sorted(search.choices(), key=lambda choice: choice.bound):
        if best is not None and choice.bound >= best:
            break  # traffic never costs less than nothing, so no later choice is cheaper
        rest = search.traffic(choice)
        if rest is not None and (best is None or choice.fixed + rest < best):
            best = choice.fixed + rest
    return best


@dataclass(frozen=True)
class Choice:
    """One combination of homes and shelves, and the chips that may be bought in each region.

    `bound` is the fixed cost plus what divisible shares cost at least.
    """

    bound: Fraction
    fixed: Fraction
    home: Mapping[str, Home]
    shelf: Mapping[str, Shelf]
    bought: Bought


class _Search:
    """Remembers the parts of the enumeration that many choices share."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._standings: dict[object, list[Standing]] = {}
        self._settled: dict[frozenset[Ask], Fraction] = {}
        self._traffic: dict[object, Fraction | None] = {}

    def choices(self) -> Iterator[Choice]:
        """Every combination of homes and shelves whose units fit and whose regions keep the limit."""
        scenario, items = self.scenario, component_items(self.scenario)
        components = [homes(scenario, component, items[component.id]) for component in scenario.components]
        datasets = [shelves(scenario, dataset) for dataset in scenario.datasets]
        for home_list in product(*components):
            home = {component.id: each for component, each in zip(scenario.components, home_list, strict=True)}
            purchases = self._purchases(home)
            for shelf_list in product(*datasets) if purchases else ():
                shelf = {dataset.id: each for dataset, each in zip(scenario.datasets, shelf_list, strict=True)}
                if self._limit_kept(home, shelf):
                    yield from (self._choice(home, shelf, bought) for bought in purchases)

    def _purchases(self, home: Mapping[str, Home]) -> list[Bought]:
        """Every way to buy what the residents of each region lack; none when they cannot stand somewhere."""
        options = [self._standings_of(key, self._residents(home, key)) for key in self.scenario.region]
        distinct = [sorted({each.bought for each in found}) for found in options]
        return [dict(zip(self.scenario.region, each, strict=True)) for each in product(*distinct)]

    def _choice(self, home: Mapping[str, Home], shelf: Mapping[str, Shelf], bought: Bought) -> Choice:
        fixed = self._opening(home, shelf) + self._settlement(home, shelf, bought)
        region = self.scenario.region
        fixed += sum((chips_cost(self.scenario, region[key], chips) for key, chips in bought.items()), ZERO)
        fixed += sum((each.cost for each in home.values()), ZERO)
        fixed += sum((each.cost for each in shelf.values()), ZERO)
        least = sum((each.least_share_cost for each in home.values()), ZERO)
        return Choice(fixed + least, fixed, home, shelf, bought)

    def _in_use(self, home: Mapping[str, Home], shelf: Mapping[str, Shelf]) -> set[tuple[str, str]]:
        """Pairs (entity, region in use)."""
        homes_used = {
            (self.scenario.component[name].entity, key) for name, each in home.items() for key in each.regions
        }
        copies = {(self.scenario.dataset[name].entity, key) for name, each in shelf.items() for key in each.places}
        return homes_used | copies

    def _limit_kept(self, home: Mapping[str, Home], shelf: Mapping[str, Shelf]) -> bool:
        limit, count = self.scenario.limits.regions, len({key for _, key in self._in_use(home, shelf)})
        return (
            (limit.at_most is None or count <= limit.at_most)
            and (limit.at_least is None or count >= limit.at_least)
            and (limit.exactly is None or count == limit.exactly)
        )

    @cached_property
    def _opening_of(self) -> dict[str, Fraction]:
        return {region.key: opening_cost(self.scenario, region) for region in self.scenario.regions}

    def _opening(self, home: Mapping[str, Home], shelf: Mapping[str, Shelf]) -> Fraction:
        return sum((self._opening_of[key] for _, key in self._in_use(home, shelf)), ZERO)

    def _settlement(self, home: Mapping[str, Home], shelf: Mapping[str, Shelf], bought: Bought) -> Fraction:
        asked = frozenset(chain.from_iterable(each.asked for each in (*home.values(), *shelf.values())))
        for key, chips in bought.items():
            asked |= frozenset(chain.from_iterable(self._asked_of_purchase(key, kind) for kind, _ in chips))
        if asked not in self._settled:
            self._settled[asked] = least_settlement(self.scenario, asked)
        return self._settled[asked]

    def _asked_of_purchase(self, key: str, kind: str) -> frozenset[Ask]:
        return asked_of_purchase(self.scenario, self.scenario.region[key], kind)

    def _residents(self, home: Mapping[str, Home], key: str) -> list[Resident]:
        """The components with units in a region, each on its accelerators there."""
        whole = [component for component in self.scenario.components if not component.divisible]
        return [(each, home[each.id].on[key]) for each in whole if key in home[each.id].on]

    def _standings_of(self, key: str, residents: list[Resident]) -> list[Standing]:
        """The ways to stand the residents that can be best; what they leave free matters only if somebody needs it."""
        memory = (key, *((component.id, on and on.id) for component, on in residents))
        if memory not in self._standings:
            found = standings(self.scenario, self.scenario.region[key], residents)
            needed = found if self._divisible else (replace(each, room=()) for each in found)
            self._standings[memory] = _undominated(needed)
        return self._standings[memory]

    @cached_property
    def _divisible(self) -> list[Component]:
        return [component for component in self.scenario.components if component.divisible]

    def traffic(self, choice: Choice) -> Fraction | None:
        """The least cost of all traffic and shares; blocks of components that exchange nothing are independent."""
        total = ZERO
        for block in self._blocks:
            cost = self._block_cost(block, choice)
            if cost is None:
                return None
            total += cost
        return total

    @cached_property
    def _blocks(self) -> list[list[Component]]:
        """Components linked by flows, or by the capacity that divisible ones share."""
        links = [(f.from_, f.to) for f in self.scenario.flows]
        links += [(self._divisible[0].id, other.id) for other in self._divisible]
        block = {component.id: {component.id} for component in self.scenario.components}
        for a, b in links:
            if a in block and b in block:
                joined = block[a] | block[b]
                for name in joined:
                    block[name] = joined
        distinct = {min(names): names for names in block.values()}
        return [[self.scenario.component[name] for name in sorted(names)] for _, names in sorted(distinct.items())]

    def _block_cost(self, block: Sequence[Component], choice: Choice) -> Fraction | None:
        home = {component.id: choice.home[component.id] for component in block}
        shared = sorted({key for component in block if component.divisible for key in home[component.id].regions})
        options = [self._rooms(choice, key) for key in shared]
        copies = {name: each.places for name, each in choice.shelf.items() if self._exchanges(block, name)}
        memory = (tuple(home.items()), tuple(copies.items()), tuple(map(tuple, options)))
        if memory not in self._traffic:
            costs = [
                least_cost(self.scenario, block, Places(home, copies, dict(zip(shared, room, strict=True))))
                for room in product(*options)
            ]
            self._traffic[memory] = min((cost for cost in costs if cost is not None), default=None)
        return self._traffic[memory]

    def _rooms(self, choice: Choice, key: str) -> list[Room]:
        """What the residents of a region may leave free there without buying more than is bought."""
        found = self._standings_of(key, self._residents(choice.home, key))
        return [each.room for each in found if buys_no_more(each.bought, choice.bought[key])]

    def _exchanges(self, block: Sequence[Component], dataset: str) -> bool:
        end, names = f"dataset:{dataset}", {component.id for component in block}
        pairs = [{flow.from_, flow.to} for flow in self.scenario.flows]
        return any(end in pair and not names.isdisjoint(pair) for pair in pairs)


def _undominated(found: Iterable[Standing]) -> list[Standing]:
    """Distinct ways to stand, without those that are in no respect better than another; nothing bought stops early."""
    distinct = set[Standing]()
    for each in found:
        distinct.add(each)
        if not each.bought and not each.room:
            break
    ordered = sorted(distinct)
    return [each for each in ordered if not any(other != each and other.no_worse_than(each) for other in ordered)]
