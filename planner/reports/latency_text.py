"""Round trips as text and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from planner.geography.explaining import Explanation, Voice
from planner.model.latency import Estimate, PathClass
from planner.reports.page import Page

COLUMNS = ("src", "dst", "rtt_ms", "low_ms", "high_ms", "provenance")
_PATHS: dict[PathClass, str] = {
    "inside": "between zones of one region",
    "backbone": "backbone of one provider",
    "internet": "public internet",
    "border": "over the border of mainland China",
}
_BASIS = {
    "measured": "this very pair was measured",
    "twin": "other regions of the same two metros were measured; the graph and all measured pairs nearby count",
    "interpolated": "the corridor graph, corrected by measured pairs nearby",
    "modelled": "no measured pair speaks for this one",
}


def pairs_csv(asked: Sequence[tuple[str, str]], found: Sequence[Estimate | None]) -> str:
    """One row for each asked pair; figures in ms."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair, e in zip(asked, found, strict=True):
        writer.writerow(
            [*pair, *(("", "", "", "unknown") if e is None else (e.rtt_ms, e.low_ms, e.high_ms, e.provenance))]
        )
    return out.getvalue()


def _voice(voice: Voice) -> list[str]:
    return [f"{voice.src} – {voice.dst}", f"{voice.rtt_ms:f}", f"{voice.alone_ms:.1f}", f"{voice.similarity:.2f}"]


def explanation_text(src: str, dst: str, found: Explanation, *, width: int = 80) -> str:
    """One estimate with its band, provenance, path and evidence."""
    page, e = Page(width), found.estimate
    page.line(f"{src} – {dst}: {e.rtt_ms} ms", "bold")
    held = "holds nine of ten measurements" if e.path in ("backbone", "inside") else "assumed, see docs/latency.md"
    page.line(f"band: {e.low_ms} to {e.high_ms} ms, {held}")
    page.line(f"provenance: {e.provenance} – {_BASIS[e.provenance]}")
    page.line(f"path: {_PATHS[e.path]}")
    page.line(f"great circle: {found.distance_km:,.0f} km; nothing is faster than {found.floor_ms} ms")
    if e.path != "inside":
        way = " – ".join(found.places) or "straight, the two ends are near"
        page.line(f"corridor: {found.way_km:,.0f} weighted km ({way}), {found.alone_ms:.1f} ms on a backbone")
    if found.voices:
        page.line()
        columns = [("measured nearby", False), ("ms", True), ("graph alone", True), ("similarity", True)]
        rows = [
            [f"{v.src} – {v.dst}", f"{v.rtt_ms:f}", f"{v.alone_ms:.1f}", f"{v.similarity:.2f}"] for v in found.voices
        ]
        page.table(columns, rows)
    page.line()
    page.line("An estimated median of a round trip, no promise about one. How it is made: docs/latency.md.")
    return page.text
