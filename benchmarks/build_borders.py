"""Make regions/borders/countries.json from the countries of Natural Earth, scale 1:10m, as npm's world-atlas has them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m benchmarks.build_borders package/countries-10m.json          half a minute, the same input: the same file

The input is TopoJSON: lines that two countries share are stored once, so each line is simplified once and stays
shared. A line keeps its detail where another country is near, on land or over water; an open coast is drawn roughly,
as a point off the coast is taken to the nearest land anyway.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.country_numbers import CODES, OWNERS, PARTS
from planner.reading.inspecting import catalogue_of
from planner.reading.library import Library, data_root

Points = NDArray[np.float64]
SHA256: Final = "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79"
NEIGHBOURS: Final = frozenset(re.findall("..", "BNKHLAMMTLPGBDLKNPBTPKMNKPMOVNTWOMKWBHQAJOPS"))
"""Countries of Asia without a shipped region that lie beside one with such a region."""
NEAR_DEGREES: Final = 0.3
FINE, COAST, ELSEWHERE = 0.01, 0.05, 0.25
"""How far a line may be moved, degrees: near another country, on an open coast, between countries not in play."""
POLAR_DEGREES: Final = 62
"""Beyond this latitude an open coast is drawn as roughly as one elsewhere: it has more points than all the others."""
LEAST_KM2: Final = {"fine": 20.0, "coarse": 2500.0}
TINY_KM2: Final = 6000.0
KM2_PER_DEGREE2: Final = 111.195**2


@dataclass(frozen=True)
class Atlas:
    """Lines of points (lon, lat), and of each country its polygons as rings of indices; ~n is line n backwards."""

    lines: list[Points]
    countries: dict[str, list[list[list[int]]]]

    def owners(self) -> dict[int, set[str]]:
        """The countries on both sides of each line."""
        found: dict[int, set[str]] = defaultdict(set)
        for code, polygons in self.countries.items():
            for index in (index for rings in polygons for ring in rings for index in ring):
                found[max(index, ~index)].add(code)
        return found


def main(path: Path) -> None:
    """Read, simplify, write."""
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        sys.exit(f"{path} is not countries-10m.json of world-atlas 2.0.2")
    atlas = read_atlas(json.loads(raw))
    fine = {region.country for region in catalogue_of(Library.shipped()).regions.values()} | NEIGHBOURS
    shapes = with_parts({code: shape_of(atlas.lines, rings) for code, rings in atlas.countries.items()})
    thin = Atlas(simplified(atlas, shapes, fine), atlas.countries)
    drawn = with_parts({code: shape_of(thin.lines, rings) for code, rings in thin.countries.items()})
    found = {code: shape for code, shape in sorted(drawn.items()) if not shape.is_empty}
    kept = {code: on_grid(without_specks(shape, code in fine)) for code, shape in found.items()}
    target = data_root() / "regions" / "borders" / "countries.json"
    target.write_text(as_geojson(kept, fine), encoding="utf-8")
    corners = sum(int(shapely.get_num_coordinates(shape)) for shape in kept.values())
    print(f"{len(kept)} countries, {corners} corners, {target.stat().st_size:,} bytes")


def read_atlas(topology: Any) -> Atlas:
    """TopoJSON with differences of integers as lines in degrees; what has no code of its own goes to its owner."""
    scale, start = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    lines = [unwrapped(np.cumsum(np.array(arc), axis=0) * scale + start) for arc in topology["arcs"]]
    countries: dict[str, list[list[list[int]]]] = defaultdict(list)
    for each in topology["objects"]["countries"]["geometries"]:
        polygons = [each["arcs"]] if each["type"] == "Polygon" else each["arcs"]
        countries[CODES.get(each.get("id", ""), "") or OWNERS[each["properties"]["name"]]] += polygons
    del countries["AQ"]
    return Atlas(lines, dict(countries))


def shape_of(lines: Sequence[Points], polygons: Iterable[list[list[int]]]) -> Any:
    """A country as one valid geometry of polygons only."""
    rings = [[drawn(lines, ring) for ring in polygon] for polygon in polygons]
    usable = [[ring for ring in each if len(ring) > 3] for each in rings if len(each[0]) > 3]
    parts = [shapely.Polygon(rim, holes) for rim, *holes in usable]
    whole = shapely.union_all([only_polygons(shapely.make_valid(part)) for part in parts])
    return only_polygons(shapely.union_all([within_the_map(whole, turns) for turns in (-360, 0, 360)]))


def within_the_map(shape: Any, shift: int) -> Any:
    """What of a shape, moved by so many degrees of longitude, lies between the two sides of the 180th meridian."""
    moved = shapely.transform(shape, lambda points: points + np.array([shift, 0]))
    return only_polygons(shapely.intersection(moved, shapely.box(-180, -90, 180, 90)))


def unwrapped(points: Points) -> Points:
    """Points in whose order no longitude jumps from 180 to -180; it goes on to 181 instead."""
    return np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])


def drawn(lines: Sequence[Points], ring: list[int]) -> Points:
    """The points of a ring; lines meet in a point that is written once."""
    pieces = [lines[index] if index >= 0 else lines[~index][::-1] for index in ring]
    return unwrapped(np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])]))


def only_polygons(shape: Any) -> Any:
    """The polygons of a geometry."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def simplified(atlas: Atlas, shapes: dict[str, Any], fine: set[str] | frozenset[str]) -> list[Points]:
    """Each line with fewer points."""
    small = {code for code, shape in shapes.items() if sizes_km2(shape).sum() <= TINY_KM2}
    parts = [(code, part) for code in sorted(shapes) for part in shapely.get_parts(shapes[code])]
    tree, owners = shapely.STRtree([part for _, part in parts]), atlas.owners()
    out = []
    for index, line in enumerate(atlas.lines):
        own = owners[index]
        near = np.full(len(line), len(own) > 1)
        if len(own) == 1 and own & fine:
            at, of = tree.query(shapely.points(line), predicate="dwithin", distance=NEAR_DEGREES)
            near[at[[parts[each][0] not in own for each in of]]] = True
        coast = COAST if np.abs(line[:, 1]).min() < POLAR_DEGREES else ELSEWHERE
        exact, rough = (FINE, FINE) if own & small else (FINE, coast) if own & fine else (ELSEWHERE, ELSEWHERE)
        out.append(thinned(line, near, exact, rough))
    return out


def thinned(line: Points, near: NDArray[np.bool_], fine: float, coast: float) -> Points:
    """A line simplified by its runs near another country and far from any; its ends stay where they are."""
    pieces = [line[:1]]
    for is_near, run in groupby(range(len(line) - 1), lambda n: bool(near[n] or near[n + 1])):
        steps = list(run)
        tolerance = fine if is_near else coast
        piece = shapely.get_coordinates(shapely.LineString(line[steps[0] : steps[-1] + 2]).simplify(tolerance))
        pieces += [np.round(piece[1:-1], 3 if tolerance == FINE else 2), piece[-1:]]
    joined = np.round(np.concatenate(pieces), 3)
    return joined if len(joined) > 3 or tuple(line[0]) != tuple(line[-1]) else np.round(line, 3)


def with_parts(shapes: dict[str, Any]) -> dict[str, Any]:
    """The shapes with what has an ISO code of its own cut out of the country in whose outline it is drawn."""
    for code, (owner, box) in PARTS.items():
        frame = shapely.box(*box)
        shapes[code] = only_polygons(shapely.intersection(shapes[owner], frame))
        shapes[owner] = only_polygons(shapely.difference(shapes[owner], frame))
    return shapes


def without_specks(shape: Any, is_fine: bool) -> Any:
    """Without small islands, but of a small country with all."""
    parts, size = shapely.get_parts(shape), sizes_km2(shape)
    least = LEAST_KM2["fine" if is_fine else "coarse"] if size.sum() > TINY_KM2 else 1.0
    polar = np.abs(shapely.get_y(shapely.centroid(parts))) > POLAR_DEGREES
    enough = size >= np.where(polar, np.maximum(least, LEAST_KM2["coarse"]), least)
    return shapely.MultiPolygon(list(parts[enough | (size == size.max())]))


def on_grid(shape: Any) -> Any:
    """The shape with every corner at a thousandth of a degree, still valid."""
    return only_polygons(shapely.set_precision(shape, 0.001))


def sizes_km2(shape: Any) -> NDArray[np.float64]:
    """About how large each polygon of a shape is."""
    parts = shapely.get_parts(shape)
    middle = np.radians(shapely.get_y(shapely.centroid(parts)))
    return np.asarray(shapely.area(parts) * np.cos(middle) * KM2_PER_DEGREE2)


def as_geojson(shapes: dict[str, Any], fine: set[str] | frozenset[str]) -> str:
    """One feature a line."""
    head = {
        "type": "FeatureCollection",
        "source": "Natural Earth 4.1, 1:10m countries, through npm world-atlas 2.0.2, simplified",
        "licence": "public domain",
    }
    rows = []
    for code, shape in shapes.items():
        detail = "fine" if code in fine else "coarse"
        geometry = json.loads(shapely.to_geojson(shapely.normalize(shape)))
        feature = {"type": "Feature", "properties": {"code": code, "detail": detail}, "geometry": geometry}
        rows.append(json.dumps(feature, separators=(",", ":")))
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + ",\n".join(rows) + "\n]}\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
