"""A finding of lint: a code, the rule (or exemption) it is about, what is so, and an example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from planner.errors import Fault, Where


class Located(Protocol):
    """A rule or an exemption."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def where(self) -> Where:
        """Where it stands."""


@dataclass(frozen=True)
class Finding:
    """One finding; docs/lint/CODE.md says why it matters and what to do."""

    code: str
    about: Located
    message: str
    example: str = ""
    severity: str = "error"
    where: Where | None = None

    @property
    def fault(self) -> Fault:
        """The same with its position, for every format."""
        example = f", for example {self.example}" if self.example else ""
        message = f"{self.about.id}: {self.message}{example}"
        return Fault(self.where or self.about.where, self.code, message, f"docs/lint/{self.code}.md", self.severity)
