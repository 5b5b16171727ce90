"""Leaving rules out by clearing bits: the same candidates as judging everything again without them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from planner.answers.idle import Fingerprints
from planner.candidates.find import find_candidates
from planner.candidates.leaving_out import leave_out, only_widens
from planner.reading.library import data_root
from planner.reading.scenarios import read_scenario
from planner.rules.confine import Confine
from planner.rules.forbid import Forbid
from tests.oracles.small_world import component, region, rule, scenario
from tests.solver.test_law_agrees import law_world

CHUNK = 50


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_clearing_bits_leaves_what_judging_again_leaves(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + CHUNK):
        world = law_world(seed, tmp_path)
        names = [rule.id for rule in world.rules]
        base = find_candidates(world)
        prints = Fingerprints(base)
        for some in [*combinations(names, 1), *combinations(names, 2)]:
            kept, cleared = leave_out(world, base, frozenset(some))
            assert prints.of(cleared) == prints.of(find_candidates(kept)), (seed, some)


def test_all_rules_of_a_shipped_scenario_can_be_left_out_at_once() -> None:
    world = read_scenario(data_root() / "scenarios" / "tng-ewallet.yaml")
    kept, cleared = leave_out(world, find_candidates(world), frozenset(rule.id for rule in world.rules))
    assert kept.rules == ()
    now = cleared.periods[0]
    assert (now.runs.gates, now.copies.gates, now.copies.duties, now.runs.matched) == ((), (), (), frozenset())


def test_a_rule_called_like_a_requirement_leaves_the_requirement() -> None:
    law = replace(rule(Confine(("SG",))), id="status")
    world = scenario([component("a")], [region("r1", status="closed"), region("r2")], rules=(law,))
    _, cleared = leave_out(world, find_candidates(world), frozenset(["status"]))
    assert cleared.periods[0].runs.allowed.tolist() == [[False, True]]


def test_a_rule_that_kept_another_silent_does_not_only_widen() -> None:
    silencer = replace(rule(Forbid(())), id="o", overrides=("r",))
    world = scenario([component("a")], [region("r1")], rules=(rule(Forbid(("*",))), silencer))
    assert not only_widens(world, frozenset(["o"]))
    assert only_widens(world, frozenset(["r"]))
    assert only_widens(world, frozenset(["o", "r"]))
    assert leave_out(world, find_candidates(world), frozenset(["o"]))[1].periods[0].runs.allowed.tolist() == [[False]]
