"""A studio and Wan 2.7: where it can be had, and what chips for an open model change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputFaults
from planner.model.plan import Plan
from tests.data.answers import Question, bought, chips, edited_library, mechanisms, reasons, where

STUDIO = Question("morphyx-tabspace")
CLIPS = "workloads.video.components.clips"
QWEN = {"component": "video/prompt-model", "place": "alibaba:ap-southeast-1", "cost": "787 USD/month"}
SINGAPORE = {"component": "video/clips", "place": "alibaba:ap-southeast-1", "cost": "60000 USD/month"}
NO_CAGE: dict[str, Any] = {"regions": [], "entities.studio.operates": []}
LIKENESS = "datasets.likeness.subjects"


def on_chips(model: str, **more: Any) -> Plan:
    """The plan with an open model on chips in place of the service."""
    serves = {"model": model, "jobs": "3950 jobs/day", "utilisation": "55 %"}
    return STUDIO.answer({f"{CLIPS}.services": [], f"{CLIPS}.serves": serves, "quotes": [QWEN], **more})


def test_the_clips_are_made_in_singapore_and_the_rest_runs_in_malaysia() -> None:
    found = STUDIO.answer()
    assert where(found, "video/clips") == {"alibaba:ap-southeast-1"}
    for component in ("video/editor", "video/post", "video/register"):
        assert where(found, component) <= {"alibaba:ap-southeast-3", "alibaba:ap-southeast-8"}


def test_wan_is_refused_in_johor_because_the_service_is_not_on_offer_there() -> None:
    assert "service: wan-2.7" in reasons(STUDIO.world(), "video/clips", "alibaba:ap-southeast-8")


def test_were_it_on_offer_in_johor_the_clips_would_be_made_there(tmp_path: Path) -> None:
    library = edited_library(
        tmp_path,
        "alibaba.yaml",
        "follows the scope of model-studio.\n    regions: [ap-southeast-1, cn-beijing]",
        "follows the scope of model-studio.\n    regions: [ap-southeast-1, ap-southeast-8, cn-beijing]",
    )
    johor = {"component": "video/clips", "place": "alibaba:ap-southeast-8", "cost": "60000 USD/month"}
    found = STUDIO.answer({"quotes": [QWEN, SINGAPORE, johor]}, library=library)
    assert where(found, "video/clips") == {"alibaba:ap-southeast-8"}


def test_wan_2_7_cannot_run_on_chips_since_it_has_no_public_weights() -> None:
    with pytest.raises(InputFaults, match=r"no weights of wan2\.7 are published"):
        on_chips("wan2.7")


def test_the_distilled_open_model_on_bought_chips_costs_less_than_the_service_and_the_full_one_more() -> None:
    service = STUDIO.answer().total_usd
    distilled, full = on_chips("wan2.2-t2v-a14b-lightning"), on_chips("wan2.2-t2v-a14b")
    assert distilled.total_usd < service < full.total_usd
    assert (bought(distilled), bought(full)) == ({"A100-80": 13}, {"A100-80": 95})


def test_without_a_cage_the_chips_are_rented_abroad() -> None:
    found = on_chips("wan2.2-t2v-a14b-lightning", **NO_CAGE)
    assert (where(found, "video/clips"), chips(found, "video/clips")) == ({"aws:ap-southeast-1"}, {"A100-80": 13})
    assert on_chips("wan2.2-t2v-a14b-lightning").total_usd < found.total_usd < STUDIO.answer().total_usd


def test_a_parent_in_china_could_not_buy_the_chips_without_a_licence() -> None:
    assert "us-bis-licence" not in mechanisms(on_chips("wan2.2-t2v-a14b-lightning"))
    owned = {"entities.studio.ultimate_parent_in": "CN", "mechanisms.us-bis-licence": "refused"}
    assert bought(on_chips("wan2.2-t2v-a14b-lightning", **owned)) == {}


def test_faces_of_indonesians_need_a_second_ground_beside_that_of_malaysians() -> None:
    assert mechanisms(STUDIO.answer()) == {"id-clauses", "my-scc"}
    assert mechanisms(STUDIO.answer({LIKENESS: ["MY"]})) == {"my-scc"}


def test_beijing_is_cheaper_by_its_stand_in_price_and_is_out_of_play_until_it_is_put_in() -> None:
    beijing = {"component": "video/clips", "place": "alibaba:cn-beijing", "cost": "50400 USD/month"}
    values = {"catalog.places": ["MY", "SG", "ID", "CN"], "quotes": [QWEN, SINGAPORE, beijing]}
    found = STUDIO.answer(values)
    assert where(found, "video/clips") == {"alibaba:cn-beijing"}
    assert found.total_usd < STUDIO.answer().total_usd
