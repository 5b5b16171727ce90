"""Checking: what a resolved scenario must make sense of as a whole before anyone plans with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from planner.errors import Where
from planner.model.calendar import Period
from planner.model.catalogue import Figure, Region
from planner.model.question import Component, Flow
from planner.model.scenario import Scenario
from planner.model.units import HOURS_PER_MONTH
from planner.reading.checking_accelerators import check_accelerators
from planner.reading.checking_nouns import LAST_YEAR, check_nouns, first_period
from planner.reading.checking_words import check_words
from planner.reading.current import check_moving
from planner.reading.faults import Collector
from planner.requirements.latency import Within

LARGEST_COST: Final = Decimal(10) ** 11
"""USD a month: costs are counted in whole micro-dollars, and sums of them must stay exact in 64 bits."""

FlowsOf = Mapping[str, list[Flow]]


def check_question(scenario: Scenario, head: Where, faults: Collector) -> None:
    """Collect every fault of a resolved scenario; `head` is where its file begins.

    What needs the whole is left unchecked when a part was left out or a name names nothing: it would be told once more
    where it is missed.
    """
    check_words(scenario, head, faults)
    check_nouns(scenario, head, faults)
    check_accelerators(scenario, faults)
    check_moving(scenario, head, faults)
    if faults.complete:
        _check_frame(scenario, head, faults)
        _check_shares(scenario, faults)
        _check_prices(scenario, faults)
        _check_costs(scenario, faults)


def _check_frame(scenario: Scenario, head: Where, faults: Collector) -> None:
    if not scenario.regions:
        text = "no region is in play"
        faults.add(faults.inside(head, "catalog"), "N003", text, "widen `catalog` or write `regions:` inline")
    if not scenario.components:
        where = faults.inside(head, "workloads")
        faults.add(where, "N003", "no component is declared", "give `workloads` some components")
    first = first_period(scenario.horizon)
    if first is not None and first.year <= LAST_YEAR and first.last_day < scenario.as_of:
        text = f"the horizon ends before as_of {scenario.as_of}"
        where = faults.inside(head, "horizon", "from")
        faults.add(where, "N003", text, f"write `from: {Period.of(scenario.as_of)}`")


def _check_shares(scenario: Scenario, faults: Collector) -> None:
    """Requirements on users need users, and a free number of regions needs a load to share out."""
    flows = _flows_of(scenario)
    for component in scenario.components:
        own = flows.get(component.id, [])
        within = any(isinstance(requirement, Within) for requirement in component.requires.values())
        if within and not any(_of_users(flow) for flow in own):
            where = faults.inside(component.where, "requires", "within", key=True)
            text = f"{component.id} asks `within` but serves no users"
            faults.add(where, "N003", text, "add a flow from users")
        span = component.regions
        if 1 <= span.min < span.max and not component.divisible and not _has_load(component, own):
            text = f"{component.id} lives in {span.min} to {span.max} regions but nothing says how its load is shared"
            where = faults.inside(component.where, "regions", key=True)
            faults.add(where, "N003", text, "give min = max, or add a flow into it")


def _flows_of(scenario: Scenario) -> FlowsOf:
    """The flows at each end."""
    found: dict[str, list[Flow]] = defaultdict(list)
    for flow in scenario.flows:
        for end in {flow.from_, flow.to}:
            found[end].append(flow)
    return found


def _of_users(flow: Flow) -> bool:
    return flow.from_.startswith("users:") or flow.to.startswith("users:")


def _has_load(component: Component, flows: list[Flow]) -> bool:
    return any(_of_users(flow) or (flow.to == component.id and "/" in flow.from_ and flow.volume > 0) for flow in flows)


def _check_prices(scenario: Scenario, faults: Collector) -> None:
    """A region written inline without any price is refused only where a price is needed (DESIGN section 7)."""
    needs = _priced(scenario)
    for region in scenario.regions:
        if needs and not region.operator and not _has_price(region):
            text = f"region {region.key} has no price of {', '.join(needs)}"
            faults.add(region.where, "N004", text, "add `prices:` to the region, or `quotes:` for the components")


def _has_price(region: Region) -> bool:
    prices = region.prices
    return bool(prices.rates or prices.storage or prices.internet or prices.pairs)


def _priced(scenario: Scenario) -> list[str]:
    """What some component, dataset or flow pays for."""
    quoted = {quote.component for quote in scenario.quotes}
    unquoted = (component for component in scenario.components if component.id not in quoted)
    used = {name for component in unquoted for name, amount in component.per_replica.items() if amount}
    needs = sorted(used & {"vcpu", "memory"})
    if any(dataset.size for dataset in scenario.datasets):
        needs.append("storage")
    if any(flow.volume and _of_users(flow) for flow in scenario.flows):
        needs.append("internet egress")
    return needs


def _check_costs(scenario: Scenario, faults: Collector) -> None:
    """Nothing costs more a month than can be counted exactly, wherever it is placed."""
    prices = [region.prices for region in scenario.regions]
    hourly = {name: _dearest(p.rates.get(name) for p in prices) for name in ("vcpu", "memory")}
    per_gb = max(_dearest(p.internet for p in prices), _dearest(f for p in prices for f in p.pairs.values()))
    stored = _dearest(p.storage for p in prices)
    chips = {name: _dearest(p.accelerators.get(name) for p in prices) for name in scenario.accelerators}
    for component in scenario.components:
        unit = sum((component.per_replica.get(name, 0) * usd for name, usd in hourly.items()), Decimal(0))
        _check_cost(component.count * unit * HOURS_PER_MONTH, component.id, component.where, faults)
        for each in (each for each in component.accelerators if each.group):
            cost = each.units * chips.get(each.id, Decimal(0)) + each.groups * unit
            _check_cost(cost * HOURS_PER_MONTH, f"{component.id} on {each.id}", component.where, faults)
    for dataset in scenario.datasets:
        cost = dataset.size * stored + dataset.change * per_gb
        _check_cost(cost, f"dataset {dataset.id!r}", dataset.where, faults)
    for flow in scenario.flows:
        _check_cost(flow.volume * per_gb, f"the flow from {flow.from_} to {flow.to}", flow.where, faults)
    for quote in scenario.quotes:
        _check_cost(quote.cost, f"{quote.component} in {quote.place}", quote.where, faults)
    for region in scenario.regions:
        _check_cost(region.opening_cost + region.opening_once, f"opening {region.key}", region.where, faults)


def _dearest(figures: Iterable[Figure | None]) -> Decimal:
    return max((figure.value for figure in figures if figure is not None), default=Decimal(0))


def _check_cost(usd: Decimal, what: str, where: Where, faults: Collector) -> None:
    if usd > LARGEST_COST:
        text = f"{what} may cost more than {LARGEST_COST:,} USD a month"
        faults.add(where, "N005", text, "check the sizes, counts and prices")
