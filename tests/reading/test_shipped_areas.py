"""The areas that ship: drawn validly, with their origin, and on the right side of towns whose place is known."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians
from pathlib import Path

import pytest

from planner.errors import Where
from planner.geography.areas import KM_PER_DEGREE, depth_km
from planner.model.areas import Outline
from planner.reading.areas import read_areas
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.policies import PolicySet, read_policies

FOLDER = Path(__file__).resolve().parents[2] / "policies" / "areas"
# (lat, lon) of GeoNames points.
INSIDE = {
    "ae-difc": {"Dubai International Financial Centre": (25.2106, 55.2779)},
    "ae-adgm": {"Al Maryah": (24.5019, 54.3899), "Al Reem": (24.4951, 54.4070)},
    "cn-sh-lingang": {"Datuan": (30.9738, 121.7336), "Shuyuan": (30.9313, 121.8601), "Qingcun": (30.9247, 121.5799)},
    "my-js-sez": {
        "Johor Bahru": (1.4655, 103.7578), "Kulai": (1.6561, 103.6032), "Pasir Gudang": (1.462, 103.9053),
        "Pengerang": (1.3651, 104.1118), "Forest City": (1.3388, 103.5888), "Sedenak": (1.7114, 103.5276),
    },
}  # fmt: skip
OUTSIDE = {
    "ae-difc": {"Business Bay": (25.1854, 55.2697), "Bur Dubai": (25.2604, 55.2989)},
    "ae-adgm": {"Abu Dhabi": (24.4512, 54.3970), "Masdar City": (24.4321, 54.6158)},
    "cn-sh-lingang": {"Nanqiao": (30.9161, 121.4494), "Zhelin": (30.8325, 121.4692), "Laogang": (31.0292, 121.8431)},
    "my-js-sez": {"Kota Tinggi": (1.7381, 103.8999), "Pontian": (1.4866, 103.3896), "Singapore": (1.2897, 103.8501)},
}
KM2 = {"ae-difc": 1.1, "ae-adgm": 14.38, "cn-sh-lingang": 873, "my-js-sez": 3571}


@pytest.fixture(scope="module")
def shipped() -> PolicySet:
    faults = Collector()
    found = read_policies(Library.shipped(), (), Path(), Where("shipped"), faults)
    assert faults.faults == []
    return found


def test_every_line_is_sound_and_says_where_it_comes_from() -> None:
    faults = Collector()
    drawn = [each for path in sorted(FOLDER.glob("*.geojson")) for each in read_areas(path, faults, checked=False)]
    assert faults.faults == []
    assert {each.area.id for each in drawn} == set(INSIDE)
    for each in drawn:
        assert each.outline is not None
        assert each.area.source
        assert each.area.country == each.area.id[:2].upper()
        assert "rough outline" in (each.area.note or ""), "what was not surveyed says so"


@pytest.mark.parametrize("name", INSIDE)
def test_towns_stand_on_their_side_of_the_line(shipped: PolicySet, name: str) -> None:
    outline = shipped.outlines[name]
    assert all(depth_km(outline, lat, lon) > 0 for lat, lon in INSIDE[name].values())
    assert all(depth_km(outline, lat, lon) < 0 for lat, lon in OUTSIDE[name].values())


@pytest.mark.parametrize("name", KM2)
def test_what_is_drawn_has_about_the_size_that_is_stated(shipped: PolicySet, name: str) -> None:
    assert size_km2(shipped.outlines[name]) == pytest.approx(KM2[name], rel=0.15)


def size_km2(outline: Outline) -> float:
    """Half the sum of cross products along the rim."""
    (rim,) = outline.rims
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(rim))
    return abs(twice) / 2 * KM_PER_DEGREE**2 * cos(radians(rim[0][1]))
