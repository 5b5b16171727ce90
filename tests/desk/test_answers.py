"""Answers in a notebook: prices, conflicts and differences as tables and as HTML without anybody's markup in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from planner import conflict, plan, read_scenario
from planner.desk.html import conflict_html

ROOT = Path(__file__).resolve().parents[2]
WALLET = ROOT / "scenarios" / "tng-ewallet.yaml"
JOHOR = WALLET.with_name("johor-or-singapore.yaml")


def test_prices_are_a_table_with_numbers() -> None:
    frame = plan(read_scenario(WALLET)).prices("my-pdpa-s129", groups=["law/my"])
    assert list(frame["name"]) == ["my-pdpa-s129", "law/my"]
    assert list(frame["usd_month"].round(2)) == [222.22, 1333.33]
    assert "222.2" in frame.to_html()


def test_a_conflict_is_true_and_shows_its_sets_and_ways_out() -> None:
    found = conflict(read_scenario(WALLET).with_(limits__regions=1))
    assert found
    assert set(found.sets["kind"]) == {"limit", "requirement"}
    assert list(found.repairs["setting"]) == ["limits.regions={at_most: 2}"]
    assert "at most 1 → 2" in found._repr_html_()
    assert "at most 1 → 2" in str(found)


def test_a_repair_applied_in_the_notebook_plans() -> None:
    poor = read_scenario(WALLET).with_(limits__regions=1)
    path, _, value = conflict(poor).repairs["setting"][0].partition("=")
    assert plan(poor.with_({path: value})).total_usd == plan(read_scenario(WALLET)).total_usd


def test_a_scenario_with_a_plan_has_a_conflict_that_is_false() -> None:
    found = conflict(read_scenario(ROOT / "scenarios" / "tiny.yaml"))
    assert not found
    assert "no conflict" in found._repr_html_()
    assert found.sets.empty
    assert found.repairs.empty


def test_names_in_the_html_of_a_conflict_are_escaped() -> None:
    noun = conflict(read_scenario(WALLET).with_(limits__regions=1)).noun
    (each,) = noun.sets
    nasty = replace(each, causes=tuple(replace(cause, of="<script>") for cause in each.causes))
    assert "<script>" not in conflict_html(replace(noun, sets=(nasty,)))


def test_a_difference_of_plans_is_true_when_something_changed() -> None:
    world = read_scenario(ROOT / "scenarios" / "tiny.yaml")
    roomy = world.with_({"regions.jb.zones.jb-a.capacity.vcpu": 28})
    found = plan(world).diff(plan(roomy))
    assert found
    assert found.usd_month is not None
    assert found.usd_month < 0
    assert set(found.lines["sign"]) == {"~"}
    assert "toy:jb" in found._repr_html_()
    assert not plan(world).diff(plan(world))
    assert "nothing changes" in str(plan(world).diff(plan(world)))


def test_flips_are_a_table_with_numbers_and_what_stays_beside_it() -> None:
    frame = plan(read_scenario(JOHOR)).flips("*8 storage", latency=True)
    assert list(frame["input"]) == ["alibaba:ap-southeast-8 storage", "round trips of assistant/front"]
    assert frame["break_even"][0] > frame["value"][0] > 0
    assert frame["weak"][0].startswith("copied")
    assert frame.attrs["swings"]["alibaba:ap-southeast-8 storage"] > 0


def test_readings_are_a_table_and_tell_what_certainty_costs() -> None:
    frame = read_scenario(WALLET).readings()
    assert set(frame["rule"]) == {"my-bnm-outsourcing-emoney", "sg-pdpa-s26-collected"}
    assert round(frame.attrs["certain_usd"] - frame.attrs["total_usd"], 2) == Decimal("972.22")
