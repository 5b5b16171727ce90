"""Routes: traffic leaves from where its source lives and arrives where its destination does, all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from planner.model.plan import Breach, Route
from planner.model.question import Dataset, Flow
from planner.verification.amounts import TOLERANCE, differ, plain
from planner.verification.claim import PRIMARY, Claim

READABLE = (PRIMARY, "replica")


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a flow may leave and arrive, and the side whose shares it must reproduce."""

    sources: frozenset[str]
    destinations: frozenset[str]
    shares: Mapping[str, Fraction]
    fixed_at_source: bool


def find_route_breaches(claim: Claim) -> Iterator[Breach]:
    """Breaches of flows, reads, writes and replication, and of the written volumes."""
    for flow in claim.scenario.flows:
        if not flow.from_.startswith("users:") and not flow.to.startswith("users:"):
            yield from _flow(claim, flow)
        elif flow.from_ not in claim.scenario.component and flow.to not in claim.scenario.component:
            yield _no_meaning(flow)
    for dataset in claim.scenario.datasets:
        for role in sorted({spec.role for spec in dataset.copies} - {PRIMARY}):
            yield from _replication(claim, dataset, role)


def _flow(claim: Claim, flow: Flow) -> Iterator[Breach]:
    rows, ends = claim.routes.get((flow.from_, flow.to), ()), _find_ends(claim, flow)
    if ends is None:
        yield _no_meaning(flow)
    elif rows or flow.volume or flow.max_rtt is not None:
        # A flow without volume or limit can be routed in some way whatever the placement is.
        yield from _margins(flow, rows, ends)
        for row in rows:
            yield from _row(claim, flow, row, ends)
            yield from _volume(flow.id, Fraction(flow.volume), row)


def _find_ends(claim: Claim, flow: Flow) -> Ends | None:
    source, destination = flow.from_.removeprefix("dataset:"), flow.to.removeprefix("dataset:")
    known = claim.scenario.component
    if flow.from_ in known and flow.to in known:
        return Ends(_homes(claim, source), _homes(claim, destination), _shares(claim, source), True)
    if flow.from_ in known and destination in claim.scenario.dataset:
        primary = frozenset(claim.copies.get((destination, PRIMARY), ()))
        return Ends(_homes(claim, source), primary, _shares(claim, source), True)
    if source in claim.scenario.dataset and flow.to in known:
        copies = frozenset(region for role in READABLE for region in claim.copies.get((source, role), ()))
        return Ends(copies, _homes(claim, destination), _shares(claim, destination), False)
    return None


def _margins(flow: Flow, rows: Iterable[Route], ends: Ends) -> Iterator[Breach]:
    routed: dict[str, Fraction] = dict.fromkeys(ends.shares, Fraction(0))
    for row in rows:
        region = row.src_region if ends.fixed_at_source else row.dst_region
        routed[region] = routed.get(region, Fraction(0)) + row.share
    side = "leaves" if ends.fixed_at_source else "reaches"
    for region, share in routed.items():
        due = ends.shares.get(region, Fraction(0))
        if differ(share, due):
            yield Breach("flow", flow.id, f"the share {plain(share)} of it {side} {region}, it must be {plain(due)}")


def _row(claim: Claim, flow: Flow, row: Route, ends: Ends) -> Iterator[Breach]:
    if row.share < 0:
        yield Breach("flow", flow.id, f"the share {plain(row.share)} from {row.src_region} is below 0")
    if row.share <= 0:
        return
    if row.src_region not in ends.sources:
        yield Breach("flow", flow.id, f"it leaves {row.src_region}, where {flow.from_} is not")
    if row.dst_region not in ends.destinations:
        yield Breach("flow", flow.id, f"it arrives in {row.dst_region}, where {flow.to} is not")
    src, dst = claim.scenario.region[row.src_region], claim.scenario.region[row.dst_region]
    rtt = claim.round_trips.between(src, dst).rtt_ms
    if flow.max_rtt is not None and rtt > flow.max_rtt:
        text = f"from {row.src_region} to {row.dst_region} takes {rtt} ms, it allows {plain(flow.max_rtt)} ms"
        yield Breach("latency", flow.id, text)


def _replication(claim: Claim, dataset: Dataset, role: str) -> Iterator[Breach]:
    of, change = f"dataset:{dataset.id}", Fraction(dataset.change)
    rows = claim.routes.get((f"{of}/{PRIMARY}", f"{of}/{role}"), ())
    total = sum((row.share for row in rows), Fraction(0))
    if (rows or change) and differ(total, Fraction(1)):
        yield Breach("replication", of, f"the share {plain(total)} of its change reaches the {role}, not 1")
    for row in rows:
        for name, region in ((PRIMARY, row.src_region), (role, row.dst_region)):
            if region not in claim.copies.get((dataset.id, name), ()):
                yield Breach("replication", of, f"the plan replicates by way of {region}, where its {name} is not")
        if row.share < 0:
            yield Breach("replication", of, f"the share {plain(row.share)} from {row.src_region} is below 0")
        yield from _volume(of, change, row)


def _volume(of: str, volume: Fraction, row: Route) -> Iterator[Breach]:
    due = volume * row.share
    if abs(Fraction(row.gb_month) - due) > TOLERANCE * max(volume, Fraction(1000)):
        text = f"the plan says {plain(row.gb_month)} GB a month from {row.src_region}, its share is {plain(due)}"
        yield Breach("volume", of, text)


def _no_meaning(flow: Flow) -> Breach:
    return Breach("flow", flow.id, f"the verifier has no meaning for a flow from {flow.from_} to {flow.to}")


def _homes(claim: Claim, component: str) -> frozenset[str]:
    return frozenset(claim.homes[component])


def _shares(claim: Claim, component: str) -> Mapping[str, Fraction]:
    return {region: claim.share(component, region) for region in claim.homes[component]}
