"""Differences of plans: what comes, changes and goes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from planner.answers.difference import Answer, answer_in, answer_to, difference
from planner.model.law import Unless, Verb
from planner.model.question import CopySpec, Replicas
from planner.model.scenario import Scenario
from planner.model.vocabulary import Scope
from planner.planning import plan
from planner.reading.embedding import read_answer
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.reports.difference import render
from planner.reports.records import plan_document, to_json
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from tests.oracles.small_world import component, dataset, mechanism, region, rule, scenario, storing

PLACES = [region("r1", "2"), region("r2", "1", country="SG")]


def answers(old: Scenario, new: Scenario) -> tuple[Answer, Answer]:
    return answer_to(old, "old"), answer_to(new, "new")


def test_a_plan_and_itself_are_the_same() -> None:
    world = read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml")
    found = difference(answer_to(world), answer_to(world))
    assert found.empty
    assert (found.usd_month, found.once_usd, found.moves) == (0, 0, ())


def test_what_moves_changes_and_costs_stands_in_one_line_each() -> None:
    old = scenario([component("a"), component("gone")], PLACES)
    new = scenario([component("a"), component("new", 2)], PLACES, rules=(rule(Confine(("MY",))),))
    found = difference(*answers(old, new))
    assert [(line.sign, line.what, line.was, line.now, line.usd_month) for line in found.lines] == [
        ("~", "w/a", "p:r2 ×1", "p:r1 ×1", 730),
        ("-", "w/gone", "p:r2 ×1", "", -730),
        ("+", "w/new", "", "p:r1 ×1", 2920),
    ]
    assert (found.usd_month, found.objectives) == (2920, (("compute", Decimal(2920)),))
    assert "w/a: p:r2 → p:r1" in found.moves
    assert found.rules == ("+ r: an act",)


def test_a_copy_that_moves_has_a_line_of_its_own() -> None:
    data = dataset("d", size=Decimal(10), copies=(CopySpec("primary"), CopySpec("backup")))
    places = [storing(PLACES[0], "2"), storing(PLACES[1], "1")]
    old = scenario([component("a")], places, datasets=(data,))
    found = difference(*answers(old, replace(old, rules=(rule(Confine(("MY",)), verbs=(Verb.BACKUP,)),))))
    assert [(str(line), line.usd_month) for line in found.lines] == [("dataset:d/backup: p:r2 → p:r1", None)]
    assert found.objectives == (("storage", Decimal(10)),)


def test_more_units_in_the_same_place_are_a_change_and_no_move() -> None:
    one, two = (scenario([component("a", count=n)], PLACES) for n in (1, 2))
    found = difference(*answers(one, two))
    assert [(line.was, line.now) for line in found.lines] == [("p:r2 ×1", "p:r2 ×2")]
    assert found.moves == ()


def test_a_mechanism_that_may_be_refused_is_a_new_risk_and_moves_the_day() -> None:
    way = replace(mechanism("m", Scope.ENTITY, 100), lead_days=10, probability=Decimal("0.5"))
    free = scenario([component("a")], PLACES, mechanisms=[way])
    found = difference(*answers(free, replace(free, rules=(rule(Forbid(("*",)), Unless(holds=("m",))),))))
    assert found.mechanisms == ("+ m for e",)
    assert found.risks == ("+ m may be refused", "~ lawful from 2026-11-23 → 2026-12-03")
    assert (found.usd_month, found.once_usd, found.total_usd) == (0, 100, 10)


def test_a_law_that_leaves_nothing_is_a_side_without_a_plan() -> None:
    free = scenario([component("a")], PLACES)
    found = difference(*answers(free, replace(free, rules=(rule(Forbid(("*",))),))))
    assert not found.empty
    assert (found.new.state, found.usd_month, found.lines) == ("infeasible", None, ())
    assert "optimal → infeasible" in render(found, "text")


def test_a_document_and_the_plan_it_was_written_from_are_the_same(tmp_path: Path) -> None:
    planned = plan(read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml"))
    path = tmp_path / "plan.json"
    path.write_text(to_json(plan_document(planned.plan, planned.scenario)), encoding="utf-8")
    written = answer_in(read_answer(path), "written")
    assert difference(written, Answer("found", planned.plan.status, planned.plan)).empty


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_every_format_tells_the_same_change(form: str) -> None:
    old = scenario([component("a")], PLACES)
    grown = replace(component("a"), replicas=Replicas(3))
    text = render(difference(*answers(old, scenario([grown], PLACES))), form)
    assert "p:r2 ×1" in text
    assert "p:r2 ×3" in text


def test_a_bar_in_a_name_does_not_break_the_table_of_a_pull_request() -> None:
    old, new = (scenario([component("a|b", count=n)], PLACES) for n in (1, 2))
    row = next(line for line in render(difference(*answers(old, new)), "markdown").splitlines() if "a\\|b" in line)
    assert row.replace("\\|", "").count("|") == 6
