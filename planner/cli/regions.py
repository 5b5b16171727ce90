"""`planner regions`: the catalogue."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import click

from planner.cli import check as checking
from planner.cli import options
from planner.errors import Fault, InputFaults, Where
from planner.model.borders import Cities, Disputes
from planner.model.catalogue import RegionKind
from planner.model.places import COUNTRIES, is_place
from planner.reading.borders import known_cities, read_central_cities, read_disputes
from planner.reading.checking_borders import check_catalogue_places
from planner.reading.faults import Collector, nearest
from planner.reading.inspecting import Inspection, catalogue_of, faults_of_catalogue, inspect
from planner.reading.library import Library, label
from planner.reading.region_lists import check_list
from planner.reading.regions import known_region
from planner.reports import catalogue_text


@click.group("regions")
def command() -> None:
    """The catalogue of regions."""


def list_options(function: Callable[..., None]) -> Callable[..., None]:
    """--provider, --in, --kind."""
    for option in (
        click.option("--kind", type=click.Choice(typing.get_args(RegionKind)), help="Only regions of this kind."),
        click.option(
            "--in", "places", multiple=True, metavar="CODE", help="Only in this country or part of one (repeatable)."
        ),
        click.option("--provider", "providers", multiple=True, metavar="NAME", help="Only of this one (repeatable)."),
    ):
        function = option(function)
    return function


@command.command("list")
@list_options
@click.pass_context
def list_regions(ctx: click.Context, providers: tuple[str, ...], places: tuple[str, ...], kind: str | None) -> None:
    """List regions: key, country, zones, status, kind, name."""
    catalogue = catalogue_of(options.library(ctx), providers or None)
    _refuse("--provider", "provider", set(providers) - catalogue.providers, catalogue.providers)
    _refuse("--in", "place", {code for code in places if not is_place(code)}, COUNTRIES)
    chosen = [
        region
        for _, region in sorted(catalogue.regions.items())
        if (not providers or region.provider in providers)
        and (not places or not region.places.isdisjoint(places))
        and kind in (None, region.kind)
    ]
    click.echo(catalogue_text.regions_text(chosen, width=options.width()), nl=False)


def _refuse(option: str, what: str, wrong: Iterable[str], known: Iterable[str]) -> None:
    """Refuse words of an option that name nothing."""
    faults = [Fault(Where(option), "N001", f"{what} {word!r} is not known", nearest(word, known)) for word in wrong]
    if faults:
        raise InputFaults(faults)


@command.command("show")
@click.argument("region")
@click.pass_context
def show(ctx: click.Context, region: str) -> None:
    """Show REGION (`provider:id`) with every figure, its source, date and confidence."""
    library = options.library(ctx)
    catalogue = catalogue_of(library, (region.split(":")[0],))
    if region not in catalogue.regions:
        known = catalogue_of(library).regions
        hint = known_region(region, known)
        raise InputFaults([Fault(Where("region"), "N001", f"region {region!r} is not known", hint)])
    found = catalogue.regions[region]
    operator = catalogue.operators.get(found.provider)
    click.echo(catalogue_text.region_text(found, operator, width=options.width()), nl=False)


@command.command("check")
@click.option(
    "--csv", "table", type=click.Path(path_type=Path), metavar="FILE", help="Check a list of regions instead."
)
@click.option(
    "--disputed", multiple=True, metavar="AREA=CODE", help="Whose a disputed area is, e.g. jerusalem=IL (repeatable)."
)
@checking.format_option
@click.pass_context
def check(ctx: click.Context, table: Path | None, disputed: tuple[str, ...], form: str) -> int:
    """Check every file of the catalogue, or a list of regions of your own, also against borders.

    Of the catalogue: keys, zones, words, origins, numbers by which lists say `unknown`. Of both: points that are not
    in their country (wrong sign, swapped, offshore, its middle, another country) or far from the city they name, and
    round trips faster than light.

    Exit codes: 0 nothing found, 1 something to mend, 2 something cannot be read.
    """
    disputes = read_disputes(disputed)
    seen, faults = (
        _checked_list(table, options.library(ctx), disputes)
        if table
        else _checked_catalogue(options.library(ctx), disputes)
    )
    click.echo(checking.render(form, seen, faults), nl=False)
    return 2 if any(fault.severity == "error" for fault in faults) else 1 if faults else 0


def _checked_catalogue(library: Library, disputes: Disputes) -> tuple[list[Inspection], list[Fault]]:
    seen = [inspect(folder, library) for folder in library.regions]
    faults = Collector()
    check_catalogue_places(library, disputes, faults)
    together = (*faults_of_catalogue(library), *faults.faults)
    return seen, sorted({*together, *(fault for each in seen for fault in each.faults)})


def _checked_list(path: Path, library: Library, disputes: Disputes) -> tuple[list[Inspection], list[Fault]]:
    faults = Collector()
    known = tuple(replace(city, known_from="") for city in known_cities(catalogue_of(library)))
    rows = check_list(path, disputes, Cities(read_central_cities(), known), faults)
    found = tuple(sorted(set(faults.faults)))
    return [Inspection(label(path), "list", found, f"{rows} regions read")], list(found)
