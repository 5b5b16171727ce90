"""The map: labels keep apart, every place shows, Johor and Singapore are told apart, and colours survive a colour-blind eye."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import hypot
from random import Random
from xml.etree import ElementTree

import numpy as np
import pytest

from planner.geography.borders import Borders, plane
from planner.geography.outlines import outlines
from planner.reading.borders import read_borders
from planner.reports.map.drawing import draw, map_svg
from planner.reports.map.frames import NARROW, WIDE, Sheet
from planner.reports.map.labels import text_width, touches
from planner.reports.map.places import Crowd, Link, Place, Sights
from planner.reports.rendering import source_of

CITIES = {
    "Kuala Lumpur": ("MY", 3.14, 101.69),
    "Johor Bahru": ("MY", 1.4655, 103.7578),
    "Singapore": ("SG", 1.2897, 103.8501),
    "Jakarta": ("ID", -6.21, 106.85),
    "Bangkok": ("TH", 13.75, 100.5),
    "Hong Kong": ("HK", 22.28, 114.17),
    "Tokyo": ("JP", 35.68, 139.69),
    "Mumbai": ("IN", 19.07, 72.88),
}
SHEETS = pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=["wide", "narrow"])


@pytest.fixture(scope="module")
def borders() -> Borders:
    return read_borders()


def position(lat: float, lon: float) -> tuple[float, float]:
    x, y = plane(np.array([lon]), np.array([lat]))
    return float(x[0]), float(y[0])


def place(name: str, usd: int, copies: int = 0) -> Place:
    country, lat, lon = CITIES[name]
    keys = (f"cloud:{name.lower().replace(' ', '-')}",)
    return Place(name, country, keys, Decimal(usd), int(usd > 0), copies, *position(lat, lon))


STRAITS = Sights(
    (place("Kuala Lumpur", 9000), place("Johor Bahru", 900), place("Singapore", 0, copies=2)),
    (Crowd("Kuching", ("my-users",), *position(1.55, 110.33)), Crowd("Ipoh", ("my-users",), *position(4.58, 101.08))),
    (Link(0, 1, Fraction(500)), Link(1, 2, Fraction(20)), Link(0, 0, Fraction(90), crowd=True)),
)


def random_sights(seed: int) -> Sights:
    """Up to thirty places and crowds between India and Japan, many of them close together."""
    dice = Random(seed)
    hubs = [(dice.uniform(-8, 40), dice.uniform(75, 138)) for _ in range(4)]
    places = []
    for n in range(dice.randint(1, 14)):
        lat, lon = dice.choice(hubs)
        x, y = position(lat + dice.gauss(0, 2), lon + dice.gauss(0, 2))
        name = "Very long name of a city"[: dice.randint(3, 24)]
        places.append(Place(f"{name} {n}", "MY", (f"c:{n}",), Decimal(dice.randint(0, 9) * 1000), 1, 1, x, y))
    crowds = [Crowd(f"u{n}", ("g",), *position(dice.uniform(-8, 40), dice.uniform(75, 138))) for n in range(15)]
    links = [Link(a, b, Fraction(dice.randint(1, 99))) for a, b in combinations(range(len(places)), 2)][:20]
    return Sights(tuple(places), tuple(crowds), tuple(links))


@SHEETS
@pytest.mark.parametrize("seed", range(40))
def test_no_label_covers_another_or_a_disc_or_leaves_its_panel(sheet: Sheet, seed: int) -> None:
    for panel in draw(random_sights(seed), Borders({}), sheet):
        boxes = [label.spot for label in panel.labels if label]
        discs = [(d.x - d.radius, d.y - d.radius, 2 * d.radius, 2 * d.radius) for d in panel.discs]
        assert not [pair for pair in combinations(boxes, 2) if touches(*pair)]
        assert not [1 for box in boxes for disc in discs if touches(box, disc)]
        frame = panel.panel
        for left, top, width, height in boxes:
            assert frame.left <= left
            assert left + width <= frame.left + frame.width
            assert frame.top <= top
            assert top + height <= frame.top + frame.height


@SHEETS
@pytest.mark.parametrize("seed", range(40))
def test_every_place_shows_with_its_regions(sheet: Sheet, seed: int) -> None:
    sights = random_sights(seed)
    told = " ".join(disc.title for panel in draw(sights, Borders({}), sheet) for disc in panel.discs)
    for each in sights.places:
        assert each.name in told
        assert each.regions[0] in told


@SHEETS
def test_johor_and_singapore_stand_apart_in_an_inset(sheet: Sheet, borders: Borders) -> None:
    main, inset = draw(STRAITS, borders, sheet)
    johor, singapore = (next(d for d in inset.discs if d.lines[0] == name) for name in ("Johor Bahru", "Singapore"))
    assert hypot(johor.x - singapore.x, johor.y - singapore.y) > johor.radius + singapore.radius
    assert {label.lines[0] for label in inset.labels if label} == {"Johor Bahru", "Singapore"}
    assert [disc.lines[0] for disc in main.discs] == ["A · Johor Bahru, Singapore", "Kuala Lumpur"]


def test_singapore_is_land_of_its_own_beside_johor(borders: Borders) -> None:
    west, south = position(1.1, 103.4)
    east, north = position(1.8, 104.3)
    found = outlines(borders, (west, south, east, north), 0.5, 10.0)
    assert {"MY", "SG"} <= set(found)
    for rings in found.values():
        assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings)


def test_the_same_sights_give_the_same_bytes(borders: Borders) -> None:
    assert map_svg(STRAITS, borders) == map_svg(STRAITS, read_borders())


def test_the_drawing_is_well_formed_has_a_title_and_says_what_it_shows(borders: Borders) -> None:
    root = ElementTree.fromstring(map_svg(STRAITS, borders))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text
    assert "cloud:singapore; 2 data copies" in root.find(f"{space}desc").text
    named = set(root.get("aria-labelledby").split())
    assert named == {each.get("id") for each in (root.find(f"{space}title"), root.find(f"{space}desc"))}


def test_a_map_of_nothing_is_empty() -> None:
    assert map_svg(Sights((), (), ()), Borders({})) == ""


def test_wider_traffic_has_a_wider_line() -> None:
    (panel,) = draw(
        Sights(
            (place("Tokyo", 5), place("Bangkok", 5), place("Mumbai", 5)),
            (),
            (Link(0, 1, Fraction(900)), Link(1, 2, Fraction(9))),
        ),
        Borders({}),
    )
    (_, wide, first), (_, thin, second) = panel.arcs
    assert wide > 3 * thin
    assert ("900 GB a month" in first, "9 GB a month" in second) == (True, True)


def test_no_letter_is_wider_than_it_is_taken_for() -> None:
    assert text_width("Kuala Lumpur", 10) >= 70
    assert text_width("雲林", 10) >= 20
    assert text_width("", 10) == 0


def seen_by(kind: str, color: tuple[float, float, float]) -> np.ndarray:
    """Linear RGB as it is seen without red or green cones (Viénot, Brettel and Mollon 1999)."""
    to_lms = np.array([[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714], [0.0299566, 0.184309, 1.46709]])
    without = {
        "protan": np.array([[0, 2.02344, -2.52581], [0, 1, 0], [0, 0, 1]]),
        "deutan": np.array([[1, 0, 0], [0.494207, 0, 1.24827], [0, 0, 1]]),
    }[kind]
    return np.linalg.inv(to_lms) @ without @ to_lms @ np.array(color)


def linear(code: str) -> tuple[float, float, float]:
    parts = [int(code[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)  # type: ignore[return-value]


def palettes() -> list[dict[str, str]]:
    found = re.findall(r"\.map\{(--sea[^}]*)\}", source_of("map.css"))
    return [dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", each.replace("#fff;", "#ffffff;"))) for each in found]


@pytest.mark.parametrize("kind", ["protan", "deutan"])
def test_discs_and_users_differ_for_a_colour_blind_eye(kind: str) -> None:
    light, dark, *_ = palettes()
    for palette in (light, dark):
        disc, users = (seen_by(kind, linear(palette[name])) for name in ("disc", "users"))
        assert np.abs(disc - users).max() > 0.1


def luminance(code: str) -> float:
    return float(np.dot((0.2126, 0.7152, 0.0722), linear(code)))


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_letters_and_discs_stand_out_from_land_and_sea() -> None:
    for palette in palettes()[:2]:
        for ground in ("sea", "land", "used"):
            assert contrast(palette["ink"], palette[ground]) >= 4.5
            assert contrast(palette["soft"], palette[ground]) >= 4.5
            assert contrast(palette["disc"], palette[ground]) >= 3
            assert contrast(palette["users"], palette[ground]) >= 3
