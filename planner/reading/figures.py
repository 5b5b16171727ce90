"""Figures: the CSV beside a provider file, one number a row with its origin, as prices and power of regions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, cast, get_args

from planner.model.catalogue import Confidence, Figure, Power, Prices
from planner.model.figures import POWER, UNITS
from planner.model.places import COUNTRIES, is_place
from planner.reading.csv_files import Row, has_words, number, read_rows
from planner.reading.faults import Collector

FIGURES: Final = tuple(UNITS)
TO: Final[Mapping[str, str]] = {
    "accelerator_hour": "accelerator",
    "accelerator_purchase": "accelerator",
    "egress_internet_gb": "volume",
    "egress_pair_gb": "region",
    "carbon_g_kwh": "source",
}
"""What column `to` names for the kinds of figures that use it."""
COLUMNS: Final = (
    *("region", "figure", "to", "value", "stand_in", "copied_from"),
    *("source", "as_of", "confidence", "note"),
)
_CONFIDENCE: Final = ("", *get_args(Confidence))
ALL: Final = "*"

Key = tuple[str, str]
Found = Mapping[Key, Figure]
"""Kind of figure and what it names, to the figure."""


@dataclass(frozen=True, slots=True)
class Known:
    """The words that rows of a file may name: its provider's regions and groups of them, and accelerators."""

    provider: str
    regions: Collection[str]
    groups: Mapping[str, tuple[str, ...]]
    accelerators: Collection[str]

    @property
    def places(self) -> tuple[str, ...]:
        """Every word for one region or several."""
        return (*self.regions, *self.groups, ALL)

    def members(self, place: str) -> Collection[str]:
        """The regions a word stands for."""
        return self.regions if place == ALL else self.groups.get(place, (place,))

    def width(self, place: str) -> int:
        """0 for a region, 1 for a group, 2 for all: the narrower row holds."""
        return 2 if place == ALL else int(place in self.groups)


def read_figures(path: Path, known: Known, faults: Collector) -> dict[str, Found]:
    """The figures of every region in a file, by region id; faults are collected.

    A row may name a group of regions or all of them (`*`), as source and as destination. A row about the region itself
    holds before one about a group, and that before one about all; then the same for the destination.
    """
    found: dict[str, dict[Key, tuple[int, Figure]]] = {}
    for row in read_rows(path, COLUMNS, faults):
        value = number(row, "value", "figure", faults, signed=row["figure"] == "fuel_kwh")
        if _is_known(row, known, faults) and value is not None:
            _spread(row, _figure(row, value), known, found, faults)
    return {place: {key: figure for key, (_, figure) in of.items()} for place, of in found.items()}


def _spread(
    row: Row, figure: Figure, known: Known, found: dict[str, dict[Key, tuple[int, Figure]]], faults: Collector
) -> None:
    """Note a figure for every region the row is about, unless a narrower row has spoken."""
    kind, to = row["figure"], row["to"]
    pairs = kind == "egress_pair_gb"
    rank = 3 * known.width(row["region"]) + (known.width(to) if pairs else 0)
    for region in known.members(row["region"]):
        place = found.setdefault(region, {})
        for target in known.members(to) if pairs else (to,):
            before = place.get((kind, target))
            if before and before[0] == rank:
                text = f"figure {kind} of {row['region']} is given twice"
                faults.add(row.at("figure"), "N002", text, "keep one row")
                return
            if (before is None or rank < before[0]) and not (pairs and target == region):
                place[kind, target] = (rank, figure)


def read_power(path: Path, into: dict[str, dict[Key, Figure]], faults: Collector) -> None:
    """Figures of electricity by place (a country, a part of one, `*`), for regions that have none of their own."""
    for row in read_rows(path, ("place", *COLUMNS[1:]), faults):
        value = number(row, "value", "figure", faults, signed=row["figure"] == "fuel_kwh")
        if row["place"] != ALL and not is_place(row["place"]):
            faults.unknown(row.at("place"), "place", row["place"], COUNTRIES)
        elif has_words(row, {"figure": POWER, "confidence": _CONFIDENCE}, faults) and value is not None:
            key = (row["figure"], row["to"])
            if key in into.setdefault(row["place"], {}):
                text = f"figure {row['figure']} of {row['place']} is given twice"
                faults.add(row.at("figure"), "N002", text, "keep one row")
            into[row["place"]][key] = _figure(row, value)


def _is_known(row: Row, known: Known, faults: Collector) -> bool:
    words = {"region": known.places, "figure": FIGURES, "confidence": _CONFIDENCE}
    return has_words(row, words, faults) and _fits(row, TO.get(row["figure"], ""), known, faults)


def _fits(row: Row, what: str, known: Known, faults: Collector) -> bool:
    """Whether column `to` names what this kind of figure asks for."""
    to, where = row["to"], row.at("to")
    named = {"region": known.places, "accelerator": known.accelerators}.get(what)
    if named is not None and to not in named:
        faults.unknown(where, what, to, named)
    elif not what and to:
        faults.add(where, "C002", f"{row['figure']} has no `to`, found {to!r}", "leave the cell empty")
    elif what == "volume" and to and not to.isdigit():
        faults.add(where, "C002", f"{to!r} is no number of GB a month", "write from where the tier holds, as 10240")
    else:
        return True
    return False


def _figure(row: Row, value: Decimal) -> Figure:
    return Figure(
        value,
        row["source"],
        row["as_of"],
        cast("Confidence | None", row["confidence"] or None),
        row["note"],
        row["stand_in"] == "true",
        row["copied_from"] or None,
    )


def prices_of(found: Found, provider: str) -> Prices:
    """The prices among the figures of one region."""
    rates = {"vcpu": found.get(("vcpu_hour", "")), "memory": found.get(("memory_gib_hour", ""))}
    return Prices(
        {name: figure for name, figure in rates.items() if figure is not None},
        found.get(("storage_gb_month", "")),
        found.get(("egress_internet_gb", "")),
        {f"{provider}:{to}": figure for to, figure in _all_of("egress_pair_gb", found).items()},
        accelerators=_all_of("accelerator_hour", found),
        purchases=_all_of("accelerator_purchase", found),
        internet_tiers={to: figure for to, figure in _all_of("egress_internet_gb", found).items() if to},
    )


def power_of(levels: Sequence[Found], domestic: bool = False) -> Power:
    """What is known of a region's electricity: each figure by the first level that has it.

    A tariff, its demand charge and fuel adjustment are one price and come from one level. A hall that takes domestic
    chips alone pays the tariff for such halls where there is one. Carbon keeps every source, the first being the one in
    use.
    """
    kinds = ("tariff_domestic_kwh", "tariff_kwh") if domestic else ("tariff_kwh",)
    priced = ((level, kind) for kind in kinds for level in levels if (kind, "") in level)
    first, tariff = next(priced, ({}, "tariff_kwh"))
    by_source: dict[str, Figure] = {}
    for level in levels:
        for source, figure in _all_of("carbon_g_kwh", level).items():
            by_source.setdefault(source, figure)
    return Power(
        first.get((tariff, "")),
        first.get(("demand_kw_month", "")) if tariff == "tariff_kwh" else None,
        _first("pue", levels),
        _first("wue_l_kwh", levels),
        next(iter(by_source.values()), None),
        vcpu_w=_first("vcpu_w", levels),
        carbon_by_source=by_source,
        fuel=first.get(("fuel_kwh", "")) if tariff == "tariff_kwh" else None,
    )


def _first(kind: str, levels: Iterable[Found]) -> Figure | None:
    return next((level[kind, ""] for level in levels if (kind, "") in level), None)


def _all_of(kind: str, found: Found) -> dict[str, Figure]:
    """The figures of one kind by what they name, in the order of the file."""
    return {to: figure for (figure_kind, to), figure in found.items() if figure_kind == kind}
