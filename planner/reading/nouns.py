"""Nouns from documents: data fitted to a shape, going on without the parts that do not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.errors import InputFaults
from planner.reading.building import to_noun
from planner.reading.documents import Document, Path_, at_path, real_path
from planner.reading.faults import Collector
from planner.reading.findings import translate
from planner.reading.library import label
from planner.reading.shapes import Shape, shape_of
from planner.reading.yaml_files import load_document


def read_noun(
    noun: type,
    document: Document,
    faults: Collector,
    *,
    at: Path_ = (),
    rates: Mapping[str, Decimal] | None = None,
    stand_ins: Mapping[str, Any] | None = None,
) -> Any:
    """Check the data at a path of a document against a noun's shape.

    Args:
        noun: the dataclass to build.
        document: where the data lie; `faults` learns of the document the noun was built from.
        faults: takes everything that does not fit. Such parts are left out, the smallest that can be, so that the rest
            can be checked too.
        at: path of the data.
        rates: USD for one unit of other currencies.
        stand_ins: values for required keys that are missing or do not fit, so that the rest can be checked.

    Returns:
        The noun, or None when nothing of it is left.
    """
    document = _without(document, document.broken, faults)
    shape, findings = _fit(noun, document, at, rates or {})
    faults.faults += translate(findings, noun, document, at)
    faults.complete = faults.complete and not findings
    while shape is None:
        doomed = {real_path(document.data, (*at, *finding["loc"])) for finding in findings}
        if at in doomed and not _stand_in(findings, at_path(document.data, at), stand_ins or {}):
            return None
        document = _without(document, doomed - {at}, faults)
        shape, findings = _fit(noun, document, at, rates or {})
    faults.know(document)
    return to_noun(noun, shape, document.where, at)


def _fit(noun: type, document: Document, at: Path_, rates: Mapping[str, Decimal]) -> tuple[Shape | None, Sequence[Any]]:
    """The shape of the data, or pydantic's findings."""
    data = at_path(document.data, at)
    shorthand = getattr(noun, "shorthand", None)
    if shorthand is not None and not isinstance(data, dict):
        data = {shorthand: data}
    try:
        return shape_of(noun).model_validate(data, context={"rates": rates}), ()
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _without(document: Document, doomed: set[Path_], faults: Collector) -> Document:
    if not doomed:
        return document
    around = {document.where(path[:length]) for path in doomed for length in range(len(path))}
    faults.leave_out(around, [part for path in doomed for part in (path[-1], at_path(document.data, path))])
    return document.without(doomed)


def _stand_in(findings: Sequence[Any], data: Any, stand_ins: Mapping[str, Any]) -> bool:
    """Fill in what is missing at the top; whether that is possible."""
    missing = [finding["loc"][0] for finding in findings if finding["type"] == "missing" and len(finding["loc"]) == 1]
    if not isinstance(data, dict) or not missing or not set(missing) <= set(stand_ins):
        return False
    data |= {key: stand_ins[key] for key in missing}
    return True


def read_file(path: Path, kind: type, faults: Collector) -> Any:
    """One library file as a noun; None, with the faults collected, when nothing of it can be read."""
    try:
        document = load_document(path, label(path), into=faults.faults)
    except InputFaults as error:
        faults.faults += error.faults
        faults.lost = True
        return None
    read = read_noun(kind, document, faults)
    faults.lost = faults.lost or read is None
    return read
