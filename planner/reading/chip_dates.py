"""Chip dates: the days from which a scenario counts on kinds of chip, as it decides or as their release says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner.errors import Where
from planner.model.accelerators import Accelerator
from planner.model.calendar import Period
from planner.reading.faults import Collector


def with_dates(
    kinds: Mapping[str, Accelerator], available: Mapping[str, str], where: Where, faults: Collector
) -> dict[str, Accelerator]:
    """The kinds with the days that the scenario gives them.

    Args:
        kinds: every kind that is known, by id.
        available: id, in small letters or capitals, to a day or a quarter (its first day counts).
        where: where the scenario file begins.
        faults: learns of kinds nobody knows and of what is no day.
    """
    by_small = {name.lower(): name for name in kinds}
    dated = dict(kinds)
    for written, text in available.items():
        name = by_small.get(written.lower())
        if name is None:
            at = faults.inside(where, "accelerators", "available", written, key=True)
            faults.unknown(at, "accelerator", written, kinds)
            continue
        day = _day(text)
        if day is None:
            at = faults.inside(where, "accelerators", "available", written)
            faults.add(at, "S003", f"{written} available {text!r} is no day", "write for example 2028-04-01 or 2028Q2")
        else:
            dated[name] = replace(dated[name], available=day)
    return dated


def check_roadmap(kinds: Mapping[str, Accelerator], faults: Collector) -> None:
    """A chip that stands on a roadmap and has no date could be counted on at any time, so it is a fault."""
    for kind in kinds.values():
        if kind.stage == "roadmap" and kind.counted_from is None:
            text = f"{kind.id} stands on a roadmap without a date"
            hint = "state `released: {from, to}`, or decide on a day with `available`"
            faults.add(faults.inside(kind.where, "stage"), "N003", text, hint)


def _day(text: str) -> date | None:
    try:
        return Period.parse(text).first_day
    except ValueError:
        pass
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
