"""`planner price`: what each rule costs."""

from __future__ import annotations

from pathlib import Path

import click

from planner.answers.prices import find_prices
from planner.cli import options
from planner.errors import Unsolved
from planner.reports import prices as report


@click.command("price")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Price this rule alone (repeatable); default: all.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="DIR",
    help="Also price all rules of a file or folder together, e.g. law/my (repeatable).",
)
@click.option("--pairs", is_flag=True, help="Also price every two rules together.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--time-limit", metavar="S", help="Stop each solve after so many seconds; prices become intervals.")
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    rules: tuple[str, ...],
    groups: tuple[str, ...],
    pairs: bool,
    form: str,
    time_limit: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> int:
    """What each rule adds to the cost of the plan of SCENARIO: the optimum with all rules less the one without it.

    Exit codes: 0 done, 2 unreadable, 3 no plan exists with all rules, 4 a limit left an interval, 5 no plan in time.
    """
    chosen = options.settings(as_of, sets, include, without, time_limit=time_limit)
    question = options.read(ctx, scenario, chosen)
    try:
        found = find_prices(question, rules, groups, pairs=pairs)
    except Unsolved as error:
        click.echo(report.unsolved(question.name, form), nl=False)
        return error.exit_code
    click.echo(report.render(found, form, width=options.width()), nl=False)
    if found.total_usd is None:
        return 3
    every = (*found.rules, *found.groups, *found.pairs)
    return 4 if found.stopped or any(price.state == "interval" for price in every) else 0
