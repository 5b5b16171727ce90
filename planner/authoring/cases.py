"""Cases: the inline tests of rules, decided by the scalar judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.model.law import PolicyCase, Rule
from planner.model.vocabulary import PlaceList, Vocabulary
from planner.verification import judge_case


@dataclass(frozen=True)
class CaseResult:
    """One case with the verdict it got."""

    rule: Rule
    case: PolicyCase
    answer: str

    @property
    def passed(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.answer == self.case.expect

    def __str__(self) -> str:
        """One line: position, rule, name of the case, and what was found instead when it fails."""
        head = f"{self.case.where.line_text}: {self.rule.id}: {self.case.name}"
        return f"ok   {head}" if self.passed else f"FAIL {head}: expected {self.case.expect}, found {self.answer}"


def run_cases(rules: Iterable[Rule], vocabulary: Vocabulary, lists: Mapping[str, PlaceList]) -> list[CaseResult]:
    """Every inline case of the rules, in order of rule id; each is read on its own day."""
    out = []
    for rule in sorted(rules, key=lambda r: r.id):
        for case in rule.tests:
            assert case.as_of is not None, "reading dates every case"
            verdict = judge_case(rule, case, case.as_of, vocabulary, lists)
            out.append(CaseResult(rule, case, verdict.answer))
    return out
