"""`planner report`: a plan file as one web page."""

from __future__ import annotations

from pathlib import Path

import click

from planner.answers.prices import find_prices
from planner.cli.writing import atomic_write
from planner.desk.pages import page_of_file
from planner.errors import Fault, InputFaults, Where
from planner.model.plain import digest
from planner.reading.embedding import NoPlanFile, PlanFile, read_document
from planner.verification import find_breaches


@click.command("report")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Write the page (HTML) here.",
)
@click.option("--with-prices", is_flag=True, help="Also find what each rule costs, by solving again.")
def command(plan: Path, output: Path, with_prices: bool) -> int:
    """Write PLAN (JSON, of `planner plan -o`) as one web page, after a re-check. It needs no script and no network.

    Exit codes: 0 written, 1 a breach was found and nothing is written, 2 not a plan document.
    """
    file = read_document(plan)
    _check_digest(file, plan)
    breaches = find_breaches(file.plan, file.scenario) if isinstance(file, PlanFile) else ()
    for breach in breaches:
        click.echo(str(breach))
    if breaches:
        click.echo(f"refused: {len(breaches)} breach(es), no page is written")
        return 1
    prices = find_prices(file.scenario) if with_prices and isinstance(file, PlanFile) else None
    atomic_write(output, page_of_file(file, prices))
    return 0


def _check_digest(file: PlanFile | NoPlanFile, path: Path) -> None:
    if digest(file.inputs) != file.stated_digest:
        text = "the embedded question is not the one the plan was made from (inputs_sha256)"
        raise InputFaults([Fault(Where(str(path)), "S003", text, "was it edited by hand?")])
