"""Field types: what a file may write for a number, a date, a quantity; checked, and described in JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, ValidationError, ValidationInfo, WithJsonSchema
from pydantic_core import InitErrorDetails, PydanticCustomError

from planner.model.question import HeadCounts, OneOrMany, ResourceAmounts
from planner.model.units import KINDS, RESOURCE_KINDS, Quantity
from planner.reading.quantities import LARGEST, QuantityError, parse_count, parse_quantity

LARGEST_COUNT: Final = 1_000_000_000
MOST_PERSONS: Final = 10_000_000_000
Schema = dict[str, Any]

_AMOUNT: Final = r"[+]?([0-9][0-9_]*\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?"
_DATE: Final = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_COUNT: Final[Schema] = {"type": "number", "minimum": 0}
_TEXTS: Final[Schema] = {"type": "array", "items": {"type": "string"}}


def marked(base: Any, mark: Any) -> Any:
    """The pydantic type of an annotated field."""
    if isinstance(mark, Quantity):
        return Annotated[Decimal, BeforeValidator(_quantity_reader(mark.kind)), _schema(quantity_schema(mark.kind))]
    if isinstance(mark, ResourceAmounts):
        return Annotated[dict[str, Decimal], BeforeValidator(_resources), _schema(_resources_schema())]
    if isinstance(mark, HeadCounts):
        return dict[str, Annotated[StrictInt, Field(ge=0, le=MOST_PERSONS)]]
    if isinstance(mark, OneOrMany):
        schema = {"anyOf": [{"type": "string"}, _TEXTS, *([{"type": "null"}] if _optional(base) else [])]}
        return Annotated[base, BeforeValidator(lambda v: (v,) if isinstance(v, str) else v), _schema(schema)]
    raise TypeError(f"unknown mark {mark!r}")


def _schema(schema: Schema) -> WithJsonSchema:
    return WithJsonSchema(schema, mode="validation")


def _optional(base: Any) -> bool:
    return type(None) in getattr(base, "__args__", ())


def quantity_schema(kind: str) -> Schema:
    """What a file may write for a quantity of a kind."""
    table = KINDS[kind]
    units = "|".join(re.escape(unit).replace("/", r"\s*/\s*") for unit in table.factors if unit)
    if table.money:
        units = r"[A-Z]{3}" + (f"({units})" if units else "")
    elif units:
        units = f"({units})" + ("?" if "" in table.factors else "")
    text: Schema = {
        "type": "string",
        "pattern": rf"^\s*{_AMOUNT}\s*{units}\s*$",
        "examples": [f"1 {table.base or '%'}"],
    }
    return {"anyOf": [text, _COUNT]} if "" in table.factors and not table.money else text


def _resources_schema() -> Schema:
    special = {name: quantity_schema(kind) for name, kind in RESOURCE_KINDS.items()}
    return {"type": "object", "properties": special, "additionalProperties": _COUNT}


def _quantity_reader(kind: str) -> Callable[[Any, ValidationInfo], Decimal]:
    def read(value: Any, info: ValidationInfo) -> Decimal:
        rates: Mapping[str, Decimal] = (info.context or {}).get("rates", {})
        try:
            return parse_quantity(value, kind, rates)
        except QuantityError as error:
            raise _custom(str(error)) from None

    return read


def _custom(text: str) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{text}", {"text": text})


def _resources(value: Any) -> dict[str, Decimal]:
    """Every amount in its base unit; each wrong one is a finding of its own."""
    if not isinstance(value, dict):
        raise _custom("expected resources; write for example {vcpu: 4, memory: 16 GiB}")
    out: dict[str, Decimal] = {}
    findings: list[InitErrorDetails] = []
    for name, amount in value.items():
        try:
            kind = RESOURCE_KINDS.get(name)
            out[name] = parse_quantity(amount, kind, {}) if kind else parse_count(amount)
        except QuantityError as error:
            findings.append(InitErrorDetails(type=_custom(str(error)), loc=(name,), input=amount))
    if findings:
        raise ValidationError.from_exception_data("resources", findings)
    return out


def _iso_date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(_DATE, value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("date", "{text}", {"text": f"{value!r} is not a date; write for example 2026-11-23"})


def _number(value: Any) -> Any:
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        raise _custom(f"{value!r} is not a plain number; write for example 0.05")
    if abs(Decimal(value)) > LARGEST:
        raise _custom(f"{value} is too large; write {LARGEST:,} or less")
    return Decimal(value)


_DATE_SCHEMA: Final[Schema] = {"type": "string", "format": "date", "pattern": f"^{_DATE}$"}

PLAIN: Final[dict[Any, Any]] = {
    bool: StrictBool,
    int: Annotated[StrictInt, Field(ge=0, le=LARGEST_COUNT)],
    date: Annotated[date, BeforeValidator(_iso_date), _schema(_DATE_SCHEMA)],
    Decimal: Annotated[Decimal, BeforeValidator(_number), _schema({"type": "number"})],
}
"""Types that a hint may name without a mark. Counts are never negative."""
