"""Sites: the ends of paths, and the class of the path between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from planner.model.catalogue import Region
from planner.model.latency import MAINLAND
from planner.model.question import DemandPoint
from planner.model.round_trips import PATHS, Codes


@dataclass(frozen=True, slots=True)
class Site:
    """An end of a path: a region, or a place where users are (then `provider` is empty)."""

    key: str
    provider: str
    country: str
    lat: Decimal
    lon: Decimal

    @property
    def point(self) -> tuple[Decimal, Decimal]:
        """Latitude and longitude, degrees."""
        return self.lat, self.lon


def site_of(end: Region | DemandPoint) -> Site:
    """A region or a demand point as the end of a path."""
    if isinstance(end, DemandPoint):
        return Site(end.place, "", end.country, end.lat, end.lon)
    return Site(end.key, end.provider, end.country, end.lat, end.lon)


def users_at(a: Sequence[Site], b: Sequence[Site]) -> NDArray[np.bool_]:
    """Pairs with users at an end, shape [len(a), len(b)]."""
    return np.asarray(np.array([not s.provider for s in a])[:, None] | np.array([not s.provider for s in b])[None, :])


def classes_of(a: Sequence[Site], b: Sequence[Site]) -> Codes:
    """Index into PATHS of each pair, shape [len(a), len(b)]."""
    providers = np.array([s.provider for s in a])[:, None] == np.array([s.provider for s in b])[None, :]
    mainland = np.array([s.country == MAINLAND for s in a])[:, None] != np.array([s.country == MAINLAND for s in b])
    same = np.array([s.key for s in a])[:, None] == np.array([s.key for s in b])[None, :]
    out = np.where(providers & ~users_at(a, b), PATHS.index("backbone"), PATHS.index("internet"))
    out = np.where(mainland, PATHS.index("border"), out)
    return np.asarray(np.where(same, PATHS.index("inside"), out), dtype=np.int8)
