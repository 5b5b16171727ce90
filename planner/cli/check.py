"""`planner check`: read and lint without planning."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.authoring.silent_flows import find_silent_flows
from planner.cli import options
from planner.errors import Fault
from planner.reading.inspecting import Inspection, inspect
from planner.reports import findings

FORMATS = ("text", "json", "github", "sarif")
format_option = click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
"""--format of everything that prints findings."""


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@format_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], form: str) -> int:
    """Read scenarios, policy files and region files; list every fault at once, each with file:line:col.

    Exit codes: 0 nothing found but warnings, 2 something cannot be read.
    """
    seen = [inspect(path, options.library(ctx)) for path in paths]
    linted = (fault for each in seen for scenario in each.scenarios for fault in find_silent_flows(scenario))
    faults = sorted({*linted, *(fault for each in seen for fault in each.faults)})
    click.echo(render(form, seen, faults), nl=False)
    return 2 if any(fault.severity == "error" for fault in faults) else 0


def render(form: str, seen: list[Inspection], faults: list[Fault]) -> str:
    """Findings in one of `FORMATS`."""
    if form == "json":
        return json.dumps(findings.as_records(seen, faults), indent=1, ensure_ascii=False) + "\n"
    if form == "github":
        return "".join(findings.as_github(fault) + "\n" for fault in faults)
    if form == "sarif":
        return json.dumps(findings.as_sarif(faults), indent=1, ensure_ascii=False) + "\n"
    lines = [str(fault) for fault in faults] + [f"{each.path}: {each.summary}" for each in seen if not each.errors]
    return "\n".join(lines) + "\n"
