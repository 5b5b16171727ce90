"""Shapes: pydantic models and JSON Schemas built from the frozen dataclasses of `model` and the drawers.

One description of a thing serves as its noun, as the check of what a file may say, and as its published schema.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Union

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    create_model,
)
from pydantic_core import CoreSchema, PydanticCustomError

from planner.reading.field_types import PLAIN, Schema, marked
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
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        return marked(args[0], args[1])
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _nested(hint)
    if origin is tuple:
        return tuple[document_type(args[0]), ...]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return _union([document_type(arg) for arg in args])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, document_type(args[1])]  # type: ignore[misc]
    return PLAIN.get(hint, hint)


def _union(members: list[Any]) -> Any:
    """One of several types; text or a list is told apart before checking, so that one typo is one finding."""
    lists = [member for member in members if typing.get_origin(member) is tuple]
    if str not in members or not lists:
        return Union[tuple(members)]
    by_kind = Discriminator(lambda value: "text" if isinstance(value, str) else "list")
    return Annotated[Union[Annotated[str, Tag("text")], Annotated[lists[0], Tag("list")]], by_kind]


def _nested(noun: type) -> Any:
    shape = shape_of(noun)
    shorthand = getattr(noun, "shorthand", None)
    if shorthand is not None:
        words, one_of = getattr(noun, "words", {}), getattr(noun, "one_of", ())
        spelt = BeforeValidator(_spelled_out(shorthand, words)), AfterValidator(_exactly_one(one_of))
        return Annotated[shape, *spelt, _Short(shorthand, tuple(words), one_of)]
    if any(field.metadata.get("drawer") == "rules" for field in dataclasses.fields(noun)):
        return Annotated[shape, AfterValidator(_one_effect), _OneEffect()]
    return shape


def _spelled_out(shorthand: str, words: Mapping[str, Any]) -> Callable[[Any], Any]:
    """What a value that is no mapping stands for: a word of its own, or the value of one key."""

    def spell(value: Any) -> Any:
        if isinstance(value, str) and value in words:
            return dict(words[value])
        return value if isinstance(value, dict) else {shorthand: value}

    return spell


def _exactly_one(keys: tuple[str, ...]) -> Callable[[BaseModel], BaseModel]:
    """Refuse a mapping that gives none or several of some keys."""

    def check(shape: BaseModel) -> BaseModel:
        given = [key for key in keys if getattr(shape, f"x_{key}") is not None]
        if not keys or len(given) == 1:
            return shape
        text = f"has {' and '.join(given) or 'neither'}; give exactly one of {', '.join(keys)}"
        raise PydanticCustomError("effect", "{text}", {"text": text})

    return check


@dataclasses.dataclass(frozen=True)
class _Short:
    """Says in JSON Schema that the value of one key, or a word, may stand for the whole mapping."""

    key: str
    words: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        whole = handler(core)
        short = handler.resolve_ref_schema(whole)["properties"][self.key]
        if self.one_of:
            whole = {**whole, "oneOf": [{"required": [key]} for key in self.one_of]}
        return {"anyOf": [short, *([{"enum": list(self.words)}] if self.words else []), whole]}


@dataclasses.dataclass(frozen=True)
class _OneEffect:
    """Says in JSON Schema that exactly one effect is given."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        return {**handler(core), "oneOf": [{"required": [kind]} for kind in RULES]}


def _one_effect(shape: BaseModel) -> BaseModel:
    given = [kind for kind in RULES if getattr(shape, f"effect_{kind}") is not None]
    if len(given) == 1:
        return shape
    text = f"has {' and '.join(given) or 'no effect'}; give exactly one of {', '.join(RULES)}"
    raise PydanticCustomError("effect", "{text}", {"text": text})


def dataclass_in(hint: Any) -> Any:
    """The one dataclass mentioned inside a type hint, None when there is none."""
    if dataclasses.is_dataclass(hint):
        return hint
    for arg in typing.get_args(hint):
        found = dataclass_in(arg)
        if found is not None:
            return found
    return None
