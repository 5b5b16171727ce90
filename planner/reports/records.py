"""Records: the plan document (JSON), as DESIGN section 7 fixes it and `planner schema plan` describes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from planner.model.conflict import Conflict
from planner.model.outcome import Outcome
from planner.model.plain import digest, to_plain
from planner.model.plan import Plan, StruckOut
from planner.model.scenario import Scenario
from planner.reports.conflict import conflict_document

FORMAT_VERSION = 1
_OPTIONAL = ("accelerator", "rtt_ms", "rtt_low_ms", "rtt_high_ms", "rtt_provenance")


def plan_document(plan: Plan, scenario: Scenario) -> dict[str, Any]:
    """The document of a plan; money and shares are exact text."""
    inputs = inputs_of(scenario)
    body = to_plain(plan)
    out = _head(scenario, plan.status)
    for key in ("total_usd_month", "total_usd", "gap"):
        out[key] = body[key]
    out["bound"] = body["bound"] if plan.bound.is_finite() else None
    lists = ("cost_lines", "placements", "copies", "flows", "served", "mechanisms", "one_offs", "rules")
    out |= {key: body[key] for key in lists}
    out["placements"] = [_placement(row) for row in out["placements"]]
    out["evidence"] = body.get("evidence", {})
    out["certificate"] = body.get("certificate")
    out["lawful_from"] = body.get("lawful_from")
    out["bought"] = body.get("bought", [])
    out |= {key: body[key] for key in ("moves", "quarters") if key in body}
    out["not_modelled"] = list(scenario.not_modelled)
    out["inputs"], out["inputs_sha256"] = inputs, digest(inputs)
    return out


def no_plan_document(
    outcome: Outcome,
    scenario: Scenario,
    refused: Any = None,
    struck_out: Sequence[StruckOut] = (),
    conflict: Conflict | None = None,
) -> dict[str, Any]:
    """The same document without placements, for `infeasible` (with its conflict) and `unsolved`."""
    inputs = inputs_of(scenario)
    out = _head(scenario, outcome.state.value)
    out |= {"total_usd_month": None, "total_usd": None, "bound": None, "gap": None}
    out |= {
        key: [] for key in ("cost_lines", "placements", "copies", "flows", "served", "mechanisms", "one_offs", "rules")
    }
    out["bought"] = []
    out["evidence"] = {"least_violation": outcome.least_violation}
    if refused is not None:
        out["evidence"]["exclusions"] = to_plain(refused)
    if struck_out:
        out["evidence"]["struck_out"] = to_plain(struck_out)
    out["certificate"] = None
    out["conflict"] = None if conflict is None else conflict_document(conflict)
    out["inputs"], out["inputs_sha256"] = inputs, digest(inputs)
    return out


def inputs_of(scenario: Scenario) -> Any:
    """The resolved scenario as plain data: everything a re-check needs."""
    return to_plain(scenario)


def _head(scenario: Scenario, status: str) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "scenario": {"name": scenario.name, "sha256": scenario.sha256},
        "question": scenario.question,
        "as_of": scenario.as_of.isoformat(),
        "status": status,
    }


def _placement(row: dict[str, Any]) -> dict[str, Any]:
    """Every key of the contract is there, also where it holds nothing."""
    row.setdefault("tied_with", [])
    row.setdefault("chips", 0)
    for key in _OPTIONAL:
        row.setdefault(key, None)
    return row


def to_json(document: dict[str, Any]) -> str:
    """The document as text: stable, indented, with a final newline."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
