"""Findings of lint in five formats."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from planner.errors import Fault
from planner.reports.findings import as_github, as_records, as_sarif


def render(faults: Sequence[Fault], form: str) -> str:
    """The findings as text, json, github, sarif or markdown."""
    if form == "json":
        return json.dumps(as_records([], faults), indent=1, ensure_ascii=False) + "\n"
    if form == "sarif":
        return json.dumps(as_sarif(faults), indent=1, ensure_ascii=False) + "\n"
    if form == "github":
        return "".join(as_github(_for_github(fault)) + "\n" for fault in faults)
    return _markdown(faults) if form == "markdown" else "\n".join([*map(str, faults), _summary(faults)]) + "\n"


def _for_github(fault: Fault) -> Fault:
    """GitHub calls a note a notice."""
    return replace(fault, severity="notice") if fault.severity == "note" else fault


def _summary(faults: Sequence[Fault]) -> str:
    count = Counter(fault.severity for fault in faults)
    return ", ".join(f"{count[kind]} {kind}s" for kind in ("error", "warning", "note"))


def _markdown(faults: Sequence[Fault]) -> str:
    lines = [_summary(faults), ""]
    if faults:
        lines += ["| where | code | | finding |", "|---|---|---|---|"]
    for fault in faults:
        message = fault.message.replace("|", "\\|")
        lines.append(f"| {fault.where.line_text} | [{fault.code}]({fault.hint}) | {fault.severity} | {message} |")
    return "\n".join(lines).rstrip("\n") + "\n"
