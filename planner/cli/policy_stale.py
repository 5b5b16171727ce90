"""`planner policy stale`: citations to check again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from planner.authoring.stale import stale
from planner.cli.policy_reading import format_option, paths_argument, read_rules
from planner.errors import Fault
from planner.reports import policy_findings
from planner.reports.policy_explained import cited


@click.command("stale")
@paths_argument
@click.option("--days", type=click.IntRange(0), default=180, show_default=True, help="How old a check may be.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Count back from this day instead of today.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when a citation is stale.")
@format_option("text", "json", "github", "markdown")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], days: int, as_of: datetime | None, exit_code: bool, form: str
) -> int:
    """List citations that were checked more than so many days ago, the oldest first.

    Exit codes: 0 done, 1 one is stale and --exit-code was given, 2 a file cannot be read.
    """
    today = (as_of or datetime.now(UTC)).date()
    found = stale(read_rules(ctx, paths).rules.values(), today, days)
    faults = [
        Fault(
            each.rule.where,
            "R105",
            f"{each.rule.id}: {cited(each.cite)}, {each.days} days ago",
            each.cite.url or "find the source and check it again",
            "warning",
        )
        for each in found
    ]
    click.echo(policy_findings.render(faults, form), nl=False)
    return 1 if exit_code and found else 0
