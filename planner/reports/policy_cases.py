"""Cases of rules and their mutants: what passed, what failed, what went unnoticed; in five formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from xml.sax.saxutils import quoteattr

from planner.errors import Fault
from planner.model.law import PolicyCase, Rule
from planner.model.plain import to_plain
from planner.reports.findings import as_github


class CaseLike(Protocol):
    """One case with its verdict."""

    @property
    def rule(self) -> Rule:
        """The rule it belongs to."""

    @property
    def case(self) -> PolicyCase:
        """The case."""

    @property
    def answer(self) -> str:
        """What the rule says of it."""

    @property
    def passed(self) -> bool:
        """Whether that is what it expects."""


class SurvivorLike(Protocol):
    """A mutant that no case notices."""

    @property
    def rule(self) -> Rule:
        """The rule as written."""

    @property
    def change(self) -> str:
        """What the mutant changes."""

    @property
    def case(self) -> PolicyCase:
        """A case that would notice it."""


class MutationLike(Protocol):
    """What became of the mutants of one rule."""

    @property
    def rule(self) -> Rule:
        """The rule."""

    @property
    def killed(self) -> int:
        """How many were noticed."""

    @property
    def survivors(self) -> Sequence[SurvivorLike]:
        """Those that were not."""

    @property
    def equivalent(self) -> Sequence[str]:
        """Changes that mean the same."""


class SuggestionLike(Protocol):
    """A case to add."""

    @property
    def rule(self) -> Rule:
        """The rule it is for."""

    def to_yaml(self, indent: int = 6) -> str:
        """The text to paste."""


@dataclass(frozen=True)
class CasesReport:
    """Everything one run found."""

    results: Sequence[CaseLike]
    mutations: Sequence[MutationLike] = ()
    suggestions: Sequence[SuggestionLike] = ()
    verbose: bool = False

    @property
    def failed(self) -> list[CaseLike]:
        """Cases whose verdict is not the expected one."""
        return [result for result in self.results if not result.passed]

    @property
    def survivors(self) -> list[SurvivorLike]:
        """Mutants that no case notices."""
        return [survivor for mutation in self.mutations for survivor in mutation.survivors]

    @property
    def faults(self) -> list[Fault]:
        """Failed cases and survivors with their positions."""
        cases = [
            Fault(r.case.where, "T001", f"{r.rule.id}: {r.case.name}: expected {r.case.expect}, found {r.answer}")
            for r in self.failed
        ]
        return [*cases, *(_survivor_fault(survivor) for survivor in self.survivors)]

    @property
    def summary(self) -> str:
        """One line for each kind of count."""
        line = f"{len(self.results) - len(self.failed)} passed, {len(self.failed)} failed"
        if not self.mutations:
            return line
        killed, equal = sum(m.killed for m in self.mutations), sum(len(m.equivalent) for m in self.mutations)
        total = killed + len(self.survivors)
        return f"{line}\n{killed} of {total} mutants noticed, {len(self.survivors)} survive, {equal} mean the same"


def render(report: CasesReport, form: str) -> str:
    """The report as text, json, github, junit or markdown."""
    forms: Mapping[str, Callable[[CasesReport], str]] = {
        "text": _text,
        "json": _json,
        "github": lambda r: "".join(as_github(fault) + "\n" for fault in r.faults),
        "junit": _junit,
        "markdown": _markdown,
    }
    return forms[form](report)


def _survivor_fault(survivor: SurvivorLike) -> Fault:
    message = f"{survivor.rule.id}: no case notices {survivor.change}"
    return Fault(survivor.rule.where, "R111", message, "planner policy test --suggest writes a case")


def _text(report: CasesReport) -> str:
    shown = [str(r) for r in report.results if report.verbose or not r.passed]
    shown += [str(survivor) for survivor in report.survivors]
    for suggestion in report.suggestions:
        shown += [f"# {suggestion.rule.where.line_text}: {suggestion.rule.id}", suggestion.to_yaml().rstrip("\n")]
    return "\n".join([*shown, report.summary]) + "\n"


def _json(report: CasesReport) -> str:
    cases = [
        {"rule": r.rule.id, "case": r.case.name, "where": str(r.case.where), "expect": r.case.expect, "found": r.answer}
        for r in report.results
    ]
    mutants = [
        {"rule": s.rule.id, "change": s.change, "where": str(s.rule.where), "case": to_plain(s.case)}
        for s in report.survivors
    ]
    counts = {
        "killed": sum(m.killed for m in report.mutations),
        "survive": len(mutants),
        "equivalent": sum(len(m.equivalent) for m in report.mutations),
    }
    document: dict[str, Any] = {"format_version": 1, "cases": cases, "mutants": counts, "survivors": mutants}
    document["suggestions"] = [{"rule": s.rule.id, "yaml": s.to_yaml()} for s in report.suggestions]
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _junit(report: CasesReport) -> str:
    lines = [
        _junit_case(r.rule.id, r.case.name, "" if r.passed else f"expected {r.case.expect}, found {r.answer}")
        for r in report.results
    ]
    lines += [_junit_case(s.rule.id, f"mutant: {s.change}", "no case notices it") for s in report.survivors]
    count = f'tests="{len(lines)}" failures="{len(report.failed) + len(report.survivors)}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="planner policy test" {count}>\n'
    return head + "".join(lines) + "</testsuite>\n"


def _junit_case(rule: str, name: str, failure: str) -> str:
    head = f"  <testcase classname={quoteattr(rule)} name={quoteattr(name)}"
    return f"{head}><failure message={quoteattr(failure)}/></testcase>\n" if failure else f"{head}/>\n"


def _markdown(report: CasesReport) -> str:
    lines = [*report.summary.splitlines(), ""]
    if report.faults:
        lines += ["| where | finding |", "|---|---|"]
        lines += [f"| {fault.where.line_text} | {_cell(fault.message)} |" for fault in report.faults]
    for suggestion in report.suggestions:
        lines += ["", f"`{suggestion.rule.id}`", "", "```yaml", suggestion.to_yaml(0).rstrip("\n"), "```"]
    return "\n".join(lines).rstrip("\n") + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
