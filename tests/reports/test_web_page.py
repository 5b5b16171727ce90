"""The page: one file without a script, that says what the plan says and lets nobody's text be markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from planner.answers.conflict import conflict_of
from planner.answers.prices import find_prices
from planner.answers.shut_out import shut_out
from planner.errors import Where
from planner.geography.borders import Borders
from planner.model.conflict import Cause, Change, Conflict, ConflictSet, Repair
from planner.model.plan import Plan
from planner.model.scenario import Scenario
from planner.planning import plan as plan_it
from planner.reading.borders import read_borders
from planner.reading.embedding import plan_of
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.reports.page import money
from planner.reports.records import plan_document, to_json
from planner.reports.rendering import visible
from planner.reports.web_page.content import Answer
from planner.reports.web_page.writing import web_page
from tests.reports.hostile import HOSTILE, attributes, elements, poisoned

ROOT = Path(__file__).resolve().parents[2]
WALLET = ROOT / "scenarios" / "tng-ewallet.yaml"
MAY_STAND_WORDS = (
    "html head meta link title style body a header p nav ul li main div h1 strong span em dl dt dd figure figcaption"
    " section h2 table caption thead tbody tfoot tr th td small details summary footer"
    " svg desc g path rect circle clippath text tspan"
)
MAY_STAND = frozenset(MAY_STAND_WORDS.split())
MAY_BE_WORDS = (
    "lang charset http-equiv content name rel href class id role tabindex scope open"
    " xmlns viewbox font-size x y r cx cy d width height rx stroke-width clip-path preserveaspectratio"
)
MAY_BE = frozenset(MAY_BE_WORDS.split())


@cache
def wallet() -> tuple[Plan, Scenario]:
    planned = plan_it(read_scenario(WALLET))
    return planned.plan, planned.scenario


@cache
def document() -> str:
    """The plan document without what no page shows and takes long to read: round trips and examples of rules."""
    whole = plan_document(*wallet())
    whole["inputs"] = {key: value for key, value in whole["inputs"].items() if key != "latency"}
    whole["inputs"]["rules"] = [{k: v for k, v in rule.items() if k != "tests"} for rule in whole["inputs"]["rules"]]
    return to_json(whole)


@cache
def land() -> Borders:
    return read_borders()


def answer_of(plan: Plan, scenario: Scenario) -> Answer:
    return Answer(plan.status, scenario, land(), "0" * 64, "0.1.0", plan)


@cache
def page() -> str:
    return web_page(answer_of(*wallet()))


def infeasible() -> Answer:
    """The wallet in one region, which the distance of its backups refuses."""
    poor = read_scenario(WALLET, settings=Settings({"limits.regions": "1"}))
    refused, arrivals = shut_out(poor)
    return Answer(
        "infeasible", poor, land(), "0" * 64, "0.1.0", None, refused, arrivals, None, conflict_of(poor)
    )


@cache
def poisoned_page(payload: str) -> str:
    file = plan_of(poisoned(document(), payload), Where("plan.json"))
    return web_page(replace(answer_of(file.plan, file.scenario), version=payload))


def test_the_first_screen_holds_the_question_the_cost_the_proof_and_the_places() -> None:
    plan, scenario = wallet()
    start = page().split("<figure")[0]
    for words in (scenario.question, f"USD {money(plan.total_usd_month)}", "proved cheapest", "Kuala Lumpur"):
        assert words in start
    assert "from 21 Feb 2027" in start


def test_the_policy_of_the_page_allows_its_own_style_and_nothing_else() -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page())
    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.replace("&#39;", "'").split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "<script" not in page()
    assert " style=" not in page()
    assert "url(" not in re.sub(r"url\(#map-\w+-c\d\)", "", page())


def test_every_rule_component_copy_and_weak_figure_of_the_plan_is_on_the_page() -> None:
    plan, scenario = wallet()
    told = "\n".join(elements(page()).texts)
    for rule in plan.rules:
        assert rule.id in told
        assert rule.citation in told
        assert rule.checked.isoformat() in told
    for placement in plan.placements:
        assert placement.component in told
        assert placement.region in told
    for weak in plan.evidence.assumptions:
        assert weak.figure in told
    for sentence in scenario.not_modelled:
        assert sentence in told
    assert scenario.sha256 in told
    assert "Planning support, not legal advice" in told


def test_the_table_of_costs_sums_up_to_the_total() -> None:
    plan, _ = wallet()
    table = re.search(r"<caption>Cost by workload and part.*?</table>", page(), re.S)[0]  # type: ignore[index]
    rows = [re.findall(r"<t[dh][^>]*>(?:<svg.*?</svg>)?([^<]*)", row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
    *body, foot = [[Decimal(cell.replace(",", "")) if cell != "–" else 0 for cell in row[1:]] for row in rows[1:]]
    assert foot[-1] == round(plan.total_usd_month, 2)
    assert sum(foot[:-1]) == foot[-1]
    for column, total in enumerate(foot):
        assert abs(sum(row[column] for row in body) - total) <= Decimal("0.01") * len(body)


def test_prices_stand_in_the_ledger_only_when_they_were_asked_for() -> None:
    plan, scenario = wallet()
    assert "not asked" in page()
    asked = replace(answer_of(plan, scenario), prices=find_prices(scenario, ("my-pdpa-s129", "my-rmit-cloud-gate")))
    told = web_page(asked)
    assert "not asked" not in told
    assert "1,111.11" in told
    assert "222.22" in told


def test_every_cell_of_the_matrix_agrees_with_the_evidence() -> None:
    plan, scenario = wallet()
    refused = {thing: group.regions for group in plan.evidence.exclusions for thing in group.of}
    section = re.search(r'<section id="why-not".*?</section>', page(), re.S)[0]  # type: ignore[index]
    seen: dict[tuple[str, str], str] = {}
    for fold in re.findall(r"<details>.*?</details>", section, re.S)[:-1]:
        things, table = [], re.search(r"<table>.*?</table>", fold, re.S)
        if table:
            heads, *rows = re.findall(r"<tr>(.*?)</tr>", table[0], re.S)
            things = [head.split("\n") for head in re.findall(r"<th scope=col[^>]*>([^<]*)", heads)[1:]]
            for row in rows:
                regions, *cells = re.findall(r"<t[dh][^>]*>([^<]*)", row)
                for own, cell in zip(things, cells, strict=True):
                    seen |= {(thing, region): cell for thing in own for region in regions.split(", ")}
    runs = {(p.component, p.region) for p in plan.placements}
    for thing, region in runs:
        assert seen[thing, region] == "runs here"
    for (thing, region), cell in seen.items():
        reasons = [r.reason for r in refused.get(thing, {}).get(region, ())]
        if reasons:
            for reason in reasons:
                assert reason.removeprefix("unknown: ") in cell
        else:
            assert cell in ("runs here", "rests here", "tied", "open")
    assert {thing for thing, _ in seen} >= {c.id for c in scenario.components} - {
        c.id for c in scenario.components if len(refused.get(c.id, {})) == len(scenario.regions)
    }


@pytest.mark.parametrize("payload", HOSTILE, ids=range(len(HOSTILE)))
def test_no_hostile_text_becomes_markup(payload: str) -> None:
    html = poisoned_page(payload)
    found = elements(html)
    assert {tag for tag, _ in found.found} <= MAY_STAND
    assert not [name for _, name, _ in attributes(found) if name not in MAY_BE and not name.startswith("aria-")]
    assert not found.comments
    for tag, name, value in attributes(found):
        if name == "href":
            assert value.startswith(("https://", "http://", "#")) or (tag, value) == ("link", "data:,")
    html.encode("utf-8")
    assert "\x00" not in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", html)


@pytest.mark.parametrize("payload", HOSTILE[:-1], ids=range(len(HOSTILE) - 1))
def test_a_hostile_text_changes_no_element_of_the_page(payload: str) -> None:
    def shape(html: str) -> Counter[str]:
        outside = re.sub(r'<svg class="map" xmlns.*?</svg>', "", html, flags=re.S)
        return Counter(tag for tag, _ in elements(outside).found if tag != "a")

    assert shape(poisoned_page(payload)) == shape(poisoned_page("plain"))


def test_a_hostile_text_is_still_readable() -> None:
    told = "".join(elements(poisoned_page(HOSTILE[0])).texts)
    assert told.count(HOSTILE[0]) > 30


def test_a_hostile_conflict_is_text_too() -> None:
    _, scenario = wallet()
    for text in HOSTILE:
        cause = Cause("rule", text, text, text, text, text)
        change = Change("exempt", text, text, text, text, text, "", text)
        repair = Repair((change,), "optimal", Decimal(1), Decimal(1), (text,))
        conflict = Conflict(text, "infeasible", (ConflictSet((cause,), True),), (repair,), 3)
        found = elements(web_page(Answer("infeasible", scenario, Borders({}), text, "1", conflict=conflict)))
        assert {tag for tag, _ in found.found} <= MAY_STAND
        assert not [name for _, name, _ in attributes(found) if name.startswith("on")]


def test_hidden_letters_become_visible_and_others_stay() -> None:
    assert visible("a\u202eb\x00c") == "a\ufffdb\ufffdc"
    assert visible("Đà Nẵng, 雲林, Kraków\n\tπ") == "Đà Nẵng, 雲林, Kraków\n\tπ"


def test_a_question_without_a_plan_gets_a_page_with_its_conflict_and_ways_out() -> None:
    told = web_page(infeasible())
    assert "No lawful plan" in told
    assert "--set &#39;limits.regions={at_most: 2}&#39;" in told
    assert "stands at least 60 km from the primary" in told
    assert 'id="costs"' not in told


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert page() == web_page(answer_of(*wallet()))


def test_the_page_of_the_wallet_is_small() -> None:
    assert len(page().encode()) < 120_000
    assert json.loads(document())["status"] == "optimal"
