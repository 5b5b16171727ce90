"""Where users are: the shipped metros, and groups by population."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputFaults
from planner.model.question import DemandPoint
from planner.reading.inspecting import catalogue_of
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario

HEAD = """
scenario: s
question: Who?
as_of: 2026-11-23
horizon: {from: 2026Q4, periods: 1}
catalog: {providers: [], places: []}
policies: []
entities: [{id: e}]
regions: [{provider: p, id: kl, lat: 3.1, lon: 101.7, country: MY, zones: [{id: k}]}]
workloads: [{id: w, entity: e, components: [{id: c}]}]
quotes: [{component: w/c, place: "p:kl", cost: 1 USD/month}]
objectives: [cost]
"""


def points(tmp_path: Path, at: str) -> tuple[DemandPoint, ...]:
    path = tmp_path / "s.yaml"
    path.write_text(f"{HEAD}users: [{{id: u, at: {at}}}]\n")
    return read_scenario(path).users[0].points


def test_the_weights_of_every_country_sum_to_one() -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for country, found in catalogue_of(Library.shipped()).demand.items():
        sums[country] = sum((point.weight for point in found), Decimal(0))
    assert len(sums) == 39
    assert all(abs(total - 1) <= Decimal("0.0001") for total in sums.values())


def test_by_population_is_the_same_as_a_country_with_any_weight(tmp_path: Path) -> None:
    assert points(tmp_path, "{MY: by-population}") == points(tmp_path, "{MY: 1}") == points(tmp_path, "{MY: {by: population}}")


def test_several_countries_by_population_weigh_as_many_as_they_have_people(tmp_path: Path) -> None:
    people = catalogue_of(Library.shipped()).people
    found = points(tmp_path, "{MY: by-population, SG: by-population}")
    singapore = sum((p.weight for p in found if p.country == "SG"), Decimal(0))
    assert float(singapore) == pytest.approx(float(people["SG"] / (people["SG"] + people["MY"])), abs=1e-5)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("{MY: by-population, SG: 0.5}", "mixes numbers and by-population"),
        ("{MY/Kuala Lumpur: by-population}", "'MY/Kuala Lumpur' is none"),
        ("{NO: by-population}", "how many people live in NO is not known"),
        ("{MY: by-populaton}", "is not a quantity"),
        ("{MY: {weight: 1, by: population}}", "has weight and by — give exactly one"),
        ("{x: {lat: 1, lon: 103, country: SG}}", "has neither — give exactly one"),
    ],
)
def test_what_is_no_weight_is_named(tmp_path: Path, at: str, words: str) -> None:
    with pytest.raises(InputFaults) as found:
        points(tmp_path, at)
    assert words in str(found.value)
    assert "s.yaml:12:" in str(found.value) or "s.yaml:13:" in str(found.value)
