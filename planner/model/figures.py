"""Figures of a region, one by one, under the names that files use for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from planner.model.catalogue import Figure, Power, Prices, Region

UNITS: Final[dict[str, str]] = {
    "vcpu_hour": "USD/h",
    "memory_gib_hour": "USD/h",
    "accelerator_hour": "USD/h",
    "accelerator_purchase": "USD",
    "storage_gb_month": "USD/GB-month",
    "egress_internet_gb": "USD/GB",
    "egress_pair_gb": "USD/GB",
    "tariff_kwh": "USD/kWh",
    "demand_kw_month": "USD/kW-month",
    "pue": "",
    "wue_l_kwh": "l/kWh",
    "carbon_g_kwh": "g/kWh",
    "vcpu_w": "W",
    "fuel_kwh": "USD/kWh",
    "tariff_domestic_kwh": "USD/kWh",
}
"""Every kind of figure and its unit."""
POWER: Final = (
    *("tariff_kwh", "demand_kw_month", "pue", "wue_l_kwh", "carbon_g_kwh", "vcpu_w"),
    *("fuel_kwh", "tariff_domestic_kwh"),
)


def figures_of(region: Region) -> Iterator[tuple[str, str, Figure]]:
    """Kind, what it names (`to`, empty for most kinds) and figure of everything that is known about a region."""
    yield from _prices(region.prices)
    yield from _power(region.power)


def _prices(prices: Prices) -> Iterator[tuple[str, str, Figure]]:
    for kind, figure in (
        ("vcpu_hour", prices.rates.get("vcpu")),
        ("memory_gib_hour", prices.rates.get("memory")),
        ("storage_gb_month", prices.storage),
        ("egress_internet_gb", prices.internet),
    ):
        if figure is not None:
            yield kind, "", figure
    yield from (("egress_internet_gb", to, each) for to, each in sorted(prices.internet_tiers.items(), key=_volume))
    yield from (("egress_pair_gb", to, each) for to, each in sorted(prices.pairs.items()))
    yield from (("accelerator_hour", to, each) for to, each in sorted(prices.accelerators.items()))
    yield from (("accelerator_purchase", to, each) for to, each in sorted(prices.purchases.items()))


def _volume(tier: tuple[str, Figure]) -> int:
    return int(tier[0])


def _power(power: Power) -> Iterator[tuple[str, str, Figure]]:
    for kind, figure in (
        ("tariff_kwh", power.tariff),
        ("demand_kw_month", power.demand),
        ("pue", power.pue),
        ("wue_l_kwh", power.wue),
        ("vcpu_w", power.vcpu_w),
        ("fuel_kwh", power.fuel),
    ):
        if figure is not None:
            yield kind, "", figure
    yield from (("carbon_g_kwh", to, each) for to, each in power.carbon_by_source.items())
    if power.carbon is not None and not power.carbon_by_source:
        yield "carbon_g_kwh", "", power.carbon
