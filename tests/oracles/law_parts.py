"""Pieces of random documents of the full rule language: words, facts that only some rules look at, holds."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Final

from .instance_law import MECHANISMS, draw_vocabulary

Piece = dict[str, Any]
On = frozenset[str]

TECHNICAL: Final = "m-tech"
KEYS: Final = ("customer_held", "independent_custodian", "independent_custodian", "provider_held")
TRANSFORMS: Final = ("t-mask", "t-part")


def draw_words(draw: Random, on: On) -> Piece:
    """The vocabulary of `instance_law`, a deeper class tree, and words of every other kind."""
    words = draw_vocabulary(draw)
    words["data_classes"] |= {"alpha-finest": "alpha-fine", "gamma": None}
    for mechanism in words["mechanisms"].values():
        if draw.random() < 0.3:
            mechanism["scope"] = draw.choice(["shipment", "workload"])
    if "technical" in on:
        mode = draw.choice(["customer_held", "customer_held", "independent_custodian"])
        scope = draw.choice(["entity", "workload", "destination"])
        words["mechanisms"][TECHNICAL] = {"kind": "technical", "scope": scope, "holds_if": {"keys": mode}}
    words["purposes"] = ["p-sell", "p-train"]
    words["isolation"] = ["shared", "dedicated"]
    words["transforms"] = {"t-mask": {"alpha": "gamma"}, "t-part": {"alpha-fine": "beta", "beta": "gamma"}}
    words["areas"] = {"a-own": {"name": "An area with its own law", "displaces": "MY"}, "a-plain": {"name": "A zone"}}
    words["chips"], words["chip_controls"] = ["chip-fast", "chip-slow"], ["licensed"]
    words["thresholds"] = {"heads": [100, 1000], "wards": {"steps": [1]}}
    words["operators"] = {"pa": "Provider A", "pb": "Provider B", "pc": "Provider C"}
    return words


def draw_lists(draw: Random) -> Piece:
    """Two lists of operators: one that holds somebody today, one that everybody has left or nobody has joined."""
    today = draw.choice([{"code": "pa"}, {"code": "pb", "to": "2026-11-23"}, {"code": "pa", "from": "2026-11-23"}])
    gone = draw.choice([{"code": "pa", "to": "2026-11-22"}, {"code": "pb", "from": "2026-11-24"}])
    lists = {"list:frame": [today, {"code": "pc"}], "list:gone": [gone]}
    return {"schema": "residency-lists/1", "kind": "operators", "lists": lists}


def add_counts(draw: Random, on: On, counted: Sequence[Piece]) -> None:
    """How many people datasets and user groups are about, in place; some do not say."""
    for each in counted if "persons" in on else ():
        persons = {"heads": draw.choice([0, 99, 100, 1000, 7_000_000_000]), "wards": draw.choice([0, 1])}
        each["persons"] = {name: number for name, number in persons.items() if draw.random() < 0.75}


def add_seats(draw: Random, on: On, entities: Sequence[Piece]) -> None:
    """Some entities sit in a subdivision, in place."""
    for entity in entities:
        if "places" in on and entity.get("established_in") == "MY" and draw.random() < 0.5:
            entity["established_in"] = draw.choice(["MY-14", ["MY-14", "SG"]])


def add_facts_of_regions(draw: Random, on: On, regions: Sequence[Piece]) -> None:
    """Sites, isolation, funding, subdivisions and areas, in place; each is sometimes unknown."""
    for region in regions:
        if "administer" in on and draw.random() < 0.8:
            sites = [[region["country"]], [region["country"]], ["MY"], ["SG"], ["MY", "IN"], ["MY", "SG"], []]
            region["admin_sites"] = draw.choice(sites)
        if "require" in on and draw.random() < 0.75:
            region["isolation"] = draw.choice([["shared"], ["shared", "dedicated"], ["dedicated"], []])
        if "region-facts" in on and draw.random() < 0.7:
            region["funding"] = draw.choice(["state", "private"])
        if "places" in on:
            if region["country"] == "MY" and draw.random() < 0.7:
                region["subdivision"] = draw.choice(["MY-14", "MY-01"])
            if draw.random() < 0.4:
                region["areas"] = draw.choice([["a-own"], ["a-own"], ["a-plain"], ["a-own", "a-plain"]])


def add_facts_of_data(draw: Random, on: On, workloads: Sequence[Piece], datasets: Sequence[Piece]) -> None:
    """Purposes, keys, more copies, finer classes and transforms, in place."""
    for component in (each for workload in workloads for each in workload["components"]):
        if "purposes" in on and draw.random() < 0.75:
            component["purpose"] = draw.choice([[], ["p-sell"], ["p-train"], ["p-sell", "p-train"]])
    for dataset in datasets:
        if {"require", "technical"} & on and draw.random() < 0.75:
            dataset["keys"] = draw.choice(KEYS)
        if draw.random() < 0.2:
            dataset["classes"] = draw.choice([["alpha-finest"], ["alpha-finest", "gamma"]])
        roles = [copy["role"] for copy in dataset.get("copies", [])]
        if roles and len(datasets) == 1 and draw.random() < 0.4:
            dataset["copies"].append({"role": "replica" if "backup" in roles else "backup"})
    if "transforms" in on:
        _add_transforms(draw, workloads)


def _add_transforms(draw: Random, workloads: Sequence[Piece]) -> None:
    for flow in (each for workload in workloads for each in workload["flows"]):
        if _between_components(workloads, flow) and draw.random() < 0.7:
            flow.pop("carries", None)
            flow["transform"] = draw.choice(TRANSFORMS)


def _between_components(workloads: Sequence[Piece], flow: Piece) -> bool:
    names = {component["id"] for workload in workloads for component in workload["components"]}
    return flow["from"] in names and flow["to"].rpartition("/")[2] in names


def add_traffic_of_divisible(draw: Random, workloads: Sequence[Piece], users: Sequence[Piece]) -> None:
    """Flows and users into divisible components, in place: they steer its shares."""
    placed = [(workload, component) for workload in workloads for component in workload["components"]]
    for workload, component in placed:
        if not component.get("divisible"):
            continue
        full = f"{workload['id']}/{component['id']}"
        for home, other in placed:
            if other is not component and draw.random() < 0.7:
                volume = f"{draw.choice([0, 100, 400])} GB/month"
                home["flows"].append({"from": other["id"], "to": full, "volume": volume})
        for group in users:
            if draw.random() < 0.6:
                volume = f"{draw.choice([0, 50, 300])} GB/month"
                workload["flows"].append({"from": group["id"], "to": component["id"], "volume": volume})


def draw_holds(draw: Random, words: Piece, law: Sequence[Piece], document: Piece) -> list[Piece]:
    """One to three mechanisms held, mostly of those that rules name; what is technical is not held by declaring it."""
    ways = [way for rule in law for way in rule["then"].get("unless", [])]
    named = [name for way in ways for name in way.get("holds", []) if name != TECHNICAL]
    return [_hold(draw, words, draw.choice(named or MECHANISMS), document) for _ in range(draw.randint(1, 3))]


def _hold(draw: Random, words: Piece, name: str, document: Piece) -> Piece:
    scope, region = words["mechanisms"][name]["scope"], draw.choice(document["regions"])
    hold: Piece = {"mechanism": name, "entity": draw.choice(document["entities"])["id"]}
    keys = {"destination": region["country"], "operator": region["provider"]}
    for key in draw.choice([["destination"], ["operator"], list(keys)]) if scope == "destination" else ():
        hold[key] = keys[key]
    if scope in ("operator", "shipment"):
        hold["operator"] = region["provider"]
    if scope == "workload":
        datasets = [each["id"] for each in document["datasets"]]
        named = [each["id"] for each in document["workloads"]] + [f"dataset:{each}" for each in datasets]
        hold["workload"] = draw.choice([*named, *named, *datasets])
    return hold | draw.choice([{}, {}, {"until": "2026-12-31"}, {"until": "2026-12-30"}])
