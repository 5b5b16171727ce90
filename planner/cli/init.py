"""`planner init`: a scenario to start from."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.writing import atomic_write
from planner.reading.library import data_root


@click.command("init")
@click.argument("name")
@click.pass_context
def command(ctx: click.Context, name: str) -> None:
    """Write NAME.yaml: a small scenario that plans, to change step by step."""
    path = Path(name if name.endswith(".yaml") else f"{name}.yaml")
    if path.exists():
        raise click.UsageError(f"{path} is there already; choose another name")
    template = (data_root() / "scenarios" / "tiny.yaml").read_text(encoding="utf-8")
    lines = [f"scenario: {path.stem}" if line.startswith("scenario:") else line for line in template.splitlines()]
    atomic_write(path, "\n".join(lines) + "\n")
    click.echo(f"{path} written; run `planner plan {path}`")
