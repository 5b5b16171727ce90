"""Claim: what a plan says about one period, indexed for the checks; rows that name nothing known are left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from planner.model.calendar import Period
from planner.model.catalogue import Region
from planner.model.plan import Bought, Placement, Plan, Route, Served
from planner.model.question import Flow, Quote
from planner.model.scenario import Scenario
from planner.verification.round_trips import RoundTrips

PRIMARY = "primary"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Claim:
    """One period of a plan beside the scenario it answers.

    Attributes:
        of_all: the scenario of all periods where there are several; then `scenario` is that of this period.
    """

    scenario: Scenario
    plan: Plan
    period: Period
    of_all: Scenario | None = None
    _found: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, find: Callable[[Claim], Found]) -> Found:
        """What a function finds in this claim; it is computed the first time that any check asks."""
        if find not in self._found:
            self._found[find] = find(self)
        found: Found = self._found[find]
        return found

    @property
    def whole(self) -> Scenario:
        """The whole question, of all periods."""
        return self.of_all or self.scenario

    @cached_property
    def round_trips(self) -> RoundTrips:
        """The scenario's round trips, ms."""
        return RoundTrips(self.scenario.measurements, self.scenario.latency)

    @cached_property
    def placements(self) -> Mapping[str, tuple[Placement, ...]]:
        """Placement rows by component id."""
        rows = [row for row in self.plan.placements if row.period == str(self.period) and self._stands(row)]
        found: dict[str, tuple[Placement, ...]] = dict.fromkeys(self.scenario.component, ())
        for row in rows:
            found[row.component] = (*found[row.component], row)
        return found

    @cached_property
    def quotes(self) -> Mapping[str, Mapping[str, Quote]]:
        """Quotes by component id and region key."""
        found: dict[str, dict[str, Quote]] = {component: {} for component in self.scenario.component}
        for quote in self.scenario.quotes:
            found.setdefault(quote.component, {})[quote.place] = quote
        return found

    @cached_property
    def copies(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Region keys of the copies of (dataset id, role), as the plan lists them."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for row in self.plan.copies:
            if row.period == str(self.period) and row.region in self.scenario.region:
                found[row.dataset, row.role] = (*found.get((row.dataset, row.role), ()), row.region)
        return found

    @cached_property
    def served(self) -> Mapping[tuple[str, str, str], tuple[Served, ...]]:
        """Served rows by (group id, component id, place)."""
        found: dict[tuple[str, str, str], tuple[Served, ...]] = {}
        for row in self.plan.served:
            if row.period == str(self.period) and row.region in self.scenario.region:
                key = (row.users, row.component, row.place)
                found[key] = (*found.get(key, ()), row)
        return found

    @cached_property
    def routes(self) -> Mapping[tuple[str, str], tuple[Route, ...]]:
        """Route rows by the two ends of their flow."""
        found: dict[tuple[str, str], tuple[Route, ...]] = {}
        for row in self.plan.flows:
            known = row.src_region in self.scenario.region and row.dst_region in self.scenario.region
            if known and row.period == str(self.period):
                found[row.from_, row.to] = (*found.get((row.from_, row.to), ()), row)
        return found

    @cached_property
    def audiences(self) -> Mapping[str, Mapping[str, tuple[Flow, ...]]]:
        """For each component, the groups it serves and the flows between them."""
        found: dict[str, dict[str, tuple[Flow, ...]]] = {c.id: {} for c in self.scenario.components}
        for flow in self.scenario.flows:
            for end, other in ((flow.from_, flow.to), (flow.to, flow.from_)):
                group = end.removeprefix("users:")
                if end.startswith("users:") and other in found and group in self.scenario.user_group:
                    found[other][group] = (*found[other].get(group, ()), flow)
        return found

    @cached_property
    def homes(self) -> Mapping[str, tuple[str, ...]]:
        """The regions R(k) each component lives in: with a unit, or for a divisible one with a row."""
        return {
            c.id: tuple(sorted({row.region for row in self.placements[c.id] if c.divisible or row.units > 0}))
            for c in self.scenario.components
        }

    @cached_property
    def in_use(self) -> frozenset[tuple[str, str]]:
        """The pairs (entity id, region key) in use."""
        components = {(c.entity, r) for c in self.scenario.components for r in self.homes[c.id]}
        copies = {
            (self.scenario.dataset[dataset].entity, region)
            for (dataset, _), regions in self.copies.items()
            for region in regions
            if dataset in self.scenario.dataset
        }
        return frozenset(components | copies)

    @cached_property
    def bought(self) -> tuple[Bought, ...]:
        """Purchases of accelerators for zones of the scenario."""
        rows = (row for row in self.plan.bought if row.period == str(self.period))
        return tuple(row for row in rows if row.region in self._zones and row.zone in self._zones[row.region])

    def kinds(self, component: str, region: str) -> tuple[str | None, ...]:
        """The kinds of chip that the rows of a component in a region name, each once; None = a row names none."""
        rows = (row.accelerator for row in self.placements[component] if row.region == region)
        return tuple(sorted(set(rows), key=str))

    def share(self, component: str, region: str) -> Fraction:
        """The written share of a component's load in a region: the sum of its rows there."""
        return sum((row.share for row in self.placements[component] if row.region == region), Fraction(0))

    def units(self, component: str, region: str) -> int:
        """The units of a component in a region."""
        return sum(row.units for row in self.placements[component] if row.region == region)

    def primary(self, dataset: str) -> str | None:
        """The region of the primary copy; None when the plan has none."""
        return next(iter(self.copies.get((dataset, PRIMARY), ())), None)

    def _stands(self, row: Placement) -> bool:
        region = self.scenario.region.get(row.region)
        known = region is not None and row.component in self.scenario.component
        return known and row.zone in self._zones[row.region]

    @cached_property
    def _zones(self) -> Mapping[str, frozenset[str]]:
        return {region.key: zone_keys(region) for region in self.scenario.regions}


def zone_keys(region: Region) -> frozenset[str]:
    """The keys `provider:zone-id` of a region's zones."""
    return frozenset(region.zone_key(zone) for zone in region.zones)
