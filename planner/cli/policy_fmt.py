"""`planner policy fmt`: rule files in the usual order and spacing."""

from __future__ import annotations

from pathlib import Path

import click

from planner.authoring.layout import laid_out, rule_files
from planner.cli.writing import atomic_write
from planner.reading.library import label


@click.command("fmt")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file would change.")
def command(paths: tuple[Path, ...], check: bool) -> int:
    """Put the rule files of PATHS into the usual order and spacing; comments stay, and what they say never changes.

    Exit codes: 0 done, 1 a file would change (--check), 2 a file cannot be read.
    """
    changed = 0
    for path in rule_files(paths):
        text = path.read_text(encoding="utf-8")
        new = laid_out(text, label(path))
        if new != text:
            changed += 1
            click.echo(f"{'would change' if check else 'changed'} {label(path)}")
            if not check:
                atomic_write(path, new)
    click.echo(f"{changed} {'to change' if check else 'changed'}")
    return 1 if check and changed else 0
