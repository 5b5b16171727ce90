"""`planner library`: which folders are in use, and what they hold."""

from __future__ import annotations

import click

from planner.cli import options
from planner.reading.faults import Collector
from planner.reading.inspecting import catalogue_of
from planner.reading.library import Library
from planner.reading.round_trips import shipped_measurements
from planner.reports.catalogue_text import library_text


@click.command("library")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the folders of regions and policies in use, with content hashes, and what the catalogue holds.

    Numbers beside a provider count regions: all, those that are open, with a price of compute, with priced chips.
    """
    found = options.library(ctx)
    digests = iter(found.digests().items())
    for folder in (*found.regions, *found.policies):
        name, value = next(digests)
        click.echo(f"{name}  {value[:16]}  {folder}")
    click.echo()
    click.echo(_catalogue(found), nl=False)


def _catalogue(library: Library) -> str:
    held = catalogue_of(library)
    counts = [
        (len(held.regions), "regions"),
        (len(held.accelerators), "kinds of accelerator"),
        (sum(len(points) for points in held.demand.values()), f"places of users in {len(held.demand)} countries"),
        (len(shipped_measurements(library, Collector())), "measured round trips"),
    ]
    return library_text(held.regions.values(), counts, width=options.width())
