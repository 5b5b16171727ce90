"""What holds for any scenario: order says nothing, fewer rules or more room never cost more, the same is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import NoLawfulPlan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.settings import Settings
from planner.reports.records import no_plan_document, plan_document
from tests.oracles.instances import POLICY_FILE, families
from tests.solver.worlds import Documents, documents, read_documents

SEEDS = st.integers(0, 2999)
DRAWS = st.integers(0, 2**32)
NEVER = Decimal("Infinity")
ROUNDING = Decimal("0.000003")
"""Each cost line is rounded to 10⁻⁶ USD, so equal optima may differ by a few of these."""

FILE_OF_ITS_OWN = {"scenario", "inputs", "inputs_sha256", "where"}
"""What a document says about the file it was made from."""

bounded = settings(
    max_examples=160,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def document_of(world: Scenario) -> dict[str, Any]:
    """The plan document of a world, or the one that says there is no plan."""
    try:
        return plan_document(plan(world).plan, world)
    except NoLawfulPlan as error:
        return no_plan_document(error.outcome, world)  # type: ignore[arg-type]


def document_of_files(files: Documents, folder: Path, changes: Settings = Settings()) -> dict[str, Any]:
    return document_of(read_documents(files, folder, changes))


def cost(files: Documents, changes: Settings = Settings()) -> Decimal:
    """The total of the optimum, infinite where no plan is lawful."""
    with TemporaryDirectory() as folder:
        found = document_of_files(files, Path(folder), changes)
    assert found["status"] in ("optimal", "infeasible")
    return NEVER if found["total_usd"] is None else Decimal(found["total_usd"])


def placeless(thing: Any) -> Any:
    """A document without positions in files and without what it repeats of its inputs."""
    if isinstance(thing, dict):
        return {key: placeless(value) for key, value in thing.items() if key not in FILE_OF_ITS_OWN}
    return [placeless(each) for each in thing] if isinstance(thing, list) else thing


def said(document: dict[str, Any]) -> str:
    return json.dumps(placeless(document), ensure_ascii=False)


def shuffled(thing: Any, draw: Random) -> Any:
    """The same data with every list, and the keys of every mapping, in another order."""
    if isinstance(thing, dict):
        return {key: shuffled(thing[key], draw) for key in draw.sample(list(thing), len(thing))}
    if isinstance(thing, list):
        return [shuffled(each, draw) for each in draw.sample(thing, len(thing))]
    return thing


def compared(files: Documents, draw: Random) -> tuple[str, str]:
    """What is planned for files, and for the same files in another order."""
    with TemporaryDirectory() as folder:
        first = said(document_of_files(files, Path(folder)))
        return first, said(document_of_files(shuffled(files, draw), Path(folder)))


@bounded
@given(SEEDS, DRAWS)
def test_the_order_of_lists_changes_nothing(seed: int, draw: int) -> None:
    one, other = compared(documents(seed), Random(draw))
    assert one == other


def test_the_order_of_citations_changes_nothing() -> None:
    seed = next(seed for seed in range(100) if "rules" in families(seed))
    files = documents(seed)
    for each in files[POLICY_FILE]["rules"]:
        each["cites"].append({"instrument": "another act", "quality": "primary", "checked": "2026-10-01"})
    results = {compared(files, Random(draw))[1] for draw in range(8)}
    assert len(results) == 1


@bounded
@given(SEEDS.filter(lambda seed: "rules" in families(seed)), DRAWS)
def test_leaving_out_a_rule_never_costs_more(seed: int, draw: int) -> None:
    files = documents(seed)
    rule = Random(draw).choice(files[POLICY_FILE]["rules"])["id"]
    assert cost(files, Settings(without=(rule,))) <= cost(files) + ROUNDING


@bounded
@given(SEEDS, DRAWS)
def test_one_more_region_never_costs_more(seed: int, draw: int) -> None:
    files, wider = documents(seed), documents(seed)
    wider["scenario.yaml"]["regions"].append(_another_region(files, Random(draw)))
    assert cost(wider) <= cost(files) + ROUNDING


def _another_region(files: Documents, draw: Random) -> dict[str, Any]:
    region = deepcopy(draw.choice(files["scenario.yaml"]["regions"]))
    region |= {"id": "new", "provider": draw.choice(["pa", "pb"]), "kind": draw.choice(["public-cloud", "own"])}
    for zone in region["zones"]:
        zone["id"] = f"new-{zone['id']}"
    for name in region["prices"].keys() - {"egress_pairs_gb"}:
        region["prices"][name] *= draw.choice([0.5, 1, 2])
    return region


@bounded
@given(SEEDS, DRAWS)
def test_less_room_never_costs_less(seed: int, draw: int) -> None:
    files, tighter = documents(seed), documents(seed)
    for zone in _zones(tighter, Random(draw)):
        room = zone.setdefault("capacity", {})
        room["vcpu"] = max(room.get("vcpu", 9) - draw % 4, 0)
    assert cost(tighter) >= cost(files) - ROUNDING


def _zones(files: Documents, draw: Random) -> Iterator[dict[str, Any]]:
    zones = [zone for region in files["scenario.yaml"]["regions"] for zone in region["zones"]]
    yield from draw.sample(zones, draw.randint(1, len(zones)))


@bounded
@given(SEEDS)
def test_the_same_question_has_the_same_answer_to_the_byte(seed: int) -> None:
    with TemporaryDirectory() as folder:
        world, again = (read_documents(documents(seed), Path(folder)) for _ in range(2))
    assert json.dumps(document_of(world)) == json.dumps(document_of(again))
