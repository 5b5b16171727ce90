"""Sizing: demand on a model as alternatives, each with arithmetic that a reader can redo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import ceil
from typing import Final, Literal

from planner.model.accelerators import Accelerator, Alternative, Serves
from planner.model.plain import plain_number as plain
from planner.model.roofline import NotSized, Rates, estimate, smallest_group
from planner.model.serving import JobTime, Model, Serving, Throughput

SECONDS_A_DAY: Final = 86400
MEASURED: Final = "measured throughput"
JOBS: Final = "measured seconds a job"
ROOFLINE: Final = "roofline"
SCALED: Final = "roofline, scaled to a measurement of both phases together"

TIMES: Final = (1, 2, 4)
"""So many of its smallest groups an estimated model may take as one, where that takes fewer chips in all: more
conversations then share a copy of the weights. What was measured stands on the smallest group."""

Confidence = Literal["high", "medium", "low", "memory"]


@dataclass(frozen=True, slots=True)
class Sized:
    """The alternatives of a demand, sorted by kind, and the kinds that are none with the reason."""

    alternatives: tuple[Alternative, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a kind's size rests on: rates of one chip, the share of them that was measured, and where they come from."""

    rates: Rates
    words: str
    source: str | None
    as_of: str | None
    confidence: Confidence | None
    share: Decimal = Decimal(1)
    note: str | None = None


def kinds_measured(model: Model) -> tuple[str, ...]:
    """Kinds of chip on which the model was measured well enough to size by."""
    usable = (row.accelerator for row in model.throughput if _usable(row))
    return tuple(sorted({*usable, *(row.accelerator for row in model.jobs)}))


def size(serves: Serves, model: Model, kinds: Mapping[str, Accelerator], serving: Serving) -> Sized:
    """Chips for a demand on a model, for each kind it names, else for each kind it was measured on.

    Args:
        serves: the demand; at least one of input, output and jobs is above zero.
        model: what is served.
        kinds: every kind that is known.
        serving: utilisations and the roofline, for kinds without a measurement.
    """
    found: list[Alternative] = []
    left_out: dict[str, str] = {}
    for name in sorted(set(serves.accelerators or kinds_measured(model))):
        try:
            found.append(_alternative(serves, model, kinds, name, serving))
        except NotSized as reason:
            left_out[name] = str(reason)
    return Sized(tuple(found), left_out)


def chips_for_tokens(serves: Serves, prefill: Fraction, decode: Fraction) -> Fraction:
    """Chips that the busiest hour needs, before groups: `prefill` and `decode` are tokens a second and chip."""
    second = Fraction(serves.peak) / SECONDS_A_DAY
    fresh = Fraction(serves.input) * second * (1 - Fraction(serves.cached))
    return (fresh / prefill + Fraction(serves.output) * second / decode) / Fraction(serves.utilisation)


def _alternative(
    serves: Serves, model: Model, kinds: Mapping[str, Accelerator], name: str, serving: Serving
) -> Alternative:
    if name not in kinds:
        raise NotSized("its figures are unknown")
    if serves.jobs:
        return _for_jobs(serves, model, name)
    kind = kinds[name]
    group = _group(model, kind, serving)
    measured = name in kinds_measured(model)
    sizes = (group,) if measured else tuple(group * times for times in TIMES)
    found = [_in_groups_of(each, serves, model, kind, serving) for each in sizes]
    return min(found, key=lambda each: (each.units, each.group))


def _in_groups_of(group: int, serves: Serves, model: Model, kind: Accelerator, serving: Serving) -> Alternative:
    basis = _basis(model, kind, group, serving)
    rates, words = basis.rates, _demand(serves)
    chips = chips_for_tokens(serves, Fraction(rates.prefill), Fraction(rates.decode)) / Fraction(basis.share)
    groups = max(1, ceil(chips / group))
    fresh, out = _rate(serves.input, serves, 1 - serves.cached), _rate(serves.output, serves)
    share = "" if basis.share == 1 else f"/{plain(basis.share)}"
    needed = f"({fresh}/{plain(rates.prefill)}+{out}/{plain(rates.decode)}){share}/{plain(serves.utilisation)}"
    equations = (*rates.equations, *words, *_counted(needed, chips, groups, group))
    return Alternative(
        id=kind.id,
        units=groups * group,
        group=group,
        basis=basis.words,
        source=basis.source,
        as_of=basis.as_of,
        confidence=basis.confidence,
        note=basis.note,
        arithmetic="; ".join(equations),
    )


def _for_jobs(serves: Serves, model: Model, name: str) -> Alternative:
    """A kind whose time for one job was measured; there is no roofline for jobs."""
    row: JobTime | None = next((each for each in model.jobs if each.accelerator == name), None)
    if row is None:
        raise NotSized(f"nobody has published how long a job of {model.id} takes on it")
    chips = Fraction(serves.jobs) * Fraction(row.seconds) / SECONDS_A_DAY * Fraction(serves.peak) * row.chips
    chips /= Fraction(serves.utilisation)
    groups = max(1, ceil(chips / row.chips))
    needed = f"{plain(serves.jobs)}*{plain(row.seconds)}/{SECONDS_A_DAY}*{plain(serves.peak)}*{row.chips}"
    equations = _counted(f"{needed}/{plain(serves.utilisation)}", chips, groups, row.chips)
    return Alternative(
        id=name,
        units=groups * row.chips,
        group=row.chips,
        basis=JOBS,
        source=row.source,
        as_of=row.as_of,
        confidence=row.confidence,
        note=row.condition,
        arithmetic="; ".join(equations),
    )


def _group(model: Model, kind: Accelerator, serving: Serving) -> int:
    try:
        return smallest_group(model, kind, serving)
    except NotSized as reason:
        measured = kind.id in kinds_measured(model)
        lead = "its smallest group is not stated" if measured else "no measured throughput"
        raise NotSized(f"{lead}, and {reason}") from None


def _basis(model: Model, kind: Accelerator, group: int, serving: Serving) -> _Basis:
    """A published measurement of each phase where there is one, else the roofline."""
    rows = [row for row in model.throughput if row.accelerator == kind.id]
    for row in rows:
        if _usable(row):
            return _measured(row, model, kind, group, serving)
    try:
        rates = estimate(model, kind, group, serving)
    except NotSized as reason:
        raise NotSized(f"no measured throughput, and {reason}") from None
    roofline = serving.roofline
    source = roofline.source if roofline else None
    notes = _notes(row for row in rows if not row.saturated)
    for row in rows:
        if row.together and row.saturated and row.prefill:
            return _scaled(rates, row, source, notes)
    return _Basis(rates, ROOFLINE, source, roofline.as_of if roofline else None, "low", note=notes)


def _usable(row: Throughput) -> bool:
    return row.saturated and not row.together and bool(row.prefill)


def _measured(row: Throughput, model: Model, kind: Accelerator, group: int, serving: Serving) -> _Basis:
    assert row.prefill is not None
    note = row.condition
    try:
        other = estimate(model, kind, group, serving)
        note += f"; the roofline says {plain(other.prefill)} input and {plain(other.decode)} output tokens/s a chip"
    except NotSized:
        pass
    return _Basis(Rates(row.prefill, row.decode), MEASURED, row.source, row.as_of, row.confidence, note=note)


def _scaled(rates: Rates, row: Throughput, source: str | None, notes: str | None) -> _Basis:
    """The roofline in proportion to what a chip did of both phases at once: that share of it was reached."""
    assert row.prefill is not None
    share = (row.prefill / rates.prefill + row.decode / rates.decode).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
    reached = f"{plain(row.prefill)}/{plain(rates.prefill)}+{plain(row.decode)}/{plain(rates.decode)}={plain(share)}"
    both = Rates(rates.prefill, rates.decode, (*rates.equations, f"share reached: {reached}"))
    sources, words = ("; ".join(filter(None, pair)) for pair in ((row.source, source), (row.condition, notes)))
    return _Basis(both, SCALED, sources, row.as_of, "low", share, words)


def _notes(rows: Iterable[Throughput]) -> str | None:
    words = [f"not used, not saturated: {plain(row.decode)} output tokens/s a chip, {row.condition}" for row in rows]
    return "; ".join(words) or None


def _demand(serves: Serves) -> tuple[str, str]:
    busy = f"/{SECONDS_A_DAY}*{plain(serves.peak)}"
    fresh = f"{plain(serves.input)}{busy}*(1-{plain(serves.cached)})={_rate(serves.input, serves, 1 - serves.cached)}"
    return f"input/s: {fresh}", f"output/s: {plain(serves.output)}{busy}={_rate(serves.output, serves)}"


def _rate(day: Decimal, serves: Serves, share: Decimal = Decimal(1)) -> str:
    return _rounded(Fraction(day) * Fraction(serves.peak) * Fraction(share) / SECONDS_A_DAY, 1)


def _counted(needed: str, chips: Fraction, groups: int, group: int) -> tuple[str, ...]:
    """Chips with as many decimals as it takes to count the same groups from what is written."""
    shown = next(
        text
        for text in (_rounded(chips, digits) for digits in range(1, 30))
        if max(1, ceil(Fraction(text) / group)) == groups
    )
    return (
        f"chips: {needed}={shown}",
        f"groups: max(1, ceil({shown}/{group}))={groups}",
        f"{groups}*{group}={groups * group}",
    )


def _rounded(value: Fraction, digits: int) -> str:
    return f"{Decimal(round(value * 10**digits)).scaleb(-digits):f}"
