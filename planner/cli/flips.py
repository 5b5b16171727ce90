"""`planner flips`: how far each figure can go before the plan is another one."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import click

from planner.answers.flips import find_flips
from planner.cli import options
from planner.planning import plan
from planner.reports import flips as report


@click.command("flips")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--latency", is_flag=True, help="Also ask round trips at the upper edge of their band.")
@click.option("--input", "inputs", multiple=True, metavar="PATTERN", help="Ask only such figures, e.g. '*vcpu'.")
@click.option("--most", type=click.FloatRange(min=1), default=3, show_default=True, help="Factor up to which is asked.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    latency: bool,
    inputs: tuple[str, ...],
    most: float,
    form: str,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> None:
    """The break-even of each figure behind the plan of SCENARIO, and what then moves.

    Asked are prices and electricity of regions in use, tied or next best, and the cost of mechanisms.
    Exit codes: 0 done, 2 unreadable, 3 no plan exists.
    """
    question = options.read(ctx, scenario, options.settings(as_of, sets, include, without))
    planned = plan(question, progress=options.progress())
    tell = _told if sys.stderr.isatty() else None
    found = find_flips(planned, inputs, most=Decimal(str(most)), latency=latency, tell=tell)
    if tell is not None:
        click.echo("\r" + " " * 70 + "\r", nl=False, err=True)
    click.echo(report.render(found, form, width=options.width()), nl=False)


def _told(done: int, count: int, name: str) -> None:
    click.echo(f"\r{done}/{count} {name}"[:70].ljust(71), nl=False, err=True)
