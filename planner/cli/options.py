"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from planner.model.scenario import Scenario
from planner.reading.library import Library
from planner.reading.scenarios import read_scenario
from planner.reading.settings import Settings


def library(ctx: click.Context) -> Library:
    """The folders in use."""
    return Library.shipped(ctx.obj["regions"], ctx.obj["policies"])


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, --set, --include, --without."""
    for option in (
        click.option("--without", multiple=True, metavar="RULE", help="Leave a rule out (repeatable)."),
        click.option(
            "--include", multiple=True, metavar="STATUS", help="Also include announced, proposed or contested rules."
        ),
        click.option(
            "--set",
            "sets",
            multiple=True,
            metavar="PATH=VALUE",
            help="Change a value, e.g. limits.regions=1 (repeatable).",
        ),
        click.option("--as-of", metavar="DATE", help="Read law and prices on this day."),
    ):
        command = option(command)
    return command


def solving_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--solver, --time-limit, --gap."""
    for option in (
        click.option("--gap", metavar="G", help="Stop at this relative gap, e.g. 0.01 or '1 %'."),
        click.option("--time-limit", metavar="S", help="Stop after so many seconds."),
        click.option("--solver", default="highs", show_default=True, metavar="NAME", help="highs, or pulp:NAME."),
    ):
        command = option(command)
    return command


def settings(
    as_of: str | None = None,
    sets: tuple[str, ...] = (),
    include: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    gap: str | None = None,
    time_limit: str | None = None,
) -> Settings:
    """Settings of a reading; raises click.UsageError for text that is none."""
    values = {}
    for each in sets:
        path, equals, value = each.partition("=")
        if not equals or not path:
            raise click.UsageError(f"--set {each!r}: write PATH=VALUE, for example limits.regions=1")
        values[path] = value
    return Settings(values, _date(as_of), include, without, _number(gap, "--gap"), _number(time_limit, "--time-limit"))


def _date(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--as-of {text!r} is not a date such as 2026-11-23") from None


def _number(text: str | None, option: str) -> Decimal | None:
    if text is None:
        return None
    percent = text.rstrip().endswith("%")
    try:
        value = Decimal(text.rstrip("% s")) / (100 if percent else 1)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or value < 0:
        raise click.UsageError(f"{option} {text!r} is not a number such as 0.01")
    return value


def read(ctx: click.Context, path: Path, chosen: Settings) -> Scenario:
    """The scenario; its warnings go to standard error."""
    scenario = read_scenario(path, library=library(ctx), settings=chosen)
    for warning in scenario.warnings:
        click.echo(str(warning), err=True)
    return scenario


def check_solver(name: str) -> str:
    """`highs` or `pulp:NAME`; anything else is a usage error."""
    if name != "highs" and not (name.startswith("pulp:") and len(name) > 5):
        raise click.UsageError(f"--solver {name!r}: write highs, or pulp:NAME such as pulp:HiGHS")
    return name


def width() -> int:
    """Columns of the terminal, or 80 when there is none."""
    return max(60, min(shutil.get_terminal_size((80, 24)).columns, 160)) if sys.stdout.isatty() else 100


def progress() -> Callable[[float, float, float], None] | None:
    """A line of progress on standard error, only on a terminal."""
    if not sys.stderr.isatty():
        return None

    def tell(seconds: float, best: float, bound: float) -> None:
        cost = f"USD {best:,.0f}" if abs(best) < 1e15 else "none yet"
        low = f"USD {bound:,.0f}" if abs(bound) < 1e15 else "none yet"
        click.echo(f"\r{seconds:5.0f} s  best {cost}  bound {low}   ", nl=False, err=True)

    return tell
