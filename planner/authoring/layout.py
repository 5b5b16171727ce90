"""Layout: the usual order of keys and spacing of a rule file, by moving whole lines; comments travel with their key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

from planner.authoring.flow_spacing import space_flows
from planner.errors import Fault, InputFaults, Where
from planner.model.box_keys import BoxKeys
from planner.reading.documents import Document, Path_
from planner.reading.library import files_in
from planner.reading.yaml_files import parse_document

RULE_ORDER: Final = (
    "id",
    "title",
    "law_of",
    "level",
    "penalty_usd_month",
    "status",
    "in_force",
    "when",
    "verbs",
    "then",
    "overrides",
    "cites",
    "note",
    "tests",
)
_KEYS: Final = [field.name for field in fields(BoxKeys)]
_DATA: Final = _KEYS.index("subjects_in") + 1
BOX_ORDER: Final = (*_KEYS[:_DATA], "persons", *_KEYS[_DATA:], "not")
RULES_SCHEMA: Final = "residency-rules/1"


def rule_files(paths: Sequence[Path]) -> list[Path]:
    """The rule files among files and folders, in order."""
    named = [each for path in paths for each in (files_in(path, ".yaml") if path.is_dir() else [path])]
    return [path for path in dict.fromkeys(named) if f"schema: {RULES_SCHEMA}" in path.read_text(encoding="utf-8")]


def laid_out(text: str, name: str) -> str:
    """A rule file in the usual order and spacing; the same data, and its own layout again.

    Raises:
        InputFaults: the file cannot be read, or moving its lines would change what it says.
    """
    before = parse_document(text.encode(), name)
    for path, order in ((("when",), BOX_ORDER), ((), RULE_ORDER)):
        text = _ordered(text, name, path, order)
    text = _spaced(space_flows(text), name)
    if parse_document(text.encode(), name).data != before.data:
        fault = Fault(Where(name), "Y009", "its layout cannot be changed without changing what it says", "leave it so")
        raise InputFaults([fault])
    return text


def _ordered(text: str, name: str, inner: Path_, order: Sequence[str]) -> str:
    """The text with the keys of every rule (or of a mapping inside it) in order; the last rule first."""
    document, lines = parse_document(text.encode(), name), text.splitlines()
    for index in reversed(range(_count(document))):
        path: Path_ = ("rules", index, *inner)
        marks = sorted((mark, str(at[-1])) for at, mark in document.keys.items() if at[:-1] == path)
        if _is_block(marks, lines):
            end = _end(document, index, inner, marks, lines)
            start = _start(lines, marks, inner)
            lines[start:end] = _reordered(lines, marks, (start, end), order)
    return "\n".join(lines) + "\n"


def _count(document: Document) -> int:
    data = document.data
    return len(data["rules"]) if isinstance(data, dict) and isinstance(data.get("rules"), list) else 0


def _is_block(marks: list[tuple[tuple[int, int], str]], lines: list[str]) -> bool:
    """Whether every key begins a line of its own, in one column."""
    if len({column for (_, column), _ in marks}) != 1 or len({line for (line, _), _ in marks}) != len(marks):
        return False
    return all(not lines[line - 1][: column - 1].strip(" -") for (line, column), _ in marks)


def _end(
    document: Document, index: int, inner: Path_, marks: list[tuple[tuple[int, int], str]], lines: list[str]
) -> int:
    """The line after the last one of a mapping: where its next sibling, or the next rule, begins."""
    last = marks[-1][0]
    starts = [mark[0] - 1 for at, mark in document.keys.items() if len(at) == 3 and mark > last and inner != at[2:]]
    starts += [document.keys["rules", index + 1, key][0] - 1 for key in _keys(document, index + 1)]
    starts += [mark[0] - 1 for at, mark in document.keys.items() if len(at) == 1 and mark > last]
    end = min(starts, default=len(lines))
    column = marks[0][0][1] if inner else 1
    while end > last[0] and _is_loose(lines[end - 1], column):
        end -= 1
    return end


def _keys(document: Document, index: int) -> list[str]:
    return [str(at[2]) for at in document.keys if len(at) == 3 and at[:2] == ("rules", index)]


def _is_loose(line: str, column: int) -> bool:
    """A blank line, or a comment that stands left of a column: it belongs to what follows."""
    text = line.lstrip()
    return not text or (text.startswith("#") and len(line) - len(text) < max(column - 1, 3))


def _start(lines: list[str], marks: list[tuple[tuple[int, int], str]], inner: Path_) -> int:
    """The first line of a mapping; inside a rule with the comments right above it, which are about its first key."""
    start = marks[0][0][0] - 1
    while inner and _is_comment(lines[start - 1], marks[0][0][1]):
        start -= 1
    return start


def _reordered(
    lines: list[str], marks: list[tuple[tuple[int, int], str]], span: tuple[int, int], order: Sequence[str]
) -> list[str]:
    """The lines of a mapping, key by key in order; the dash of a list item goes to the first key."""
    (start, end), column = span, marks[0][0][1]
    starts = [start, *(mark[0] - 1 for mark, _ in marks[1:])]
    for n in range(1, len(starts)):
        while starts[n] - 1 > marks[n - 1][0][0] - 1 and _is_comment(lines[starts[n] - 1], column):
            starts[n] -= 1
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]
    dashed = marks[0][0][0] - 1 - start
    lead, parts[0][dashed] = parts[0][dashed][: column - 1], " " * (column - 1) + parts[0][dashed][column - 1 :]
    rank = {key: n for n, key in enumerate(order)}
    ordered = [
        part for _, part in sorted(zip(marks, parts, strict=True), key=lambda each: rank.get(each[0][1], len(rank)))
    ]
    out = [line for part in ordered for line in _without_last_blanks(part)]
    first = next(n for n, line in enumerate(out) if line.strip() and not line.lstrip().startswith("#"))
    out[first] = lead + out[first][column - 1 :]
    return out


def _is_comment(line: str, column: int) -> bool:
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) == column - 1


def _without_last_blanks(part: list[str]) -> list[str]:
    while part and not part[-1].strip():
        part = part[:-1]
    return part


def _spaced(text: str, name: str) -> str:
    """No space at the end of a line, one empty line before every rule but the first, one newline at the end."""
    document, lines = parse_document(text.encode(), name), [line.rstrip() for line in text.splitlines()]
    for index in reversed(range(1, _count(document))):
        mark = document.values["rules", index]
        start = mark[0] - 1
        while start > 0 and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        blank = start
        while blank > 0 and not lines[blank - 1]:
            blank -= 1
        lines[blank:start] = [""]
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"
