"""`planner why`: reasons for one component."""

from __future__ import annotations

from pathlib import Path

import click

from planner.answers import why
from planner.cli import options
from planner.planning import plan
from planner.reports import answers_text


@click.command("why")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("component")
@click.option(
    "--not",
    "elsewhere",
    metavar="REGION",
    help="Why not in this region (or zone): every reason, or what it would cost.",
)
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    component: str,
    elsewhere: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> None:
    """Why COMPONENT of SCENARIO is where it is; with --not, why it is not elsewhere."""
    question = options.read(ctx, scenario, options.settings(as_of, sets, include, without))
    name = why.find_component(component, question)
    region = why.find_region(elsewhere, question) if elsewhere else None
    planned = plan(question)
    if region is None:
        reasons, asked = why.why_everywhere(name, planned), question.component[name]
        click.echo(answers_text.why_text(reasons, asked, width=options.width()), nl=False)
        return
    found = why.why_not(name, region, planned)
    click.echo(answers_text.why_not_text(found, width=options.width()), nl=False)
