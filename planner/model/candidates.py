"""Candidates: every cell a component, a copy or a flow could take, its cost, and all reasons of the refused ones.

Tables are numpy arrays over sorted ids; costs are whole micro-dollars a month. Residency is a presolve: a refused
cell never becomes a variable, yet keeps its cost, so that any rule can be priced or blamed later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.alternatives import Alternatives
from planner.model.calendar import Period
from planner.model.exclusions import Exclusions, Gate, Mask, Whole
from planner.model.round_trips import RoundTrips


@dataclass(frozen=True)
class Duty:
    """A rule that asks for a further copy of a dataset, wherever it bears on the primary copy.

    Attributes:
        copy: index of the primary copy.
        bears: [R] regions of the primary in which the rule bears.
        meets: [R, R] for each region of the primary, regions where a copy meets the duty.
        others_only: whether the primary itself does not count.
        penalty: micro-USD a month of a soft rule; None = hard.
    """

    rule: str
    copy: int
    bears: Mask
    meets: Mask
    others_only: bool
    penalty: int | None


@dataclass(frozen=True)
class Resource:
    """One resource in whole units of 1/scale: `use` of a unit by (profile of needs, region), `capacity` by zone.

    Attributes:
        use: [Q, R]; for a divisible component the whole of it.
        capacity: [Z], -1 = not limited.
    """

    name: str
    scale: int
    use: Whole
    capacity: Whole


@dataclass(frozen=True)
class Runs:
    """Where components can run. K components, R regions, Z zones, Q profiles of needs.

    Attributes:
        exclusions: reasons by (component, region).
        allowed: [K, R] cells that are not refused.
        need_of: [K] profile of needs of each component.
        most: [Q, Z] units that fit into an empty zone (0 = none).
        unit_cost: [Q, R] micro-USD a month of one unit; of the whole where divisible or quoted.
        quoted: [K] whether quotes replace the compute cost.
        electricity: [Q, R] micro-USD a month of all units (of the whole where divisible) at own halls that state it.
        gates: rules that mechanisms can lift.
        alternatives: kinds of accelerator of the components that have some.
        matched: rules that bear on any component at all.
    """

    exclusions: Exclusions
    allowed: Mask
    need_of: Whole
    most: Whole
    unit_cost: Whole
    quoted: Mask
    electricity: Whole
    resources: tuple[Resource, ...]
    gates: tuple[Gate, ...]
    alternatives: Alternatives
    matched: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Copies:
    """Where copies of datasets can rest. C copies (dataset, role), R regions.

    Attributes:
        dataset: [C] index of the dataset.
        role: [C] role of the copy.
        apart: [C] least distance to the primary, km.
        primary: [C] index of the primary copy of the same dataset.
        unit_cost: [C, R] micro-USD a month.
        distance: [R, R] km between regions.
    """

    dataset: Whole
    role: tuple[str, ...]
    apart: NDArray[np.float64]
    primary: Whole
    exclusions: Exclusions
    allowed: Mask
    unit_cost: Whole
    distance: NDArray[np.float64]
    gates: tuple[Gate, ...]
    duties: tuple[Duty, ...] = ()
    matched: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Paths:
    """Round trips and traffic costs. R regions, P points of a user group.

    Attributes:
        region_rtt: [R, R] between regions.
        point_rtt: user group to [P, R] from its places.
        allowed: flow index to cells its max_rtt and known prices allow: [R, R], or [P, R] with users at one end.
        cost: flow index to micro-USD a month of the whole volume, same shapes.
        copy_allowed: copy index to [R, R] cells with a known price, primary region × copy region.
        copy_cost: copy index to [R, R] micro-USD a month of the dataset's change.
    """

    region_rtt: RoundTrips
    point_rtt: dict[str, RoundTrips]
    allowed: dict[int, Mask]
    cost: dict[int, Whole]
    copy_allowed: dict[int, Mask]
    copy_cost: dict[int, Whole]


@dataclass(frozen=True)
class PeriodCandidates:
    """The tables of one period."""

    period: Period
    runs: Runs
    copies: Copies
    paths: Paths


@dataclass(frozen=True)
class Candidates:
    """Tables for every period, and the sorted ids behind their indices.

    Attributes:
        zone_region: [Z] region index of each zone.
        copies: `dataset/role` of each copy.
    """

    components: tuple[str, ...]
    regions: tuple[str, ...]
    zones: tuple[str, ...]
    zone_region: Whole
    datasets: tuple[str, ...]
    copies: tuple[str, ...]
    flows: tuple[str, ...]
    periods: tuple[PeriodCandidates, ...]

    @property
    def alternatives(self) -> tuple[str, ...]:
        """`workload/component on kind` of each alternative."""
        found = self.periods[0].runs.alternatives
        pairs = zip(found.component, found.kind, strict=True)
        return tuple(f"{self.components[int(k)]} on {found.kinds[int(h)]}" for k, h in pairs)
