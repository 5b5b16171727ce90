"""Writing: the web page of an answer, whole. Styles are allowed by their digest; nothing else may load or run."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

from markupsafe import Markup

from planner.reports.map.drawing import map_svg
from planner.reports.map.frames import NARROW, WIDE
from planner.reports.map.places import Sights, sights_asked, sights_of
from planner.reports.rendering import render, source_of
from planner.reports.text import ADVICE
from planner.reports.web_page.content import Answer, Section
from planner.reports.web_page.costs import costs
from planner.reports.web_page.headline import headline
from planner.reports.web_page.ledger import ledger
from planner.reports.web_page.matrix import matrix
from planner.reports.web_page.proof import assumptions, proof
from planner.reports.web_page.timeline import timeline
from planner.reports.web_page.ways_out import ways_out
from planner.reports.web_page.where import where

STYLES = ("page.css", "map.css")


def web_page(answer: Answer) -> str:
    """The page as HTML text: the same bytes for the same answer."""
    plan = answer.plan
    sights = sights_of(plan, answer.scenario) if plan else sights_asked(answer.scenario)
    style = "\n".join(source_of(name) for name in STYLES)
    return render(
        "page.html.j2",
        answer=answer,
        head=headline(answer, sights),
        maps=_maps(sights, answer),
        sections=_sections(answer, sights),
        style=Markup(style),  # noqa: S704 a file of the package
        style_digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        advice=ADVICE,
    )


def _maps(sights: Sights, answer: Answer) -> list[tuple[str, Markup]]:
    """The wide drawing and the narrow one; what a template has escaped is not escaped again."""
    sizes = (("wide", WIDE), ("narrow", NARROW))
    drawings = [(name, map_svg(sights, answer.borders, sheet=s, name=f"map-{name}", alone=False)) for name, s in sizes]
    return [(name, Markup(svg)) for name, svg in drawings if svg]  # noqa: S704


def _sections(answer: Answer, sights: Sights) -> list[Section]:
    plan, scenario = answer.plan, answer.scenario
    found: list[Section | None] = []
    if plan is not None:
        found = [where(plan, sights), costs(plan, scenario), timeline(plan, scenario)]
        found.append(ledger(plan, scenario, answer.prices))
    elif answer.conflict is not None:
        found = [*ways_out(answer.conflict)]
    found += [matrix(answer), assumptions(answer), proof(answer)]
    return [_without_empty(each) for each in found if each is not None]


def _without_empty(section: Section) -> Section:
    return replace(section, tables=tuple(table for table in section.tables if table.rows))
