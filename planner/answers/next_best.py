"""Next best, exactly: for each component the region of least regret, by a second optimum."""

from __future__ import annotations

from dataclasses import replace

from planner.answers.several import only_one_period
from planner.planning import Planned
from planner.solver.next_best import exact_next_best


def with_exact_next_best(planned: Planned) -> Planned:
    """The same plan, whose evidence says what each component's next best region costs; only an optimum has one."""
    only_one_period(planned.scenario, "the next best")
    plan = planned.plan
    if plan.status != "optimal":
        return planned
    found = exact_next_best(planned.scenario, planned.candidates, plan)
    return replace(planned, plan=replace(plan, evidence=replace(plan.evidence, next_best=found)))
