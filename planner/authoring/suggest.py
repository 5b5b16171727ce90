"""Suggestions: for every mutant that goes unnoticed, a case that would notice it, ready to paste."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.authoring.mutation import Mutation, Survivor, notices
from planner.authoring.words import Language
from planner.authoring.yaml_text import given_text, scalar
from planner.model.law import PolicyCase, Rule


@dataclass(frozen=True)
class Suggestion:
    """A case with the rule's present verdict as its expectation, and the mutants it would notice."""

    rule: Rule
    case: PolicyCase
    kills: tuple[Survivor, ...]

    def to_yaml(self, indent: int = 6) -> str:
        """Lines to paste under `tests:`; the comment is for the person who must confirm the verdict."""
        pad, case = " " * indent, self.case
        day = f", as_of: {case.as_of}" if case.as_of is not None else ""
        lines = [f"# notices: {survivor.change}" for survivor in self.kills]
        lines.append(
            f"# A person must confirm that the law says {case.expect} here; it is only what the rule says today."
        )
        lines.append(f"- {{name: {scalar(case.name)}, expect: {case.expect}{day},")
        lines.append(f"   given: {given_text(case.given)}}}")
        return "".join(f"{pad}{line}\n" for line in lines)


def suggest(mutation: Mutation, language: Language) -> list[Suggestion]:
    """Cases that together notice every survivor of a rule; each is the plainest one for its first mutant."""
    left, found = list(mutation.survivors), []
    while left:
        case = replace(left[0].case, name=f"would notice {left[0].change}")
        kills = tuple(survivor for survivor in left if notices(case, survivor, language))
        found.append(Suggestion(mutation.rule, case, kills))
        left = [survivor for survivor in left if survivor not in kills]
    return found
