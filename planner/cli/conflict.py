"""`planner conflict`: why a scenario has no plan, and the cheapest ways out."""

from __future__ import annotations

from pathlib import Path

import click

from planner.answers.conflict import find_conflict
from planner.cli import options
from planner.reports import conflict as report

CODES = {"feasible": 0, "infeasible": 3, "unsolved": 5}


@click.command("conflict")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--time-limit", metavar="S", help="Stop each solve after so many seconds; what is not proved says so.")
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    form: str,
    time_limit: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> int:
    """What in SCENARIO cannot hold together, proved minimal, and the smallest changes after which a plan exists.

    Exit codes: 0 a plan exists, 2 unreadable, 3 no plan exists, 5 a limit came before either was known.
    """
    question = options.read(ctx, scenario, options.settings(as_of, sets, include, without, time_limit=time_limit))
    found = find_conflict(question)
    click.echo(report.render(found, form, width=options.width()), nl=False)
    return CODES[found.state]
