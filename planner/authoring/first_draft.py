"""First draft: a rule file from five answers, with two cases that say what the rule does today."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.authoring.fact_space import FactSpace
from planner.authoring.words import Language
from planner.authoring.yaml_text import flow, given_text, scalar
from planner.model.law import Box, PolicyCase, Rule

BOX_KEYS = tuple(Box.__dataclass_fields__)
_WORD_LIST = re.compile(r"\s*,\s*")


@dataclass(frozen=True)
class Answers:
    """What an author says of a rule; `when` maps keys of a box to words."""

    id: str
    title: str
    law_of: str
    when: Mapping[str, tuple[str, ...] | bool]
    verbs: tuple[str, ...]
    effect: str
    places: tuple[str, ...]
    instrument: str
    today: date
    lifted_by: tuple[str, ...] = ()


def rule_id(law_of: str, title: str) -> str:
    """A first id: the country and the first words of the title."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join([law_of.lower(), *words[:4]])


def read_when(text: str) -> dict[str, tuple[str, ...] | bool]:
    """`regulated_by=BNM; data_class=personal, health; critical=true` as a box; raises ValueError in a sentence."""
    box: dict[str, tuple[str, ...] | bool] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        key, equals, words = (each.strip() for each in part.partition("="))
        if key not in BOX_KEYS or not equals or not words:
            raise ValueError(f"{part!r}: write KEY=WORDS; keys are {', '.join(BOX_KEYS)}")
        box[key] = words == "true" if words in ("true", "false") else tuple(_WORD_LIST.split(words))
    return box


def read_effect(text: str) -> tuple[str, tuple[str, ...]]:
    """`confine MY, SG` or `forbid *`; raises ValueError in a sentence."""
    effect, _, places = text.strip().partition(" ")
    if effect not in ("confine", "forbid") or not places.strip():
        raise ValueError(f"{text!r}: write `confine PLACES` or `forbid PLACES`, for example confine MY")
    return effect, tuple(_WORD_LIST.split(places.strip()))


def draft(answers: Answers, cases: tuple[PolicyCase, ...] = ()) -> str:
    """The text of a rule file."""
    unless = f", unless: {flow([{'holds': answers.lifted_by}])}" if answers.lifted_by else ""
    lines = [
        "# yaml-language-server: $schema=../schema/rules.schema.json",
        "# Planning support, not legal advice.",
        "schema: residency-rules/1",
        f"as_of: {answers.today}",
        "rules:",
        f"  - id: {scalar(answers.id)}",
        f"    title: {scalar(answers.title)}",
        f"    law_of: {scalar(answers.law_of)}",
        "    level: must",
        f"    in_force: [{{from: {answers.today}}}]   # the day on which it began to bind",
        f"    when: {flow(answers.when)}",
        f"    verbs: {flow(answers.verbs)}",
        f"    then: {{{answers.effect}: {{in: {flow(answers.places)}}}{unless}}}",
        "    cites:",
        f"      - {{instrument: {scalar(answers.instrument)}, quality: memory, checked: {answers.today}}}"
        "   # read the source, then write secondary or primary and its url",
        *_case_lines(cases),
    ]
    return "\n".join(lines) + "\n"


def _case_lines(cases: tuple[PolicyCase, ...]) -> list[str]:
    if not cases:
        return []
    lines = ["    tests:   # what the rule says today; a person confirms that the law says the same"]
    for case in cases:
        lines.append(f"      - {{name: {scalar(case.name)}, expect: {case.expect},")
        lines.append(f"         given: {given_text(case.given)}}}")
    return lines


def first_cases(rule: Rule, language: Language, today: date) -> tuple[PolicyCase, ...]:
    """The plainest case that is denied and the plainest that is not."""
    space = FactSpace(rule, replace(rule, in_force=()), today, language, language)
    found: dict[bool, PolicyCase] = {}
    for case in space.cases():
        if case.as_of == today:
            answer = FactSpace.answer(rule, case, language)
            name = "is refused" if answer == "deny" else "passes"
            found.setdefault(answer == "deny", replace(case, name=f"the plainest case that {name}", expect=answer))
    return tuple(found[denied] for denied in (True, False) if denied in found)
