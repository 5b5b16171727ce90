"""Moving: what stands where today, what it costs to move it, and how much may move when."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from planner.errors import Where
from planner.model.provenance import HIDDEN, NOWHERE, Provenance
from planner.model.units import Gigabytes, Months, Usd


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration(Provenance):
    """What one move into a region costs once.

    Attributes:
        cost: USD for people and tools.
        data: GB carried out of the region that it comes from, at that region's egress price; a copy's own size where
            it is not stated.
        parallel: months in which the region that it leaves is paid for as well.
    """

    cost: Usd = Decimal(0)
    data: Gigabytes | None = None
    parallel: Months = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something stands before the first period: `what` is `workload/component` or `dataset:ID[/role]`."""

    what: str
    region: str
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Moves:
    """How much may move: at most so many entries into a region in each period, and none in the frozen ones."""

    at_most: int | None = None
    freeze: tuple[str, ...] = ()
