"""Outlines: the land inside a frame, clipped and simplified to what a drawing of that size can show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from planner.geography.borders import Borders

Ring = tuple[tuple[float, float], ...]
SLACK: Final = 0.02
"""How far land is kept beyond the frame, as a part of its width, so that no edge of a clipped country shows."""


def outlines(
    borders: Borders, frame: tuple[float, float, float, float], tolerance: float, smallest: float
) -> dict[str, tuple[Ring, ...]]:
    """The rims of the land of each country in a frame, as closed rings of points.

    Args:
        borders: the land.
        frame: west, south, east, north, km on the Mercator plane.
        tolerance: how far a simplified line may be from its own, km on the plane.
        smallest: islands of less area are left out, unless a country has no larger one; km² on the plane.

    Returns:
        rings of (x, y) in km on the plane by country, largest first. Lakes are not cut out.
    """
    from shapely import box

    west, south, east, north = frame
    slack = SLACK * (east - west)
    window = box(west - slack, south - slack, east + slack, north + slack)
    parts: dict[str, list[Any]] = {}
    for code, shape in borders.land_in(*frame):
        parts.setdefault(code, []).extend(_pieces(shape.intersection(window)))
    return {code: rings for code, own in parts.items() if (rings := tuple(_rings(own, tolerance, smallest)))}


def _pieces(shape: Any) -> Iterator[Any]:
    for piece in getattr(shape, "geoms", (shape,)):
        if piece.geom_type == "Polygon" and not piece.is_empty:
            yield piece


def _rings(pieces: list[Any], tolerance: float, smallest: float) -> Iterator[Ring]:
    ordered = sorted(pieces, key=lambda piece: (-piece.area, piece.bounds))
    for place, piece in enumerate(ordered):
        if place and piece.area < smallest:
            return
        rim = piece.exterior.simplify(tolerance, preserve_topology=True)
        yield tuple((float(x), float(y)) for x, y in rim.coords)
