"""Labels: texts beside discs that cover neither one another nor a disc, with a line where they stand away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, hypot, pi, sin
from typing import Final

Spot = tuple[float, float, float, float]
"""Left, top, width and height in the drawing."""
LINE: Final = 1.22
PADDING: Final = 3.0
ANGLES: Final = (0, 180, 45, 315, 135, 225, 90, 270, 20, 340, 160, 200, 65, 295, 115, 245)
REACHES: Final = (4.0, 12.0, 24.0, 40.0, 60.0, 85.0, 115.0, 150.0)
CROSSING: Final = 6.0
"""What covering a point of the drawing costs, in units of distance."""
NARROW_LETTERS: Final = frozenset("iljtfrI.,:;'|!()[]· ")
WIDE_LETTERS: Final = frozenset("mwMW@%&—")
BOLD: Final = 1.1
MOST_LETTERS: Final = 28


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that is wanted: its lines, and the disc it belongs to (centre, radius)."""

    lines: tuple[str, ...]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """A label that was placed: its lines, its box, and the ends of the line to its disc, if it stands away."""

    lines: tuple[str, ...]
    spot: Spot
    leader: tuple[float, float, float, float] | None


def text_width(text: str, font: float) -> float:
    """An upper estimate of how wide a text is in any common sans-serif font."""
    return font * BOLD * sum(map(_em, text))


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """A text of at most so many letters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def place_labels(
    wanted: Sequence[Wanted], window: Spot, font: float, taken: Iterable[Spot] = (), avoid: Sequence[Spot] = ()
) -> list[Label | None]:
    """A place for each label, dearest first; None where the window has no room left.

    Args:
        wanted: the labels, in the order in which they choose.
        window: the labels stay inside.
        font: size of the letters.
        taken: boxes that no label may touch, besides the discs and the labels themselves.
        avoid: boxes that are better not covered.
    """
    shut = [*taken, *((w.x - w.radius, w.y - w.radius, 2 * w.radius, 2 * w.radius) for w in wanted)]
    out: list[Label | None] = []
    for each in wanted:
        found = _best(each, window, font, shut, avoid)
        out.append(found)
        if found:
            shut.append(found.spot)
    return out


def touches(a: Spot, b: Spot) -> bool:
    """Whether two boxes share a point."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def _best(each: Wanted, window: Spot, font: float, shut: Sequence[Spot], avoid: Sequence[Spot]) -> Label | None:
    width = max(text_width(line, font) for line in each.lines) + 2 * PADDING
    height = len(each.lines) * font * LINE + PADDING
    best: tuple[float, Label] | None = None
    for reach, angle in product(REACHES, ANGLES):
        if best and reach >= best[0]:
            break
        spot = _shifted(_spot(each, reach, angle * pi / 180, width, height), window)
        if _inside(spot, window) and not any(touches(spot, other) for other in shut):
            cost = reach + CROSSING * sum(touches(spot, other) for other in avoid)
            if best is None or cost < best[0]:
                best = cost, Label(each.lines, spot, _leader(each, spot) if reach > REACHES[1] else None)
    return best[1] if best else None


def _spot(each: Wanted, reach: float, angle: float, width: float, height: float) -> Spot:
    """The box whose nearest side or corner lies so far from the disc in that direction."""
    x, y = each.x + (each.radius + reach) * cos(angle), each.y - (each.radius + reach) * sin(angle)
    across = 0.0 if cos(angle) > 0.3 else -width if cos(angle) < -0.3 else -width / 2
    down = -height if sin(angle) > 0.3 else 0.0 if sin(angle) < -0.3 else -height / 2
    return x + across, y + down, width, height


def _shifted(spot: Spot, window: Spot) -> Spot:
    """The box moved sideways into the window, as far as that goes."""
    left = max(min(spot[0], window[0] + window[2] - spot[2]), window[0])
    return left, *spot[1:]


def _inside(spot: Spot, window: Spot) -> bool:
    left, top, width, height = window
    across = left <= spot[0] and spot[0] + spot[2] <= left + width
    return across and top <= spot[1] and spot[1] + spot[3] <= top + height


def _leader(each: Wanted, spot: Spot) -> tuple[float, float, float, float]:
    """From the rim of the disc to the nearest point of the box."""
    x = min(max(each.x, spot[0]), spot[0] + spot[2])
    y = min(max(each.y, spot[1]), spot[1] + spot[3])
    away = hypot(x - each.x, y - each.y) or 1.0
    part = each.radius / away
    return each.x + (x - each.x) * part, each.y + (y - each.y) * part, x, y


def _em(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return 0.36
    if letter in WIDE_LETTERS:
        return 0.95
    if letter.isascii():
        return 0.72 if letter.isupper() else 0.6
    return 1.0
