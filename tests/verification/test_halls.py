"""An entity's own hall is open to its own components and datasets alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from planner.model.plan import Copy, Placement, Plan
from planner.model.question import Component, Dataset, Entity
from planner.model.scenario import Scenario

from .chip_world import HALL, Q, causes, figures, plan, scenario

LAX = replace(HALL, prices=replace(HALL.prices, storage=figures(x="0")["x"]))


def world(entity: str, **more: object) -> Scenario:
    component = Component(id="w/k", workload="w", entity=entity)
    data = Dataset(id="d", entity=entity)
    regions = {"regions": (LAX,), **more}
    return scenario(components=(component,), datasets=(data,), **regions)


ROW = Placement("w/k", Q, "o", "o:hall", "o:c", None, 1, Fraction(1), Decimal(0))
STANDS: Plan = replace(plan({}, ROW), copies=(Copy("d", "primary", Q, "o", "o:hall"),))


def test_the_entity_that_operates_a_hall_uses_it_and_others_do_not() -> None:
    assert causes(STANDS, world("e")) == set()
    assert causes(STANDS, world("x")) == {("own hall", "w/k"), ("own hall", "dataset:d")}


def test_each_of_several_operators_uses_it() -> None:
    both = (Entity(id="e", operates=("o",)), Entity(id="x", operates=("a", "o")), Entity(id="y"))
    assert causes(STANDS, world("x", entities=both)) == causes(STANDS, world("e", entities=both)) == set()
    assert ("own hall", "w/k") in causes(STANDS, world("y", entities=both))


def test_what_is_no_own_hall_or_is_operated_by_nobody_of_the_scenario_is_open() -> None:
    assert causes(STANDS, world("x", regions=(replace(LAX, kind="dedicated"),))) == set()
    assert causes(STANDS, world("x", entities=(Entity(id="e"), Entity(id="x")))) == set()


def test_the_provider_decides_not_the_region() -> None:
    assert causes(STANDS, world("x", entities=(Entity(id="e", operates=("hall",)), Entity(id="x")))) == set()
