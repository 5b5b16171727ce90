"""Shares: how much of a component's load lies in each region follows from users and flows; else it is even or free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from planner.model.plan import Breach
from planner.model.question import Component
from planner.verification.amounts import differ, plain
from planner.verification.claim import Claim
from planner.verification.users import find_demand


def find_share_breaches(claim: Claim) -> Iterator[Breach]:
    """Regions whose written share is not the one that the traffic gives."""
    for component in claim.scenario.components:
        expected = _find_shares(claim, component)
        if expected is None:
            continue
        for region in claim.homes[component.id]:
            written, due = claim.share(component.id, region), expected.get(region, Fraction(0))
            if differ(written, due):
                text = f"the plan gives {region} the share {plain(written)}, its traffic gives it {plain(due)}"
                yield Breach("share", component.id, text)


def _find_shares(claim: Claim, component: Component) -> Mapping[str, Fraction] | None:
    """The shares that follow; None for a divisible component without traffic, whose shares are a decision."""
    weights = _from_users(claim, component) if claim.audiences[component.id] else _from_flows(claim, component)
    total = sum(weights.values(), Fraction(0))
    if total:
        return {region: weight / total for region, weight in weights.items()}
    if component.divisible:
        return None
    homes = claim.homes[component.id]
    return {region: Fraction(1, len(homes)) for region in homes}


def _from_users(claim: Claim, component: Component) -> Mapping[str, Fraction]:
    weights: dict[str, Fraction] = {}
    for (group, place), demand in find_demand(claim, component.id).items():
        for row in claim.served.get((group, component.id, place), ()):
            weights[row.region] = weights.get(row.region, Fraction(0)) + demand * row.share
    return weights


def _from_flows(claim: Claim, component: Component) -> Mapping[str, Fraction]:
    weights: dict[str, Fraction] = {}
    for flow in claim.scenario.flows:
        if flow.to == component.id and flow.from_ in claim.scenario.component:
            for row in claim.routes.get((flow.from_, flow.to), ()):
                weights[row.dst_region] = weights.get(row.dst_region, Fraction(0)) + Fraction(flow.volume) * row.share
    return weights
