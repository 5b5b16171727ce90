"""Option tables of the drawer of rules, made from the dataclasses, so that pages never lag behind the code."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from enum import Enum
from typing import Any

_ATTRIBUTE = re.compile(r"^\s+(\w+): (.+?)(?=^\s+\w+: |\Z)", re.MULTILINE | re.DOTALL)


def option_table(noun: type) -> str:
    """A markdown table of what a file may write: key, form, whether it must be there, meaning."""
    said, hints = _attributes(noun), typing.get_type_hints(noun)
    lines = ["| key | form | default | meaning |", "|---|---|---|---|"]
    for field in (f for f in dataclasses.fields(noun) if not f.metadata.get("hidden")):
        cells = (f"`{field.name.rstrip('_')}`", _form(hints[field.name]), _default(field), said.get(field.name, ""))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _attributes(noun: type) -> dict[str, str]:
    text = inspect.getdoc(noun) or ""
    listed = text.partition("Attributes:")[2]
    return {name: " ".join(words.split()).rstrip(".") for name, words in _ATTRIBUTE.findall(listed)}


def _form(hint: Any) -> str:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " or ".join(f"`{word}`" for word in args)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " or ".join(f"`{word.value}`" for word in hint)
    if origin is tuple:
        return f"list of {_form(args[0])}"
    inner = [arg for arg in args if arg is not type(None)]
    if args and len(inner) < len(args):
        return _form(inner[0])
    if dataclasses.is_dataclass(hint):
        return "mapping: " + ", ".join(
            f"`{f.name.rstrip('_')}`" for f in dataclasses.fields(hint) if not f.metadata.get("hidden")
        )
    plain = {"str": "text", "Decimal": "quantity or number", "bool": "true or false"}
    return plain.get(hint.__name__, str(hint.__name__))


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "must be given"
    return "none" if field.default in (None, ()) else f"`{field.default}`"
