"""Building: validated shapes become nouns."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import BaseModel

from planner.errors import Where
from planner.reading.documents import Path_
from planner.reading.shapes import dataclass_in, key_of, written_fields
from planner.requirements import KINDS as REQUIREMENTS
from planner.rules import KINDS as RULES

Locate = Callable[[Path_], Where]


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """How one field of a noun is filled.

    `inner` is the dataclass inside its type hint, if any; `absent` is what nothing means where a file writes another
    type than the noun holds.
    """

    name: str
    key: str
    drawer: str
    inner: Any
    absent: Any


@cache
def _parts(noun: type) -> tuple[_Part, ...]:
    hints = typing.get_type_hints(noun, include_extras=True)
    return tuple(_part(field, hints) for field in written_fields(noun))


def _part(field: dataclasses.Field[Any], hints: dict[str, Any]) -> _Part:
    written = field.metadata.get("document")
    inner = dataclass_in(written or hints[field.name])
    absent = field.default if written and field.default is not dataclasses.MISSING else None
    return _Part(field.name, key_of(field), field.metadata.get("drawer", ""), inner, absent)


def to_noun(noun: type, shape: BaseModel, where: Locate, path: Path_ = ()) -> Any:
    """Turn a validated shape into its noun; `where(path)` gives the position for nouns that carry one."""
    values: dict[str, Any] = {}
    for part in _parts(noun):
        if part.drawer == "rules":
            values[part.name] = _effect(shape, where, path)
        elif part.drawer == "requirements":
            values[part.name] = _requirements(getattr(shape, f"x_{part.name}"), where, (*path, part.key))
        else:
            given = _value(part.inner, getattr(shape, f"x_{part.name}"), where, (*path, part.key))
            values[part.name] = part.absent if given is None else given
    if "where" in noun.__dataclass_fields__:  # type: ignore[attr-defined]
        values["where"] = where(path)
    out = noun(**values)
    return out.noun() if hasattr(out, "noun") else out


def _effect(shape: BaseModel, where: Locate, path: Path_) -> Any:
    for kind, cls in RULES.items():
        given = getattr(shape, f"effect_{kind}")
        if given is not None:
            return to_noun(cls, given, where, (*path, kind))
    return None


def _requirements(shape: BaseModel, where: Locate, path: Path_) -> dict[str, object]:
    given = {kind: getattr(shape, f"x_{kind}") for kind in REQUIREMENTS}
    return {
        kind: to_noun(cls, given[kind], where, (*path, kind))
        for kind, cls in REQUIREMENTS.items()
        if given[kind] is not None
    }


def _value(inner: Any, value: Any, where: Locate, path: Path_) -> Any:
    """A validated value as the noun's field wants it; sequences become tuples, nested shapes their nouns."""
    if isinstance(value, BaseModel):
        return to_noun(inner, value, where, path)
    if isinstance(value, tuple | list):
        return tuple(_value(inner, each, where, (*path, index)) for index, each in enumerate(value))
    if isinstance(value, dict):
        return {key: _value(inner, each, where, (*path, key)) for key, each in value.items()}
    return value
