"""What remains continuous once the places are chosen: user shares, routes and shares of divisible components.

All of it is linear, so the least cost of the remainder is an exact linear program. Variables, by the letters of part 1
of docs/mathematics.md: ("q", group, place, k, r), ("f", flow, r, r'), ("z", k, r, zone index).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from planner.model.question import Component, DemandPoint, Flow, Users
from planner.model.scenario import Scenario
from planner.requirements.latency import Within

from .choices import Home, copies_of
from .exact_lp import ONE, ZERO, LinearProgram
from .meaning_of_costs import amounts, egress_cost, home_cost, internet_cost, quote_of
from .meaning_of_places import group_named, round_trip_between, round_trip_to_users
from .standing import Room

CONSTANT: Hashable = "constant"
Row = dict[Hashable, Fraction]
"""A linear expression: variable to coefficient, and CONSTANT to its fixed part."""


@dataclass(frozen=True)
class Places:
    """The discrete choices that traffic sees.

    Attributes:
        home: where each component of the block lives.
        copies: for each dataset the region of each of its copies.
        room: what indivisible units leave free in each region that a divisible component uses.
    """

    home: Mapping[str, Home]
    copies: Mapping[str, Sequence[str]]
    room: Mapping[str, Room]


def least_cost(scenario: Scenario, block: Sequence[Component], places: Places) -> Fraction | None:
    """The least USD a month of all traffic and shares of a block of components; None when it cannot be carried."""
    costs = [_Traffic(scenario, block, places, pinned).build().minimum() for pinned in _pins(scenario, block, places)]
    return min((cost for cost in costs if cost is not None), default=None)


def user_flows(scenario: Scenario, component: Component) -> list[Flow]:
    """The flows by which a component serves users."""
    return [
        flow
        for flow in scenario.flows
        if (flow.to == component.id and flow.from_.startswith("users:"))
        or (flow.from_ == component.id and flow.to.startswith("users:"))
    ]


def _group_of(scenario: Scenario, flow: Flow) -> Users:
    return group_named(scenario, flow.from_ if flow.from_.startswith("users:") else flow.to)


def _groups(scenario: Scenario, component: Component) -> list[Users]:
    """The groups a component serves, each once."""
    groups = [_group_of(scenario, flow) for flow in user_flows(scenario, component)]
    return list({group.id: group for group in groups}.values())


def _pins(scenario: Scenario, block: Sequence[Component], places: Places) -> Iterator[dict[Hashable, str]]:
    """Every way to give each demand point that may not be split one region of each component that serves it."""
    whole = [
        (group.id, point.place, component.id)
        for component in block
        for group in _groups(scenario, component)
        if not group.split
        for point in group.points
    ]
    for regions in product(*(places.home[key[2]].regions for key in whole)):
        yield dict(zip(whole, regions, strict=True))


class _Traffic:
    """Builds the linear program of one block under one choice of places."""

    def __init__(self, scenario: Scenario, block: Sequence[Component], places: Places, pinned: Mapping[Hashable, str]):
        self.scenario, self.block, self.places, self.pinned = scenario, block, places, pinned
        self.program = LinearProgram()
        self.between = [f for f in scenario.flows if f.from_ in places.home and f.to in places.home]

    def build(self) -> LinearProgram:
        """Variables first, then the rows that tie them."""
        for component in self.block:
            if component.divisible:
                self._divide(component)
            for group in _groups(self.scenario, component):
                self._serve(component, group)
        for flow in self.between:
            self._route(flow, self._regions(flow.from_), self._regions(flow.to))
        for component in self.block:
            self._tie_flows(component)
            self._tie_zones(component)
            self._within(component)
        self._capacities()
        return self.program

    def _regions(self, component: str) -> tuple[str, ...]:
        return self.places.home[component].regions

    def _divide(self, component: Component) -> None:
        """Zone shares of a divisible component sum to one."""
        whole: Row = {}
        for key in self.places.home[component.id].regions:
            region = self.scenario.region[key]
            cost = home_cost(self.scenario, component, region, quote_of(self.scenario, component).get(key))
            for zone in range(len(region.zones)):
                self.program.variable(("z", component.id, key, zone), cost or ZERO)
                whole["z", component.id, key, zone] = ONE
        self.program.equal(whole, ONE)

    def _serve(self, component: Component, group: Users) -> None:
        """Every demand point is served wholly, over the pairs that are fast enough and priced."""
        for point in group.points:
            whole: Row = {}
            for key in self._regions(component.id):
                cost = self._serving_cost(component, group, point, key)
                if cost is not None and self.pinned.get((group.id, point.place, component.id), key) == key:
                    self.program.variable(("q", group.id, point.place, component.id, key), cost)
                    whole["q", group.id, point.place, component.id, key] = ONE
            self.program.equal(whole, ONE)

    def _serving_cost(self, component: Component, group: Users, point: DemandPoint, key: str) -> Fraction | None:
        region, total = self.scenario.region[key], ZERO
        for flow in user_flows(self.scenario, component):
            if _group_of(self.scenario, flow).id != group.id:
                continue
            cost = internet_cost(flow.volume, point.weight, region)
            timed = flow.max_rtt is not None and group.latency != "none"
            if cost is None or (timed and round_trip_to_users(point, region) > flow.max_rtt):  # type: ignore[operator]
                return None
            total += cost
        return total

    def _route(self, flow: Flow, sources: Sequence[str], targets: Sequence[str]) -> None:
        """Route variables over the pairs of regions that are fast enough and priced."""
        for source, target in product(dict.fromkeys(sources), dict.fromkeys(targets)):
            a, b = self.scenario.region[source], self.scenario.region[target]
            cost = egress_cost(flow.volume, a, b)
            fast = flow.max_rtt is None or round_trip_between(self.scenario, a, b) <= flow.max_rtt
            if cost is not None and fast:
                self.program.variable(("f", flow.id, source, target), cost)

    def _margin(self, flow: Flow, key: str, end: int) -> Row:
        """Everything a flow sends from (end 2) or into (end 3) a region."""
        routes = [v for v in self.program.costs if isinstance(v, tuple) and v[:2] == ("f", flow.id)]
        return {route: ONE for route in routes if route[end] == key}

    def _tie_flows(self, component: Component) -> None:
        """What leaves a component, and what it reads and writes, follows its shares; shares sum to one."""
        loads = {key: self._load(component, key) for key in self._regions(component.id)}
        for flow in self.between:
            if flow.from_ == component.id:
                self._tie(flow, loads, 2)
        for flow in self.scenario.flows:
            if flow.to == component.id and flow.from_.startswith("dataset:"):
                self._route(flow, self._copies(flow.from_, ("primary", "replica")), self._regions(component.id))
                self._tie(flow, loads, 3)
            if flow.from_ == component.id and flow.to.startswith("dataset:"):
                self._route(flow, self._regions(component.id), self._copies(flow.to, ("primary",)))
                self._tie(flow, loads, 2)
        self._equal(_total(loads.values()), {CONSTANT: ONE})

    def _copies(self, end: str, roles: tuple[str, ...]) -> list[str]:
        dataset = self.scenario.dataset[end.removeprefix("dataset:")]
        standing = zip(copies_of(dataset), self.places.copies[dataset.id], strict=True)
        return [place for copy, place in standing if copy.role in roles]

    def _tie(self, flow: Flow, loads: Mapping[str, Row], end: int) -> None:
        for key, load in loads.items():
            self._equal(self._margin(flow, key, end), load)

    def _equal(self, left: Row, right: Row) -> None:
        row = _total([left, {key: -value for key, value in right.items()}])
        constant = row.pop(CONSTANT, ZERO)
        self.program.equal(row, -constant)

    def _load(self, component: Component, key: str) -> Row:
        """s[k,r]: the share of a component's load in a region, as a linear expression."""
        if component.divisible:
            return self._zone_load(component, key)
        steered = self._steered_load(component, key)
        return {CONSTANT: Fraction(1, len(self._regions(component.id)))} if steered is None else steered

    def _zone_load(self, component: Component, key: str) -> Row:
        """What the zones of a region hold of a divisible component."""
        prefix = ("z", component.id, key)
        return {v: ONE for v in self.program.costs if isinstance(v, tuple) and v[:3] == prefix}

    def _steered_load(self, component: Component, key: str) -> Row | None:
        """s[k,r] where users steer it, or else the flows from components; None where neither does."""
        if user_flows(self.scenario, component):
            return self._user_load(component, key)
        coming = [flow for flow in self.between if flow.to == component.id and flow.volume > 0]
        if not coming:
            return None
        volume = sum((Fraction(flow.volume) for flow in coming), ZERO)
        return _total(_times(self._margin(flow, key, 3), Fraction(flow.volume) / volume) for flow in coming)

    def _tie_zones(self, component: Component) -> None:
        """The zone shares of a divisible component sum to its share in the region, where traffic decides that."""
        for key in self._regions(component.id) if component.divisible else ():
            steered = self._steered_load(component, key)
            if steered is not None:
                self._equal(self._zone_load(component, key), steered)

    def _weights(self, component: Component) -> dict[tuple[str, str], Fraction]:
        """w_g of every demand point a component serves: volume x point weight, or the weight when volumes sum to 0."""
        flows = user_flows(self.scenario, component)
        silent = sum(flow.volume for flow in flows) == 0
        weights: dict[tuple[str, str], Fraction] = {}
        for group in _groups(self.scenario, component):
            volume = sum(Fraction(f.volume) for f in flows if _group_of(self.scenario, f).id == group.id)
            for point in group.points:
                weights[group.id, point.place] = Fraction(point.weight) * (1 if silent else volume)
        return weights

    def _user_load(self, component: Component, key: str) -> Row:
        weights = self._weights(component)
        everyone = sum(weights.values(), ZERO)
        served = {("q", group, place, component.id, key): w / everyone for (group, place), w in weights.items()}
        return {variable: share for variable, share in served.items() if variable in self.program.costs}

    def _within(self, component: Component) -> None:
        """Enough of the demand weight is served over fast pairs."""
        wish = component.requires.get("within")
        if not isinstance(wish, Within):
            return
        weights, fast, timed = self._weights(component), dict[Hashable, Fraction](), ZERO
        for group in _groups(self.scenario, component):
            for point in group.points if group.latency != "none" else ():
                weight = weights[group.id, point.place]
                timed += weight
                for key in self._regions(component.id):
                    variable = ("q", group.id, point.place, component.id, key)
                    near = round_trip_to_users(point, self.scenario.region[key]) <= wish.rtt
                    if variable in self.program.costs and near:
                        fast[variable] = -weight
        self.program.at_most(fast, -Fraction(wish.users) * timed)

    def _capacities(self) -> None:
        """Divisible components share what the units leave free in each zone."""
        for key, zones in self.places.room.items():
            for zone, left in enumerate(zones):
                for resource, free in left:
                    self.program.at_most(self._use(key, zone, resource), free)

    def _use(self, key: str, zone: int, resource: str) -> Row:
        use: Row = {}
        for component in self.block:
            variable = ("z", component.id, key, zone)
            if variable in self.program.costs:
                needs = amounts(component, quote_of(self.scenario, component).get(key))
                use[variable] = needs.get(resource, ZERO)
        return use


def _total(rows: Iterable[Row]) -> Row:
    total: Row = {}
    for row in rows:
        for key, value in row.items():
            total[key] = total.get(key, ZERO) + value
    return total


def _times(row: Row, factor: Fraction) -> Row:
    return {key: value * factor for key, value in row.items()}
