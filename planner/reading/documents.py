"""Documents: plain data read from one file, and where each key and value stands in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from planner.errors import Where

Path_ = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass(slots=True)
class Document:
    """Plain data of one file with positions by path.

    Attributes:
        values: path to (line, column) of the value.
        keys: path to (line, column) of the key that holds it.
        broken: paths whose value was refused while reading; nothing is built from them.
        origins: paths that a setting replaced, by the name of the setting.
    """

    file: str
    data: Any = None
    values: dict[Path_, Mark] = field(default_factory=dict)
    keys: dict[Path_, Mark] = field(default_factory=dict)
    broken: set[Path_] = field(default_factory=set)
    origins: dict[Path_, str] = field(default_factory=dict)
    _paths: dict[Mark, Path_] = field(default_factory=dict)

    def where(self, path: Path_, *, key: bool = False) -> Where:
        """Position of the value (or key) at a path, or of its nearest parent that exists."""
        for origin, name in self.origins.items():
            if path[: len(origin)] == origin:
                return Where(name)
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        while True:
            mark = first.get(path) or second.get(path)
            if mark or not path:
                return Where(self.file, *(mark or (1, 1)))
            path = path[:-1]

    def path_at(self, where: Where) -> Path_ | None:
        """The outermost path whose value stands at a position."""
        if not self._paths:
            for path, mark in self.values.items():
                self._paths.setdefault(mark, path)
        return self._paths.get((where.line, where.column))

    def inside(self, where: Where, steps: Path_, *, key: bool = False) -> Where:
        """Position of what lies below the value at `where`; a step is a key, an index, or a word of a list."""
        path = self.path_at(where)
        if path is None:
            return where
        data = at_path(self.data, path)
        for step in steps:
            if data == step:
                continue
            part = _part(data, step)
            if part is None:
                break
            path, data = (*path, part), data[part]
        return self.where(path, key=key)

    def without(self, doomed: Collection[Path_]) -> Document:
        """A copy in which the values at some paths are left out; all others keep their positions."""
        out = Document(self.file)
        out.data = self._copy((), (), frozenset(doomed), out)
        return out

    def _copy(self, old: Path_, new: Path_, doomed: frozenset[Path_], out: Document) -> Any:
        self._copy_marks(old, new, out)
        data = at_path(self.data, old)
        if isinstance(data, dict):
            kept = [key for key in data if (*old, key) not in doomed]
            return {key: self._copy((*old, key), (*new, key), doomed, out) for key in kept}
        if isinstance(data, list):
            stay = [index for index in range(len(data)) if (*old, index) not in doomed]
            return [self._copy((*old, index), (*new, place), doomed, out) for place, index in enumerate(stay)]
        return data

    def _copy_marks(self, old: Path_, new: Path_, out: Document) -> None:
        for ours, theirs in ((self.values, out.values), (self.keys, out.keys)):
            if old in ours:
                theirs[new] = ours[old]
        if old in self.origins:
            out.origins[new] = self.origins[old]


def at_path(data: Any, path: Path_) -> Any:
    """The value at a path that exists."""
    for part in path:
        data = data[part]
    return data


def real_path(data: Any, path: Path_) -> Path_:
    """The parts of a path that lead somewhere in the data; the others are left out."""
    real: Path_ = ()
    for part in path:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if inside:
            real, data = (*real, part), data[part]
    return real


def _part(data: Any, step: str | int) -> str | int | None:
    if isinstance(data, dict):
        return step if step in data else None
    if not isinstance(data, list):
        return None
    if isinstance(step, int):
        return step if step < len(data) else None
    return next((i for i, item in enumerate(data) if step == item or _named(item, step)), None)


def _named(item: Any, name: str) -> bool:
    return isinstance(item, dict) and name in (item.get("id"), item.get("role"))
