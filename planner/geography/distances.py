"""Distances: great circles between points given in degrees."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088
Points = Sequence[tuple[Decimal, Decimal]]


def great_circle_km(a: Points, b: Points) -> NDArray[np.float64]:
    """Haversine distance in km for all pairs, shape [len(a), len(b)]; points are (lat, lon) in degrees."""
    first, second = (np.radians(np.array(p, dtype=float).reshape(-1, 2)) for p in (a, b))
    lat1, lon1 = first[:, :1], first[:, 1:]
    lat2, lon2 = second[:, 0][None, :], second[:, 1][None, :]
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
