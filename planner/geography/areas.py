"""Areas: whether a point lies inside an outline, and how deep; shapely is imported where a point comes near one.

Distances are km on a plane that touches the Earth at the point: right to a per cent within 300 km of it, and only the
distance to the nearest line counts. Edges are straight in degrees, as GeoJSON has them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import cos, hypot, radians
from typing import Any, Final

from planner.geography.distances import EARTH_RADIUS_KM
from planner.model.areas import Outline

KM_PER_DEGREE: Final = radians(1) * EARTH_RADIUS_KM


def lies_near(outline: Outline, lat: float, lon: float, km: float) -> bool:
    """Whether the point is within `km` of the box around the outline; False = it is further from the outline."""
    west, south, east, north = outline.bounds
    across, up = _scale(lat)
    beside = max(west - lon, lon - east, 0.0) * across
    above = max(south - lat, lat - north, 0.0) * up
    return hypot(beside, above) <= km


def most_depth_km(outline: Outline, lat: float, lon: float) -> float:
    """A bound, without geometry, on how deep the point can lie inside: no deeper than its way to a corner or side."""
    west, south, east, north = outline.bounds
    across, up = _scale(lat)
    sides = min((lon - west) * across, (east - lon) * across, (lat - south) * up, (north - lat) * up)
    corners = (hypot((x - lon) * across, (y - lat) * up) for rim in outline.rims for x, y in rim)
    return min(sides, *corners)


def depth_km(outline: Outline, lat: float, lon: float) -> float:
    """How deep the point lies inside the outline; 0 on its line, negative as far as it lies outside."""
    from shapely import Point

    across, up = _scale(lat)
    here = Point(0.0, 0.0)
    whole = _shape(outline, lambda x, y: ((x - lon) * across, (y - lat) * up))
    away = float(whole.boundary.distance(here))
    return away if whole.covers(here) else -away


def find_flaw(outline: Outline) -> str:
    """Why an outline is no set of polygons apart from each other (`Self-intersection[103.5 1.4]`), or nothing."""
    from shapely import is_valid_reason

    reason = str(is_valid_reason(_shape(outline, lambda x, y: (x, y))))
    return "" if reason == "Valid Geometry" else reason


def _shape(outline: Outline, move: Callable[[float, float], tuple[float, float]]) -> Any:
    from shapely import MultiPolygon, Polygon

    parts = [[[move(x, y) for x, y in ring] for ring in rings] for rings in outline.polygons]
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in parts])


def _scale(lat: float) -> tuple[float, float]:
    """Km for a degree of longitude and of latitude."""
    return KM_PER_DEGREE * cos(radians(lat)), KM_PER_DEGREE


def point_accuracy_km(lat: Decimal, lon: Decimal, stated: Decimal | None) -> float:
    """How far a site may lie from its point: as stated, else half of the last digit written of lat and lon.

    A point that is written without its accuracy is not exact: 25.2 stands for all from 25.15 to 25.25.
    """
    if stated is not None:
        return float(stated)
    across, up = _scale(float(lat))
    return hypot(_half_digit(lat) * up, _half_digit(lon) * across)


def _half_digit(value: Decimal) -> float:
    exponent = value.as_tuple().exponent
    return 0.5 * 10.0 ** (exponent if isinstance(exponent, int) else 0)
