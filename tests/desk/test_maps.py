"""Maps in a notebook: a GeoDataFrame that plots and agrees with the plan, a drawing, and the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from planner import plan, read_scenario
from planner.desk.plans import Plan

WALLET = Path(__file__).resolve().parents[2] / "scenarios" / "tng-ewallet.yaml"


@cache
def best() -> Plan:
    return plan(read_scenario(WALLET))


def test_regions_users_and_flows_are_rows_in_degrees() -> None:
    frame = best().geo()
    assert frame.crs.to_epsg() == 4326
    assert set(frame["kind"]) == {"region", "users", "flow"}
    assert set(frame.geometry.geom_type[frame["kind"] == "flow"]) == {"LineString"}
    johor = frame[frame["name"] == "alibaba:ap-southeast-8"].iloc[0]
    assert (round(johor.geometry.x, 2), round(johor.geometry.y, 2)) == (103.76, 1.47)


def test_regions_cost_what_the_placements_cost_and_flows_carry_what_the_plan_says() -> None:
    frame, tables = best().geo(), best()
    regions = frame[frame["kind"] == "region"].set_index("name")
    assert set(regions.index) == set(tables.placements["region"]) | set(tables.copies["region"])
    costs = tables.placements.groupby("region")["usd_month"].sum()
    assert regions.loc[costs.index, "usd_month"].to_list() == pytest.approx(costs.to_list())
    users = frame[(frame["kind"] == "flow") & frame["name"].str.startswith("users:my-users at MY/")]
    search = users[users["name"].str.endswith("> discovery/search")]
    assert search["gb_month"].sum() == pytest.approx(12400, rel=1e-4)


def test_weights_of_a_group_sum_to_one() -> None:
    frame = best().geo()
    mine = frame[(frame["kind"] == "users") & frame["name"].str.startswith("my-users at ")]
    assert mine["weight"].sum() == pytest.approx(1)


def test_the_map_and_the_page_are_text() -> None:
    assert best().map()._repr_svg_().startswith("<svg")
    assert best().to_html().startswith("<!doctype html>")
