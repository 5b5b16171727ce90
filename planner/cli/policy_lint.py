"""`planner policy lint`: rules one by one and as a set."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from planner.authoring.lint import Linted, lint
from planner.cli import options
from planner.cli.policy_reading import format_option, language_of, paths_argument, read_rules
from planner.reading.inspecting import catalogue_of
from planner.reading.library import label
from planner.reading.placing import in_areas
from planner.reports import policy_findings


@click.command("lint")
@paths_argument
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Read dates on this day instead of today.")
@format_option("text", "json", "github", "sarif", "markdown")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], as_of: datetime | None, form: str) -> int:
    """Check rules one by one and as a set; docs/lint has a page for each code.

    Exit codes: 0 nothing found but warnings and notes, 1 an error, 2 a file cannot be read.
    """
    found = read_rules(ctx, paths)
    catalogue, areas = catalogue_of(options.library(ctx)), found.vocabulary.areas
    linted = Linted(
        rules=found.rules,
        language=language_of(found),
        today=as_of.date() if as_of else _today(),
        exemptions=tuple(found.exemptions.values()),
        regions=tuple(in_areas(each, areas, found.outlines) for each in catalogue.regions.values()),
        operators=catalogue.operators,
        files={label(path): path for path in found.files},
        outlines=found.outlines,
        classes={} if paths else found.classes,
    )
    faults = [finding.fault for finding in lint(linted)]
    click.echo(policy_findings.render(faults, form), nl=False)
    return 1 if any(fault.severity == "error" for fault in faults) else 0


def _today() -> date:
    return datetime.now(UTC).date()
