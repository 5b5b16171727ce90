"""All systems at once: what the scenario states, each statement with a twin in which one fact differs and the answer with it."""

from __future__ import annotations

import runpy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from planner.candidates.find import find_candidates
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.borders import read_borders
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.reports.map.drawing import draw
from planner.reports.map.frames import NARROW, WIDE
from planner.reports.map.places import sights_of
from planner.reports.web_page.content import Answer
from planner.reports.web_page.writing import web_page

FOLDER = data_root() / "scenarios"
SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "scenarios" / "together.py"))
PARTS: tuple[str, ...] = SCRIPT["PARTS"]
CLOUDS = ("alibaba", "aws", "azure", "gcp")
PLACES = ["MY", "SG", "HK", "ID", "CN"]
MONTHS = {"horizon.amortise": "48 months"}
GAINERS = {"ytl-ilmu", "morphyx-tabspace", "alibaba-agentic"}
"""Those whose own file knows two or three countries and who find a cheaper lawful place in the others."""


def world(name: str, values: dict[str, Any] | None = None) -> Scenario:
    return read_scenario(FOLDER / f"{name}.yaml", settings=Settings(values=values or {}))


@cache
def whole() -> Plan:
    return plan(world("asean-2026")).plan


@cache
def alone(name: str, everywhere: bool) -> Decimal:
    """What a part costs by itself over 48 months, in its own places or in all places of the whole."""
    open_places = {"catalog": {"providers": [*halls_of(name), *CLOUDS], "places": PLACES}}
    return plan(world(name, {**MONTHS, **(open_places if everywhere else {})})).plan.total_usd


def halls_of(name: str) -> list[str]:
    """Own halls of the catalogue; those written inline are in play anyhow."""
    operated = {own for entity in world(name).entities for own in entity.operates or ()}
    return sorted(operated - {"studio"})


def reasons(of: Scenario, component: str, region: str) -> set[str]:
    candidates = find_candidates(of)
    at = candidates.components.index(component), candidates.regions.index(region)
    return {reason.id for reason in candidates.periods[0].runs.exclusions.at(*at)}


def test_the_file_is_what_its_script_writes_and_a_changed_part_would_change_it() -> None:
    written = (FOLDER / "asean-2026.yaml").read_text(encoding="utf-8")
    assert written == SCRIPT["together"](), "write it with docs/scenarios/together.py"
    assert written != SCRIPT["together"](PARTS[:-1])


def test_every_part_of_every_file_is_in_it() -> None:
    assert {c.id for c in world("asean-2026").components} == {c.id for name in PARTS for c in world(name).components}
    datasets = [d for name in PARTS for d in world(name).datasets]
    assert len(world("asean-2026").datasets) == len(datasets)


def test_it_plans_to_the_optimum_without_a_warning() -> None:
    assert (whole().status, whole().gap, whole().evidence.tie_break[:9]) == ("optimal", 0, "completed")
    assert world("asean-2026").warnings == ()


def test_together_they_cost_the_sum_of_each_alone_in_all_places_since_nothing_they_share_is_scarce() -> None:
    assert whole().total_usd == sum(alone(name, True) for name in PARTS)


def test_what_is_gained_comes_from_places_that_three_of_the_files_do_not_know() -> None:
    gains = {name: alone(name, False) - alone(name, True) for name in PARTS}
    assert {name for name, gain in gains.items() if gain} == GAINERS
    assert all(gain >= 0 for gain in gains.values())
    assert whole().total_usd < sum(alone(name, False) for name in PARTS)


def test_a_hall_stays_closed_to_every_other_system_and_opens_to_its_operator() -> None:
    for component, hall in (("payments/ledger", "ytl:kulai"), ("care/desk", "ytl:kulai"), ("ryt/agents", "ytl:kulai")):
        assert "own hall" in reasons(world("asean-2026"), component, hall)
    hers = world("asean-2026", {"workloads.ryt.entity": "ytl-ai-labs"})
    assert "own hall" not in reasons(hers, "ryt/agents", "ytl:kulai")


def test_the_web_page_of_the_whole_holds_every_region_in_at_most_400_kb() -> None:
    found, scenario = whole(), world("asean-2026")
    page = web_page(Answer(found.status, scenario, read_borders(), "0" * 64, "0.1.0", found))
    assert len(page.encode()) <= 400_000
    for region in {row.region for row in (*found.placements, *found.copies)}:
        assert region in page


def test_the_map_of_the_whole_labels_every_place_at_both_widths() -> None:
    sights = sights_of(whole(), world("asean-2026"))
    for sheet in (WIDE, NARROW):
        panels = draw(sights, read_borders(), sheet)
        told = [label.lines[0] for panel in panels for label in panel.labels if label]
        assert all(label for panel in panels for label in panel.labels)
        assert {place.name for place in sights.places} <= {*told}
