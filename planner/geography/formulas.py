"""Formulas: from the length of a way to a round trip, ms (docs/mathematics.md, part 1)."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from planner.model.latency import LIGHT_IN_FIBRE_KM_PER_MS, Curve, Internet
from planner.model.round_trips import PATHS, Codes

Numbers = NDArray[np.float64]
FIBRE: float = 199.86
"""km a millisecond in fibre, as the measured curve was written down."""


def curve_ms(way: Numbers, curve: Curve) -> Numbers:
    """Round trip over the backbone of one provider along so many weighted km."""
    rise = float(curve.rise_ms) * (1 - np.exp(-way / float(curve.rise_km)))
    return np.asarray(float(curve.base_ms) + rise + float(curve.slope) * 2 * way / FIBRE)


def users_ms(way: Numbers, access_ms: Decimal, access_slope: Decimal) -> Numbers:
    """Round trip from users over the public internet along so many weighted km."""
    return np.asarray(float(access_ms) + float(access_slope) * 2 * way / FIBRE)


def by_class(
    alone: Numbers, way: Numbers, log: Numbers, paths: Codes, users: NDArray[np.bool_], net: Internet
) -> Numbers:
    """Each pair by the class of its path: `alone` over the graph, `log` what is carried to it."""
    from_users = users_ms(way, net.access_ms, net.access_slope)
    border = np.maximum(alone * float(net.border), np.where(users, from_users, 0.0))
    internet = np.where(users, from_users, alone * float(net.factor))
    cases = [paths == PATHS.index("border"), paths == PATHS.index("internet")]
    return np.select(cases, [border, internet], alone * np.exp(log))


def circle_ms(distance: Numbers, users: NDArray[np.bool_]) -> Numbers:
    """Without corridors: 4.3 ms and 1.516 times the floor; from users as over a way 1.5 times the distance."""
    between = 4.3 + 1.516 * 2 * distance / LIGHT_IN_FIBRE_KM_PER_MS
    return np.where(users, users_ms(1.5 * distance, Decimal("5.05"), Decimal("1.119")), between)


def floor_us(distance: Numbers) -> NDArray[np.int64]:
    """The physical floor of a round trip over so many km, microseconds, rounded up."""
    return np.asarray(np.ceil(2000 * distance / LIGHT_IN_FIBRE_KM_PER_MS), dtype=np.int64)
