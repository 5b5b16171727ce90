"""`planner policy test`: the inline cases of rules, and how much they would notice."""

from __future__ import annotations

from pathlib import Path

import click

from planner.authoring.cases import run_cases
from planner.authoring.mutation import mutate
from planner.authoring.suggest import suggest
from planner.cli.policy_reading import format_option, language_of, paths_argument, read_rules
from planner.reports import policy_cases


@click.command("test")
@paths_argument
@click.option("--mutate", "mutating", is_flag=True, help="Also run every mutant of each rule against its cases.")
@click.option("--suggest", "suggesting", is_flag=True, help="Print a case for each mutant that survives.")
@click.option("-v", "--verbose", is_flag=True, help="Also list the cases that pass.")
@format_option("text", "json", "github", "junit", "markdown")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], mutating: bool, suggesting: bool, verbose: bool, form: str
) -> int:
    """Run the inline cases of every rule (all policy folders in use, or only PATHS).

    Exit codes: 0 every case passes (and with --mutate no mutant survives), 1 not so, 2 a file cannot be read.
    """
    found = read_rules(ctx, paths)
    language = language_of(found)
    results = run_cases(found.rules.values(), found.vocabulary, found.lists)
    mutations = mutate(found.rules.values(), language) if mutating or suggesting else []
    suggestions = [each for m in mutations for each in suggest(m, language)] if suggesting else []
    report = policy_cases.CasesReport(results, mutations, suggestions, verbose)
    click.echo(policy_cases.render(report, form), nl=False)
    return 1 if report.failed or report.survivors else 0
