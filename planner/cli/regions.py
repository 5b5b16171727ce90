"""`planner regions`: the catalogue."""

from __future__ import annotations

import click

from planner.cli import options
from planner.errors import Fault, InputFaults, Where
from planner.reading.inspecting import catalogue_of
from planner.reading.regions import known_region
from planner.reports import catalogue_text


@click.group("regions")
def command() -> None:
    """The catalogue of regions."""


@command.command("list")
@click.option("--place", metavar="CODE", help="Only regions in this country or subdivision.")
@click.pass_context
def list_regions(ctx: click.Context, place: str | None) -> None:
    """List every region: key, country, zones, status, name."""
    found = catalogue_of(options.library(ctx)).regions
    chosen = [r for key, r in sorted(found.items()) if place is None or place in r.places]
    click.echo(catalogue_text.regions_text(chosen, width=options.width()), nl=False)


@command.command("show")
@click.argument("region")
@click.pass_context
def show(ctx: click.Context, region: str) -> None:
    """Show REGION (`provider:id`) with every figure, its source, date and confidence."""
    catalogue = catalogue_of(options.library(ctx))
    if region not in catalogue.regions:
        raise InputFaults(
            [Fault(Where("region"), "N001", f"region {region!r} is not known", known_region(region, catalogue.regions))]
        )
    found = catalogue.regions[region]
    click.echo(
        catalogue_text.region_text(found, catalogue.operators.get(found.provider), width=options.width()), nl=False
    )
