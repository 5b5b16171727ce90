"""Drawing: a map as SVG. Colours are names that a style sheet explains, so that it follows light, dark and print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise
from math import hypot, sqrt
from typing import Any, Final

from planner.geography.borders import Borders
from planner.geography.outlines import Ring, outlines
from planner.reports.map.frames import WIDE, Panel, Point, Sheet, extent, panels_of
from planner.reports.map.labels import LINE, Label, Spot, Wanted, place_labels, shortened
from planner.reports.map.places import Link, Place, Sights
from planner.reports.rendering import render

LEAST_DISC, MOST_DISC = 4.5, 15.0
LEAST_LINE, MOST_LINE = 1.0, 6.0
LEAST_SPOKE, MOST_SPOKE = 0.5, 2.5
RING: Final = 2.6
RIM: Final = 1.0
TOLERANCE: Final = 0.8
"""How far a coast may be from its line, in units of the drawing."""
SMALLEST: Final = 7.0
BEND: Final = 0.16


@dataclass(frozen=True, slots=True)
class Disc:
    """One place, or several that stand too close and are told apart in an inset, in one panel of a drawing."""

    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    title: str
    style: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One panel with everything in it, as numbers and texts."""

    panel: Panel
    land: tuple[tuple[str, bool], ...]
    spokes: tuple[tuple[float, str], ...]
    arcs: tuple[tuple[str, float, str], ...]
    rings: tuple[tuple[float, float, str], ...]
    discs: tuple[Disc, ...]
    labels: tuple[Label | None, ...]


def map_svg(sights: Sights, borders: Borders, *, sheet: Sheet = WIDE, name: str = "map", alone: bool = True) -> str:
    """A map as one SVG element; empty where there is nothing to show.

    Args:
        sights: what it shows.
        borders: the land.
        sheet: the size of the drawing.
        name: begins every id inside, so that one document can hold several maps.
        alone: whether it brings its own style sheet; a page has it already.
    """
    if not sights.places and not sights.crowds:
        return ""
    drawn = draw(sights, borders, sheet)
    width, height = extent([each.panel for each in drawn])
    size = {
        "width": _n(width),
        "height": _n(height),
        "font": sheet.font,
        "line": sheet.font * LINE,
        "titles": sheet.beside,
    }
    return render("map.svg.j2", drawn=drawn, name=name, alone=alone, words=_words(sights), n=_n, **size)


def draw(sights: Sights, borders: Borders, sheet: Sheet = WIDE) -> tuple[Drawn, ...]:
    """The main panel, then the insets, with every position worked out."""
    main, *insets = panels_of(sights, sheet)
    return (_main(sights, borders, main, insets, sheet), *(_inset(sights, borders, each, sheet) for each in insets))


def _main(sights: Sights, borders: Borders, panel: Panel, insets: Sequence[Panel], sheet: Sheet) -> Drawn:
    alone = [n for n in range(len(sights.places)) if not any(n in inset.places for inset in insets)]
    discs = [*(_group(sights, inset, panel) for inset in insets), *(_disc(sights, n, panel) for n in alone)]
    middle = {n: (disc.x, disc.y) for disc, inset in zip(discs, insets, strict=False) for n in inset.places}
    middle |= {n: panel.at(sights.places[n].x, sights.places[n].y) for n in alone}
    return _panel(sights, borders, panel, discs, middle, sheet)


def _inset(sights: Sights, borders: Borders, panel: Panel, sheet: Sheet) -> Drawn:
    at = {n: panel.at(place.x, place.y) for n, place in enumerate(sights.places)}
    inside = [n for n in at if panel.holds(at[n], 2.0)]
    return _panel(sights, borders, panel, [_disc(sights, n, panel) for n in inside], at, sheet)


def _panel(
    sights: Sights, borders: Borders, panel: Panel, discs: Sequence[Disc], at: dict[int, Point], sheet: Sheet
) -> Drawn:
    discs = _apart(discs)
    used = {place.country for place in sights.places}
    found = outlines(borders, panel.frame, TOLERANCE * panel.km, SMALLEST * panel.km**2)
    land = tuple((_path(rings, panel), code in used) for code, rings in found.items())
    rings = tuple((*panel.at(c.x, c.y), _crowd_words(c)) for c in sights.crowds if panel.holds(panel.at(c.x, c.y), 1))
    avoid = [(x - RING, y - RING, 2 * RING, 2 * RING) for x, y, _ in rings]
    tag = [(panel.left, panel.top, 22.0, 22.0)] if panel.letter else []
    wanted = [
        Wanted(disc.lines, disc.x, disc.y, disc.radius + (5 if disc.style.startswith("several") else 1))
        for disc in discs
    ]
    window = (panel.left + 2, panel.top + 2, panel.width - 4, panel.height - 4)
    labels = place_labels(wanted, window, sheet.font, tag, avoid + _along(sights, at))
    spokes, arcs = _spokes(sights, panel, at), _arcs(sights, panel, at)
    return Drawn(panel, land, tuple(spokes), tuple(arcs), rings, tuple(discs), tuple(labels))


def _disc(sights: Sights, number: int, panel: Panel) -> Disc:
    place = sights.places[number]
    spends = place.usd_month > 0
    style = "runs" if spends or place.components else "keeps" if place.copies else "open"
    words = usd_words(place.usd_month) if spends else "data only" if style == "keeps" else ""
    lines = (shortened(place.name), *((words,) if words else ()))
    return Disc(*panel.at(place.x, place.y), _radius(place.usd_month, sights), lines, _place_words(place), style)


def _group(sights: Sights, inset: Panel, panel: Panel) -> Disc:
    places = [sights.places[n] for n in inset.places]
    usd = sum((place.usd_month for place in places), Decimal(0))
    x = sum(panel.at(p.x, p.y)[0] for p in places) / len(places)
    y = sum(panel.at(p.x, p.y)[1] for p in places) / len(places)
    names = ", ".join(place.name for place in places)
    more = names if len(names) <= 22 else f"{places[0].name} + {len(places) - 1}"
    lines = (f"{inset.letter} · {shortened(more, 24)}", *((usd_words(usd),) if usd else ()))
    title = f"Inset {inset.letter}: {'; '.join(map(_place_words, places))}"
    return Disc(
        x,
        y,
        _radius(max(p.usd_month for p in places), sights),
        lines,
        title,
        "several" if any(p.components or p.copies for p in places) else "several open",
    )


def _radius(usd: Decimal, sights: Sights) -> float:
    most = max((place.usd_month for place in sights.places), default=Decimal(0))
    part = float(usd / most) if most else 0.0
    return LEAST_DISC + (MOST_DISC - LEAST_DISC) * sqrt(max(part, 0.0))


def _arcs(sights: Sights, panel: Panel, at: dict[int, Point]) -> Iterable[tuple[str, float, str]]:
    """Traffic between places as bows, the busiest first so that thin ones stay in sight."""
    links = sorted((k for k in sights.links if not k.crowd), key=lambda k: (-k.gb_month, k.a, k.b))
    most = max((link.gb_month for link in links), default=1)
    for link in links:
        ends = [at[n] for n in (link.a, link.b) if n in at and panel.holds(at[n])]
        if ends and link.a in at and link.b in at and at[link.a] != at[link.b]:
            width = LEAST_LINE + (MOST_LINE - LEAST_LINE) * sqrt(link.gb_month / most)
            yield _bow(at[link.a], at[link.b]), width, _link_words(sights, link)


def _spokes(sights: Sights, panel: Panel, at: dict[int, Point]) -> Iterable[tuple[float, str]]:
    """Traffic of users as straight lines, in as many strokes as there are widths: they are many."""
    links = [link for link in sights.links if link.crowd and link.b in at]
    most = max((link.gb_month for link in links), default=0) or 1
    strokes: dict[float, list[str]] = {}
    for link in links:
        start, end = panel.at(sights.crowds[link.a].x, sights.crowds[link.a].y), at[link.b]
        if hypot(start[0] - end[0], start[1] - end[1]) > 1 and (panel.holds(start) or panel.holds(end)):
            width = round(2 * (LEAST_SPOKE + (MOST_SPOKE - LEAST_SPOKE) * sqrt(link.gb_month / most))) / 2
            strokes.setdefault(width, []).append(f"M{_n(start[0])} {_n(start[1])}L{_n(end[0])} {_n(end[1])}")
    return ((width, "".join(lines)) for width, lines in sorted(strokes.items()))


def _apart(discs: Sequence[Disc]) -> list[Disc]:
    """The discs, smaller where two would touch."""
    radius = [disc.radius for disc in discs]
    for i, j in combinations(range(len(discs)), 2):
        room = hypot(discs[i].x - discs[j].x, discs[i].y - discs[j].y) - 2 * RIM
        if radius[i] + radius[j] > room > 0:
            part = room / (radius[i] + radius[j])
            radius[i], radius[j] = radius[i] * part, radius[j] * part
    return [replace(disc, radius=size) for disc, size in zip(discs, radius, strict=True)]


def _along(sights: Sights, at: dict[int, Point]) -> list[Spot]:
    """Small boxes along the bows, which labels had better not cover."""
    out = []
    for link in sights.links:
        if not link.crowd and link.a in at and link.b in at:
            a, b = at[link.a], at[link.b]
            c = _knee(a, b)
            for step in (0.25, 0.5, 0.75):
                x, y = (_on(a[k], c[k], b[k], step) for k in (0, 1))
                out.append((x - 2, y - 2, 4.0, 4.0))
    return out


def _on(a: float, c: float, b: float, t: float) -> float:
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * c + t**2 * b


def _knee(a: Point, b: Point) -> Point:
    (x1, y1), (x2, y2) = a, b
    return (x1 + x2) / 2 + BEND * (y2 - y1), (y1 + y2) / 2 - BEND * (x2 - x1)


def _bow(a: Point, b: Point) -> str:
    x, y = _knee(a, b)
    return f"M{_n(a[0])} {_n(a[1])}Q{_n(x)} {_n(y)} {_n(b[0])} {_n(b[1])}"


def _path(rings: Iterable[Ring], panel: Panel) -> str:
    """Outlines as tenths of a unit, relative, so that a country takes few bytes."""
    out = []
    for ring in rings:
        tenths = [(round(x * 10), round(y * 10)) for x, y in (panel.at(*point) for point in ring)]
        steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(tenths)]
        moves = " ".join(f"{_t(x)} {_t(y)}" for x, y in steps[:-1] if x or y)
        out.append(f"M{_t(tenths[0][0])} {_t(tenths[0][1])}l{moves}z".replace(" -", "-"))
    return "".join(out)


def _t(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    return ("-" if tenths < 0 else "") + (f"{whole}.{rest}" if rest else str(whole))


def _n(value: float) -> str:
    return _t(round(value * 10))


def usd_words(usd: Decimal) -> str:
    """USD for a label: `USD 89.7k`."""
    for size, letter in ((Decimal(1_000_000), "M"), (Decimal(1_000), "k")):
        if usd >= size:
            return f"USD {usd / size:.1f}{letter}"
    return f"USD {usd:.0f}"


def _place_words(place: Place) -> str:
    where = f"{place.name} ({place.country}): {', '.join(place.regions)}"
    holds = [_count(place.components, "component"), _count(place.copies, "data copy", "data copies")]
    return "; ".join(filter(None, (where, f"USD {place.usd_month:,.2f} a month" if place.usd_month else "", *holds)))


def _count(number: int, one: str, more: str = "") -> str:
    return "" if not number else f"{number} {one if number == 1 else more or one + 's'}"


def _crowd_words(crowd: Any) -> str:
    return f"users in {crowd.name}: {', '.join(crowd.groups)}"


def _link_words(sights: Sights, link: Link) -> str:
    start = f"users in {sights.crowds[link.a].name}" if link.crowd else sights.places[link.a].name
    joint = "to" if link.crowd else "and"
    return f"{start} {joint} {sights.places[link.b].name}: {float(link.gb_month):,.0f} GB a month"


def _words(sights: Sights) -> str:
    """What the map says, for who does not see it."""
    return ". ".join(map(_place_words, sights.places)) or "No place."
