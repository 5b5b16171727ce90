"""Shapes: pydantic models and JSON Schemas built from the frozen dataclasses of `model` and the drawers.

One description of a thing serves as its noun, as the check of what a file may say, and as its published schema.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, ValidationInfo, create_model
from pydantic_core import PydanticCustomError

from planner.model.question import OneOrMany, ResourceAmounts
from planner.model.units import KINDS, Quantity
from planner.reading.quantities import QuantityError, parse_quantity, parse_resources
from planner.requirements import KINDS as REQUIREMENTS
from planner.rules import KINDS as RULES

DRAWERS: dict[str, Mapping[str, type]] = {"requirements": REQUIREMENTS, "rules": RULES}


class Shape(BaseModel):
    """Base of every generated model: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def key_of(field: dataclasses.Field[Any]) -> str:
    """The key a file uses for a field: `from_` is written `from`."""
    return field.name.rstrip("_")


def written_fields(noun: type) -> list[dataclasses.Field[Any]]:
    """The fields of a noun that a file may write."""
    return [f for f in dataclasses.fields(noun) if not f.metadata.get("hidden")]


@cache
def shape_of(noun: type) -> type[Shape]:
    """The pydantic model of a dataclass; field `x_NAME` has the file's key as its alias."""
    hints = typing.get_type_hints(noun, include_extras=True)
    fields: dict[str, Any] = {}
    for field in written_fields(noun):
        if "drawer" in field.metadata:
            fields |= _drawer_fields(field)
            continue
        hint = document_type(field.metadata.get("document", hints[field.name]))
        fields[f"x_{field.name}"] = (hint, _pydantic_field(field))
    return create_model(noun.__name__, __base__=Shape, __doc__=noun.__doc__, **fields)


def _pydantic_field(field: dataclasses.Field[Any]) -> Any:
    if field.default is not dataclasses.MISSING:
        return Field(default=field.default, alias=key_of(field))
    if field.default_factory is not dataclasses.MISSING:
        return Field(default_factory=field.default_factory, alias=key_of(field))
    return Field(alias=key_of(field))


def _drawer_fields(field: dataclasses.Field[Any]) -> dict[str, Any]:
    """A drawer field: requirements are one nested mapping; the effect of a rule is one key of its `then`."""
    table = DRAWERS[field.metadata["drawer"]]
    members = {kind: (Union[shape_of(cls), None], Field(default=None, alias=kind)) for kind, cls in table.items()}
    if field.metadata["drawer"] == "rules":
        return {f"effect_{kind}": member for kind, member in members.items()}
    nested = create_model("Requires", __base__=Shape, **{f"x_{k}": v for k, v in members.items()})  # type: ignore[call-overload]
    return {f"x_{field.name}": (nested, Field(default_factory=nested, alias=key_of(field)))}


def document_type(hint: Any) -> Any:
    """The pydantic annotation for a field's type hint."""
    if typing.get_origin(hint) is Annotated:
        base, *marks = typing.get_args(hint)
        return _marked(base, marks[0])
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _nested(hint)
    if origin is tuple:
        return tuple[document_type(args[0]), ...]
    if origin in (Union, types.UnionType):
        return Union[tuple(document_type(arg) for arg in args)]
    if origin is not None and issubclass_safe(origin, Mapping):
        return dict[str, document_type(args[1])]
    return _PLAIN.get(hint, hint)


def issubclass_safe(thing: Any, parent: type) -> bool:
    """`issubclass` that answers False for things that are no class (Literal, Union)."""
    return isinstance(thing, type) and issubclass(thing, parent)


def _nested(noun: type) -> Any:
    shape = shape_of(noun)
    shorthand = getattr(noun, "shorthand", None)
    if shorthand is None:
        return shape
    return Annotated[shape, BeforeValidator(lambda v: v if isinstance(v, dict) else {shorthand: v})]


def _marked(base: Any, mark: Any) -> Any:
    if isinstance(mark, Quantity):
        return Annotated[Decimal, BeforeValidator(_quantity_reader(mark.kind)), Field(examples=[_sample(mark.kind)])]
    if isinstance(mark, ResourceAmounts):
        return Annotated[dict[str, Decimal], BeforeValidator(_custom(lambda v, _: parse_resources(v)))]
    if isinstance(mark, OneOrMany):
        return Annotated[base, BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)]
    raise TypeError(f"unknown mark {mark!r}")


def _sample(kind: str) -> str:
    return f"1 {KINDS[kind].base}"


def _quantity_reader(kind: str) -> Any:
    return _custom(lambda value, rates: parse_quantity(value, kind, rates))


def _custom(parse: Any) -> Any:
    def read(value: Any, info: ValidationInfo) -> Any:
        try:
            return parse(value, (info.context or {}).get("rates", {}))
        except QuantityError as error:
            raise PydanticCustomError("quantity", "{text}", {"text": str(error)}) from None

    return read


def _iso_date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("date", "{text}", {"text": f"{value!r} is not a date such as 2026-11-23"})


def _number(value: Any) -> Any:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("number", "{text}", {"text": f"{value!r} is not a plain number"})


_PLAIN: dict[Any, Any] = {
    bool: StrictBool,
    int: StrictInt,
    date: Annotated[date, BeforeValidator(_iso_date)],
    Decimal: Annotated[Decimal, BeforeValidator(_number)],
}


def to_noun(noun: type, shape: BaseModel, where: Any, path: tuple[str | int, ...] = ()) -> Any:
    """Turn a validated shape into its noun; `where(path)` gives the position for nouns that carry one."""
    values: dict[str, Any] = {}
    hints = typing.get_type_hints(noun, include_extras=True)
    for field in dataclasses.fields(noun):
        at = (*path, key_of(field))
        if field.metadata.get("drawer") == "rules":
            values[field.name] = _effect(shape, where, path)
        elif field.metadata.get("drawer") == "requirements":
            values[field.name] = _requirements(getattr(shape, f"x_{field.name}"), where, at)
        elif not field.metadata.get("hidden"):
            hint = field.metadata.get("document", hints[field.name])
            values[field.name] = _value(hint, getattr(shape, f"x_{field.name}"), where, at)
    if "where" in noun.__dataclass_fields__:  # type: ignore[attr-defined]
        values["where"] = where(path)
    out = noun(**values)
    return out.noun() if hasattr(out, "noun") else out


def _effect(shape: BaseModel, where: Any, path: tuple[str | int, ...]) -> Any:
    for kind, cls in RULES.items():
        given = getattr(shape, f"effect_{kind}")
        if given is not None:
            return to_noun(cls, given, where, (*path, kind))
    return None


def _requirements(shape: BaseModel, where: Any, path: tuple[str | int, ...]) -> dict[str, object]:
    given = {kind: getattr(shape, f"x_{kind}") for kind in REQUIREMENTS}
    return {
        kind: to_noun(cls, given[kind], where, (*path, kind))
        for kind, cls in REQUIREMENTS.items()
        if given[kind] is not None
    }


def _value(hint: Any, value: Any, where: Any, path: tuple[str | int, ...]) -> Any:
    """A validated value as the noun's field wants it; sequences become tuples, nested shapes their nouns."""
    if isinstance(value, BaseModel):
        return to_noun(_dataclass_in(hint), value, where, path)
    if isinstance(value, tuple | list):
        return tuple(_value(hint, each, where, (*path, index)) for index, each in enumerate(value))
    if isinstance(value, dict):
        return {key: _value(hint, each, where, (*path, key)) for key, each in value.items()}
    return value


def _dataclass_in(hint: Any) -> Any:
    """The one dataclass mentioned inside a type hint."""
    if dataclasses.is_dataclass(hint):
        return hint
    for arg in typing.get_args(hint):
        found = _dataclass_in(arg)
        if found is not None:
            return found
    return None


def words_of(hint: Any) -> list[str]:
    """The closed words a Literal or Enum hint allows, for suggestions."""
    if typing.get_origin(hint) is Literal:
        return [str(word) for word in typing.get_args(hint)]
    if issubclass_safe(hint, Enum):
        return [str(member.value) for member in hint]
    return []
