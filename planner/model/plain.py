"""Plain data: any noun as dictionaries, lists and text that JSON can hold, and that reads back to an equal noun."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any


def to_plain(thing: Any) -> Any:
    """Decimals and fractions become exact text; fields that hold their default are left out; keys keep field names."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return _noun(thing)
    if isinstance(thing, Mapping):
        return {str(key): to_plain(value) for key, value in sorted(thing.items())}
    if isinstance(thing, frozenset | set):
        return sorted(to_plain(each) for each in thing)
    if isinstance(thing, tuple | list):
        return [to_plain(each) for each in thing]
    return _scalar(thing)


def _noun(thing: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    kind = getattr(type(thing), "kind", None)
    if isinstance(kind, str) and "kind" not in {f.name for f in dataclasses.fields(thing)}:
        out["kind"] = kind
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        if not _is_default(field, value):
            out[field.name.rstrip("_")] = to_plain(value)
    return out


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(field.default == value)
    return field.default_factory is not dataclasses.MISSING and field.default_factory() == value


def _scalar(thing: Any) -> Any:
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, Decimal):
        return f"{thing:f}"
    if isinstance(thing, Fraction):
        return fraction_text(thing)
    return thing.isoformat() if isinstance(thing, date) else thing


def plain_number(value: Decimal | int) -> str:
    """A number as a calculator takes it: no exponent, no trailing zeros."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def fraction_text(value: Fraction) -> str:
    """Decimal text where 12 decimals hold it exactly, else `p/q`."""
    scaled = value * 10**12
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    text = f"{Decimal(scaled.numerator).scaleb(-12):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical_json(plain: Any) -> str:
    """One text for one content: sorted keys, no spaces."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(plain: Any) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()
