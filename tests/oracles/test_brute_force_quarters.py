"""Plans over quarters and trying everything: the same least cost, exactly."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.errors import NoLawfulPlan
from planner.model.scenario import Scenario
from planner.planning import plan
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from tests.oracles import quarter_chips, quarter_instances
from tests.oracles.quarter_chips import cheapest_with_chips
from tests.oracles.quarters import cheapest

SEEDS, AT_ONCE = 500, 50
CHIPS = 150
Document = dict[str, Any]


def world(seed: int, folder: Path) -> Scenario:
    vocabulary = quarter_instances.vocabulary(seed)
    return written(quarter_instances.instance(seed), quarter_instances.RULES, vocabulary, folder)


def written(scenario: Document, rules: Document, vocabulary: Document, folder: Path) -> Scenario:
    files = {"scenario.yaml": scenario, "law.yaml": rules, "vocab.yaml": vocabulary}
    for name, data in files.items():
        (folder / name).write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")
    return read_scenario(folder / "scenario.yaml", library=Library((), ()))


def total(scenario: Scenario) -> Fraction | None:
    try:
        found = plan(scenario).plan
    except NoLawfulPlan:
        return None
    assert found.status == "optimal"
    return Fraction(found.total_usd)


@pytest.mark.parametrize("start", range(0, SEEDS, AT_ONCE))
def test_the_plan_costs_what_the_best_of_all_plans_costs(start: int, tmp_path: Path) -> None:
    for seed in range(start, start + AT_ONCE):
        scenario = world(seed, tmp_path)
        found, least = total(scenario), cheapest(scenario)
        assert (found is None) == (least is None), seed
        if found is not None and least is not None:
            # Discounted costs are rounded one by one in the program: ties within a micro-dollar each may go either way.
            slack = Fraction(0) if not scenario.horizon.discount_rate else Fraction(30, 10**6)
            assert abs(found - round(least, 6)) <= slack, seed


@pytest.mark.parametrize("start", range(0, CHIPS, AT_ONCE))
def test_chips_that_stand_arrive_and_are_bought_over_time_cost_the_least(start: int, tmp_path: Path) -> None:
    for seed in range(start, start + AT_ONCE):
        scenario = written(quarter_chips.instance(seed), quarter_chips.BARRED, quarter_chips.WORDS, tmp_path)
        least = cheapest_with_chips(scenario)
        assert total(scenario) == (None if least is None else round(least, 6)), seed


def test_more_stock_never_costs_more(tmp_path: Path) -> None:
    for seed in range(40):
        fewer, more = quarter_chips.instance(seed), quarter_chips.instance(seed)
        more["regions"][0]["zones"][0]["stock"][0]["units"] += 2
        before, after = (
            total(written(each, quarter_chips.BARRED, quarter_chips.WORDS, tmp_path)) for each in (fewer, more)
        )
        assert before is None or (after is not None and after <= before), seed


def test_what_takes_longer_to_obtain_never_costs_less(tmp_path: Path) -> None:
    for seed in range(40):
        scenario, soon, late = (
            quarter_instances.instance(seed),
            quarter_instances.vocabulary(seed),
            quarter_instances.vocabulary(seed),
        )
        soon["mechanisms"]["assessed"].pop("valid_days", None)
        late["mechanisms"]["assessed"].pop("valid_days", None)
        late["mechanisms"]["assessed"]["lead_days"] += 60
        before, after = (total(written(scenario, quarter_instances.RULES, each, tmp_path)) for each in (soon, late))
        # What is asked for earlier is charged earlier, so that less of it may fall inside: only feasibility is certain.
        assert before is not None or after is None, seed


def test_quarters_that_nothing_joins_are_planned_each_by_itself(tmp_path: Path) -> None:
    for seed in range(40):
        scenario = quarter_instances.instance(seed)
        for key in ("current", "limits", "holds"):
            scenario.pop(key, None)
        scenario["policies"] = []
        scenario["horizon"].pop("discount_rate", None)
        for region in scenario["regions"]:
            region.pop("opening_once", None)
        for component in scenario["workloads"][0]["components"]:
            for key in ("growth", "migration", "stay"):
                component.pop(key, None)
        whole = written(scenario, quarter_instances.RULES, quarter_instances.vocabulary(seed), tmp_path)
        alone = []
        for period in whole.periods:
            one = {**scenario, "horizon": {"from": str(period), "periods": 1}}
            alone.append(total(written(one, quarter_instances.RULES, quarter_instances.vocabulary(seed), tmp_path)))
        due = None if None in alone else 3 * sum(usd for usd in alone if usd is not None)
        assert total(whole) == due, seed
