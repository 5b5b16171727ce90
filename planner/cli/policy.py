"""`planner policy`: tools for people who write rules."""

from __future__ import annotations

from pathlib import Path

import click

from planner.authoring.cases import run_cases
from planner.cli import options
from planner.errors import Where
from planner.reading.faults import Collector
from planner.reading.policies import read_policies


@click.group("policy")
def command() -> None:
    """Tools for people who write rules."""


@command.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Also list the cases that pass.")
@click.pass_context
def test(ctx: click.Context, paths: tuple[Path, ...], verbose: bool) -> int:
    """Run the inline cases of every rule (all policy folders in use, or only PATHS).

    Exit codes: 0 every case passes, 1 a case fails, 2 a file cannot be read.
    """
    faults = Collector()
    wanted = [str(path.resolve()) for path in paths] or None
    found = read_policies(options.library(ctx), wanted, Path(), Where("policies"), faults)
    faults.raise_errors()
    results = run_cases(found.rules.values(), found.vocabulary, found.lists)
    for result in results:
        if verbose or not result.passed:
            click.echo(str(result))
    failed = sum(not result.passed for result in results)
    click.echo(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0
