"""The difference of two plans as text, JSON and markdown; markdown is made for a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from planner.model.difference import Difference, Line
from planner.model.plain import to_plain
from planner.reports.page import money

LINE_KEYS = ("sign", "what", "was", "now", "usd_month")


def render(found: Difference, form: str) -> str:
    """The difference in one of the formats text, json and markdown."""
    if form == "json":
        return json.dumps(difference_document(found), indent=1, ensure_ascii=False) + "\n"
    return "\n".join(markdown_lines(found) if form == "markdown" else text_lines(found)) + "\n"


def text_lines(found: Difference) -> list[str]:
    """One line a change: + comes, ~ changes, - goes."""
    lines = sides_text(found)
    lines += [f"{line.sign} {line}{_own(line)}" for line in found.lines]
    return [*lines, *note_lines(found)] if not found.empty else [*lines, "nothing changes"]


def markdown_lines(found: Difference) -> list[str]:
    """A table of what changes, and the rest as a list."""
    lines = [f"**{_sides(found)}**", "", *(f"- {words}" for words in _money(found))]
    if found.empty:
        return [*lines, "- nothing changes"]
    if found.lines:
        lines += ["", "| | what | was | now | USD a month |", "|---|---|---|---|---:|"]
        cells = ((line.sign, f"`{line.what}`", line.was, line.now, _usd(line)) for line in found.lines)
        lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]
    notes = [f"- {words}" for words in note_lines(found)]
    return [*lines, *(["", *notes] if notes else [])]


def sides_text(found: Difference) -> list[str]:
    """The two sides by name and state, and their totals."""
    return [_sides(found), *_money(found)]


def _sides(found: Difference) -> str:
    old, new = found.old, found.new
    same = old.state == new.state == "optimal"
    named = f"{old.name} → {new.name}" if old.name != new.name else old.name
    return named if same else f"{named} ({old.state} → {new.state})"


def _money(found: Difference) -> list[str]:
    old, new = found.old, found.new
    if old.total_usd_month is None or new.total_usd_month is None:
        shown = ["none" if s.total_usd_month is None else f"USD {money(s.total_usd_month)} a month" for s in (old, new)]
        return [f"plan: {shown[0]} → {shown[1]}"]
    lines = [_change("a month", old.total_usd_month, new.total_usd_month)]
    if old.once_usd or new.once_usd:
        lines.append(_change("once", old.once_usd, new.once_usd))
    return lines


def _change(words: str, old: Decimal, new: Decimal) -> str:
    return f"USD {money(old)} → {money(new)} {words} ({new - old:+,.2f})"


def _own(line: Line) -> str:
    return f" ({_usd(line)})" if line.usd_month else ""


def _usd(line: Line) -> str:
    return "" if line.usd_month is None else f"{line.usd_month:+,.2f}"


def note_lines(found: Difference) -> Iterable[str]:
    """Everything besides places: costs by objective, mechanisms, risks, rules."""
    for name, usd in found.objectives:
        yield f"cost {name} {usd:+,.2f} USD a month"
    for kind, notes in (("mechanism", found.mechanisms), ("risk", found.risks)):
        yield from (f"{kind} {note}" for note in notes)
    for note in found.rules:
        yield f"rule {'starts' if note.startswith('+') else 'stops'} binding: {note[2:]}"


def difference_document(found: Difference) -> dict[str, Any]:
    """The same as plain data; every key is there."""
    return {
        "format_version": 1,
        "old": _side(found.old),
        "new": _side(found.new),
        "usd_month": to_plain(found.usd_month),
        "once_usd": to_plain(found.once_usd),
        "total_usd": to_plain(found.total_usd),
        "lines": line_rows(found),
        "objectives": {name: to_plain(usd) for name, usd in found.objectives},
        "mechanisms": list(found.mechanisms),
        "risks": list(found.risks),
        "rules": list(found.rules),
        "changed": not found.empty,
    }


def _side(side: Any) -> dict[str, Any]:
    return {key: to_plain(getattr(side, key)) for key in ("name", "state", "total_usd_month", "total_usd", "once_usd")}


def line_rows(found: Difference) -> list[dict[str, Any]]:
    """One row a component or copy that is different."""
    return [{key: to_plain(getattr(line, key)) for key in LINE_KEYS} for line in found.lines]
