"""`planner alternatives`: plans that cost nearly as little and stand somewhere else."""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from planner.answers.alternatives import find_alternatives_to
from planner.cli import options
from planner.planning import plan
from planner.reports import differing as report


@click.command("alternatives")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--within", default="2 %", show_default=True, metavar="E", help="How much more a plan may cost.")
@click.option("--count", type=click.IntRange(1, 50), default=5, show_default=True, help="How many plans at most.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    within: str,
    count: int,
    form: str,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> None:
    """Plans of SCENARIO within a margin of the cheapest, each as different in place from those before as any can be.

    Exit codes: 0 done, 2 unreadable, 3 no plan exists.
    """
    margin = _fraction(within)
    question = options.read(ctx, scenario, options.settings(as_of, sets, include, without))
    planned = plan(question, progress=options.progress())
    tell = _told if sys.stderr.isatty() else None
    found = find_alternatives_to(planned, margin, count, tell)
    if tell is not None:
        click.echo("\r" + " " * 70 + "\r", nl=False, err=True)
    click.echo(report.render_alternatives(found, form, width=options.width()), nl=False)


def _fraction(text: str) -> Decimal:
    try:
        value = Decimal(text.rstrip("% ")) / (100 if text.rstrip().endswith("%") else 1)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or not 0 <= value <= 10:
        raise click.UsageError(f"--within {text!r} is no share such as '2 %'")
    return value


def _told(done: int, count: int) -> None:
    click.echo(f"\r{done} of {count} found".ljust(71), nl=False, err=True)
