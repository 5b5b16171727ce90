"""`planner policy table`: things by regions."""

from __future__ import annotations

from pathlib import Path

import click

from planner.authoring.matrix import matrix
from planner.cli import options
from planner.cli.policy_reading import format_option
from planner.reports import policy_matrix


@click.command("table")
@click.argument("scenario", type=click.Path(path_type=Path))
@options.reading_options
@format_option("text", "json", "markdown", "csv")
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
    form: str,
) -> None:
    """Which things of SCENARIO the rules let into which regions: allow, deny (by which rules), or needs a mechanism.

    Only law counts here: prices, capacity and latency are left to `planner why`.
    """
    question = options.read(ctx, scenario, options.settings(as_of, sets, include, without))
    click.echo(policy_matrix.render(matrix(question), form), nl=False)
