"""Settings: what the command line changes about a scenario before it is read (`--set`, `--as-of`, `--without` …)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from planner.errors import Fault, InputFaults, Where
from planner.model.calendar import Period
from planner.reading.faults import nearest
from planner.reading.yaml_files import Document, parse_document


@dataclass(frozen=True, slots=True)
class Settings:
    """Changes to apply while reading.

    Attributes:
        values: dotted path to new value, as text in YAML or as plain data (`horizon.discount_rate`, `workloads.pay.components.api.critical`);
            a list is entered by the `id` of its member.
        as_of: read law and prices on this day; also moves `horizon.from` to its quarter.
        include: rule statuses added to `enacted`.
        without: rule ids left out.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    as_of: date | None = None
    include: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    gap: Decimal | None = None
    time_limit: Decimal | None = None


def apply_settings(document: Document, settings: Settings) -> None:
    """Change the document's data in place; raises InputFaults for a path that leads nowhere."""
    for path, value in settings.values.items():
        _set(document.data, path, value)
    if settings.as_of is not None and isinstance(document.data, dict):
        document.data["as_of"] = settings.as_of.isoformat()
        horizon = document.data.setdefault("horizon", {})
        if isinstance(horizon, dict):
            horizon["from"] = str(Period.of(settings.as_of))


def _set(data: Any, path: str, value: Any) -> None:
    parts = path.split(".")
    where = Where(f"--set {path}")
    for part in parts[:-1]:
        data = _enter(data, part, where)
    plain = _plain(value, where)
    if isinstance(data, list):
        index = _member(data, parts[-1], where)
        data[index] = plain
    elif isinstance(data, dict):
        data[parts[-1]] = plain
    else:
        raise InputFaults(
            [Fault(where, "N001", f"{parts[-1]!r} cannot be set inside a single value", "check the path")]
        )


def _plain(value: Any, where: Where) -> Any:
    if isinstance(value, str):
        return parse_document(value.encode(), where.file).data if value.strip() else value
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, tuple | list):
        return [_plain(each, where) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each, where) for key, each in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _enter(data: Any, part: str, where: Where) -> Any:
    if isinstance(data, dict):
        return data.setdefault(part, {})
    if isinstance(data, list):
        return data[_member(data, part, where)]
    raise InputFaults([Fault(where, "N001", f"nothing lies under {part!r}", "check the path")])


def _member(data: list[Any], part: str, where: Where) -> int:
    ids = [str(each.get("id")) if isinstance(each, dict) else "" for each in data]
    if part in ids:
        return ids.index(part)
    if part.isdigit() and int(part) < len(data):
        return int(part)
    raise InputFaults([Fault(where, "N001", f"no member {part!r} in the list", nearest(part, ids))])
