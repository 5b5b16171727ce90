"""Findings: faults as records, GitHub annotations and SARIF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from planner.errors import Fault
from planner.model.scenario import Scenario

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


class InspectionLike(Protocol):
    """What a record of a checked path needs."""

    @property
    def path(self) -> str:
        """How the path is called."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def scenario(self) -> Scenario | None:
        """The scenario, when it is one."""


def as_records(seen: Iterable[InspectionLike], faults: Iterable[Fault]) -> dict[str, Any]:
    """One JSON document: what was read (a scenario with its components) and every fault."""
    return {
        "format_version": 1,
        "files": [_file(each) for each in seen],
        "faults": [
            {
                "file": f.where.file,
                "line": f.where.line,
                "column": f.where.column,
                "severity": f.severity,
                "code": f.code,
                "message": f.message,
                "hint": f.hint,
            }
            for f in faults
        ],
    }


def _file(each: InspectionLike) -> dict[str, Any]:
    out: dict[str, Any] = {"path": each.path, "kind": each.kind}
    if each.scenario is not None:
        out["components"] = [c.id for c in each.scenario.components]
        out["regions"] = [r.key for r in each.scenario.regions]
        out["rules"] = [r.id for r in each.scenario.rules]
    return out


def as_github(fault: Fault) -> str:
    """One workflow command that marks the line in a pull request."""
    text = f"{fault.message} — {fault.hint}" if fault.hint else fault.message
    safe = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={fault.where.file},line={fault.where.line},col={fault.where.column}"
    return f"::{fault.severity} {place},title={fault.code}::{safe}"


def as_sarif(faults: Iterable[Fault]) -> dict[str, Any]:
    """A SARIF 2.1.0 log."""
    listed = list(faults)
    rules = [{"id": code} for code in sorted({f.code for f in listed})]
    driver = {"name": "residency-planner", "rules": rules}
    return {
        "$schema": SARIF,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(f) for f in listed]}],
    }


def _result(fault: Fault) -> dict[str, Any]:
    region = {"startLine": fault.where.line, "startColumn": fault.where.column}
    place = {"physicalLocation": {"artifactLocation": {"uri": fault.where.file}, "region": region}}
    text = f"{fault.message}. {fault.hint}" if fault.hint else fault.message
    return {"ruleId": fault.code, "level": fault.severity, "message": {"text": text}, "locations": [place]}
