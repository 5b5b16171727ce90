"""`planner schema`: published JSON Schemas."""

from __future__ import annotations

import json

import click

from planner.reading.schemas import KINDS, schema


@click.command("schema")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
def command(kind: str) -> None:
    """Print the JSON Schema of one kind of file."""
    click.echo(json.dumps(schema(kind), indent=1, ensure_ascii=False))
