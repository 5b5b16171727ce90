"""Faults: everything wrong with the files of one reading, gathered, each with a position and a suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any, Final

from planner.errors import Fault, InputFaults, Where
from planner.reading.documents import Document

_LONGEST: Final = 600
_SUGGESTIONS: Final = 40
"""So many words are compared with all known ones; a list of thousands of wrong words needs no more."""


class Collector:
    """Gathers every fault of a reading, so that all are shown at once.

    Reading goes on after a fault with what is left. `broken` holds every word of the parts that were left out, so that
    one typo is not reported again wherever its part is mentioned; `complete` is False once something was left out or a
    word names nothing, and `lost` is True when a file of the library could not be read at all.
    """

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self.faults: list[Fault] = []
        self.broken: set[str] = set()
        self.complete = True
        self.lost = False
        self._documents: dict[str, Document] = {}
        self._mended: set[Where] = set()
        self._compared = 0

    def add(self, where: Where, code: str, message: str, hint: str = "") -> None:
        """Note an error."""
        self.faults.append(Fault(where, code, _one_line(message), _one_line(hint)))

    def warn(self, where: Where, code: str, message: str, hint: str = "") -> None:
        """Note something that does not stop planning."""
        self.faults.append(Fault(where, code, message, hint, "warning"))

    def twice(self, where: Where, what: str, first: Where) -> None:
        """Note a name that is declared a second time; `first` is where it stands already."""
        self.add(where, "N002", f"{what} is declared twice", f"first at {first}")

    def unknown(
        self,
        where: Where,
        what: str,
        word: str,
        known: Iterable[str],
        suggest: Callable[[str, Iterable[str]], str] | None = None,
    ) -> None:
        """Note a word that names nothing, with the nearest right one; silent for words of parts already refused."""
        self.complete = False
        if not self.is_broken(word):
            self._compared += 1
            hint = (suggest or nearest)(word, known) if self._compared <= _SUGGESTIONS else "see the first of these"
            self.add(where, "N001", f"{what} {word!r} is not known", hint)

    def is_broken(self, word: str) -> bool:
        """Whether a name belongs to a part of the files that was refused."""
        return bool(self.broken) and (word in self.broken or not self.broken.isdisjoint(re.split("[/:]", word)))

    def know(self, document: Document) -> None:
        """Keep a document, so that positions inside its nouns can be found."""
        self._documents[document.file] = document

    def inside(self, where: Where, *steps: str | int, key: bool = False) -> Where:
        """Position of what lies below a noun: `inside(component.where, "reads", "ledger")` is that word."""
        document = self._documents.get(where.file)
        return document.inside(where, steps, key=key) if document else where

    def find(self, *path: str | int) -> Where:
        """Position of a path in the first document that has it, for nouns of a library that carry no position."""
        for document in self._documents.values():
            if path in document.values:
                return document.where(path)
        return Where("library")

    def leave_out(self, around: Iterable[Where], data: Iterable[Any]) -> None:
        """Remember parts from which nothing is built: the positions of the nouns around them, and their data."""
        self.complete = False
        self._mended.update(around)
        for each in data:
            self.broken.update(_words(each))

    def is_mended(self, where: Where) -> bool:
        """Whether a part of the noun at a position was left out."""
        return where in self._mended

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The findings that are no errors."""
        return tuple(sorted({f for f in self.faults if f.severity == "warning"}))

    def raise_errors(self) -> None:
        """Raise InputFaults when any error was noted."""
        if any(f.severity == "error" for f in self.faults):
            raise InputFaults(self.faults)


def _one_line(text: str) -> str:
    text = text if text.isprintable() else " ".join(each for each in text.split() if each.isprintable())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


def _words(data: Any) -> Iterable[str]:
    if isinstance(data, str):
        yield data
        yield from re.findall(r"[\w.-]+", data)
    if isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from _words(value)
    if isinstance(data, list):
        for value in data:
            yield from _words(value)


def close_words(word: str, words: Sequence[str]) -> list[str]:
    """The nearest word, if any is near; of short words half the letters must agree."""
    return get_close_matches(word, words, 1, 0.6 if len(word) > 3 else 0.5)


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?`, or the known words when none is near."""
    words = sorted({str(each) for each in known})
    near = [w for w in words if w.lower() == str(word).lower()] or close_words(str(word), words)
    if near:
        return f"did you mean {near[0]!r}?"
    listing = ", ".join(words[:12]) + (", …" if len(words) > 12 else "")
    return f"known: {listing}" if words else "none is declared"
