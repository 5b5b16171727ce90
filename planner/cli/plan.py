"""`planner plan`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.authoring.silent_flows import find_silent_flows
from planner.cli import options
from planner.cli.writing import atomic_write
from planner.errors import NoLawfulPlan, Unsolved
from planner.model.outcome import Outcome
from planner.model.scenario import Scenario
from planner.planning import Planned, plan
from planner.reports import no_plan, records, tables, text


@click.command("plan")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan document (JSON) here."
)
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer as one web page (HTML) here."
)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option(
    "--next-best",
    type=click.Choice(["bound", "exact"]),
    default="bound",
    show_default=True,
    help="How far to know each component's next best region: a proved bound, or a second optimum each.",
)
@options.reading_options
@options.solving_options
@click.pass_context
def command(
    ctx: click.Context,
    scenario: Path,
    output: Path | None,
    html: Path | None,
    form: str,
    next_best: str,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
    solver: str,
    time_limit: str | None,
    gap: str | None,
) -> int:
    """Find the cheapest lawful plan of SCENARIO, prove it, re-check it and explain it.

    Exit codes: 0 done, 2 unreadable, 3 infeasible, 4 stopped at a limit with a plan, 5 stopped without one.
    """
    chosen = options.settings(as_of, sets, include, without, gap, time_limit)
    question = options.read(ctx, scenario, chosen)
    for finding in find_silent_flows(question):
        click.echo(str(finding), err=True)
    try:
        planned = plan(question, solver=options.check_solver(solver), progress=options.progress())
    except (NoLawfulPlan, Unsolved) as error:
        return _no_plan(error, question, form, output, html)
    finally:
        if sys.stderr.isatty():
            click.echo("\r" + " " * 70 + "\r", nl=False, err=True)
    shown = _with_exact_next_best(planned) if next_best == "exact" else planned
    if html:
        from planner.desk.pages import page_of

        atomic_write(html, page_of(shown))
    _show(shown, form, output)
    return 0 if planned.plan.status == "optimal" else 4


def _with_exact_next_best(planned: Planned) -> Planned:
    from planner.answers.next_best import with_exact_next_best

    return with_exact_next_best(planned)


def _show(planned: Planned, form: str, output: Path | None) -> None:
    document = (
        records.to_json(records.plan_document(planned.plan, planned.scenario)) if output or form == "json" else ""
    )
    if output:
        atomic_write(output, document)
    if form == "json":
        click.echo(document, nl=False)
    elif form == "csv":
        click.echo(tables.placements_csv(planned.plan), nl=False)
    else:
        click.echo(text.plan_text(planned.plan, planned.scenario, width=options.width()), nl=False)


def _no_plan(
    error: NoLawfulPlan | Unsolved, scenario: Scenario, form: str, output: Path | None, html: Path | None
) -> int:
    from planner.answers.conflict import conflict_of
    from planner.answers.shut_out import shut_out

    outcome = error.outcome
    assert isinstance(outcome, Outcome)
    refused, arrivals = shut_out(scenario)
    conflict = conflict_of(scenario) if isinstance(error, NoLawfulPlan) else None
    document = records.to_json(records.no_plan_document(outcome, scenario, refused, arrivals, conflict))
    if output:
        atomic_write(output, document)
    if html:
        from planner.desk.pages import page_of_no_plan

        atomic_write(html, page_of_no_plan(outcome, scenario, refused, arrivals, conflict))
    if form == "json":
        click.echo(document, nl=False)
    elif form == "text":
        page = no_plan.no_plan_text(outcome, scenario, refused, arrivals, conflict, width=options.width())
        click.echo(page, nl=False)
    else:
        click.echo(f"{outcome.state.value}: no plan to list", err=True)
    return error.exit_code
