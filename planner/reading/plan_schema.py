"""The schema of the plan document, derived from the nouns of `model.plan`."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Union

from planner.model.conflict import Conflict

_MONEY = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_SHARE = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?(/[0-9]+)?$"}
_PLAIN: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: _MONEY,
    Fraction: _SHARE,
    date: {"type": "string", "format": "date"},
}
HEAD = ("format_version", "scenario", "question", "as_of", "status", "inputs", "inputs_sha256")


def plan_schema(plan: type) -> dict[str, Any]:
    """The document: the head every answer has, and the fields of a plan (null or empty when there is none)."""
    body = _object(plan)["properties"]
    for key in ("total_usd_month", "total_usd", "bound", "gap"):
        body[key] = {"anyOf": [body[key], {"type": "null"}]}
    for key in ("certificate", "lawful_from"):
        body[key] = {"anyOf": [body[key], {"type": "null"}]}
    body["evidence"] = {"type": "object"}
    conflict = _object(Conflict)
    for key in ("scenario", "state"):
        del conflict["properties"][key]
    body["conflict"] = {"anyOf": [{**conflict, "required": ["sets", "repairs", "solves"]}, {"type": "null"}]}
    scenario = {
        "type": "object",
        "required": ["name", "sha256"],
        "properties": {"name": {"type": "string"}, "sha256": {"type": "string"}},
    }
    head = {
        "format_version": {"const": 1},
        "scenario": scenario,
        "question": {"type": "string"},
        "as_of": _PLAIN[date],
        "not_modelled": {"type": "array", "items": {"type": "string"}},
        "inputs": {"type": "object"},
        "inputs_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    return {
        "title": "Plan",
        "type": "object",
        "required": list(HEAD),
        "properties": {**head, **body},
        "additionalProperties": False,
    }


def _object(noun: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(noun, include_extras=True)
    fields = dataclasses.fields(noun)
    required = [f.name.rstrip("_") for f in fields if f.default is f.default_factory is dataclasses.MISSING]
    properties = {f.name.rstrip("_"): _type(hints[f.name]) for f in fields}
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _type(hint: Any) -> dict[str, Any]:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if dataclasses.is_dataclass(hint):
        return _object(hint)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": _type(args[0])}
    if origin in (Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if a is type(None) else _type(a) for a in args]}
    return {"type": "object"}
