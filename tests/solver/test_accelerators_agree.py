"""A thousand small scenarios about accelerators: the planner finds what trying everything finds."""

from __future__ import annotations

import pytest

from tests.oracles.accelerator_instances import accelerator_world
from tests.solver.agreeing import compared

CHUNK = 100


@pytest.mark.parametrize("first", range(0, 1000, CHUNK))
def test_the_plan_on_accelerators_costs_what_trying_everything_costs(first: int) -> None:
    wrong = {seed: text for seed in range(first, first + CHUNK) if (text := compared(accelerator_world(seed)))}
    assert not wrong
