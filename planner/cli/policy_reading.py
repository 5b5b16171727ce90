"""What the tools for authors share: reading rules from paths, and the option --format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from planner.authoring.difference import LawSet
from planner.authoring.words import Language
from planner.cli import options
from planner.errors import Where
from planner.reading.faults import Collector
from planner.reading.library import Library
from planner.reading.policies import PolicySet, read_policies


def paths_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Rule files or folders; nothing = every policy folder in use."""
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))(command)


def format_option(*forms: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """--format with these words; the first is the default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True)


def read_rules(ctx: click.Context, paths: tuple[Path, ...]) -> PolicySet:
    """The rules of the paths with all words in use; raises InputFaults."""
    faults = Collector()
    wanted = [str(path.resolve()) for path in paths] or None
    found = read_policies(options.library(ctx), wanted, Path(), Where("policies"), faults)
    faults.raise_errors()
    return found


def law_set(library: Library, folder: Path) -> LawSet:
    """One side of a comparison: the rules, words and exemptions of a policy folder; raises InputFaults."""
    faults = Collector()
    own = Library(library.regions, (folder.resolve(),))
    found = read_policies(own, None, folder, Where(str(folder)), faults)
    faults.raise_errors()
    return LawSet(found.rules, language_of(found), tuple(found.exemptions.values()))


def language_of(found: PolicySet) -> Language:
    """The words of a policy set."""
    return Language(found.vocabulary, found.lists)
