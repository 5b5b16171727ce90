"""Frames: which part of the Mercator plane a panel of a map shows, and where in the drawing the panel stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from planner.reports.map.places import Place, Sights

Point = tuple[float, float]
Spot = tuple[float, float, float, float]
LEAST_KM: Final = 600.0
LEAST_INSET_KM: Final = 60.0
MOST_INSETS: Final = 3
GAP: Final = 10.0
LEAST_INSET: Final = 180.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of a drawing, its insets and its letters.

    Attributes:
        beside: insets stand to the right, else below.
        near: places nearer to each other than this are shown as one, and apart in an inset.
    """

    width: float
    least_height: float
    most_height: float
    inset: float
    font: float
    beside: bool
    near: float


WIDE: Final = Sheet(720, 380, 600, 208, 12.5, True, 20)
NARROW: Final = Sheet(380, 300, 480, 185, 12, False, 14)


@dataclass(frozen=True, slots=True)
class Panel:
    """A window on the plane: its left, top, width and height in the drawing, and what part of the plane it shows.

    Attributes:
        west, north: the upper left corner on the plane, km.
        km: how many km one unit of the drawing is.
        letter: of an inset.
        places: positions of the places that are told apart here.
    """

    left: float
    top: float
    width: float
    height: float
    west: float
    north: float
    km: float
    letter: str
    places: tuple[int, ...]

    def at(self, x: float, y: float) -> Point:
        """Where a point of the plane stands in the drawing."""
        return self.left + (x - self.west) / self.km, self.top + (self.north - y) / self.km

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """West, south, east, north on the plane, km."""
        return self.west, self.north - self.height * self.km, self.west + self.width * self.km, self.north

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point of the drawing lies inside, so far from the edge."""
        x, y = point
        across = self.left + margin <= x <= self.left + self.width - margin
        return across and self.top + margin <= y <= self.top + self.height - margin


def panels_of(sights: Sights, sheet: Sheet) -> tuple[Panel, ...]:
    """The main panel, then an inset for each group of places that would stand too close there."""
    points = [*((p.x, p.y) for p in sights.places), *((c.x, c.y) for c in sights.crowds)]
    whole = _main(points, sheet, sheet.width, sights)
    if not near_groups(whole, sights.places, sheet.near):
        return (whole,)
    main = _main(points, sheet, sheet.width - sheet.inset - GAP if sheet.beside else sheet.width, sights)
    groups = near_groups(main, sights.places, sheet.near)[:MOST_INSETS]
    spots = _beside(main, len(groups), sheet) if sheet.beside else _below(main, len(groups), sheet)
    insets = [_inset(n, group, sights.places, spot) for n, (group, spot) in enumerate(zip(groups, spots, strict=True))]
    height = max(main.height, insets[-1].top + insets[-1].height) if sheet.beside else main.height
    return _taller(main, height), *insets


def _beside(main: Panel, count: int, sheet: Sheet) -> list[Spot]:
    """Insets to the right share the height of the main panel."""
    height = max((main.height - (count - 1) * GAP) / count, LEAST_INSET)
    return [(main.width + GAP, n * (height + GAP), sheet.inset, height) for n in range(count)]


def _below(main: Panel, count: int, sheet: Sheet) -> list[Spot]:
    """Two insets stand side by side below the main panel; an odd one takes the width."""
    half = (sheet.width - GAP) / 2
    out = []
    for n in range(count):
        alone = n == count - 1 and n % 2 == 0
        top = main.height + GAP + n // 2 * (sheet.inset + GAP)
        out.append((n % 2 * (half + GAP), top, sheet.width if alone else half, sheet.inset))
    return out


def near_groups(panel: Panel, places: Sequence[Place], near: float) -> list[tuple[int, ...]]:
    """Places that stand too close to one another in a panel, the largest groups first."""
    at = [panel.at(place.x, place.y) for place in places]
    groups: list[set[int]] = []
    for n in range(len(places)):
        close = [g for g in groups if any(hypot(at[n][0] - at[m][0], at[n][1] - at[m][1]) < near for m in g)]
        groups = [g for g in groups if g not in close] + [{n}.union(*close)]
    several = [tuple(sorted(group)) for group in groups if len(group) > 1]
    return sorted(several, key=lambda group: (-len(group), group))


def extent(panels: Sequence[Panel]) -> tuple[float, float]:
    """Width and height of the whole drawing."""
    return max(p.left + p.width for p in panels), max(p.top + p.height for p in panels)


def _main(points: Sequence[Point], sheet: Sheet, width: float, sights: Sights) -> Panel:
    west, south, east, north = _around(points, LEAST_KM, 0.09)
    height = min(max(width * (north - south) / (east - west), sheet.least_height), sheet.most_height)
    return _fitted((west, south, east, north), (0.0, 0.0, width, height), "", range(len(sights.places)))


def _inset(number: int, group: tuple[int, ...], places: Sequence[Place], spot: Spot) -> Panel:
    around = _around([(places[n].x, places[n].y) for n in group], LEAST_INSET_KM, 0.45)
    return _fitted(around, spot, "ABC"[number], group)


def _around(points: Iterable[Point], least: float, margin: float) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    wide = max(max(xs) - min(xs), max(ys) - min(ys), least) * margin
    across, up = (max(least, max(side) - min(side)) / 2 + wide for side in (xs, ys))
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return x - across, y - up, x + across, y + up


def _fitted(
    around: tuple[float, float, float, float],
    spot: Spot,
    letter: str,
    places: Iterable[int],
) -> Panel:
    west, south, east, north = around
    left, top, width, height = spot
    km = max((east - west) / width, (north - south) / height)
    x, y = (west + east) / 2, (south + north) / 2
    return Panel(left, top, width, height, x - width * km / 2, y + height * km / 2, km, letter, tuple(places))


def _taller(panel: Panel, height: float) -> Panel:
    more = (height - panel.height) * panel.km / 2
    north = panel.north + more
    return Panel(panel.left, panel.top, panel.width, height, panel.west, north, panel.km, "", panel.places)
