"""YAML with positions: the only door to PyYAML.

Scalars follow the YAML 1.2 core schema (`NO` is text, `010` is ten); numbers with a point become Decimal. Aliases,
merge keys, tags, duplicate keys, control characters and files beyond the limits are refused with a position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from planner.errors import Fault, InputFaults, Where
from planner.reading.documents import Document, Path_

MAX_BYTES: Final = 5_000_000
MAX_DEPTH: Final = 30
MAX_NODES: Final = 500_000
MAX_DIGITS: Final = 30
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_DECIMAL: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: Final[dict[str, Any]] = {"": None, "~": None, "null": None, "true": True, "false": False}
_HIDDEN_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\ufffe\uffff]"
)


def load_document(path: Path, name: str | None = None, *, into: list[Fault] | None = None) -> Document:
    """Read a YAML file; `name` is how positions call it.

    Args:
        path: the file.
        name: what positions call it.
        into: takes faults that concern single values (an equal key twice, NaN), which are then left out of the data;
            without it they are raised.

    Raises:
        InputFaults: the file is missing, not UTF-8, not YAML, or beyond the limits above.
    """
    label = name or str(path)
    return parse_document(read_raw(path, label), label, into=into)


def read_raw(path: Path, label: str) -> bytes:
    """The bytes of a file of at most 5 MB; raises InputFaults."""
    try:
        if path.stat().st_size > MAX_BYTES:
            _refuse_size(path.stat().st_size, label)
        return path.read_bytes()
    except OSError as error:
        raise InputFaults([_unreadable(path, label, error)]) from None


def _unreadable(path: Path, label: str, error: OSError) -> Fault:
    folder = path if path.is_dir() else path.parent
    near = sorted(p.name for p in folder.glob("*.yaml"))[:8] if folder.is_dir() else []
    close = get_close_matches(path.name, near, 1, 0.6)
    listing = f"did you mean {close[0]!r}?" if close else f"files there: {', '.join(near) or 'none'}"
    return Fault(Where(label), "Y001", f"cannot read the file: {error.strerror}", listing)


def parse_document(raw: bytes, file: str, *, into: list[Fault] | None = None) -> Document:
    """Turn bytes into a Document; raises InputFaults, see `load_document`."""
    text = _decode(raw, file)
    try:
        _check_limits(text, file)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):
            # The fast reader gives up at a depth of its own, before it tells where ours was passed.
            _check_limits(text, file, yaml.SafeLoader)
        _refuse_syntax(error, file)
    except yaml.YAMLError as error:
        _refuse(Where(file), "Y002", f"not YAML: {str(error).splitlines()[0]}", "save it as plain UTF-8 text")
    if root is None:
        _refuse(Where(file), "Y007", "the file is empty", "start with `planner init NAME`")
    return _document(root, file, into)


def _document(root: Any, file: str, into: list[Fault] | None) -> Document:
    faults: list[Fault] = []
    document = Document(file)
    document.data = _build(root, (), document, faults)
    if faults and (into is None or () in document.broken):
        raise InputFaults(faults)
    if into is not None:
        into += faults
    return document


def _refuse(where: Where, code: str, message: str, hint: str = "") -> NoReturn:
    raise InputFaults([Fault(where, code, message, hint)])


def _refuse_size(size: int, file: str) -> NoReturn:
    text = f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}"
    _refuse(Where(file), "Y003", text, "move quotes into a CSV beside it")


def _decode(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        _refuse_size(len(raw), file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "ignore")
        where = Where(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        _refuse(where, "Y003", "the file is not UTF-8", "save it as UTF-8")
    hidden = _HIDDEN_TEXT.search(text)
    if hidden:
        line = text.count("\n", 0, hidden.start()) + 1
        column = hidden.start() - text.rfind("\n", 0, hidden.start())
        _refuse(Where(file, line, column), "Y003", f"hidden character U+{ord(hidden[0]):04X}", "delete it")
    return text


def _check_limits(text: str, file: str, loader: Any = _LOADER) -> None:
    depth = 0
    for count, event in enumerate(_events(text, loader)):
        if isinstance(event, yaml.AliasEvent):
            _refuse(_mark(event, file), "Y004", f"alias *{event.anchor} is not allowed", "write the value out")
        if getattr(event, "tag", None) not in (None, "!"):
            _refuse(_mark(event, file), "Y004", f"tag {event.tag} is not allowed", "delete the tag")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            _refuse(_mark(event, file), "Y005", f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        if count > MAX_NODES:
            _refuse(_mark(event, file), "Y005", f"more than {MAX_NODES:,} YAML nodes", "split it")


def _events(text: str, loader: Any) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=loader))


def _mark(thing: Any, file: str) -> Where:
    return Where(file, thing.start_mark.line + 1, thing.start_mark.column + 1)


def _refuse_syntax(error: yaml.MarkedYAMLError, file: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file)
    problem = error.problem or "not YAML"
    if error.context and error.context_mark and error.context_mark.line + 1 != where.line:
        problem = f"{error.context} that begins on line {error.context_mark.line + 1}: {problem}"
    tab = "\\t" in problem or "tab character" in problem
    hint = "indent with spaces, not tabs" if tab else "check indentation, quotes and brackets"
    raise InputFaults([Fault(where, "Y002", problem, hint)]) from None


def _build(node: Any, path: Path_, document: Document, faults: list[Fault]) -> Any:
    document.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        try:
            return _scalar(node, document.file)
        except InputFaults as error:
            faults += error.faults
            document.broken.add(path)
            return None
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, index), document, faults) for index, child in enumerate(node.value)]
    return _mapping(node, path, document, faults)


def _mapping(node: Any, path: Path_, document: Document, faults: list[Fault]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in node.value:
        where = _mark(key, document.file)
        if not isinstance(key, yaml.ScalarNode):
            _refuse(where, "Y006", "a key must be plain text", "write key: value")
        if key.value == "<<":
            _refuse(where, "Y004", "merge keys are not allowed", "write the keys out")
        if key.value in out:
            first = document.keys[(*path, key.value)][0]
            text = f"key {key.value!r} appears twice (first on line {first})"
            faults.append(Fault(where, "Y006", text, "delete one of the two"))
            continue
        document.keys[(*path, key.value)] = (where.line, where.column)
        out[key.value] = _build(value, (*path, key.value), document, faults)
    return out


def _scalar(node: Any, file: str) -> Any:
    text: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text.lower() in _WORDS and (text in _WORDS or text in (text.upper(), text.capitalize())):
        return _WORDS[text.lower()]
    if len(text) > MAX_DIGITS and _DECIMAL.fullmatch(text):
        _refuse(_mark(node, file), "Y008", "the number has too many digits", "round it")
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _NOT_FINITE.fullmatch(text):
        _refuse(_mark(node, file), "Y008", f"{text} is not a usable number", "leave the key out for 'no limit'")
    return text
