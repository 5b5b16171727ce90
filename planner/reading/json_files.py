"""JSON with positions: checked by the JSON grammar, then placed like YAML, of which JSON is a part."""

from __future__ import annotations

import json
from pathlib import Path

from planner.errors import Fault, InputFaults, Where
from planner.reading.documents import Document
from planner.reading.yaml_files import parse_document, read_raw


def load_json(path: Path, label: str, *, into: list[Fault] | None = None) -> Document:
    """Read a JSON file; the limits and faults are those of `load_document`.

    Raises:
        InputFaults: the file is missing, not UTF-8, not JSON, or too large or deep.
    """
    raw = read_raw(path, label)
    try:
        json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass  # told with its position below
    except json.JSONDecodeError as error:
        where = Where(label, error.lineno, error.colno)
        text = f"not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        raise InputFaults([Fault(where, "Y002", text, "check brackets, commas and double quotes")]) from None
    except (RecursionError, ValueError):
        text = "nested too deep, or a number with too many digits"
        raise InputFaults([Fault(Where(label), "Y005", text, "flatten it")]) from None
    # Between values JSON may be indented with tabs, which YAML refuses; a tab counts as one column either way.
    return parse_document(raw.replace(b"\t", b" "), label, into=into)
