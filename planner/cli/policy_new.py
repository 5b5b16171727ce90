"""`planner policy new`: a first rule from five questions."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import click

from planner.authoring.first_draft import Answers, draft, first_cases, read_effect, read_when, rule_id
from planner.cli.policy_reading import language_of, read_rules
from planner.cli.writing import atomic_write
from planner.model.law import PolicyCase

Read = TypeVar("Read")


@click.command("new")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--id", "name", help="Id of the rule; made from the title by default.")
@click.option("--title", help="The rule in one plain sentence.")
@click.option("--law-of", help="Whose law it is: a country such as MY, or EU.")
@click.option("--when", help="What ties a case to it: 'regulated_by=BNM; data_class=personal'.")
@click.option("--effect", help="'confine MY', or 'forbid *'.")
@click.option("--cite", help="Where it stands: act and section.")
@click.option("--verbs", default="store, process, backup", show_default=True, help="What it speaks of.")
@click.option("--unless", default="", help="Mechanisms that lift it, by comma.")
@click.pass_context
def command(
    ctx: click.Context,
    path: Path,
    name: str | None,
    title: str | None,
    law_of: str | None,
    when: str | None,
    effect: str | None,
    cite: str | None,
    verbs: str,
    unless: str,
) -> None:
    """Write a first rule and two cases to PATH, from options or from five questions; never overwrites."""
    if path.exists():
        raise click.UsageError(f"{path} is there already; name another file")
    title = title or click.prompt("1/5 The rule in one plain sentence")
    law_of = law_of or click.prompt("2/5 Whose law is it (MY, EU …)")
    box = _asked(when, "3/5 What ties a case to it (KEY=WORDS; KEY=WORDS)", read_when)
    does, places = _asked(effect, "4/5 What it does (confine PLACES, or forbid PLACES)", read_effect)
    cite = cite or click.prompt("5/5 Where it stands (act, section)")
    answers = Answers(
        name or rule_id(law_of, title), title, law_of, box, _words(verbs), does, places, cite, _today(), _words(unless)
    )
    atomic_write(path, draft(answers, _cases(ctx, answers)))
    click.echo(f"wrote {path}; next: planner policy test {path} --suggest")


def _asked(given: str | None, question: str, read: Callable[[str], Read]) -> Read:
    """What was given as an option, else asked until it can be read."""
    if given is not None:
        try:
            return read(given)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    def convert(text: str) -> Read:
        try:
            return read(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None

    answer: Read = click.prompt(question, value_proc=convert)
    return answer


def _cases(ctx: click.Context, answers: Answers) -> tuple[PolicyCase, ...]:
    """The cases of the rule as it reads back; raises InputFaults for words that are not known."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "new-rule.yaml"
        trial.write_text(draft(answers), encoding="utf-8")
        found = read_rules(ctx, (trial,))
        return first_cases(found.rules[answers.id], language_of(found), answers.today)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _today() -> date:
    return datetime.now(UTC).date()
