"""Things by regions, in four formats; text and markdown number the reasons so that the columns stay narrow."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, Protocol


class CellLike(Protocol):
    """What rules say of a thing in a region."""

    @property
    def refused_by(self) -> tuple[str, ...]:
        """Rules that refuse it."""

    @property
    def needs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Rules with the mechanisms that lift them."""

    @property
    def costs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Soft rules it would break."""


class MatrixLike(Protocol):
    """Things by regions."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Columns."""

    @property
    def rows(self) -> Sequence[tuple[str, Sequence[CellLike]]]:
        """Rows."""


def render(found: MatrixLike, form: str) -> str:
    """The matrix as text, json, markdown or csv."""
    if form == "json":
        return json.dumps(_document(found), indent=1, ensure_ascii=False) + "\n"
    if form == "csv":
        return _csv(found)
    return _markdown(found) if form == "markdown" else _text(found)


def _text(found: MatrixLike) -> str:
    """Regions are columns with a number, and so are reasons: a screen has no room for their names."""
    reasons: dict[str, str] = {}
    width = max((len(name) for name, _ in found.rows), default=5)
    head = " ".join(f"{n:>4}" for n in range(1, len(found.regions) + 1))
    lines = [f"{'':<{width}} {head}"]
    for name, cells in found.rows:
        lines.append(f"{name:<{width}} " + " ".join(f"{_short(cell, reasons):>4}" for cell in cells))
    lines += ["", *(f"{n:>4} {region}" for n, region in enumerate(found.regions, 1)), "", "   . allow"]
    return "\n".join([*lines, *(f"{mark:>4} {text}" for text, mark in reasons.items())]) + "\n"


def _short(cell: CellLike, reasons: dict[str, str]) -> str:
    text = str(cell)
    if text == "allow":
        return "."
    letter = "-" if cell.refused_by else "?" if cell.needs else "$"
    return reasons.setdefault(text, f"{letter}{len(reasons) + 1}")


def _markdown(found: MatrixLike) -> str:
    lines = ["| | " + " | ".join(found.regions) + " |", "|---" * (len(found.regions) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(str(cell) for cell in cells) + " |" for name, cells in found.rows]
    return "\n".join(lines) + "\n"


def _csv(found: MatrixLike) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("thing", "region", "answer", "refused_by", "needs", "costs"))
    for name, cells in found.rows:
        for region, cell in zip(found.regions, cells, strict=True):
            needs = ";".join("|".join(names) for _, names in cell.needs)
            costs = ";".join(rule for rule, _ in cell.costs)
            writer.writerow((name, region, _answer(cell), ";".join(cell.refused_by), needs, costs))
    return out.getvalue()


def _answer(cell: CellLike) -> str:
    return "deny" if cell.refused_by else "needs" if cell.needs else "allow"


def _document(found: MatrixLike) -> dict[str, Any]:
    rows = [
        {
            "thing": name,
            "region": region,
            "answer": _answer(cell),
            "refused_by": list(cell.refused_by),
            "needs": [{"rule": rule, "one_of": list(names)} for rule, names in cell.needs],
            "costs": [{"rule": rule, "lifted_by": list(names)} for rule, names in cell.costs],
        }
        for name, cells in found.rows
        for region, cell in zip(found.regions, cells, strict=True)
    ]
    return {"format_version": 1, "regions": list(found.regions), "cells": rows}
