"""Areas: places with a law of their own inside a country, and outlines by which a point is found in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from planner.errors import Where
from planner.model.provenance import HIDDEN, NOWHERE
from planner.model.question import OneOrMany

Ring = tuple[tuple[float, float], ...]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A place with a law of its own (`area:ae-difc`).

    `country` is the one it lies in (ISO 3166-1): a region of another country is never found in it. `displaces` names
    the codes whose law does not reach into it.
    """

    name: str
    displaces: Annotated[tuple[str, ...], OneOrMany()] = ()
    country: str | None = None
    source: str | None = None
    as_of: date | None = None
    confidence: Literal["high", "medium", "low", "memory"] | None = None
    accuracy_km: Decimal | None = None
    note: str | None = None
    where: Where = field(default=NOWHERE, metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Outline:
    """Where an area lies: polygons of rings of (lon, lat) in degrees, the first ring the rim, the others holes.

    `accuracy_km` says how far the line that is drawn may lie from the true one.
    """

    area: str
    polygons: tuple[tuple[Ring, ...], ...]
    accuracy_km: float
    country: str | None = None
    where: Where = field(default=NOWHERE, compare=False)

    @property
    def rims(self) -> tuple[Ring, ...]:
        """The outer ring of each polygon."""
        return tuple(rings[0] for rings in self.polygons)

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north in degrees."""
        lons, lats = zip(*(point for rim in self.rims for point in rim), strict=True)
        return min(lons), min(lats), max(lons), max(lats)
