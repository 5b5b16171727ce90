"""Users: who is served from where, how far they are, and how much of the demand is within reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.model.plan import Breach, Placement, Served
from planner.model.question import Component, DemandPoint, Users
from planner.requirements.latency import MaxRtt, Within
from planner.verification.amounts import TOLERANCE, plain
from planner.verification.claim import Claim

UNSAID: Final = (None, None, None)
"""A row that states no band; what binds is recomputed in any case."""


def find_user_breaches(claim: Claim) -> Iterator[Breach]:
    """Breaches of serving every demand point, of `split`, `max_rtt` and `within`, and of written round trips."""
    for component in claim.scenario.components:
        for group_id in claim.audiences[component.id]:
            group = claim.scenario.user_group[group_id]
            for point in group.points:
                yield from _point(claim, component, group, point)
        for wanted in component.requires.values():
            if isinstance(wanted, MaxRtt):
                yield from _max_rtt(claim, component, wanted)
            if isinstance(wanted, Within):
                yield from _within(claim, component, wanted)
        yield from _slowest(claim, component)


def find_demand(claim: Claim, component: str) -> Mapping[tuple[str, str], Fraction]:
    """(group id, place) to the weight w of every demand point that a component serves.

    The weight is volume x point weight, GB a month; the point weight alone when the volumes sum to 0.
    """
    volumes = {
        group: sum((Fraction(flow.volume) for flow in flows), Fraction(0))
        for group, flows in claim.audiences[component].items()
    }
    silent = not sum(volumes.values())
    return {
        (group, point.place): Fraction(point.weight) * (1 if silent else volume)
        for group, volume in volumes.items()
        for point in claim.scenario.user_group[group].points
    }


def _point(claim: Claim, component: Component, group: Users, point: DemandPoint) -> Iterator[Breach]:
    rows = claim.served.get((group.id, component.id, point.place), ())
    total = sum((row.share for row in rows), Fraction(0))
    if abs(total - 1) > TOLERANCE:
        text = f"shares of the users {group.id} at {point.place} served sum to {plain(total)}, not to 1"
        yield Breach("users", component.id, text)
    for row in rows:
        yield from _served(claim, component, group, point, row)


def _served(claim: Claim, component: Component, group: Users, point: DemandPoint, row: Served) -> Iterator[Breach]:
    whom = f"users {group.id} at {point.place} from {row.region}"
    found = claim.round_trips.to_users(point, claim.scenario.region[row.region])
    rtt = found.rtt_ms
    if row.region not in claim.homes[component.id]:
        yield Breach("users", component.id, f"it serves {whom}, where it does not live")
    if row.share < 0:
        yield Breach("users", component.id, f"it serves {plain(row.share)} of {whom}, below 0")
    if not group.split and row.share not in (0, 1):
        yield Breach("split", component.id, f"it serves {plain(row.share)} of {whom}, who must not be split")
    if row.rtt_ms != rtt:
        yield Breach("rtt", component.id, f"the plan says {row.rtt_ms} ms to {whom}, the estimate is {rtt} ms")
    due = found.low_ms, found.high_ms, found.provenance
    if _band(row) not in (UNSAID, due):
        text = f"the plan says {_words(*_band(row))} to {whom}, the band is {_words(*due)}"
        yield Breach("rtt band", component.id, text)
    limits = [f.max_rtt for f in claim.audiences[component.id][group.id] if f.max_rtt is not None]
    if row.share > 0 and group.latency != "none" and any(rtt > limit for limit in limits):
        yield Breach("latency", component.id, f"it serves {whom} in {rtt} ms, its flow allows {min(limits)} ms")


def _max_rtt(claim: Claim, component: Component, wanted: MaxRtt) -> Iterator[Breach]:
    group = claim.scenario.user_group.get(wanted.to.removeprefix("users:"))
    if group is None:
        yield Breach("latency", component.id, f"max_rtt names {wanted.to}, which is no user group")
        return
    for key in claim.homes[component.id] if group.latency != "none" else ():
        for point in group.points:
            rtt = wanted.looks_at(claim.round_trips.to_users(point, claim.scenario.region[key]))
            if rtt > wanted.rtt:
                whom = f"users {group.id} at {point.place}"
                text = f"{key} is {rtt} ms{wanted.edge} from {whom}, {plain(wanted.rtt)} ms are allowed"
                yield Breach("latency", component.id, text)


def _within(claim: Claim, component: Component, wanted: Within) -> Iterator[Breach]:
    demand = find_demand(claim, component.id)
    near, total = Fraction(0), Fraction(0)
    for group_id in claim.audiences[component.id]:
        group = claim.scenario.user_group[group_id]
        for point in group.points if group.latency != "none" else ():
            total += demand[group_id, point.place]
            for row in claim.served.get((group_id, component.id, point.place), ()):
                estimate = claim.round_trips.to_users(point, claim.scenario.region[row.region])
                if wanted.looks_at(estimate) <= wanted.rtt:
                    near += demand[group_id, point.place] * row.share
    if near < Fraction(wanted.users) * total - TOLERANCE * total:
        part = plain(near / total)
        text = f"{part} of its demand is served within {plain(wanted.rtt)} ms, {plain(wanted.users)} is asked for"
        yield Breach("within", component.id, text)


def _slowest(claim: Claim, component: Component) -> Iterator[Breach]:
    """A placement states the slowest point it serves, with its band; a stand-by region may leave it out."""
    for placed in claim.placements[component.id]:
        served = [row for row in _rows(claim, component.id) if row.region == placed.region]
        slowest = max((row.rtt_ms for row in served), default=None)
        idle = slowest is None and bool(claim.audiences[component.id])
        if placed.rtt_ms != slowest and not idle:
            text = f"the plan says {placed.rtt_ms} ms for {placed.zone}, its slowest users are {slowest} ms away"
            yield Breach("rtt", component.id, text)
        bands = {_band(row) for row in served if row.rtt_ms == slowest}
        if not idle and _band(placed) not in {UNSAID, *bands}:
            text = f"the plan says {_words(*_band(placed))} for {placed.zone}, its slowest users have another band"
            yield Breach("rtt band", component.id, text)


def _rows(claim: Claim, component: str) -> Iterator[Served]:
    for group in claim.audiences[component]:
        for point in claim.scenario.user_group[group].points:
            rows = claim.served.get((group, component, point.place), ())
            yield from (row for row in rows if row.share > 0)


def _band(row: Served | Placement) -> tuple[Decimal | None, Decimal | None, str | None]:
    return row.rtt_low_ms, row.rtt_high_ms, row.rtt_provenance


def _words(low: Decimal | None, high: Decimal | None, provenance: str | None) -> str:
    return f"{low} to {high} ms ({provenance})"
