"""Pieces of random scenario documents: regions, components, users, datasets, traffic, quotes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any, Final

Piece = dict[str, Any]
On = frozenset[str]

SITES: Final = (
    ("MY", 3.14, 101.69),
    ("MY", 1.49, 103.74),
    ("SG", 1.35, 103.82),
    ("ID", -6.21, 106.85),
    ("TH", 13.76, 100.5),
)
"""Country, latitude and longitude of places where regions and users are."""


def draw_regions(draw: Random, on: On) -> list[Piece]:
    """Two to four regions of two providers."""
    sites = draw.sample(SITES, draw.randint(2, 4))
    keys = [f"{draw.choice(['pa', 'pb'])}:r{index}" for index in range(len(sites))]
    regions = [_region(draw, on, key, site, keys) for key, site in zip(keys, sites, strict=True)]
    if "services" in on and not any("services" in region for region in regions):
        regions[0]["services"] = [{"id": "svc"}]
    return regions


def _region(draw: Random, on: On, key: str, site: tuple[str, float, float], keys: Sequence[str]) -> Piece:
    provider, name = key.split(":")
    country, lat, lon = site
    region: Piece = {"provider": provider, "id": name, "country": country, "lat": lat, "lon": lon}
    region["zones"] = [_zone(draw, on, f"{name}{letter}") for letter in "abc"[: draw.choice([1, 2, 2, 3])]]
    region["prices"] = _prices(draw, on, [other for other in keys if other != key])
    region["kind"] = draw.choice(["public-cloud", "public-cloud", "own"])
    if "opening" in on:
        region["opening_cost"] = f"{draw.randint(0, 150)} USD/month"
        if draw.random() < 0.5:
            region["opening_once"] = f"{draw.randint(1, 9) * 100} USD"
    if "services" in on and draw.random() < 0.7:
        ends = draw.choice([{}, {}, {"to": "2026-12-30"}, {"from": "2020-01-01", "to": "2030-01-01"}])
        region["services"] = [{"id": "svc", **ends}]
    if "status" in on:
        states = [{}, {}, {"status": "announced"}, {"status": "announced", "opens": "2026-01-01"}]
        region |= draw.choice([*states, {"status": "announced", "opens": "2027-06-01"}, {"status": "closed"}])
    return region


def _zone(draw: Random, on: On, name: str) -> Piece:
    zone: Piece = {"id": name}
    if "capacity" in on and draw.random() < 0.8:
        zone["capacity"] = {"vcpu": draw.randint(2, 9)}
        if draw.random() < 0.3:
            zone["capacity"]["memory"] = f"{draw.randint(8, 40)} GiB"
    return zone


def _prices(draw: Random, on: On, others: Sequence[str]) -> Piece:
    prices: Piece = {
        "vcpu_hour": draw.randint(1, 9) / 100,
        "memory_gib_hour": draw.randint(1, 9) / 1000,
        "storage_gb_month": draw.randint(1, 9) / 100,
        "egress_internet_gb": draw.randint(2, 12) / 100,
        "egress_pairs_gb": {other: draw.randint(0, 9) / 100 for other in others if draw.random() < 0.6},
    }
    if "unknown-prices" in on:
        for name in ("vcpu_hour", "storage_gb_month", "egress_internet_gb"):
            if draw.random() < 0.25:
                del prices[name]
    return prices


def draw_components(draw: Random, on: On, entities: Sequence[str]) -> list[Piece]:
    """One to three components in one or two workloads."""
    count = draw.randint(1, 3)
    divisible = draw.randrange(count) if "divisible" in on else None
    components = [_component(draw, on, f"c{index}", index == divisible) for index in range(count)]
    cut = draw.randint(1, count - 1) if "two-workloads" in on and count > 1 else count
    parts = [part for part in (components[:cut], components[cut:]) if part]
    return [
        {"id": f"w{index}", "entity": draw.choice(entities), "components": part, "flows": []}
        for index, part in enumerate(parts)
    ]


def _component(draw: Random, on: On, name: str, divisible: bool) -> Piece:
    component: Piece = {"id": name, "per_replica": {"vcpu": draw.randint(1, 4)}}
    if draw.random() < 0.3:
        component["per_replica"]["memory"] = f"{draw.randint(1, 8)} GiB"
    if "services" in on and draw.random() < 0.6:
        component["services"] = ["svc"]
    if draw.random() < 0.7:
        component["critical"] = draw.random() < 0.5
    if divisible:
        component["divisible"] = True
        component["per_replica"]["vcpu"] = draw.randint(3, 12)
        return component
    if "replicas" in on:
        component["replicas"] = {"count": draw.randint(1, 3)}
    if "spread" in on and draw.random() < 0.6:
        wish: Piece = {"zones": draw.randint(1, min(2, component["replicas"]["count"]))}
        component["requires"] = {"spread": wish | draw.choice([{}, {"even": True}])}
    if "many-regions" in on and draw.random() < 0.6:
        component["regions"] = draw.choice([{"min": 2, "max": 2}, {"min": 1, "max": 2}, {"min": 1, "max": 3}])
    return component


def draw_users(draw: Random, on: On) -> list[Piece]:
    """One or two groups of one to three points written out."""
    return [_group(draw, on, f"u{index}") for index in range(draw.choice([1, 1, 2]))] if "users" in on else []


def _group(draw: Random, on: On, name: str) -> Piece:
    points = {
        f"{name}p{index}": {"lat": lat, "lon": lon, "country": country, "weight": draw.randint(1, 4)}
        for index, (country, lat, lon) in enumerate(draw.sample(SITES, draw.randint(1, 3)))
    }
    group: Piece = {"id": name, "at": points}
    if draw.random() < 0.8:
        group["carries"] = draw.choice([[], ["alpha"], ["alpha-fine"], ["beta"], ["alpha", "beta"]])
    if "unsplit" in on and draw.random() < 0.7:
        group["split"] = False
    if draw.random() < 0.1:
        group["latency"] = "none"
    return group


def draw_datasets(draw: Random, on: On, entities: Sequence[str]) -> list[Piece]:
    """No dataset, one, or seldom two."""
    names = ["d0", "d1"][: draw.choice([1, 1, 1, 2])] if "datasets" in on else []
    return [_dataset(draw, on, name, draw.choice(entities)) for name in names]


def _dataset(draw: Random, on: On, name: str, entity: str) -> Piece:
    dataset: Piece = {"id": name, "entity": entity, "size": f"{draw.randint(0, 20) * 100} GB"}
    if draw.random() < 0.8:
        dataset["classes"] = draw.choice([[], ["alpha"], ["alpha-fine"], ["alpha", "beta"]])
    if draw.random() < 0.8:
        dataset["subjects"] = draw.choice([["MY"], ["SG"], ["MY", "ID"], []])
    if "copies" in on:
        dataset["change"] = f"{draw.randint(0, 9) * 20} GB/month"
        roles = draw.choice([["backup"], ["replica"], ["backup"]])
        copies = [{"role": role} | draw.choice([{}, {"apart": "100 km"}, {"apart": "900 km"}]) for role in roles]
        dataset["copies"] = [{"role": "primary"}, *copies]
    return dataset


def draw_traffic(draw: Random, on: On, workloads: list[Piece], users: list[Piece], datasets: list[Piece]) -> None:
    """Add flows, reads, writes and latency demands to the workloads in place."""
    placed = [(workload, component) for workload in workloads for component in workload["components"]]
    whole = [pair for pair in placed if not pair[1].get("divisible")]
    for group in users if whole else ():
        for workload, component in draw.sample(whole, draw.randint(1, len(whole))):
            _serve(draw, on, workload, component, group["id"])
    if "flows" in on:
        for (workload, source), (home, target) in pairwise(draw.sample(placed, len(placed))):
            if not target.get("divisible"):
                _link(draw, workload, source["id"], f"{home['id']}/{target['id']}")
    for dataset in datasets:
        _exchange(draw, *draw.choice(placed), dataset["id"])
    for workload, component in placed:
        _settle_regions(workloads, workload, component)


def _serve(draw: Random, on: On, workload: Piece, component: Piece, group: str) -> None:
    flow: Piece = {"from": group, "to": component["id"], "volume": f"{draw.choice([0, 50, 100, 300])} GB/month"}
    if draw.random() < 0.2:
        flow["from"], flow["to"] = flow["to"], flow["from"]
    if "latency" in on and draw.random() < 0.3:
        flow["max_rtt"] = f"{draw.choice([12, 25, 40])} ms"
    workload["flows"].append(flow)
    wishes = component.setdefault("requires", {})
    if "latency" in on and draw.random() < 0.3:
        wishes["max_rtt"] = {"to": group, "rtt": f"{draw.choice([25, 35, 45])} ms"}
    if "within" in on:
        wishes["within"] = {"users": f"{draw.choice([50, 60, 80, 95])} %", "rtt": f"{draw.choice([12, 18, 30])} ms"}


def _link(draw: Random, workload: Piece, source: str, target: str) -> None:
    flow: Piece = {"from": source, "to": target, "volume": f"{draw.choice([0, 100, 400, 900])} GB/month"}
    if draw.random() < 0.3:
        flow["max_rtt"] = f"{draw.choice([5, 8, 16, 30])} ms"
    if draw.random() < 0.3:
        flow["carries"] = draw.choice([[], ["beta"], ["alpha"]])
    workload["flows"].append(flow)


def _exchange(draw: Random, workload: Piece, component: Piece, dataset: str) -> None:
    end = f"dataset:{dataset}"
    if draw.random() < 0.7:
        component["reads"] = [*component.get("reads", []), dataset]
        workload["flows"].append({"from": end, "to": component["id"], "volume": f"{draw.randint(0, 9) * 50} GB/month"})
    if draw.random() < 0.6:
        component["writes"] = [*component.get("writes", []), dataset]
        workload["flows"].append({"from": component["id"], "to": end, "volume": f"{draw.randint(0, 9) * 50} GB/month"})


def _settle_regions(workloads: list[Piece], workload: Piece, component: Piece) -> None:
    """A component whose load nothing steers cannot choose how many regions it lives in."""
    span = component.get("regions")
    if span and span["min"] != span["max"] and not _steered(workloads, workload, component):
        span["max"] = span["min"] = 2


def _steered(workloads: list[Piece], workload: Piece, component: Piece) -> bool:
    served = [f for f in workload["flows"] if component["id"] in (f["from"], f["to"])]
    full = f"{workload['id']}/{component['id']}"
    fed = [f for each in workloads for f in each["flows"] if f["to"] == full and not f["volume"].startswith("0 ")]
    return bool(fed) or any(end.startswith("u") for flow in served for end in (flow["from"], flow["to"]))


def draw_quotes(draw: Random, workloads: list[Piece], regions: list[Piece]) -> list[Piece]:
    """Quotes of one component in most regions, some with a unit use of their own."""
    workload = draw.choice(workloads)
    component = draw.choice(workload["components"])
    quotes = []
    for region in regions:
        if draw.random() < 0.85:
            quote: Piece = {
                "component": f"{workload['id']}/{component['id']}",
                "place": f"{region['provider']}:{region['id']}",
                "cost": f"{draw.randint(5, 300)} USD/month",
            }
            quotes.append(quote | draw.choice([{}, {"uses": {"vcpu": draw.randint(1, 6)}}]))
    return quotes
