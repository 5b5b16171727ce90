"""The map of a plan in a notebook: as a drawing, and as a GeoDataFrame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.reading.borders import read_borders
from planner.reports.map.drawing import map_svg
from planner.reports.map.features import features_of
from planner.reports.map.places import sights_of

if TYPE_CHECKING:
    import geopandas


@dataclass(frozen=True)
class Map:
    """A drawing that a notebook shows; `svg` is its text."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


def map_of(plan: Plan, scenario: Scenario) -> Map:
    """The drawing of a plan's places, users and traffic."""
    return Map(map_svg(sights_of(plan, scenario), read_borders()))


def geo_of(plan: Plan, scenario: Scenario) -> geopandas.GeoDataFrame:
    """Regions in use, users and flows, one row each (EPSG:4326)."""
    import geopandas

    rows = [feature.row() for feature in features_of(plan, scenario)]
    features = [{"type": "Feature", "geometry": row.pop("geometry"), "properties": row} for row in rows]
    return geopandas.GeoDataFrame.from_features(features, crs="EPSG:4326")
