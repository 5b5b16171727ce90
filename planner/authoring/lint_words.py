"""Lint of words and dates: lists and places (R108), exemptions (R110), words old YAML takes for booleans (R113)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from planner.authoring.finding import Finding
from planner.authoring.words import PLACE_KEYS, Language, places_in_then, words_in_box
from planner.errors import Where
from planner.model.areas import Outline
from planner.model.catalogue import Region
from planner.model.law import Exemption, Rule
from planner.model.places import EVERYWHERE, NAMED, is_place
from planner.model.vocabulary import PlaceList
from planner.reading.documents import Document
from planner.reading.placing import find_turned, may_lie_in
from planner.reading.yaml_files import load_document

LONGEST_DAYS: Final = 366
_TRAP: Final = re.compile(r"(?i)(y|n|yes|no|on|off)")


@dataclass(frozen=True)
class Named:
    """Something other than a rule that a finding can be about."""

    id: str
    where: Where


def lists_and_places(
    rules: Iterable[Rule], language: Language, regions: Sequence[Region], as_of: date
) -> Iterator[Finding]:
    """R108: lists hold places there are and are not empty; a polygon holds a region of the catalogue."""
    known = {code for region in regions for code in region.places}
    for rule in rules:
        words = [word for key in PLACE_KEYS for word in words_in_box(rule.when, key)]
        for word in dict.fromkeys((*words, *places_in_then(rule.then))):
            yield from _word(rule, str(word), language.lists, known, as_of)
        for word in dict.fromkeys(words_in_box(rule.when, "operator")):
            if word in language.lists and not language.lists[word].codes(as_of):
                yield _empty(rule, word, as_of)
    for name, listed in language.lists.items():
        for member in listed.members:
            named = member.code.startswith("area:") or is_place(member.code)
            if listed.kind == "places" and not named:
                about = Named(name, Where(name))
                yield Finding("R108", about, f"member {member.code!r} is no place", severity="error")


def outlines(found: Mapping[str, Outline], regions: Sequence[Region]) -> Iterator[Finding]:
    """R108: an outline holds a region of the catalogue."""
    held = {name for region in regions for name in (*(region.areas or ()), *region.located)}
    for name, outline in found.items():
        if name not in held:
            turned = find_turned(outline, regions)
            near = ", ".join(region.key for region in regions if may_lie_in(region, outline))
            text = "contains no region of the catalogue" + (f", though {near} may lie in it" if near else "")
            text += f", and {turned.key} with longitude and latitude exchanged" if turned else ""
            severity = "error" if turned else "note"
            yield Finding("R108", Named(f"area:{name}", outline.where), text, severity=severity)


def _word(rule: Rule, word: str, lists: Mapping[str, PlaceList], known: set[str], as_of: date) -> Iterator[Finding]:
    if word.startswith("area:"):
        if word not in known:
            yield Finding("R108", rule, f"{word} contains no region of the catalogue", severity="warning")
    elif word in lists:
        if not lists[word].codes(as_of):
            yield _empty(rule, word, as_of)
    elif word.startswith(NAMED):
        yield Finding("R108", rule, f"{word} is not a list there is")
    elif word != EVERYWHERE and not is_place(word):
        yield Finding("R108", rule, f"{word!r} is no place")


def _empty(rule: Rule, word: str, as_of: date) -> Finding:
    return Finding("R108", rule, f"{word} is empty on {as_of}", severity="warning")


def exemptions(found: Iterable[Exemption], rules: Mapping[str, Rule], today: date) -> Iterator[Finding]:
    """R110: an exemption is of a rule there is, has not expired, and lasts no longer than a year."""
    for each in found:
        if each.rule not in rules:
            yield Finding("R110", each, f"its rule {each.rule!r} is not there")
        if each.expires_on < today:
            yield Finding("R110", each, f"it expired on {each.expires_on} and changes nothing; renew it or delete it")
        days = (each.expires_on - each.approved_on).days
        if days > LONGEST_DAYS:
            yield Finding("R110", each, f"it lasts {days} days, more than {LONGEST_DAYS}")


def unquoted(path: Path, name: str) -> Iterator[Finding]:
    """R113: `NO`, `ON`, `Y` without quotes are words here, but booleans to many editors and tools."""
    document, lines = load_document(path, name), path.read_text(encoding="utf-8-sig").splitlines()
    for word, where in _words_of(document.data, (), document):
        if _TRAP.fullmatch(word) and lines[where.line - 1][where.column - 1] not in "'\"":
            yield Finding(
                "R113", Named(name, where), f"{word} without quotes is a boolean to YAML 1.1", severity="warning"
            )


def _words_of(data: Any, path: tuple[str | int, ...], document: Document) -> Iterator[tuple[str, Where]]:
    if isinstance(data, str):
        yield data, document.where(path)
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield from _words_of(child, (*path, key), document)
