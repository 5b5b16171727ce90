"""The command `planner`: the group, lazily loaded, and what every error means on the way out."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

import click

COMMANDS = {
    "plan": ("planner.cli.plan", "Find the cheapest lawful plan, prove it and explain it."),
    "check": ("planner.cli.check", "Read scenarios, policies and regions; list every fault at once."),
    "why": ("planner.cli.why", "Why a component is where it is, or why it is not elsewhere."),
    "price": ("planner.cli.price", "What each rule costs: the optimum with it less the optimum without it."),
    "flips": ("planner.cli.flips", "How far each figure can go before another plan is cheaper."),
    "alternatives": ("planner.cli.alternatives", "Plans that cost nearly as little and stand somewhere else."),
    "frontier": ("planner.cli.frontier", "What faster round trips cost: plans that nothing beats in both."),
    "readings": ("planner.cli.readings", "What unsettled rules would change, and what certainty costs."),
    "conflict": ("planner.cli.conflict", "What cannot hold together, proved minimal, and the cheapest ways out."),
    "diff": ("planner.cli.diff", "What changes between two plans, two scenarios, or two policy folders."),
    "verify": ("planner.cli.verify", "Re-check a plan file from what it embeds, independently of the solver."),
    "report": ("planner.cli.report", "Write a plan file as one web page that needs nothing but itself."),
    "policy": ("planner.cli.policy", "Tools for people who write rules."),
    "regions": ("planner.cli.regions", "The catalogue: list regions, show one with its figures."),
    "latency": ("planner.cli.latency", "Round trip between regions or from users, explained."),
    "library": ("planner.cli.library", "Which folders are in use, and their content hashes."),
    "schema": ("planner.cli.schema", "JSON Schema of scenario, policy, region and plan files."),
    "init": ("planner.cli.init", "Write a small scenario that plans, to start from."),
    "completion": ("planner.cli.completion", "A completion script for your shell."),
}


class LazyGroup(click.Group):
    """A group that knows the names of its commands and imports them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the main job."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """A misspelt command gets the nearest right one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"no such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in --help, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--regions",
    "regions",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Add a folder of regions to the shipped ones.",
)
@click.option(
    "--policies",
    "policies",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Add a folder of policies to the shipped ones.",
)
@click.version_option(package_name="residency-planner", prog_name="planner")
@click.pass_context
def cli(ctx: click.Context, regions: tuple[Path, ...], policies: tuple[Path, ...]) -> None:
    """Where each workload runs and where its data rests: cheapest, lawful, proved and explained.

    Planning support, not legal advice.
    """
    ctx.obj = {"regions": regions, "policies": policies}


def main() -> None:
    """Run, and turn every error into one clear message and its exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        sys.exit(_explain(error))
    sys.exit(code if isinstance(code, int) else 0)


def _explain(error: Exception) -> int:
    from planner.errors import InputFaults, PlannerError

    if isinstance(error, InputFaults):
        for fault in error.faults:
            click.echo(str(fault), err=True)
        return error.exit_code
    if isinstance(error, PlannerError):
        click.echo(f"planner: {error}", err=True)
        return error.exit_code
    import traceback

    click.echo("planner: internal error; please report it with the scenario file", err=True)
    click.echo("".join(traceback.format_exception(error)), err=True)
    return 70
