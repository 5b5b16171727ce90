"""`planner policy`: tools for people who write rules; each command is a file and is imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

TOOLS = {
    "test": "Run the inline cases of rules; with --mutate, also against every slip of the pen.",
    "lint": "Check rules one by one and as a set (docs/lint).",
    "explain": "What every rule says of one component in one region, and why.",
    "diff": "What changes in meaning from one policy folder to another.",
    "table": "Which things may be in which regions.",
    "fmt": "Put rules into the usual order and spacing.",
    "new": "Write a first rule with two cases.",
    "stale": "List citations that were checked too long ago.",
}


class Tools(click.Group):
    """The group knows the names of its tools and imports them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which an author needs them."""
        return list(TOOLS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one tool."""
        if cmd_name not in TOOLS:
            return None
        tool: click.Command = import_module(f"planner.cli.policy_{cmd_name}").command
        return tool

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in --help, without importing any tool."""
        with formatter.section("Commands"):
            formatter.write_dl(list(TOOLS.items()))


@click.group("policy", cls=Tools)
def command() -> None:
    """Tools for people who write rules."""
