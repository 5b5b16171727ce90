"""Page writing: an answer as a web page in a file, whole or not at all."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from planner.cli.writing import atomic_write
from planner.model.conflict import Conflict
from planner.model.outcome import Outcome
from planner.model.plain import digest
from planner.model.plan import RefusedPlaces, StruckOut
from planner.model.price import Prices
from planner.model.scenario import Scenario
from planner.planning import Planned
from planner.reading.borders import read_borders
from planner.reading.embedding import NoPlanFile, PlanFile
from planner.reports.records import inputs_of
from planner.reports.web_page.content import Answer
from planner.reports.web_page.writing import web_page

PACKAGE = "residency-planner"


def page_of_file(file: PlanFile | NoPlanFile, prices: Prices | None = None) -> Answer:
    """What a plan document tells a page."""
    known = (file.scenario, read_borders(), file.stated_digest, version(PACKAGE))
    if isinstance(file, PlanFile):
        return Answer(file.plan.status, *known, file.plan, prices=prices)
    return Answer(file.status, *known, None, file.refused, file.struck_out, None, file.conflict)


def page_of_plan(planned: Planned) -> Answer:
    """What a plan found now tells a page."""
    known = (planned.scenario, read_borders(), digest(inputs_of(planned.scenario)), version(PACKAGE))
    return Answer(planned.plan.status, *known, planned.plan)


def page_of_no_plan(
    outcome: Outcome,
    scenario: Scenario,
    refused: tuple[RefusedPlaces, ...],
    struck_out: tuple[StruckOut, ...],
    conflict: Conflict | None,
) -> Answer:
    """What a question without a plan tells a page."""
    known = (scenario, read_borders(), digest(inputs_of(scenario)), version(PACKAGE))
    return Answer(outcome.state.value, *known, None, refused, struck_out, None, conflict)


def write_page(path: Path, answer: Answer) -> None:
    """Write the page; raises click.UsageError when the file cannot be written."""
    atomic_write(path, web_page(answer))
