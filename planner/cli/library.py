"""`planner library`: which folders are in use."""

from __future__ import annotations

import click

from planner.cli import options


@click.command("library")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the folders of regions and policies in use, with their content hashes."""
    found = options.library(ctx)
    digests = iter(found.digests().items())
    for folder in (*found.regions, *found.policies):
        name, value = next(digests)
        click.echo(f"{name}  {value[:16]}  {folder}")
