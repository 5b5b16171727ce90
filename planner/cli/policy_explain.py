"""`planner policy explain`: every rule on one component in one region."""

from __future__ import annotations

from pathlib import Path

import click

from planner.answers.why import find_region
from planner.authoring.explain import VERBS, explain, find_thing
from planner.cli import options
from planner.cli.policy_reading import format_option
from planner.reports import policy_explained


@click.command("explain")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--component", required=True, metavar="C", help="A component, or dataset:ID.")
@click.option("--region", required=True, metavar="R", help="A region (provider:id) or a zone of it.")
@click.option("--verb", type=click.Choice(VERBS), help="Only this verb.")
@click.option("-v", "--verbose", is_flag=True, help="Also list the rules that do not bear.")
@options.reading_options
@format_option("text", "json", "markdown")
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    component: str,
    region: str,
    verb: str | None,
    verbose: bool,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
    form: str,
) -> None:
    """What every rule says of a component in a region: by which fact it bears, what lifts it, on what authority."""
    question = options.read(ctx, scenario, options.settings(as_of, sets, include, without))
    found = explain(question, find_thing(component, question), find_region(region, question), verb)
    shown = [each for each in found if verbose or form == "json" or each.verdict.answer != "not_applicable"]
    click.echo(policy_explained.render(shown, form, silent=len(found) - len(shown)), nl=False)
