"""Needs: what engineering asks of a region, as reasons by (profile of needs, region)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from planner.model.calendar import Period
from planner.model.candidates import Resource
from planner.model.exclusions import Mask, Reason, Whole
from planner.model.question import Component
from planner.model.round_trips import RoundTrips
from planner.model.scenario import Scenario
from planner.model.units import MICRO
from planner.objectives import compute, electricity
from planner.requirements.latency import MaxRtt, Within
from planner.requirements.spread import Spread

Add = Callable[[Reason, Mask], None]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote without its component: place, USD a month, and the amounts it replaces."""

    place: str
    cost: Decimal
    uses: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class ServedGroup:
    """A user group that a component serves whole from one region: volume in GB a month and the flow's own max_rtt."""

    group: str
    volume: Decimal
    max_rtt: Decimal | None


@dataclass(frozen=True, slots=True)
class NeedProfile:
    """Everything a region is asked for; components that are alike share one.

    `count` is the most units it has, `least` the fewest: they differ where kinds of accelerator need other numbers.
    """

    services: tuple[str, ...]
    requires: tuple[object, ...]
    amounts: tuple[tuple[str, Decimal], ...]
    alternatives: tuple[tuple[str, int, int], ...]
    least: int
    count: int
    divisible: bool
    quotes: tuple[Quoted, ...]
    served: tuple[ServedGroup, ...]


@dataclass(frozen=True)
class Needs:
    """The distinct profiles of needs of a scenario, and which component has which."""

    scenario: Scenario
    period: Period
    point_rtt: Mapping[str, RoundTrips]

    @cached_property
    def _quotes(self) -> dict[str, list[Quoted]]:
        out: dict[str, list[Quoted]] = {}
        for q in self.scenario.quotes:
            out.setdefault(q.component, []).append(Quoted(q.place, q.cost, tuple(sorted(q.uses.items()))))
        return out

    @cached_property
    def _of(self) -> tuple[list[NeedProfile], Whole]:
        index: dict[NeedProfile, int] = {}
        of = [index.setdefault(self._profile(c), len(index)) for c in self.scenario.components]
        return list(index), np.array(of, dtype=np.int64)

    def _profile(self, component: Component) -> NeedProfile:
        return NeedProfile(
            component.services,
            tuple(component.requires.values()),
            tuple(sorted(component.per_replica.items())),
            tuple(sorted((a.id, a.units, a.group) for a in component.accelerators)),
            min(_counts(component)),
            max(_counts(component)),
            component.divisible,
            tuple(self._quotes.get(component.id, ())),
            () if component.divisible or component.regions.max > 1 else tuple(self._served.get(component.id, ())),
        )

    @cached_property
    def _served(self) -> dict[str, list[ServedGroup]]:
        out: dict[str, list[ServedGroup]] = {}
        for flow in self.scenario.flows:
            for end, other in ((flow.from_, flow.to), (flow.to, flow.from_)):
                if end.startswith("users:"):
                    out.setdefault(other, []).append(ServedGroup(end[6:], flow.volume, flow.max_rtt))
        return out

    @property
    def profiles(self) -> list[NeedProfile]:
        """The distinct profiles."""
        return self._of[0]

    @property
    def of(self) -> Whole:
        """[K] profile of each component."""
        return self._of[1]

    @cached_property
    def quoted(self) -> Mask:
        """[Q] profiles whose compute cost is quoted."""
        return np.array([bool(p.quotes) for p in self.profiles], dtype=bool)

    @cached_property
    def unit_cost(self) -> Whole:
        """[Q, R] micro-USD a month: of a unit by list price, of the whole by quote."""
        cost = compute.unit_cost([dict(p.amounts) for p in self.profiles], self.scenario.regions)
        for row, profile in enumerate(self.profiles):
            for quote in profile.quotes:
                cost[row, self._region_index[quote.place]] = round(quote.cost * MICRO)
        return cost

    @cached_property
    def electricity(self) -> Whole:
        """[Q, R] micro-USD a month of all units at own halls that state their power; of the whole where divisible."""
        kept = [not p.quotes and not p.alternatives for p in self.profiles]
        amounts = [dict(p.amounts) if keep else {} for p, keep in zip(self.profiles, kept, strict=True)]
        none = [Decimal(0)] * len(kept)
        return electricity.cost(amounts, [p.count or 1 for p in self.profiles], none, self.scenario.regions).micro()

    @cached_property
    def _region_index(self) -> dict[str, int]:
        return {r.key: n for n, r in enumerate(self.scenario.regions)}

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Resources that some zone limits, in whole units."""
        limited = sorted({name for r in self.scenario.regions for z in r.zones for name in z.capacity})
        return tuple(self._resource(name) for name in limited)

    def _resource(self, name: str) -> Resource:
        use = self._uses(name)
        stated = [zone.capacity.get(name) for region in self.scenario.regions for zone in region.zones]
        scale = lcm(1, *(v.as_integer_ratio()[1] for v in {*stated, *(u for row in use for u in row)} if v is not None))
        whole = np.array([[int(amount * scale) for amount in row] for row in use], dtype=np.int64)
        capacity = np.array([-1 if v is None else int(v * scale) for v in stated], dtype=np.int64)
        return Resource(name, scale, whole, capacity)

    def _uses(self, name: str) -> list[list[Decimal]]:
        rows = []
        for profile in self.profiles:
            row = [dict(profile.amounts).get(name, Decimal(0))] * len(self.scenario.regions)
            for quote in profile.quotes:
                row[self._region_index[quote.place]] = dict(quote.uses).get(name, row[self._region_index[quote.place]])
            rows.append(row)
        return rows

    @cached_property
    def zone_region(self) -> Whole:
        """[Z] region index of each zone, in order of region and zone id as written."""
        return np.array([n for n, r in enumerate(self.scenario.regions) for _ in r.zones], dtype=np.int64)

    @cached_property
    def most(self) -> Whole:
        """[Q, Z] units that fit into an empty zone, at most the count."""
        counts = np.array([p.count for p in self.profiles], dtype=np.int64)
        most = np.repeat(counts[:, None], len(self.zone_region), axis=1)
        for resource in self.resources:
            use = resource.use[:, self.zone_region]
            limited = (resource.capacity >= 0)[None, :] & (use > 0)
            most = np.where(limited, np.minimum(most, resource.capacity[None, :] // np.maximum(use, 1)), most)
        return most

    def add_reasons(self, add: Add) -> None:
        """Hand every reason with its mask [Q, R] to `add`."""
        self._add_status(add)
        self._add_services(add)
        self._add_prices(add)
        self._add_requirements(add)
        self._add_users(add)
        self._add_capacity(add)

    def _rows(self, wanted: Sequence[bool], regions: NDArray[np.bool_]) -> Mask:
        return np.asarray(np.array(wanted, dtype=bool)[:, None] & regions[None, :])

    def _add_status(self, add: Add) -> None:
        closed = closed_regions(self.scenario, self.period)
        for status in sorted({str(r.status) for r in self.scenario.regions}):
            mask = closed & np.array([r.status == status for r in self.scenario.regions], dtype=bool)
            add(Reason("status", f"the region is {status}, not open"), self._rows([True] * len(self.profiles), mask))

    def _add_services(self, add: Add) -> None:
        first, last = self.scenario.days(self.period)
        for name in sorted({s for p in self.profiles for s in p.services}):
            offered = [any(o.id == name and o.offered(first, last) for o in r.services) for r in self.scenario.regions]
            wants = [name in p.services for p in self.profiles]
            add(
                Reason(f"service: {name}", f"{name} is not on offer"), self._rows(wants, ~np.array(offered, dtype=bool))
            )

    def _add_prices(self, add: Add) -> None:
        regions = self.scenario.regions
        for name in compute.PRICED:
            mask = compute.unknown(name, [dict(p.amounts) for p in self.profiles], regions) & ~self.quoted[:, None]
            add(Reason(f"unknown: {name} price", f"no {name} price is known"), mask)
        drawing = [{} if p.alternatives else dict(p.amounts) for p in self.profiles]
        for name, mask in electricity.unknown(drawing, [Decimal(0)] * len(drawing), regions):
            add(Reason(f"unknown: {name}", f"{name} of the own hall is not known"), mask & ~self.quoted[:, None])
        quoted = np.array([[r.key in {q.place for q in p.quotes} for r in regions] for p in self.profiles], dtype=bool)
        add(Reason("quote", "no quote for this region"), self.quoted[:, None] & ~quoted)

    def _add_requirements(self, add: Add) -> None:
        zones = np.bincount(self.zone_region, minlength=len(self.scenario.regions))
        unknown = np.array([r.zone_ids == "unknown" for r in self.scenario.regions], dtype=bool)
        for requirement in dict.fromkeys(r for p in self.profiles for r in p.requires):
            wants = [requirement in p.requires for p in self.profiles]
            if isinstance(requirement, Spread):
                few = requirement.excludes(zones)
                detail = f"fewer than {requirement.zones} zones"
                add(Reason("spread", detail), self._rows(wants, few & ~unknown))
                detail = f"whether it has {requirement.zones} zones is not known"
                add(Reason("unknown: zones", detail), self._rows(wants, few & unknown))
            elif isinstance(requirement, MaxRtt) and self.scenario.user_group[requirement.to].latency != "none":
                detail = f"slower than {requirement.rtt} ms{requirement.edge} to a place of {requirement.to}"
                slow = requirement.excludes(self.point_rtt[requirement.to])
                add(Reason("max_rtt", detail), self._rows(wants, slow))

    def _add_users(self, add: Add) -> None:
        """Single-region components serve whole groups, so a slow or unpriced user flow shuts a region out."""
        unpriced = np.array([r.prices.internet is None for r in self.scenario.regions], dtype=bool)
        for served in dict.fromkeys(s for p in self.profiles for s in p.served):
            wants = [served in p.served for p in self.profiles]
            if served.volume:
                reason = Reason("unknown: internet price", "no internet egress price is known")
                add(reason, self._rows(wants, unpriced))
            if served.max_rtt is not None and self.scenario.user_group[served.group].latency != "none":
                slow = MaxRtt(served.group, served.max_rtt).excludes(self.point_rtt[served.group])
                detail = f"the flow of users:{served.group} would be slower than {served.max_rtt} ms"
                add(Reason("flow max_rtt", detail), self._rows(wants, slow))
        for row, profile in enumerate(self.profiles):
            for within in (r for r in profile.requires if isinstance(r, Within)):
                mask = np.zeros((len(self.profiles), len(self.scenario.regions)), dtype=bool)
                mask[row] = self._too_few_near(profile, within)
                share = f"{within.users * 100:f}".rstrip("0").rstrip(".")
                add(Reason("within", f"fewer than {share} % of users within {within.rtt} ms{within.edge}"), mask)

    def _too_few_near(self, profile: NeedProfile, within: Within) -> Mask:
        """[R] regions from which too little of the demand weight is near; exact."""
        groups = [(s, self.scenario.user_group[s.group]) for s in profile.served]
        counted = [(s, g) for s, g in groups if g.latency != "none"]
        even = not any(s.volume for s in profile.served)
        total = [Fraction(0)] * len(self.scenario.regions)
        weight = Fraction(0)
        for served, group in counted:
            near = within.near(self.point_rtt[group.id])
            for row, point in enumerate(group.points):
                part = Fraction(point.weight) * (1 if even else Fraction(served.volume))
                weight += part
                total = [t + part if near[row, n] else t for n, t in enumerate(total)]
        return np.array([t < weight * Fraction(within.users) for t in total], dtype=bool)

    def _add_capacity(self, add: Add) -> None:
        room = np.zeros((len(self.profiles), len(self.scenario.regions)), dtype=np.int64)
        np.add.at(room.T, self.zone_region, self.most.T)
        counts = np.array([p.least for p in self.profiles], dtype=np.int64)
        add(Reason("capacity", "the units do not fit into its zones"), room < counts[:, None])


def _counts(component: Component) -> list[int]:
    """Units in a region where it lives, by kind of accelerator where it has some; none of a divisible component."""
    if component.divisible:
        return [0]
    return [a.groups for a in component.accelerators] or [component.count]


def closed_regions(scenario: Scenario, period: Period) -> Mask:
    """[R] regions that are not usable in a period: not active, and not announced to be open by its first day."""
    first, _ = scenario.days(period)
    opened = [r.status == "announced" and r.opens is not None and r.opens <= first for r in scenario.regions]
    active = [r.status == "active" for r in scenario.regions]
    return np.asarray(~(np.array(active, dtype=bool) | np.array(opened, dtype=bool)))
