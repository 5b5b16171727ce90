"""No plan: what is said when a scenario has none, or none was found in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.model.conflict import Conflict
from planner.model.outcome import Outcome
from planner.model.plan import RefusedPlaces, StruckOut
from planner.model.scenario import Scenario
from planner.reports.chips import arrival_lines
from planner.reports.conflict import conflict_lines
from planner.reports.page import Page
from planner.reports.text import ADVICE, refused_text


def no_plan_text(
    outcome: Outcome,
    scenario: Scenario,
    refused: Iterable[RefusedPlaces],
    struck_out: Sequence[StruckOut] = (),
    conflict: Conflict | None = None,
    *,
    width: int = 80,
) -> str:
    """Why there is no plan: the conflict, then whatever has no place left at all."""
    page = Page(width)
    page.line(scenario.question, "bold")
    page.line()
    if outcome.state.value == "infeasible":
        page.line(
            f"infeasible: no plan satisfies every rule and requirement (least violation {outcome.least_violation:.3g})",
            "bold",
        )
        if conflict is not None:
            conflict_lines(page, conflict)
        shut = [group for group in refused if len(group.regions) == len(scenario.regions)]
        if shut:
            page.line("These have no place left at all:")
            refused_text(page, shut)
        for line in arrival_lines(struck_out, scenario):
            page.line(line)
    else:
        page.line("unsolved: the limit was reached before any plan was found; raise --time-limit", "bold")
    page.line(ADVICE)
    return page.text
