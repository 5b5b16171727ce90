"""Egress: traffic that leaves a region, USD a GB by region pair; inside one region it is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.model.catalogue import Region
from planner.model.exact import ExactTable


@dataclass(frozen=True)
class EgressPrices:
    """Prices between all regions, read once."""

    regions: Sequence[Region]

    @cached_property
    def _pairs(self) -> tuple[ExactTable, NDArray[np.bool_]]:
        rows = [[a.prices.egress_to(b.key) if a is not b else None for b in self.regions] for a in self.regions]
        count = len(self.regions)
        table = ExactTable.of([figure.value if figure else None for row in rows for figure in row])
        known = np.array([[f is not None for f in row] for row in rows], dtype=bool).reshape(count, count)
        return ExactTable(table.numerators.reshape(count, count), table.denominator), known | np.eye(count, dtype=bool)

    def pair_cost(self, volume_gb: Decimal) -> NDArray[np.int64]:
        """[R, R] micro-USD a month of a volume from row region to column region."""
        return self.pair_usd(volume_gb).micro()

    def pair_usd(self, volume_gb: Decimal) -> ExactTable:
        """[R, R] the same in USD, not yet rounded."""
        return self._pairs[0].times(volume_gb)

    def pair_known(self, volume_gb: Decimal) -> NDArray[np.bool_]:
        """[R, R] cells whose price is known or not needed."""
        return np.asarray(self._pairs[1] | (not volume_gb))

    def internet_cost(self, volumes_gb: Sequence[Decimal]) -> NDArray[np.int64]:
        """[volumes, R] micro-USD a month of volumes served to users from each region."""
        prices = [region.prices.internet for region in self.regions]
        return ExactTable.of(volumes_gb).outer(ExactTable.of([p.value if p else None for p in prices])).micro()

    def internet_known(self, volumes_gb: Sequence[Decimal]) -> NDArray[np.bool_]:
        """[volumes, R] cells whose internet price is known or not needed."""
        known = np.array([region.prices.internet is not None for region in self.regions], dtype=bool)
        needed = np.array([bool(v) for v in volumes_gb], dtype=bool)
        return np.asarray(known[None, :] | ~needed[:, None])
