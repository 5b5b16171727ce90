"""Things by regions, as the planner itself sees them."""

from __future__ import annotations

from pathlib import Path

from planner.authoring.matrix import all_of, matrix
from tests.authoring.small_world import scenario
from tests.authoring.worlds import RULE_TEXT


def cells(at: Path, rules: str) -> dict[tuple[str, str], str]:
    found = matrix(scenario(at, rules))
    return {
        (name, region): str(cell) for name, row in found.rows for region, cell in zip(found.regions, row, strict=True)
    }


def test_a_cage_refuses_the_copy_abroad_and_nothing_else(tmp_path: Path) -> None:
    assert cells(tmp_path, RULE_TEXT) == {
        ("w/db", "toy:my"): "allow",
        ("w/db", "toy:sg"): "allow",
        ("dataset:book/primary", "toy:my"): "allow",
        ("dataset:book/primary", "toy:sg"): "deny: my-one",
    }


def test_a_gate_needs_its_mechanism_and_a_soft_rule_has_a_price(tmp_path: Path) -> None:
    gate = RULE_TEXT.replace("{confine: {in: [MY]}}", "{confine: {in: [MY]}, unless: [{holds: [approval]}]}")
    assert cells(tmp_path / "a", gate)["dataset:book/primary", "toy:sg"] == "needs approval"
    soft = RULE_TEXT.replace("level: must", "level: should\n    penalty_usd_month: 7")
    assert cells(tmp_path / "b", soft)["dataset:book/primary", "toy:sg"] == "allow (my-one priced)"


def test_ways_out_of_several_rules_are_said_without_doubt_and_in_one_order() -> None:
    assert all_of([["b", "a"], ["c"]]) == all_of([["c"], ["a", "b"], ["b", "a"]]) == "(a or b) and c"
    assert all_of([["b", "a"]]) == "a or b"
