"""Round trips: what the latency model is made of, and one estimate with where it comes from.

The model is data: a hand-made graph of corridors, a curve from path length to time, and what measured pairs say
beyond the curve (docs/latency.md). It travels inside a plan, so that anyone can recompute what the plan says.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Provenance = Literal["measured", "twin", "interpolated", "modelled"]
PathClass = Literal["inside", "backbone", "internet", "border"]
BandOf = Literal["measured", "twin", "interpolated", "modelled", "inside", "internet", "border", "users", "circle"]

LIGHT_IN_FIBRE_KM_PER_MS: Final = 2 / 3 * 299.792458
"""No round trip over distance d is faster than 2 d over this: the physical floor."""


@dataclass(frozen=True, slots=True)
class Landing:
    """A place on the corridor graph, degrees. Regions and users join only where `joins` is true (a city)."""

    id: str
    lat: Decimal
    lon: Decimal
    joins: bool = True


@dataclass(frozen=True, slots=True)
class Corridor:
    """A cable between two landings."""

    a: str
    b: str
    kind: Literal["terrestrial", "submarine"]


@dataclass(frozen=True, slots=True)
class MeasuredSite:
    """Where a measured region stood when the model was fitted, degrees; `key` is `provider:id`."""

    key: str
    lat: Decimal
    lon: Decimal


@dataclass(frozen=True, slots=True)
class Anchor:
    """A measured pair of regions; `weight` is what it adds to the logarithm of a round trip between its own ends."""

    src: str
    dst: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """From km to ms: base + rise (1 − e^(−L / rise_km)) + slope · 2 L / 199.86, over a path of L weighted km.

    `terrestrial`, `submarine`, `join` and `direct` weigh a great-circle km; a site joins its `joins` nearest cities,
    and two sites less than `direct_km` apart also have an edge of their own.
    """

    base_ms: Decimal
    rise_ms: Decimal
    rise_km: Decimal
    slope: Decimal
    terrestrial: Decimal
    submarine: Decimal
    join: Decimal
    joins: int
    direct: Decimal
    direct_km: Decimal


@dataclass(frozen=True, slots=True)
class Carrying:
    """How a measured pair speaks for a pair nearby: similarity e^(−q / length_km), q the summed distances of the ends.

    Attributes:
        same_provider: how much more a pair of the same provider counts.
        least: below this similarity to every measured pair nothing is carried.
        twin_km: two sites nearer than this are in one metro.
    """

    length_km: Decimal
    same_provider: Decimal
    least: Decimal
    twin_km: Decimal


@dataclass(frozen=True, slots=True)
class Internet:
    """Paths without a backbone of one provider.

    Attributes:
        access_ms: least round trip of a user.
        access_slope: in place of `slope` for users.
        factor: regions of two providers, over the curve.
        border: paths over the border of mainland China, over the curve.
    """

    access_ms: Decimal
    access_slope: Decimal
    factor: Decimal
    border: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """Where nine of ten measurements fall, in thousandths of an estimate up to so many ms.

    Rows of one `of` hold for similarities from `least` on and estimates up to `upto_ms`; the first that fits counts.
    """

    of: BandOf
    least: Decimal
    upto_ms: Decimal
    low: int
    high: int


FALLBACK_BAND: Final = Band("circle", Decimal(0), Decimal(1_000_000), 670, 1500)
"""Where no row of a model fits; the great circle is a third off for one pair in ten."""
ROUGH_BANDS: Final = (
    FALLBACK_BAND,
    Band("measured", Decimal(0), Decimal(1_000_000), 980, 1020),
    Band("inside", Decimal(0), Decimal(1_000_000), 171, 2843),
)
"""Bands of a model that states none of its own."""
MAINLAND: Final = "CN"
"""Paths with one end in this country cross the border of mainland China."""
INSIDE_MS: Final = Decimal("0.76")
HALF_WIDTH_US: Final = 500
"""Sources round to whole milliseconds, so no band is narrower than half a millisecond to each side."""


@dataclass(frozen=True, slots=True)
class LatencyModel:
    """All of the model. Without landings (the default) round trips come from the great circle alone."""

    landings: tuple[Landing, ...] = ()
    corridors: tuple[Corridor, ...] = ()
    curve: Curve | None = None
    carrying: Carrying | None = None
    internet: Internet | None = None
    bands: tuple[Band, ...] = ROUGH_BANDS
    anchors: tuple[Anchor, ...] = ()
    sites: tuple[MeasuredSite, ...] = ()


GREAT_CIRCLE: Final = LatencyModel()


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated median round trip, ms, with the band in which nine of ten measurements fall."""

    rtt_ms: Decimal
    low_ms: Decimal
    high_ms: Decimal
    provenance: Provenance
    path: PathClass
