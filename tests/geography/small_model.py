"""A model small enough to be worked out by hand: four cities, three cables, one measured pair."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from planner.model.catalogue import Region, Zone
from planner.model.latency import (
    Anchor,
    Band,
    Carrying,
    Corridor,
    Curve,
    Internet,
    Landing,
    LatencyModel,
    MeasuredSite,
)

D = Decimal
CURVE = Curve(D("0.18"), D(0), D(1), D(1), D("1.5"), D("1.2"), D("1.5"), 1, D("1.5"), D(100))
MODEL = LatencyModel(
    landings=(
        Landing("a", D(0), D(100)),
        Landing("b", D(0), D(110)),
        Landing("c", D(10), D(110)),
        Landing("mid", D(0), D(105), joins=False),
    ),
    corridors=(Corridor("a", "mid", "submarine"), Corridor("mid", "b", "submarine"), Corridor("b", "c", "terrestrial")),
    curve=CURVE,
    carrying=Carrying(D(1000), D(1), D("0.1"), D(60)),
    internet=Internet(D(5), D(1), D("1.25"), D(3)),
    bands=(
        Band("interpolated", D(0), D(1000), 800, 1250),
        Band("interpolated", D(0), D(10), 500, 2000),
        Band("interpolated", D("0.9"), D(1000), 900, 1100),
        Band("measured", D(0), D(1000), 980, 1020),
    ),
)
"""One degree on the equator is 111.195 km, so a–mid–b is 1111.95 km × 1.2 = 1334.34 weighted km."""


def region(key: str, lat: float, lon: float, country: str = "MY") -> Region:
    provider, _, name = key.partition(":")
    where = {"lat": D(str(lat)), "lon": D(str(lon))}
    return Region(provider=provider, id=name, country=country, zones=(Zone(f"{name}-1"),), **where)


A, B, C = region("p:a", 0, 100), region("p:b", 0, 110), region("p:c", 10, 110)


def with_measured(weight: str) -> LatencyModel:
    """The model with one measured pair p:a – p:b of a given weight."""
    sites = (MeasuredSite("p:a", D(0), D(100)), MeasuredSite("p:b", D(0), D(110)))
    return replace(MODEL, anchors=(Anchor("p:a", "p:b", D(weight)),), sites=sites)
