"""YAML text: one-line (flow) YAML that any reader of YAML 1.1 or 1.2 takes for the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9.]|[A-Za-z]")
_BOOLEANS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_FIRST: Final = ("verb", "located_in")
_EMPTY: Final = ("holds", "persons")
"""Keys that say nothing when they are empty; of the others an empty one is a fact."""


def scalar(value: Any) -> str:
    """A word, number, date or truth value; quoted where a reader could take it for something else."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, int | Decimal | date):
        return str(value)
    text = str(value.value if isinstance(value, Enum) else value)
    if _PLAIN.fullmatch(text) and text.lower() not in _BOOLEANS and " #" not in text:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def flow(value: Any) -> str:
    """Mappings in braces, lists in brackets; a list of one word is written as the word."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(value)


def given_text(given: Any) -> str:
    """The facts of a case as a flow mapping, without those that are not stated; what is done and where come first."""
    facts = {name: getattr(given, name) for name in (*_FIRST, *given.__dataclass_fields__)}
    stated = {key: value for key, value in facts.items() if value is not None and (value or key not in _EMPTY)}
    return flow({key: value if key == "holds" else _one_word(value) for key, value in stated.items()})


def _one_word(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value
