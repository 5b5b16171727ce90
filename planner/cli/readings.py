"""`planner readings`: what unsettled rules would change, and the plan that is lawful whichever of them hold."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.answers.readings import UNSETTLED, find_readings
from planner.cli import options
from planner.reports import readings as report


@click.command("readings")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    form: str,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> int:
    """Rules of SCENARIO that are announced, proposed or contested: each alone, and the plan lawful under all readings.

    Exit codes: 0 done, 2 unreadable, 3 no plan is lawful under every reading.
    """
    wanted = tuple(dict.fromkeys((*UNSETTLED, *include)))
    question = options.read(ctx, scenario, options.settings(as_of, sets, wanted, without))
    tell = _told if sys.stderr.isatty() else None
    found = find_readings(question, tell)
    if tell is not None:
        click.echo("\r" + " " * 70 + "\r", nl=False, err=True)
    click.echo(report.render(found, form, width=options.width()), nl=False)
    return 3 if found.certain_usd is None else 0


def _told(done: int, count: int, name: str) -> None:
    click.echo(f"\r{done}/{count} {name}"[:70].ljust(71), nl=False, err=True)
