"""What an edit of the law moves and costs, by planning under both."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from planner.authoring.priced_difference import priced
from planner.reading.settings import Settings
from tests.authoring.small_world import SCENARIO, library
from tests.authoring.worlds import RULE_TEXT

FREE = RULE_TEXT.replace("{confine: {in: [MY]}}", "{confine: {in: [MY, SG]}}")
SHUT = RULE_TEXT.replace("{confine: {in: [MY]}}", "{confine: {in: [AQ]}}")


def test_a_cage_moves_the_book_home_for_ten_dollars(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SCENARIO)
    free, caged = (library(tmp_path / name, rules).policies for name, rules in (("a", FREE), ("b", RULE_TEXT)))
    found = priced(tmp_path / "small.yaml", library(tmp_path / "c", FREE), free, caged, Settings())
    # 1 TB at 3 cents instead of 2; the quoted component may stay where it is.
    assert found.usd_month == Decimal(10)
    assert found.moves == ("dataset:book/primary: toy:sg → toy:my",)
    assert found.once_usd == 0


def test_a_law_that_leaves_no_region_has_no_price(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SCENARIO)
    free, shut = (library(tmp_path / name, rules).policies for name, rules in (("a", FREE), ("b", SHUT)))
    found = priced(tmp_path / "small.yaml", library(tmp_path / "c", FREE), free, shut, Settings())
    assert found.usd_month is None
    assert found.new.state == "infeasible"
