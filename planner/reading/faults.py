"""Faults: pydantic's findings and failed look-ups as located messages with a suggestion."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from planner.errors import Fault, InputFaults, Where
from planner.reading.shapes import DRAWERS, key_of, shape_of, to_noun, written_fields
from planner.reading.yaml_files import Document

Loc = tuple[str | int, ...]

LATER: Final[Mapping[str, str]] = {
    "require": "effect",
    "overrides": "key",
    "not": "selector",
    "purpose": "selector",
    "operator_parent_in": "selector",
    "chip": "selector",
    "chip_control": "selector",
    "operator_entity_listed": "selector",
    "located_in": "selector",
    "zone_funding": "selector",
    "partition_by": "key",
    "current": "key",
    "accelerators": "key",
    "latency": "key",
    "isolation": "requirement",
    "recovery": "requirement",
    "survive_zone": "requirement",
}
"""Words of the full language that this version does not enforce: refused, never skipped."""


class Collector:
    """Gathers every fault of a reading, so that all are shown at once."""

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self.faults: list[Fault] = []

    def add(self, where: Where, code: str, message: str, hint: str = "") -> None:
        """Note an error."""
        self.faults.append(Fault(where, code, message, hint))

    def warn(self, where: Where, code: str, message: str, hint: str = "") -> None:
        """Note something that does not stop planning."""
        self.faults.append(Fault(where, code, message, hint, "warning"))

    def unknown(self, where: Where, what: str, word: str, known: Iterable[str]) -> None:
        """Note a word that names nothing, with the nearest right one."""
        self.add(where, "N001", f"{what} {word!r} is not known", nearest(word, known))

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The findings that are no errors."""
        return tuple(sorted({f for f in self.faults if f.severity == "warning"}))

    def raise_errors(self) -> None:
        """Raise InputFaults when any error was noted."""
        if any(f.severity == "error" for f in self.faults):
            raise InputFaults(self.faults)


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?`, or the known words when none is near."""
    words = sorted({str(each) for each in known})
    near = get_close_matches(str(word), words, 1, 0.6) or [w for w in words if w.lower() == str(word).lower()]
    if near:
        return f"did you mean {near[0]!r}?"
    listing = ", ".join(words[:12]) + (", …" if len(words) > 12 else "")
    return f"known: {listing}" if words else "none is declared"


def read_noun(
    noun: type, document: Document, faults: Collector, *, at: Loc = (), rates: Mapping[str, Decimal] | None = None
) -> Any:
    """Check the data at a path of a document against a noun's shape; None when it has faults (they are collected)."""
    data = document.data
    for part in at:
        data = data[part]
    shorthand = getattr(noun, "shorthand", None)
    if shorthand is not None and not isinstance(data, dict):
        data = {shorthand: data}
    try:
        shape = shape_of(noun).model_validate(data, context={"rates": rates or {}})
    except ValidationError as error:
        for finding in error.errors(include_url=False):
            faults.faults.append(_translate(finding, noun, document, at))
        return None
    return to_noun(noun, shape, document.where, at)


def _translate(finding: Any, noun: type, document: Document, at: Loc) -> Fault:
    loc = _real_path((*at, *finding["loc"]), document)
    kind, name = finding["type"], str(finding["loc"][-1]) if finding["loc"] else ""
    if kind == "extra_forbidden":
        return _unknown_key(name, loc, noun, document, at)
    if kind == "missing":
        where = document.where(loc, key=True) if loc != at else document.where(at)
        return Fault(where, "S002", f"key {name!r} is missing", f"add `{name}:`")
    message, hint = _value_message(finding)
    label = ".".join(str(part) for part in loc if not isinstance(part, int)) or "the file"
    return Fault(document.where(loc), "S003", f"{label}: {message}", hint)


def _real_path(loc: Loc, document: Document) -> Loc:
    """Pydantic's location without the union tags that are not in the document."""
    real: Loc = ()
    for part in loc:
        if (*real, part) in document.values:
            real = (*real, part)
    return real


def _unknown_key(name: str, loc: Loc, noun: type, document: Document, at: Loc) -> Fault:
    where = document.where(loc, key=True)
    if name in LATER:
        return Fault(
            where, "S004", f"{LATER[name]} {name!r} is not enforced by this version", "remove it, or wait for it"
        )
    return Fault(where, "S001", f"unknown key {name!r}", nearest(name, keys_at(noun, loc[len(at) : -1])))


def _value_message(finding: Any) -> tuple[str, str]:
    kind, given = finding["type"], finding["input"]
    if kind in ("enum", "literal_error"):
        words = re.findall(r"'([^']*)'", finding["ctx"]["expected"])
        return f"{given!r} is not allowed here", nearest(str(given), words)
    fixed = _TYPES.get(kind)
    if fixed:
        return f"expected {fixed[0]}, found {_show(given)}", fixed[1]
    message = str(finding["msg"])
    if "; " in message:
        message, hint = message.split("; ", 1)
        return message, hint
    return message, "see `planner schema scenario`"


def _show(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "nothing" if value is None else repr(value) if not isinstance(value, Decimal) else str(value)


_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "string_type": ("text", "put the value in quotes"),
    "bool_type": ("true or false", "write true or false"),
    "int_type": ("a whole number", "write a whole number such as 3"),
    "model_type": ("a mapping", "write key: value pairs"),
    "model_attributes_type": ("a mapping", "write key: value pairs"),
    "dict_type": ("a mapping", "write key: value pairs"),
    "tuple_type": ("a list", "write [ … ] or lines that start with -"),
    "list_type": ("a list", "write [ … ] or lines that start with -"),
    "none_required": ("nothing", "leave the key out"),
}


def keys_at(noun: Any, path: Loc) -> list[str]:
    """The keys a file may write at a path below a noun, for suggestions."""
    cls = _class_at(noun, path)
    if cls is None:
        return []
    if not dataclasses.is_dataclass(cls):
        return list(cls) if isinstance(cls, Mapping) else []
    keys: list[str] = []
    for field in written_fields(typing.cast(type, cls)):
        keys += list(DRAWERS["rules"]) if field.metadata.get("drawer") == "rules" else [key_of(field)]
    return keys


def _class_at(noun: Any, path: Loc) -> Any:
    """The dataclass (or drawer table) that describes the data at a path."""
    current: Any = noun
    for part in path:
        if isinstance(part, int):
            continue
        current = _step(current, part)
        if current is None:
            return None
    return current


def _step(current: Any, part: str) -> Any:
    if isinstance(current, Mapping):
        return current.get(part)
    if not dataclasses.is_dataclass(current):
        return None
    hints = typing.get_type_hints(current, include_extras=True)
    for field in dataclasses.fields(current):
        if "drawer" in field.metadata and part in DRAWERS[field.metadata["drawer"]]:
            return DRAWERS[field.metadata["drawer"]][part]
        if key_of(field) == part:
            if "drawer" in field.metadata:
                return DRAWERS[field.metadata["drawer"]]
            return _inner_class(field.metadata.get("document", hints[field.name]))
    return None


def _inner_class(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return hint
    for arg in typing.get_args(hint):
        found = _inner_class(arg)
        if found is not None:
            return found
    return None
