"""`planner diff`: two plans, two scenarios, or two policy folders over a scenario."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from planner.answers.difference import Answer, answer_in, answer_to, difference
from planner.authoring.difference import Difference as LawDifference
from planner.authoring.difference import difference as law_difference
from planner.cli import options
from planner.cli.policy_reading import format_option, law_set
from planner.model.difference import Difference
from planner.reading.embedding import read_answer
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings
from planner.reports import difference as report
from planner.reports import policy_difference

SIDE = click.Path(path_type=Path, exists=True)


@click.command("diff")
@click.argument("old", type=SIDE)
@click.argument("new", type=SIDE)
@click.option("--scenario", type=click.Path(path_type=Path), help="With two policy folders: plan this scenario.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when something changed.")
@format_option("text", "json", "markdown")
@options.reading_options
@click.pass_context
def command(
    ctx: click.Context,
    old: Path,
    new: Path,
    scenario: Path | None,
    exit_code: bool,
    form: str,
    as_of: str | None,
    sets: tuple[str, ...],
    include: tuple[str, ...],
    without: tuple[str, ...],
) -> int:
    """What changes from OLD to NEW: plan documents (JSON), scenario files, or policy folders over --scenario.

    Scenario files are planned now; a document and a file may be compared too.
    Exit codes: 0 done, 1 something changed and --exit-code was given, 2 a file cannot be read.
    """
    chosen = options.settings(as_of, sets, include, without)
    if old.is_dir() or new.is_dir():
        if scenario is None or not (old.is_dir() and new.is_dir()):
            raise click.UsageError("two policy folders are compared over a scenario: planner diff OLD NEW --scenario S")
        return _folders(ctx, old, new, scenario, chosen, form, exit_code)
    if scenario is not None:
        raise click.UsageError("--scenario goes with two policy folders")
    found = difference(*(_answer(ctx, path, chosen) for path in (old, new)))
    click.echo(report.render(found, form), nl=False)
    return 1 if exit_code and not found.empty else 0


def _answer(ctx: click.Context, path: Path, chosen: Settings) -> Answer:
    if path.suffix == ".json":
        return answer_in(read_answer(path), str(path))
    return answer_to(options.read(ctx, path, chosen), str(path))


def _folders(
    ctx: click.Context, old: Path, new: Path, scenario: Path, chosen: Settings, form: str, exit_code: bool
) -> int:
    """The rules by meaning, then the plans under both."""
    library = options.library(ctx)
    before, after = (law_set(library, folder) for folder in (old, new))
    statuses = frozenset({"enacted", *chosen.include})
    law = law_difference(before, after, chosen.as_of or datetime.now(UTC).date(), statuses)
    answers = [
        answer_to(read_scenario(scenario, library=replace(library, policies=(folder,)), settings=chosen), str(folder))
        for folder in (old, new)
    ]
    found = difference(*answers)
    click.echo(_both(law, found, form), nl=False)
    return 1 if exit_code and not (law.empty and found.empty) else 0


def _both(law: LawDifference, found: Difference, form: str) -> str:
    if form == "json":
        document = policy_difference.difference_document(law, None) | {"plans": report.difference_document(found)}
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    return policy_difference.render(law, None, form) + "\n" + report.render(found, form)
