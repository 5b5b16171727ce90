"""Electricity of own halls: machines × PUE × (energy of 730 hours and peak), USD a month.

A list price contains electricity, and so do the prices of an own hall that does not state its power; only an own hall
that does pays it beside them, so that nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.model.catalogue import Figure, Power, Region
from planner.model.exact import ExactTable
from planner.model.units import HOURS_PER_MONTH

SERVER_SHARE: Final = Decimal("1.35")
"""Power of a server over that of its accelerators: fans, processors and memory included (facts on serving models)."""
WATTS: Final = Decimal(1000)

Amounts = Sequence[Mapping[str, Decimal]]


def metered(region: Region) -> bool:
    """Whether the region pays for electricity beside its prices."""
    return region.kind == "own" and region.power != Power()


def cost(amounts: Amounts, times: Sequence[int], chips_kw: Sequence[Decimal], regions: Sequence[Region]) -> ExactTable:
    """[Q, R] exact USD a month.

    Args:
        amounts: resources of one unit; a stated `power` is its kW.
        times: how many units.
        chips_kw: kW of all accelerators of the thing, with their servers.
        regions: where.
    """
    zero = Decimal(0)
    stated = [a.get("power", zero) * n + kw for a, n, kw in zip(amounts, times, chips_kw, strict=True)]
    by_vcpu = [zero if "power" in a else a.get("vcpu", zero) * n / WATTS for a, n in zip(amounts, times, strict=True)]
    bills = [_usd_per_kw(region) for region in regions]
    watts = [bill * _value(region.power.vcpu_w) for bill, region in zip(bills, regions, strict=True)]
    return ExactTable.of(stated).outer(ExactTable.of(bills)).plus(ExactTable.of(by_vcpu).outer(ExactTable.of(watts)))


def unknown(
    amounts: Amounts, chips_kw: Sequence[Decimal | None], regions: Sequence[Region]
) -> list[tuple[str, NDArray[np.bool_]]]:
    """The figures that cells of [Q, R] need and nobody knows, each with its cells."""
    by_vcpu = np.array([bool(a.get("vcpu")) and "power" not in a for a in amounts], dtype=bool)
    draws = by_vcpu | np.array(
        [bool(a.get("power")) or kw is None or bool(kw) for a, kw in zip(amounts, chips_kw, strict=True)], dtype=bool
    )
    needs = [("tariff", draws), ("pue", draws), ("vcpu_w", by_vcpu)]
    metering = np.array([metered(region) for region in regions], dtype=bool)
    out = []
    for name, rows in needs:
        missing = np.array([getattr(region.power, name) is None for region in regions], dtype=bool)
        out.append((name, rows[:, None] & (metering & missing)[None, :]))
    tdp = np.array([kw is None for kw in chips_kw], dtype=bool)
    return [*out, ("tdp_w", tdp[:, None] & metering[None, :])]


def _usd_per_kw(region: Region) -> Decimal:
    """USD a month of one kW of machines that never rest: its energy, and its part of the peak."""
    if not metered(region):
        return Decimal(0)
    energy = (_value(region.power.tariff) + _value(region.power.fuel)) * HOURS_PER_MONTH
    return (energy + _value(region.power.demand)) * _value(region.power.pue)


def _value(figure: Figure | None) -> Decimal:
    return Decimal(0) if figure is None else figure.value
