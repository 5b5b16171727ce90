"""`planner policy diff`: two policy folders, by meaning and by price."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from planner.authoring.difference import difference
from planner.authoring.priced_difference import priced
from planner.cli import options
from planner.cli.policy_reading import format_option, law_set
from planner.reports import policy_difference

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("diff")
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--scenario", type=click.Path(path_type=Path), help="Also plan this scenario under both.")
@click.option("--include", multiple=True, metavar="STATUS", help="Also compare announced, proposed or contested rules.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Prefer cases on this day instead of today.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when something changed.")
@format_option("text", "json", "markdown")
@click.pass_context
def command(
    ctx: click.Context,
    old: Path,
    new: Path,
    scenario: Path | None,
    include: tuple[str, ...],
    as_of: datetime | None,
    exit_code: bool,
    form: str,
) -> int:
    """What changes in meaning from policy folder OLD to NEW, with a case for each change.

    Exit codes: 0 done, 1 something changed and --exit-code was given, 2 a file cannot be read.
    """
    library = options.library(ctx)
    day = as_of.date() if as_of else _today()
    sides = [law_set(library, folder) for folder in (old, new)]
    found = difference(sides[0], sides[1], day, frozenset({"enacted", *include}))
    money = None
    if scenario is not None:
        money = priced(scenario, library, (old,), (new,), options.settings(include=include))
    click.echo(policy_difference.render(found, money, form), nl=False)
    return 1 if exit_code and not found.empty else 0


def _today() -> date:
    return datetime.now(UTC).date()
