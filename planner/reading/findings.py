"""Findings: what pydantic found wrong with a document, as located messages with a suggestion."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from planner.errors import Fault
from planner.reading.documents import Document, Path_, real_path
from planner.reading.faults import nearest
from planner.reading.shapes import DRAWERS, dataclass_in, key_of, written_fields

LATER: Final[Mapping[str, str]] = {
    "latency": "key",
    "isolation": "requirement",
    "recovery": "requirement",
    "survive_zone": "requirement",
}
"""Words of the full language that this version does not enforce: refused, never skipped."""


def translate(findings: Iterable[Any], noun: type, document: Document, at: Path_) -> list[Fault]:
    """A fault for each of pydantic's findings about the data at a path; a misspelt key is told once."""
    findings = list(findings)
    meant = {_meant(each, noun, document, at) for each in findings if each["type"] == "extra_forbidden"}
    return [
        _translate(each, noun, document, at)
        for each in findings
        if each["type"] != "missing" or (_parent(each, document, at), each["loc"][-1]) not in meant
    ]


def _parent(finding: Any, document: Document, at: Path_) -> Path_:
    return real_path(document.data, (*at, *finding["loc"][:-1]))


def _meant(finding: Any, noun: type, document: Document, at: Path_) -> tuple[Path_, str]:
    """Where, and which key, an unknown key was probably meant to be."""
    parent = _parent(finding, document, at)
    near = get_close_matches(str(finding["loc"][-1]), keys_at(noun, parent[len(at) :]), 1, 0.6)
    return parent, near[0] if near else ""


def _translate(finding: Any, noun: type, document: Document, at: Path_) -> Fault:
    kind, name = finding["type"], str(finding["loc"][-1]) if finding["loc"] else ""
    path = real_path(document.data, (*at, *finding["loc"]))
    if kind == "extra_forbidden":
        return _unknown_key(name, path, noun, document, at)
    if kind == "missing":
        where = document.where(path, key=True) if path != at else document.where(at)
        return Fault(where, "S002", f"key {name!r} is missing", f"add `{name}:`")
    message, hint = _value_message(finding)
    label = ".".join(str(part) for part in path if not isinstance(part, int)) or "the file"
    return Fault(document.where(path), "S003", f"{label}: {message}", hint)


def _unknown_key(name: str, path: Path_, noun: type, document: Document, at: Path_) -> Fault:
    where = document.where(path, key=True)
    if name in LATER:
        text = f"{LATER[name]} {name!r} is not enforced by this version"
        return Fault(where, "S004", text, "remove it, or wait for it")
    return Fault(where, "S001", f"unknown key {name!r}", nearest(name, keys_at(noun, path[len(at) : -1])))


def _value_message(finding: Any) -> tuple[str, str]:
    kind, given = finding["type"], finding["input"]
    if kind in ("enum", "literal_error"):
        words = re.findall(r"'([^']*)'", finding["ctx"]["expected"])
        return f"{_show(given)} is not allowed here", nearest(str(given), words)
    if kind in _TYPES:
        expected, hint = _TYPES[kind]
        return f"expected {expected}, found {_show(given)}", _better(kind, given) or hint
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = next(iter(finding["ctx"].values()))
        word = "too small" if kind == "greater_than_equal" else "too large"
        return f"{given} is {word}", f"write a whole number from {0 if word == 'too small' else 1} to {limit}"
    message, _, hint = str(finding["msg"]).partition("; ")
    return message, hint or "see `planner schema scenario`"


def _better(kind: str, given: Any) -> str:
    """A suggestion that fits what was written."""
    if kind == "bool_type" and isinstance(given, str) and given.lower() in _SWITCHES:
        return f"write {_SWITCHES[given.lower()]}"
    if kind in ("tuple_type", "list_type") and isinstance(given, str) and len(given) <= 60 and given.isprintable():
        return f"write [{given}]"
    return ""


def _show(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


_SWITCHES: Final[Mapping[str, str]] = dict.fromkeys(("no", "off", "n"), "false") | dict.fromkeys(
    ("yes", "on", "y"), "true"
)
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


def keys_at(noun: Any, path: Path_) -> list[str]:
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


def _class_at(noun: Any, path: Path_) -> Any:
    """The dataclass (or drawer table) that describes the data at a path."""
    current, free = noun, False
    for part in path:
        if isinstance(part, int):
            continue
        if free:
            free = False
            continue
        current, free = _step(current, part)
        if current is None:
            return None
    return None if free else current


def _step(current: Any, part: str) -> tuple[Any, bool]:
    """What lies under a key, and whether the next key is free text (a name that maps to it)."""
    if isinstance(current, Mapping):
        return current.get(part), False
    if not dataclasses.is_dataclass(current):
        return None, False
    hints = typing.get_type_hints(current, include_extras=True)
    for field in dataclasses.fields(current):
        if "drawer" in field.metadata:
            table = DRAWERS[field.metadata["drawer"]]
            if part in table or key_of(field) == part:
                return table.get(part, table), False
        elif key_of(field) == part:
            hint = field.metadata.get("document", hints[field.name])
            return dataclass_in(hint), issubclass(typing.get_origin(hint) or object, Mapping)
    return None, False
