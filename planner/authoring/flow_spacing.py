"""Flow spacing: `[ a,b ]` as `[a, b]`, `{ a: b }` as `{a: b}`; quoted text, comments and block text are left alone."""

from __future__ import annotations

import re
from typing import Final

_BLOCK_TEXT: Final = re.compile(r":\s+[|>][-+0-9]*\s*(#.*)?$|^\s*-\s+[|>][-+0-9]*\s*(#.*)?$")
_OPEN: Final = "[{"
_CLOSE: Final = "]}"


def space_flows(text: str) -> str:
    """The text with one space after commas and none inside brackets of flow collections."""
    out: list[str] = []
    depth, block_indent = 0, -1
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if block_indent >= 0 and (not line.strip() or indent > block_indent):
            out.append(line)
            continue
        block_indent = -1
        spaced, depth = _Line(line, depth).spaced()
        out.append(spaced)
        if depth == 0 and _BLOCK_TEXT.search(line):
            block_indent = indent
    return "\n".join(out)


class _Line:
    """One line, read character by character from a depth of brackets."""

    def __init__(self, line: str, depth: int) -> None:
        self.line, self.depth = line, depth
        self.out: list[str] = []
        self.at = 0

    def spaced(self) -> tuple[str, int]:
        """The line, and the depth after it."""
        while self.at < len(self.line):
            char = self.line[self.at]
            if char == "#" and (not self.out or self.out[-1][-1] in " \t"):
                self.out.append(self.line[self.at :])
                break
            self._take(char)
        return "".join(self.out), self.depth

    def _take(self, char: str) -> None:
        if char in "'\"" and self._starts_token():
            self._take_quoted(char)
        elif char in _OPEN and (self.depth or self._starts_token()):
            self._put(char, 1)
            self._skip_spaces()
        elif self.depth and char in _CLOSE:
            self._trim()
            self._put(char, -1)
        elif self.depth and char == ",":
            self._trim()
            self._put(char, 0)
            self._skip_spaces()
            if self.at < len(self.line) and self.line[self.at] != " ":
                self.out.append(" ")
        else:
            self._put(char, 0)

    def _put(self, char: str, deeper: int) -> None:
        self.out.append(char)
        self.depth += deeper
        self.at += 1

    def _starts_token(self) -> bool:
        before = "".join(self.out)
        last = before.rstrip()
        if not last:
            return self.depth > 0 or not before or before.isspace()
        return last[-1] in "[{," if self.depth and last[-1] != ":" else last[-1] in ":-" and before != last

    def _take_quoted(self, quote: str) -> None:
        end = self.at + 1
        while end < len(self.line):
            if quote == '"' and self.line[end] == "\\":
                end += 1
            elif self.line[end] == quote:
                if quote == '"' or self.line[end + 1 : end + 2] != "'":
                    break
                end += 1
            end += 1
        self.out.append(self.line[self.at : end + 1])
        self.at = end + 1

    def _skip_spaces(self) -> None:
        while self.at < len(self.line) and self.line[self.at] == " " and self.line[self.at :].lstrip()[:1] != "#":
            self.at += 1

    def _trim(self) -> None:
        """Spaces before a comma or closing bracket go, unless they are the indent of the line."""
        while self.out and self.out[-1] == " " and "".join(self.out).strip():
            self.out.pop()
