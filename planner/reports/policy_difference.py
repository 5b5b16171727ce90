"""What changed in the law, and what that costs, in three formats; markdown is made for a pull request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from planner.model.law import PolicyCase, Rule
from planner.model.plain import to_plain


class TurnedLike(Protocol):
    """A case with its two answers."""

    @property
    def case(self) -> PolicyCase:
        """The case."""

    @property
    def was(self) -> str:
        """The answer before."""

    @property
    def now(self) -> str:
        """The answer after."""


class RuleChangeLike(Protocol):
    """One rule that means something else."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """added, removed or changed."""

    @property
    def rule(self) -> Rule:
        """The rule after (before, when it was removed)."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Changes besides the cases."""

    @property
    def turned(self) -> Sequence[TurnedLike]:
        """Cases whose answer turned."""

    @property
    def masked(self) -> TurnedLike | None:
        """A case on which others still decide."""


class DifferenceLike(Protocol):
    """Everything that changed."""

    @property
    def rules(self) -> Sequence[RuleChangeLike]:
        """Rules."""

    @property
    def others(self) -> Sequence[str]:
        """Mechanisms and exemptions."""

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""


class PricedLike(Protocol):
    """What the change does to a plan."""

    @property
    def old(self) -> Any:
        """The side before."""

    @property
    def new(self) -> Any:
        """The side after."""

    @property
    def usd_month(self) -> Decimal | None:
        """USD a month more."""

    @property
    def once_usd(self) -> Decimal | None:
        """One-off USD more."""

    @property
    def moves(self) -> tuple[str, ...]:
        """What moves."""

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """What is bought, or no longer."""


def render(found: DifferenceLike, money: PricedLike | None, form: str) -> str:
    """The difference as text, json or markdown."""
    if form == "json":
        return json.dumps(difference_document(found, money), indent=1, ensure_ascii=False) + "\n"
    lines = _markdown(found) if form == "markdown" else _text(found)
    if money is not None:
        lines += ["", *(f"- {line}" if form == "markdown" else line for line in _money_lines(money))]
    return "\n".join(lines) + "\n"


def _text(found: DifferenceLike) -> list[str]:
    if found.empty:
        return ["no change in meaning"]
    lines = []
    for change in found.rules:
        lines.append(f"{change.kind} {change.id} ({change.rule.where})")
        lines += [f"  {note}" for note in change.notes]
        lines += [f"  {turned}" for turned in change.turned]
        if change.masked is not None:
            lines.append(f"  no answer of the whole set turned, though this rule's did: {change.masked}")
    return [*lines, *found.others]


def _markdown(found: DifferenceLike) -> list[str]:
    if found.empty:
        return ["No change in meaning."]
    lines = ["| rule | | was | now | for example |", "|---|---|---|---|---|"]
    for change in found.rules:
        head = f"| `{change.id}` | {'; '.join((change.kind, *change.notes))} |"
        turned = [*change.turned, *([change.masked] if change.masked is not None else [])]
        lines += [f"{head} {t.was} | {t.now} | {_case(t)} |" for t in turned] or [f"{head} | | |"]
    return [*lines, *(["", *(f"- {other}" for other in found.others)] if found.others else [])]


def _case(turned: TurnedLike) -> str:
    facts = str(turned).split(": ", 1)[1]
    return f"`{facts}`"


def _money_lines(money: PricedLike) -> list[str]:
    if money.usd_month is None or money.once_usd is None:
        return [f"plan: {money.old.state} → {money.new.state}"]
    lines = [f"USD {money.usd_month:+,.2f} a month, USD {money.once_usd:+,.2f} once"]
    moves = [f"moves {move}" for move in money.moves] or ["nothing moves"]
    return [*lines, *moves, *(f"mechanism {each}" for each in money.mechanisms)]


def difference_document(found: DifferenceLike, money: PricedLike | None) -> dict[str, Any]:
    """What changed as plain data; with money, also what it does to a plan."""
    rules = [
        {
            "rule": change.id,
            "kind": change.kind,
            "where": str(change.rule.where),
            "notes": list(change.notes),
            "turned": [{"was": t.was, "now": t.now, "case": to_plain(t.case)} for t in change.turned],
            "masked": None if change.masked is None else to_plain(change.masked.case),
        }
        for change in found.rules
    ]
    document: dict[str, Any] = {"format_version": 1, "rules": rules, "others": list(found.others)}
    if money is not None:
        document["scenario"] = {
            "was": to_plain(money.old),
            "now": to_plain(money.new),
            "usd_month": to_plain(money.usd_month),
            "once_usd": to_plain(money.once_usd),
            "moves": list(money.moves),
            "mechanisms": list(money.mechanisms),
        }
    return document
