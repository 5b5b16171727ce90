"""A ledger beside the tills of Johor: proved infeasible, and twins in which one fact differs have a plan."""

from __future__ import annotations

from typing import Any

import pytest

from planner.candidates.find import find_candidates
from planner.errors import NoLawfulPlan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings

FILE = data_root() / "scenarios" / "johor-ledger.yaml"
ASKED = "workloads.payments.components.ledger.requires"
JOHOR, KUALA_LUMPUR = "alibaba:ap-southeast-8", "alibaba:ap-southeast-3"


def world(values: dict[str, Any] | None = None) -> Scenario:
    return read_scenario(FILE, settings=Settings(values=values or {}))


def reasons(of: Scenario, region: str) -> set[str]:
    candidates = find_candidates(of)
    at = candidates.components.index("payments/ledger"), candidates.regions.index(region)
    return {reason.id for reason in candidates.periods[0].runs.exclusions.at(*at)}


def test_as_it_is_asked_no_plan_exists_and_the_elastic_program_proves_it() -> None:
    assert world().expect == "infeasible"
    with pytest.raises(NoLawfulPlan) as told:
        plan(world())
    assert told.value.outcome.least_violation == pytest.approx(1)


def test_johor_lacks_a_zone_and_kuala_lumpur_is_too_far() -> None:
    assert (reasons(world(), JOHOR), reasons(world(), KUALA_LUMPUR)) == ({"spread"}, {"max_rtt"})


@pytest.mark.parametrize(
    ("changed", "region"),
    [
        ({f"{ASKED}.spread.zones": 2}, JOHOR),
        ({f"{ASKED}.max_rtt.rtt": "12 ms"}, KUALA_LUMPUR),
        ({"catalog.places": ["MY", "SG"]}, "alibaba:ap-southeast-1"),
    ],
)
def test_with_one_fact_changed_there_is_a_plan(changed: dict[str, Any], region: str) -> None:
    found = plan(world(changed)).plan
    assert (found.status, found.gap) == ("optimal", 0)
    assert {p.region for p in found.placements if p.component == "payments/ledger"} == {region}


def test_no_law_shuts_a_place_for_the_ledger() -> None:
    assert reasons(world({"policies": []}), JOHOR) == reasons(world(), JOHOR)
    with pytest.raises(NoLawfulPlan):
        plan(world({"policies": []}))
