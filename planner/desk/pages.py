"""The web page of an answer, told from a plan document, from a plan found now, or from a question without one."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

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


def page_of_file(file: PlanFile | NoPlanFile, prices: Prices | None = None) -> str:
    """The page of a plan document."""
    known = (file.scenario, read_borders(), file.stated_digest, _version())
    if isinstance(file, PlanFile):
        return web_page(Answer(file.plan.status, *known, file.plan, prices=prices))
    return web_page(Answer(file.status, *known, None, file.refused, file.struck_out, None, file.conflict))


def page_of(planned: Planned) -> str:
    """The page of a plan."""
    known = (planned.scenario, read_borders(), digest(inputs_of(planned.scenario)), _version())
    return web_page(Answer(planned.plan.status, *known, planned.plan))


def page_of_no_plan(
    outcome: Outcome,
    scenario: Scenario,
    refused: tuple[RefusedPlaces, ...],
    struck_out: tuple[StruckOut, ...],
    conflict: Conflict | None,
) -> str:
    """The page of a question without a plan."""
    known = (scenario, read_borders(), digest(inputs_of(scenario)), _version())
    return web_page(Answer(outcome.state.value, *known, None, refused, struck_out, None, conflict))


def _version() -> str:
    """The version that is installed; a checkout need not be."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "of a checkout"
