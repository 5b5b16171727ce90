"""Settings: what the command line changes about a scenario before it is read (`--set`, `--as-of`, `--without` …)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from planner.errors import Fault, InputFaults, Where
from planner.model.calendar import Period
from planner.reading.documents import Document, Path_
from planner.reading.faults import nearest
from planner.reading.yaml_files import parse_document


@dataclass(frozen=True, slots=True)
class Settings:
    """Changes to apply while reading.

    Attributes:
        values: dotted path to new value, as text in YAML or as plain data (`horizon.discount_rate`,
            `workloads.pay.components.api.critical`); a list is entered by the `id` of its member.
        as_of: read law and prices on this day; also moves `horizon.from` to its quarter.
        include: rule statuses added to `enacted`.
        without: rule ids left out.
        gap: relative gap in place of the scenario's.
        time_limit: seconds in place of the scenario's.
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
        _set(document, _spelled_out(path.split(".")), value, f"--set {path}")
    if settings.as_of is not None and isinstance(document.data, dict):
        _set(document, ["as_of"], settings.as_of.isoformat(), "--as-of")
        if isinstance(document.data.get("horizon", {}), dict):
            _set(document, ["horizon", "from"], str(Period.of(settings.as_of)), "--as-of")


def _spelled_out(parts: list[str]) -> list[str]:
    """`accelerators.KIND.available` is short for `accelerators.available.KIND`."""
    if len(parts) == 3 and parts[0] == "accelerators" and parts[2] == "available":
        return ["accelerators", "available", parts[1]]
    return parts


def _set(document: Document, parts: Sequence[str], value: Any, name: str) -> None:
    """Put a value at a path; faults in it, and in what was made on the way to it, are placed at the setting."""
    data, new = document.data, False
    path: Path_ = ()
    steps: Path_ = ()
    for part in parts[:-1]:
        step = _step(data, part, Where(name))
        if not new and isinstance(data, dict) and step not in data:
            new, path = True, (*steps, step)
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
        steps = (*steps, step)
    step = _step(data, parts[-1], Where(name))
    data[step] = _plain(value, Where(name))
    document.origins[path if new else (*steps, step)] = name
    document.broken.discard((*steps, step))


def _step(data: Any, part: str, where: Where) -> str | int:
    """The key or index that a part of a path means."""
    if isinstance(data, list):
        return _member(data, part, where)
    if isinstance(data, dict) and part:
        return part
    raise InputFaults([Fault(where, "N001", f"nothing lies under {part!r}", "check the path")])


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


def _member(data: list[Any], part: str, where: Where) -> int:
    ids = [str(each.get("id")) if isinstance(each, dict) else "" for each in data]
    if part in ids:
        return ids.index(part)
    if part.isdigit() and int(part) < len(data):
        return int(part)
    raise InputFaults([Fault(where, "N001", f"no member {part!r} in the list", nearest(part, ids))])
