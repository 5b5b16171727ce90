"""Embedding: nouns back from the plain data a plan document carries."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, Union

from planner.errors import Fault, InputFaults, Where
from planner.model.conflict import Conflict
from planner.model.plan import Plan, RefusedPlaces, StruckOut
from planner.model.scenario import Scenario
from planner.requirements import KINDS as REQUIREMENTS
from planner.rules import KINDS as RULES

File = TypeVar("File")
MOST_DIGITS = 60
"""No figure of a plan has so many digits before or after its point."""
_DRAWERS: Mapping[str, type] = {**REQUIREMENTS, **RULES}


@dataclasses.dataclass(frozen=True)
class PlanFile:
    """A plan document read back: the plan, the question it embeds, and the digests it states."""

    plan: Plan
    scenario: Scenario
    inputs: Any
    stated_digest: str


@dataclasses.dataclass(frozen=True)
class NoPlanFile:
    """A document that says there is no plan: its status, the question, and why, as far as it tells."""

    status: str
    scenario: Scenario
    inputs: Any
    stated_digest: str
    conflict: Conflict | None
    refused: tuple[RefusedPlaces, ...]
    struck_out: tuple[StruckOut, ...]


def read_plan(path: Path) -> PlanFile:
    """Read a plan document; raises InputFaults when it is not one, or holds no plan."""
    return plan_of(_parsed(path), Where(str(path)))


def read_answer(path: Path) -> PlanFile | str:
    """Read a plan document, also one that says there is no plan: then its status; raises InputFaults otherwise."""
    data = _parsed(path)
    status = data.get("status") if isinstance(data, dict) and data.get("format_version") == 1 else None
    return status if status in ("infeasible", "unsolved") else plan_of(data, Where(str(path)))


def read_document(path: Path) -> PlanFile | NoPlanFile:
    """Read a plan document with all it embeds, also one that says there is no plan; raises InputFaults."""
    data = _parsed(path)
    status = data.get("status") if isinstance(data, dict) and data.get("format_version") == 1 else None
    if status not in ("infeasible", "unsolved") or "inputs" not in data:
        return plan_of(data, Where(str(path)))
    return _read_back(lambda: _no_plan(data), Where(str(path)))


def _no_plan(data: Any) -> NoPlanFile:
    scenario = to_noun(Scenario, data["inputs"])
    told, found = data.get("evidence") or {}, data.get("conflict")
    known = {"scenario": scenario.name, "state": data["status"]}
    return NoPlanFile(
        data["status"],
        scenario,
        data["inputs"],
        str(data.get("inputs_sha256")),
        to_noun(Conflict, {**found, **known}) if found else None,
        to_noun(tuple[RefusedPlaces, ...], told.get("exclusions", ())),
        to_noun(tuple[StruckOut, ...], told.get("struck_out", ())),
    )


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputFaults([Fault(Where(str(path)), "Y001", f"cannot read the file: {error.strerror}")]) from None
    except (ValueError, RecursionError) as error:
        raise InputFaults([_not_json(path, error)]) from None


def _not_json(path: Path, error: Exception) -> Fault:
    line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
    text = str(getattr(error, "msg", error)).splitlines()[0]
    return Fault(
        Where(str(path), line, column), "Y002", f"not JSON: {text}", "give a file written by `planner plan -o`"
    )


def plan_of(data: Any, where: Where) -> PlanFile:
    """The nouns of a parsed plan document."""
    if not isinstance(data, dict) or data.get("format_version") != 1:
        raise InputFaults(
            [Fault(where, "S003", "not a plan document of format_version 1", "write one with `planner plan -o`")]
        )
    if "inputs" not in data or data.get("status") not in ("optimal", "feasible"):
        raise InputFaults(
            [Fault(where, "N003", f"the document holds no plan (status {data.get('status')})", "nothing to verify")]
        )
    return _read_back(lambda: _plan(data), where)


def _plan(data: Any) -> PlanFile:
    scenario = to_noun(Scenario, data["inputs"])
    return PlanFile(to_noun(Plan, data), scenario, data["inputs"], str(data.get("inputs_sha256")))


def _read_back(read: Callable[[], File], where: Where) -> File:
    """What is read, or the fault that the document does not read back."""
    try:
        return read()
    except (
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        StopIteration,
    ) as error:
        text = f"the document does not read back: {type(error).__name__}: {error}".splitlines()[0]
        raise InputFaults([Fault(where, "S003", text, "was it edited by hand?")]) from None


def to_noun(hint: Any, data: Any) -> Any:
    """Plain data as a noun of a type hint; raises ValueError, KeyError or TypeError when it does not fit."""
    if typing.get_origin(hint) is Annotated:
        return to_noun(typing.get_args(hint)[0], data)
    if hint is object or hint is Any:
        return _drawer(data)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint, data)
    if origin in (Union, types.UnionType):
        return None if data is None else to_noun(next(a for a in args if a is not type(None)), data)
    if origin in (tuple, frozenset):
        return origin(to_noun(args[0], each) for each in data)
    if origin is Literal:
        return data
    if origin is not None and issubclass(origin, Mapping):
        return {key: to_noun(args[1], value) for key, value in data.items()}
    return _scalar(hint, data)


def _scalar(hint: Any, data: Any) -> Any:
    if hint is Decimal:
        return _decimal(str(data))
    if hint is Fraction:
        return Fraction(str(data)) if "/" in str(data) else Fraction(_decimal(str(data)))
    if hint is date:
        return date.fromisoformat(data)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(data)
    if hint in (str, int, bool) and not isinstance(data, hint):
        raise ValueError(f"expected {hint.__name__}, found {data!r}")
    return data


def _decimal(text: str) -> Decimal:
    """A number of a size that a plan can have: exact arithmetic on 1E+999999999 would not end."""
    value = Decimal(text)
    if value.is_finite() and abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError(f"{text} is no figure of a plan")
    return value


def _drawer(data: Any) -> Any:
    if isinstance(data, dict) and data.get("kind") in _DRAWERS:
        return _dataclass(_DRAWERS[data["kind"]], {k: v for k, v in data.items() if k != "kind"})
    return data


def _dataclass(cls: Any, data: Any) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"expected a mapping for {cls.__name__}, found {data!r}")
    hints = typing.get_type_hints(cls, include_extras=True)
    values = {}
    for field in dataclasses.fields(cls):
        key = field.name.rstrip("_")
        if key in data:
            values[field.name] = to_noun(hints[field.name], data[key])
    return cls(**values)
