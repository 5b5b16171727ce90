"""`planner verify`: an independent re-check of a plan file."""

from __future__ import annotations

from pathlib import Path

import click

from planner.answers.rechecking import recheck
from planner.cli import options
from planner.reading.embedding import read_plan


@click.command("verify")
@click.argument("plan", type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, plan: Path) -> int:
    """Re-check PLAN (JSON) from the question it embeds; solve that question again to check the stated bound.

    Exit codes: 0 every figure agrees, 1 a breach was found, 2 not a plan document.
    """
    checked = recheck(read_plan(plan), options.library(ctx))
    for note in checked.notes:
        click.echo(f"note: {note}", err=True)
    for breach in checked.breaches:
        click.echo(str(breach))
    if checked.breaches:
        click.echo(f"refused: {len(checked.breaches)} breach(es)")
        return 1
    click.echo(f"verified: {checked.summary}")
    return 0
