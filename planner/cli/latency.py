"""`planner latency`: one round trip explained, or many as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import options
from planner.errors import Fault, InputFaults, Where
from planner.reading.round_trip_questions import Atlas, atlas_of, read_pairs
from planner.reports import latency_text


@click.command("latency")
@click.argument("ends", nargs=-1, metavar="A B")
@click.option("--pairs", type=click.Path(path_type=Path), metavar="FILE.csv", help="Ask for each row; columns src,dst.")
@click.option("--format", "form", type=click.Choice(["text", "csv"]), default=None, help="--pairs prints csv.")
@click.option("--without-own", is_flag=True, help="Leave out measurements of the asked pair itself.")
@click.pass_context
def command(ctx: click.Context, ends: tuple[str, ...], pairs: Path | None, form: str | None, without_own: bool) -> int:
    """Estimated round trip between A and B, with its band, its provenance and the measured pairs behind it.

    A and B are regions (`provider:region-id`), zones (`provider:zone-id`) or places of users (`MY/Kuala Lumpur`).
    `--pairs` prints src,dst,rtt_ms,low_ms,high_ms,provenance; an unknown id leaves the figures empty and the exit
    code is 1.
    """
    if len(ends) != (2 if pairs is None else 0):
        raise click.UsageError("name two ends A B, or one file with --pairs")
    if pairs is not None and form == "text":
        raise click.UsageError("--pairs prints csv")
    atlas = atlas_of(options.library(ctx))
    if pairs is None and form != "csv":
        return _explain(atlas, ends, without_own)
    asked = [(ends[0], ends[1])] if pairs is None else read_pairs(pairs)
    found = atlas.estimates(asked, own=not without_own)
    click.echo(latency_text.pairs_csv(asked, found), nl=False)
    return 1 if None in found else 0


def _explain(atlas: Atlas, ends: tuple[str, ...], without_own: bool) -> int:
    for end in ends:
        if end not in atlas.ends:
            hint = atlas.nearest(end)
            raise InputFaults([Fault(Where("latency"), "N001", f"region, zone or place {end!r} is not known", hint)])
    found = atlas.explain(ends[0], ends[1], own=not without_own)
    click.echo(latency_text.explanation_text(ends[0], ends[1], found, width=options.width()), nl=False)
    return 0
