"""Rows: every row of a plan names things of the scenario, stands once, and holds finite figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from planner.model.plan import Breach, Plan
from planner.model.scenario import Scenario
from planner.verification.claim import PRIMARY, zone_keys


def find_figures_that_are_none(plan: Plan) -> Iterator[Breach]:
    """Figures that are not finite numbers, on which no sum can be formed."""
    figures: list[tuple[str, Decimal | None]] = [
        *((row.component, row.usd_month) for row in plan.placements),
        *((row.component, row.rtt_ms) for row in plan.placements),
        *((row.component, row.rtt_ms) for row in plan.served),
        *((f"{row.from_}>{row.to}", figure) for row in plan.flows for figure in (row.gb_month, row.usd_month)),
        *((row.id, row.cash_usd) for row in plan.mechanisms),
        *((row.zone, row.cash_usd) for row in plan.bought),
        *((row.of, row.usd_month) for row in plan.cost_lines),
        *((row.what, figure) for row in plan.one_offs for figure in (row.cash_usd, row.charged_usd)),
        *((row.what, row.cash_usd) for row in plan.moves),
        *((row.period, figure) for row in plan.quarters for figure in (row.weight, row.usd_month)),
        *((line.of, line.usd_month) for row in plan.quarters for line in row.cost_lines),
        ("total_usd_month", plan.total_usd_month),
        ("total_usd", plan.total_usd),
    ]
    for of, figure in figures:
        if figure is not None and not figure.is_finite():
            yield Breach("figure", of, f"{figure} is not a finite number")


def find_row_breaches(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    """Rows that are unknown, in the wrong place or written twice."""
    yield from _placements(plan, scenario)
    yield from _copies(plan, scenario)
    yield from _routes(plan, scenario)
    yield from _served(plan, scenario)
    yield from _bought(plan, scenario)


def _placements(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    for row in plan.placements:
        yield from _unknown("component", row.component, row.component, scenario.component)
        yield from _place(scenario, row.component, row.provider, row.region)
        region = scenario.region.get(row.region)
        if region is not None:
            yield from _unknown("zone", row.zone, row.component, zone_keys(region))
    yield from _period(scenario, ((row.component, row.period) for row in plan.placements))
    yield from _repeated("placement", ((r.component, r.period, r.region, r.zone) for r in plan.placements))


def _copies(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    for row in plan.copies:
        of = f"dataset:{row.dataset}"
        dataset = scenario.dataset.get(row.dataset)
        roles = {spec.role for spec in dataset.copies} if dataset else set()
        yield from _unknown("dataset", row.dataset, of, scenario.dataset)
        yield from _unknown("copies", row.role, of, roles)
        yield from _place(scenario, of, row.provider, row.region)
    yield from _period(scenario, ((f"dataset:{row.dataset}", row.period) for row in plan.copies))
    yield from _repeated("copies", ((f"dataset:{r.dataset}", r.period, r.role, r.region) for r in plan.copies))


def _routes(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    known = {(f.from_, f.to) for f in scenario.flows if not _is_users(f.from_) and not _is_users(f.to)}
    for dataset in scenario.datasets:
        roles = {spec.role for spec in dataset.copies} - {PRIMARY}
        known |= {(f"dataset:{dataset.id}/{PRIMARY}", f"dataset:{dataset.id}/{role}") for role in roles}
    for row in plan.flows:
        of = f"{row.from_}>{row.to}"
        if (row.from_, row.to) not in known:
            yield Breach("flow", of, f"the plan routes {of}, which is no flow between placed things of the scenario")
        yield from _unknown("region", row.src_region, of, scenario.region)
        yield from _unknown("region", row.dst_region, of, scenario.region)
    yield from _period(scenario, ((f"{row.from_}>{row.to}", row.period) for row in plan.flows))
    yield from _repeated("flow", ((f"{r.from_}>{r.to}", r.period, r.src_region, r.dst_region) for r in plan.flows))


def _served(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    ends = {frozenset((flow.from_, flow.to)) for flow in scenario.flows}
    for row in plan.served:
        group = scenario.user_group.get(row.users)
        points = {f"{row.users} at {point.place}" for point in group.points} if group else set()
        yield from _unknown("component", row.component, row.component, scenario.component)
        yield from _unknown("region", row.region, row.component, scenario.region)
        yield from _unknown("users", f"{row.users} at {row.place}", row.component, points)
        if frozenset((f"users:{row.users}", row.component)) not in ends:
            yield Breach("users", row.component, f"the plan has it serve the users {row.users}, no flow joins them")
    yield from _period(scenario, ((row.component, row.period) for row in plan.served))
    yield from _repeated("users", ((r.component, r.period, r.users, r.place, r.region) for r in plan.served))


def _bought(plan: Plan, scenario: Scenario) -> Iterator[Breach]:
    for row in plan.bought:
        yield from _unknown("entity", row.entity, row.zone, scenario.entity)
        yield from _unknown("region", row.region, row.zone, scenario.region)
        region = scenario.region.get(row.region)
        if region is not None:
            yield from _unknown("zone", row.zone, row.zone, zone_keys(region))
    yield from _period(scenario, ((row.zone, row.period) for row in plan.bought))
    yield from _repeated("purchase", ((r.zone, r.period, r.region, r.entity, r.accelerator) for r in plan.bought))


def _is_users(end: str) -> bool:
    return end.startswith("users:")


def _place(scenario: Scenario, of: str, provider: str, key: str) -> Iterator[Breach]:
    yield from _unknown("region", key, of, scenario.region)
    region = scenario.region.get(key)
    if region is not None and region.provider != provider:
        yield Breach("region", of, f"{key} belongs to the provider {region.provider}, the plan says {provider}")


def _unknown(cause: str, name: str, of: str, known: Iterable[str]) -> Iterator[Breach]:
    if name not in known:
        yield Breach(cause, of, f"{name!r} in the plan is unknown to the scenario there")


def _period(scenario: Scenario, rows: Iterable[tuple[str, str]]) -> Iterator[Breach]:
    known = {str(period) for period in scenario.periods}
    for of, period in rows:
        yield from _unknown("period", period, of, known)


def _repeated(cause: str, keys: Iterable[tuple[str, ...]]) -> Iterator[Breach]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Breach(cause, key[0], f"the plan has {times} rows for {', '.join(key[1:])}")
