"""What rules say of one thing in one region, in three formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

from planner.model.law import Citation, Rule


class VerdictLike(Protocol):
    """What a rule says."""

    @property
    def answer(self) -> str:
        """deny, allow or not_applicable."""

    @property
    def assumed(self) -> bool:
        """Whether an unknown fact made it so."""

    @property
    def lifts(self) -> tuple[str, ...]:
        """Mechanisms that would lift a denial."""


class ExplainedLike(Protocol):
    """One rule on one cell."""

    @property
    def rule(self) -> Rule:
        """The rule."""

    @property
    def of(self) -> str:
        """The thing."""

    @property
    def region(self) -> str:
        """The region."""

    @property
    def verb(self) -> str:
        """What is done."""

    @property
    def verdict(self) -> VerdictLike:
        """What the rule says."""

    @property
    def decided_by(self) -> tuple[str, ...]:
        """Why."""

    @property
    def held(self) -> tuple[str, ...]:
        """What is held for it."""


def render(found: Sequence[ExplainedLike], form: str, silent: int = 0) -> str:
    """The rules as text, json or markdown; `silent` rules are only counted."""
    if form == "json":
        return json.dumps([_record(each) for each in found], indent=1, ensure_ascii=False) + "\n"
    lines = _markdown(found) if form == "markdown" else [line for each in found for line in _block(each)]
    if silent:
        lines += ["", f"{silent} more do not bear here; -v lists them."]
    return "\n".join(lines) + "\n"


def _block(each: ExplainedLike) -> list[str]:
    rule = each.rule
    lines = [f"{rule.id}: {_answer(each)}", f"  {rule.title}"]
    lines += [f"  {reason}" for reason in each.decided_by]
    lines += [f"  {text}" for text in _ways(each)]
    return [*lines, f"  {cited(rule.cites[0])} ({rule.where})" if rule.cites else f"  no citation ({rule.where})", ""]


def _answer(each: ExplainedLike) -> str:
    words = {
        "deny": f"refuses to {each.verb} {each.of} in {each.region}",
        "allow": f"bears on {each.verb} and lets it pass",
        "not_applicable": f"does not bear on {each.verb}",
    }
    soft = f", for USD {each.rule.penalty_usd_month:,} a month" if each.rule.penalty_usd_month is not None else ""
    assumed = ", assumed: a fact is unknown" if each.verdict.assumed else ""
    return words[each.verdict.answer] + (soft if each.verdict.answer == "deny" else "") + assumed


def _ways(each: ExplainedLike) -> list[str]:
    ways = []
    if each.verdict.answer == "deny":
        lifts = ", ".join(each.verdict.lifts)
        ways.append(f"lifted by one of: {lifts}" if lifts else "nothing lifts it")
    if each.held:
        ways.append(f"held: {', '.join(each.held)}")
    return ways


def cited(cite: Citation) -> str:
    """A citation in one line, with how well it was checked."""
    place = f", {cite.at}" if cite.at else ""
    return f"{cite.instrument}{place} [{cite.quality}, checked {cite.checked}]"


def _markdown(found: Sequence[ExplainedLike]) -> list[str]:
    lines = ["| rule | verb | says | because | lifted by | source |", "|---|---|---|---|---|---|"]
    for each in found:
        source = cited(each.rule.cites[0]) if each.rule.cites else "none"
        cells = (
            each.rule.id,
            each.verb,
            each.verdict.answer,
            "; ".join(each.decided_by),
            ", ".join(each.verdict.lifts),
            source,
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return lines


def _record(each: ExplainedLike) -> dict[str, Any]:
    rule = each.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "thing": each.of,
        "region": each.region,
        "verb": each.verb,
        "answer": each.verdict.answer,
        "assumed": each.verdict.assumed,
        "because": list(each.decided_by),
        "lifts": list(each.verdict.lifts),
        "held": list(each.held),
        "cites": [cited(cite) for cite in rule.cites],
        "where": str(rule.where),
    }
