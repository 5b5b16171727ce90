"""Features: regions in use, users and flows of a plan with their coordinates in degrees, for other maps than ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from planner.model.plan import Plan
from planner.model.scenario import Scenario

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on a map.

    Attributes:
        kind: `region`, `users`, or `flow` between two regions or from users to a region that serves them.
        name: region key, `GROUP at PLACE`, or `FROM > TO`.
        period: quarter; empty for users.
        usd_month: of a region what runs there, of a flow its egress; None for users and what comes from them.
        gb_month: of a flow; of users to a region their part of the flow by weight and share.
        weight: of users, the part of their group.
        components: of a region, those that run there; empty where only data rest.
        line: (lon, lat) in degrees: one point, or the two ends of a flow.
    """

    kind: Literal["region", "users", "flow"]
    name: str
    line: tuple[Point, ...]
    country: str = ""
    period: str = ""
    usd_month: Decimal | None = None
    gb_month: Fraction | None = None
    weight: Decimal | None = None
    components: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """Plain columns; `geometry` is GeoJSON."""
        shape = {"type": "Point", "coordinates": self.line[0]}
        if len(self.line) > 1:
            shape = {"type": "LineString", "coordinates": self.line}
        numbers = {key: _float(getattr(self, key)) for key in ("usd_month", "gb_month", "weight")}
        words = {"components": ", ".join(self.components), "copies": ", ".join(self.copies)}
        plain = {"kind": self.kind, "name": self.name, "country": self.country, "period": self.period}
        return {**plain, **numbers, **words, "geometry": shape}


def features_of(plan: Plan, scenario: Scenario) -> tuple[Feature, ...]:
    """Regions in use by period, then users, then flows between different places."""
    return (*_regions(plan, scenario), *_users(scenario), *_flows(plan, scenario), *_served(plan, scenario))


def _regions(plan: Plan, scenario: Scenario) -> Iterable[Feature]:
    runs = {(row.period, row.region) for row in plan.placements}
    keys = sorted(runs | {(copy.period, copy.region) for copy in plan.copies})
    for period, key in keys:
        here = [row for row in plan.placements if (row.period, row.region) == (period, key)]
        copies = [f"{c.dataset}/{c.role}" for c in plan.copies if (c.period, c.region) == (period, key)]
        yield Feature(
            "region",
            key,
            (_place(scenario, key),),
            scenario.region[key].country,
            period,
            sum((row.usd_month for row in here), Decimal(0)),
            components=tuple(sorted({row.component for row in here})),
            copies=tuple(sorted(copies)),
        )


def _users(scenario: Scenario) -> Iterable[Feature]:
    for group in scenario.users:
        for point in group.points:
            at = (float(point.lon), float(point.lat))
            yield Feature("users", f"{group.id} at {point.place}", (at,), point.country, weight=point.weight)


def _flows(plan: Plan, scenario: Scenario) -> Iterable[Feature]:
    for row in plan.flows:
        if row.src_region != row.dst_region:
            ends = (_place(scenario, row.src_region), _place(scenario, row.dst_region))
            name, gb = f"{row.from_} > {row.to}", Fraction(row.gb_month)
            yield Feature("flow", name, ends, period=row.period, usd_month=row.usd_month, gb_month=gb)


def _served(plan: Plan, scenario: Scenario) -> Iterable[Feature]:
    points = {(group.id, p.place): p for group in scenario.users for p in group.points}
    volumes = volumes_of_users(scenario)
    for row in plan.served:
        point = points[row.users, row.place]
        if row.share:
            ends = ((float(point.lon), float(point.lat)), _place(scenario, row.region))
            gb = volumes.get((row.users, row.component), Fraction(0)) * Fraction(point.weight) * row.share
            name = f"users:{row.users} at {row.place} > {row.component}"
            yield Feature("flow", name, ends, period=row.period, gb_month=gb)


def volumes_of_users(scenario: Scenario) -> dict[tuple[str, str], Fraction]:
    """GB a month between a group of users and a component, both ways together."""
    volume: dict[tuple[str, str], Fraction] = {}
    for flow in scenario.flows:
        for users, other in ((flow.from_, flow.to), (flow.to, flow.from_)):
            if users.startswith("users:"):
                key = (users.removeprefix("users:"), other)
                volume[key] = volume.get(key, Fraction(0)) + Fraction(flow.volume)
    return volume


def _place(scenario: Scenario, key: str) -> Point:
    region = scenario.region[key]
    return float(region.lon), float(region.lat)


def _float(value: Decimal | Fraction | None) -> float | None:
    return None if value is None else float(value)
