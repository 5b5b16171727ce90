"""Every error this package raises on purpose.

PlannerError                exit code 70 unless a child says otherwise
├── InputFaults        (2)  the files cannot be read into nouns; carries every fault found
├── NoLawfulPlan       (3)  proved: nothing satisfies all rules and requirements; carries the Outcome
├── Unsolved           (5)  a limit was reached before any plan was found; carries the Outcome
└── VerificationFailed (70) the independent verifier contradicts the solver; carries the breaches
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A position in a file the user wrote; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """`file:line:column`, the form editors jump to."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def line_text(self) -> str:
        """`file:line`, for sentences."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with an input file: where, what, and how to mend it."""

    where: Where
    code: str
    message: str
    hint: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        """One line: position, code, message, suggestion."""
        hint = f" — {self.hint}" if self.hint else ""
        return f"{self.where}: {self.severity}[{self.code}]: {self.message}{hint}"


class PlannerError(Exception):
    """Base of every error raised on purpose; `exit_code` is what the command line returns."""

    exit_code = 70


class InputFaults(PlannerError):
    """The input cannot be read into nouns; `faults` lists everything wrong, sorted by position."""

    exit_code = 2

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults sorted so that output never depends on the order of checks."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class NoLawfulPlan(PlannerError):
    """No plan satisfies every rule and requirement; `outcome` says how that was proved."""

    exit_code = 3

    def __init__(self, outcome: object) -> None:
        """Carry the outcome to whoever explains the conflict."""
        self.outcome = outcome
        super().__init__("no lawful plan exists")


class Unsolved(PlannerError):
    """The solver stopped at a limit without a plan; `outcome` carries its bound."""

    exit_code = 5

    def __init__(self, outcome: object) -> None:
        """Carry the outcome to the report."""
        self.outcome = outcome
        super().__init__("stopped at a limit before a plan was found")


class VerificationFailed(PlannerError):
    """The verifier found `breaches` in a plan the solver called right: a fault of this program."""

    exit_code = 70

    def __init__(self, breaches: Sequence[object]) -> None:
        """Carry the breaches, so that the report of the fault is complete."""
        self.breaches = tuple(breaches)
        super().__init__("the verifier refused the plan: " + "; ".join(map(str, breaches)))
