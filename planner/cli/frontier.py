"""`planner frontier`: what a faster plan costs, point by point."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.answers.frontier import find_frontier
from planner.cli import options
from planner.planning import plan
from planner.reports import differing as report


@click.command("frontier")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--against", type=click.Choice(["latency"]), default="latency", show_default=True, help="What cost buys.")
@click.option("--points", type=click.IntRange(2, 200), default=12, show_default=True, help="How many points at most.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    against: str,
    points: int,
    form: str,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> None:
    """Plans of SCENARIO that nothing beats in both cost and mean round trip of users, each proved.

    Exit codes: 0 done, 2 unreadable, 3 no plan exists.
    """
    question = options.read(ctx, scenario, options.settings(as_of, sets, include, without))
    planned = plan(question, progress=options.progress())
    tell = _told if sys.stderr.isatty() else None
    found = find_frontier(planned, points, tell)
    if tell is not None:
        click.echo("\r" + " " * 70 + "\r", nl=False, err=True)
    click.echo(report.render_frontier(found, form, width=options.width()), nl=False)


def _told(done: int, count: int) -> None:
    click.echo(f"\r{done} of {count} points".ljust(71), nl=False, err=True)
