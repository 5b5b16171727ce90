"""Lint of words and dates: lists and places (R108), exemptions (R110), words that old YAML takes for booleans (R113)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.authoring.finding import Finding
from planner.authoring.words import Language, places_in_then, words_in_box
from planner.errors import Where
from planner.model.catalogue import Region
from planner.model.law import Exemption, PlaceList, Rule
from planner.model.places import EVERYWHERE, NAMED, is_place

LONGEST_DAYS: Final = 366
_TRAP: Final = re.compile(r"(?i)(y|n|yes|no|on|off)")
_PLAIN_WORD: Final = re.compile(r"""(?:^|[\s\[{,:-])([A-Za-z]{1,3})(?=\s*(?:[,\]}#]|$))""")


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
        words = [w for key in ("established_in", "subjects_in", "operator_parent_in", "located_in") for w in words_in_box(rule.when, key)]
        for word in dict.fromkeys((*words, *places_in_then(rule.then))):
            yield from _word(rule, str(word), language.lists, known, as_of)
    for name, listed in language.lists.items():
        for member in listed.members:
            if not is_place(member.code) and not member.code.startswith("area:"):
                about = Named(name, Where(name))
                yield Finding("R108", about, f"member {member.code!r} is no place", severity="error")


def _word(
    rule: Rule, word: str, lists: Mapping[str, PlaceList], known: set[str], as_of: date
) -> Iterator[Finding]:
    if word.startswith("area:"):
        if word not in known:
            yield Finding("R108", rule, f"{word} contains no region of the catalogue", severity="warning")
    elif word in lists:
        if not lists[word].codes(as_of):
            yield Finding("R108", rule, f"{word} is empty on {as_of}", severity="warning")
    elif word.startswith(NAMED):
        yield Finding("R108", rule, f"{word} is not a list there is")
    elif word != EVERYWHERE and not is_place(word):
        yield Finding("R108", rule, f"{word!r} is no place")


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


def unquoted(file: str, text: str) -> Iterator[Finding]:
    """R113: `NO`, `ON`, `Y` without quotes are words here, but booleans to many editors and tools."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in _PLAIN_WORD.finditer(_without_quotes_and_comment(line)):
            if _TRAP.fullmatch(match[1]):
                about = Named(file, Where(file, number, match.start(1) + 1))
                yield Finding("R113", about, f"{match[1]} without quotes is a boolean to YAML 1.1", severity="warning")


def _without_quotes_and_comment(line: str) -> str:
    """The line with quoted text and comments blanked, so that columns stay."""
    out, quote = [], ""
    for index, char in enumerate(line):
        if quote:
            out.append(" ")
            quote = "" if char == quote else quote
        elif char in "'\"" and (not out or out[-1] in " [{,:"):
            quote = char
            out.append(" ")
        elif char == "#" and (index == 0 or line[index - 1] == " "):
            break
        else:
            out.append(char)
    return "".join(out)
