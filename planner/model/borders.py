"""Borders: how near the land of a country is to a point, and who claims the areas that several states claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

SNAP_KM: Final = 10.0
"""A point off the coast by no more than this belongs to the nearest land."""
LINE_KM: Final = 2.0
"""How far a shipped line may be from its source; a point nearer to a border may lie on either side."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """An area that several states claim, as a frame in degrees.

    Attributes:
        parties: ISO 3166-1 codes that may be chosen for it.
        accepted: of these, the codes a region in it may declare unless one was chosen; empty = as the line is drawn.
    """

    area: str
    name: str
    parties: tuple[str, ...]
    accepted: tuple[str, ...]
    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies in the frame."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a point stands: km to the land of each country within reach, 0 = on it; nearest first."""

    near: tuple[tuple[str, float], ...]

    @property
    def country(self) -> str:
        """The country on whose land it stands, or of the nearest land within reach; empty = offshore."""
        return self.near[0][0] if self.near else ""

    @property
    def possible(self) -> frozenset[str]:
        """The countries it may stand in, since lines are drawn with an error of `LINE_KM`."""
        return frozenset(code for code, km in self.near if km <= self.near[0][1] + LINE_KM)


@dataclass(frozen=True, slots=True)
class Disputes:
    """The explicit setting for disputed areas: who is accepted where, and the code chosen for an area, if any was."""

    areas: tuple[Dispute, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)

    def accepted(self, lat: float, lon: float, standing: Standing) -> frozenset[str]:
        """The countries that a region at a point may declare."""
        codes = standing.possible
        for area in self.areas:
            if area.holds(lat, lon):
                one = self.chosen.get(area.area)
                codes = codes - {*area.parties} | {one} if one else codes | {*area.accepted}
        return codes


@dataclass(frozen=True, slots=True)
class Placed:
    """A region as somebody states it: its country (ISO 3166-1), which is the truth, its point (degrees), its city."""

    key: str
    country: str
    lat: float
    lon: float
    city: str = ""


@dataclass(frozen=True, slots=True)
class City:
    """A city and where it lies, degrees; `known_from` is the key of the region that says so, if one does."""

    country: str
    city: str
    lat: float
    lon: float
    known_from: str = ""


@dataclass(frozen=True, slots=True)
class Cities:
    """Cities to compare points with.

    Attributes:
        central: those in the middle of their country, where a point is no sign that the country was meant.
        known: where cities of a name lie; a region is not compared with what is known from itself alone.
    """

    central: tuple[City, ...] = ()
    known: tuple[City, ...] = ()


Slip = Literal["sign", "swap", "offshore", "centroid", "country", "city"]


@dataclass(frozen=True, slots=True)
class Misplaced:
    """What is wrong with a point: the slip that explains it, a sentence, and how to mend it."""

    key: str
    slip: Slip
    text: str
    hint: str
