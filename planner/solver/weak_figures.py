"""Weak figures: what a plan rests on that is a copy, a stand-in, estimated, or of low or recalled confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from planner.model.accelerators import Accelerator, Alternative, Arrival, Chips
from planner.model.catalogue import Figure, Prices, Region
from planner.model.plan import Assumption
from planner.objectives import electricity
from planner.solver.draft import Draft
from planner.solver.solution import Solution


def assumptions(draft: Draft, solution: Solution, regions: Iterable[Region]) -> tuple[Assumption, ...]:
    """Every weak figure of regions in use, and of the chips that the plan runs on there, each once."""
    out: list[Assumption] = []
    running = _running(draft, solution)
    for region in regions:
        own = [pair for r, pair in running if draft.candidates.regions[r] == region.key]
        kinds, bought = sorted({each.id for _, each in own}), _bought(draft, solution, region)
        found = [*_prices(region.prices), *_chip_prices(region.prices, kinds, bought), *_power(draft, region, kinds)]
        out += [_assumption(f"{region.key} {name}", figure) for name, figure in found if _weakness(figure)]
        out += _stock(region, kinds)
        out += [_sizing(component, each) for component, each in own if each.confidence in ("low", "memory")]
    return tuple(dict.fromkeys(out))


def _running(draft: Draft, solution: Solution) -> list[tuple[int, tuple[str, Alternative]]]:
    """Region index, and the component with the alternative that it runs on there; quotes have no prices behind them."""
    found = draft.now.runs.alternatives
    out = []
    for (k, r), a in sorted(solution.kinds.items()):
        component, kind = draft.scenario.components[k], found.kinds[int(found.kind[a])]
        if not draft.now.runs.quoted[k]:
            out.append((r, (component.id, next(each for each in component.accelerators if each.id == kind))))
    return out


def _bought(draft: Draft, solution: Solution, region: Region) -> set[str]:
    zone_region, kinds = draft.candidates.zone_region, draft.now.runs.alternatives.kinds
    return {kinds[h] for h, z in solution.bought if draft.candidates.regions[int(zone_region[z])] == region.key}


def _prices(prices: Prices) -> Iterator[tuple[str, Figure]]:
    yield from ((f"{name} USD/h", figure) for name, figure in sorted(prices.rates.items()))
    if prices.storage:
        yield "storage USD/GB-month", prices.storage
    if prices.internet:
        yield "internet egress USD/GB", prices.internet


def _chip_prices(prices: Prices, kinds: Iterable[str], bought: Iterable[str]) -> Iterator[tuple[str, Figure]]:
    yield from ((f"{kind} USD/h", prices.accelerators[kind]) for kind in kinds if kind in prices.accelerators)
    yield from ((f"{kind} USD to buy", prices.purchases[kind]) for kind in sorted(bought))


def _power(draft: Draft, region: Region, kinds: Iterable[str]) -> Iterator[tuple[str, Figure]]:
    """What electricity of an own hall is counted with."""
    power = region.power
    if not electricity.metered(region):
        return
    for name, figure in (
        ("electricity USD/kWh", power.tariff),
        ("fuel adjustment USD/kWh", power.fuel),
        ("peak USD/kW-month", power.demand),
        ("PUE", power.pue),
        ("W a vCPU", power.vcpu_w),
    ):
        if figure is not None:
            yield name, figure
    for kind in kinds:
        figure = _watts(draft.scenario.accelerators[kind])
        if figure is not None:
            yield f"{kind} W", figure


def _watts(kind: Accelerator) -> Figure | None:
    if kind.tdp_w is None:
        return None
    return Figure(kind.tdp_w, kind.source or "", kind.as_of or "", kind.confidence)


def _stock(region: Region, kinds: Iterable[str]) -> Iterator[Assumption]:
    """Counts of chips in zones that nobody has published for certain."""
    for zone in region.zones:
        rows: tuple[Chips, ...] = (*zone.stock, *zone.arrivals)
        for row in rows:
            if row.accelerator in kinds and row.confidence in ("low", "memory"):
                what = "arriving" if isinstance(row, Arrival) else "standing"
                figure = Figure(Decimal(row.units), row.source or "", row.as_of or "", row.confidence)
                yield _assumption(f"{region.zone_key(zone)} {row.accelerator} {what}", figure)


def _sizing(component: str, each: Alternative) -> Assumption:
    why = f"{each.basis}, {_weakness(Figure(Decimal(0), confidence=each.confidence))}" if each.basis else "estimated"
    words = (each.source or "", each.as_of or "", each.confidence or "")
    return Assumption(f"{component} chips on {each.id}", Decimal(each.units), why, *words)


def _assumption(name: str, figure: Figure) -> Assumption:
    words = (figure.source, figure.as_of, figure.confidence or "")
    return Assumption(name, figure.value, _weakness(figure), *words)


def _weakness(figure: Figure) -> str:
    if figure.copied_from:
        return f"copied from {figure.copied_from}"
    if figure.stand_in:
        return "stand-in"
    if figure.confidence in ("low", "memory"):
        return "recalled, not looked up" if figure.confidence == "memory" else "low confidence"
    return ""
