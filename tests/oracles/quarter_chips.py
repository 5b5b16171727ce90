"""Chips over several quarters by trying everything: an own hall with stock, arrivals and purchases, and a cloud beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil
from random import Random
from typing import Any

from planner.model.scenario import Scenario
from tests.oracles.quarters import World

HALL, CLOUD = "q:hall", "p:cloud"
BARRED = {
    "schema": "residency-rules/1",
    "as_of": "2026-11-23",
    "rules": [
        {
            "id": "no-more",
            "title": "No more chips.",
            "law_of": "US",
            "level": "must",
            "in_force": [{"from": "2027-04-01"}],
            "when": {"chip": ["H"]},
            "verbs": ["install"],
            "then": {"forbid": {"in": ["MY"]}},
            "cites": [{"instrument": "an act", "quality": "memory", "checked": "2026-11-23"}],
            "tests": [],
        }
    ],
}
WORDS = {"schema": "residency-vocabulary/1", "chips": ["H"]}


def instance(seed: int) -> dict[str, Any]:
    """The scenario document; from 2027Q2 on a rule may bar purchases."""
    draw = Random(f"chips {seed}")
    zone: dict[str, Any] = {"id": "z", "stock": [{"accelerator": "H", "units": draw.randint(1, 6)}]}
    if draw.random() < 0.6:
        on = draw.choice(["2027-01-01", "2027-03-15", "2027-06-30"])
        zone["arrivals"] = [{"accelerator": "H", "units": draw.randint(1, 6), "on": on, "status": "contracted"}]
    hall = {"provider": "q", "id": "hall", "kind": "own", "country": "MY", "lat": 3, "lon": 101, "zones": [zone]}
    hall["prices"] = {"accelerator_hour": {"H": draw.choice([0, 0.001, 0.01])}}
    if draw.random() < 0.8:
        hall["prices"]["accelerator_purchase"] = {"H": draw.randint(1, 90)}
    cloud = {"provider": "p", "id": "cloud", "country": "SG", "lat": 1, "lon": 104, "zones": ["y"]}
    cloud["prices"] = {"accelerator_hour": {"H": draw.choice([0.002, 0.01, 0.03])}, "egress_internet_gb": 0.1}
    return {
        "scenario": "chips",
        "question": "Where do groups of chips stand?",
        "as_of": "2026-11-23",
        "horizon": {"from": "2027Q1", "periods": draw.randint(2, 3), "amortise": draw.choice(["4 months", "36 months"])},
        "catalog": {"providers": [], "places": []},
        "policies": ["law.yaml"] if draw.random() < 0.6 else [],
        "accelerators": {"kinds": [{"id": "H", "name": "H", "vendor": "v", "vendor_in": "US", "tdp_w": 500}]},
        "entities": [{"id": "e", "operates": ["q"]}],
        "regions": [hall, cloud],
        "workloads": [{"id": "w", "entity": "e", "components": [_component(draw, n) for n in range(draw.randint(1, 2))]}],
        "objectives": ["cost"],
    }


def _component(draw: Random, number: int) -> dict[str, Any]:
    group = draw.randint(1, 2)
    out: dict[str, Any] = {"id": f"c{number}"}
    out["accelerators"] = [{"id": "H", "units": group * draw.randint(1, 3), "group": group}]
    if draw.random() < 0.7:
        out["growth"] = draw.choice(["60 %", "200 %", "700 %"])
    if draw.random() < 0.4:
        out["migration"] = {"cost": f"{draw.randint(1, 9)} USD"}
    return out


def cheapest_with_chips(scenario: Scenario) -> Fraction | None:
    """The least total_usd; None where there is no plan."""
    world = World(scenario)
    paths = product(product((HALL, CLOUD), repeat=len(world.parts)), repeat=world.quarters)
    return min((usd for path in paths for usd in _totals(world, path)), default=None)


def _totals(world: World, path: Sequence[tuple[str, ...]]) -> Iterator[Fraction]:
    running = sum((_running(world, homes, t) for t, homes in enumerate(path)), Fraction(0))
    moving = _moving(world, path)
    short = [_used(world, homes, t) - _there(world.scenario, t) for t, homes in enumerate(path)]
    most = max(0, *short)
    price = world.scenario.region[HALL].prices.purchases.get("H")
    barred = [bool(world.scenario.rules) and str(p) >= "2027Q2" for p in world.scenario.periods]
    offers = [range(most + 1) if price is not None and not stop else range(1) for stop in barred]
    usd = Fraction(price.value) if price else Fraction(0)
    charges = [world.charged(usd, period) for period in world.scenario.periods]
    for bought in product(*offers):
        if all(sum(bought[: t + 1]) >= need for t, need in enumerate(short)):
            paid = (n * charge for n, charge in zip(bought, charges, strict=True))
            yield running + moving + sum(paid, Fraction(0))


def _groups(world: World, n: int, t: int) -> tuple[int, int]:
    (kind,) = world.parts[n].accelerators
    return ceil(kind.groups * world.factor(world.parts[n], t)), kind.group


def _running(world: World, homes: Sequence[str], t: int) -> Fraction:
    total = Fraction(0)
    for n, key in enumerate(homes):
        groups, group = _groups(world, n, t)
        hourly = Fraction(world.scenario.region[key].prices.accelerators["H"].value)
        total += round(groups * group * hourly * 730, 6)
    return 3 * world.weight(t) * total


def _moving(world: World, path: Sequence[Sequence[str]]) -> Fraction:
    total = Fraction(0)
    for t in range(1, len(path)):
        for n, part in enumerate(world.parts):
            if path[t][n] != path[t - 1][n]:
                total += world.charged(Fraction(part.migration.cost), world.scenario.periods[t])
    return total


def _used(world: World, homes: Sequence[str], t: int) -> int:
    chips = (_groups(world, n, t) for n, key in enumerate(homes) if key == HALL)
    return sum(groups * group for groups, group in chips)


def _there(scenario: Scenario, t: int) -> int:
    (zone,) = scenario.region[HALL].zones
    begins = scenario.periods[t].first_day
    # The rule bars what arrives while it is in force, purchases and arrivals alike.
    arrived = [a for a in zone.arrivals if a.on <= begins and not (scenario.rules and str(a.on) >= "2027-04-01")]
    return sum(s.units for s in zone.stock) + sum(a.units for a in arrived)
