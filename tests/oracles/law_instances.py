"""Random small scenario documents under the full rule language, deterministic by seed.

Beside the documents of `instances` there are the exemptions and lists of operators, which are written to
EXEMPTIONS_FILE and LISTS_FILE beside the vocabulary. Nothing but their names is known of operators, because every
region is written inline.
"""

from __future__ import annotations

import json
from functools import lru_cache
from random import Random
from typing import Any, Final

from .drawing import families_of
from .instance_law import MECHANISMS, draw_entities
from .instance_parts import draw_components, draw_datasets, draw_quotes, draw_regions, draw_traffic, draw_users
from .instances import POLICY_FILE
from .law_parts import (
    TECHNICAL,
    add_counts,
    add_facts_of_data,
    add_facts_of_regions,
    add_seats,
    add_traffic_of_divisible,
    draw_holds,
    draw_lists,
    draw_words,
)
from .law_sentences import draw_exemptions, draw_sentences

Document = dict[str, Any]

EXEMPTIONS_FILE: Final = "exemptions/x.yaml"
LISTS_FILE: Final = "lists/x.yaml"

CHANCES: Final[dict[str, float]] = {
    "replicas": 0.3,
    "capacity": 0.3,
    "spread": 0.1,
    "services": 0.05,
    "status": 0.05,
    "quotes": 0.2,
    "divisible": 0.35,
    "steered": 0.7,
    "users": 0.4,
    "within": 0.2,
    "latency": 0.15,
    "many-regions": 0.3,
    "flows": 0.6,
    "datasets": 0.85,
    "copies": 0.8,
    "mechanisms": 0.75,
    "holds": 0.6,
    "refused": 0.25,
    "opening": 0.3,
    "limits": 0.15,
    "unknown-prices": 0.05,
    "two-entities": 0.3,
    "two-workloads": 0.25,
    "soft": 0.7,
    "not": 0.5,
    "overrides": 0.5,
    "exemptions": 0.45,
    "administer": 0.45,
    "require": 0.55,
    "purposes": 0.5,
    "transforms": 0.6,
    "places": 0.5,
    "region-facts": 0.35,
    "technical": 0.45,
    "chips": 0.1,
    "persons": 0.4,
    "operators": 0.3,
}
"""How often each family of demands is active."""

NEEDS: Final[dict[str, str]] = {
    "spread": "replicas",
    "steered": "divisible",
    "within": "users",
    "copies": "datasets",
    "holds": "mechanisms",
    "refused": "mechanisms",
    "transforms": "flows",
}
"""Families that mean nothing without another one."""


def law_families(seed: int) -> frozenset[str]:
    """The families of demands that the instance of a seed draws from."""
    return families_of(f"families of law {seed}", CHANCES, NEEDS)


def law_instance(seed: int) -> Document:
    """The scenario document of a seed."""
    return _fresh(_drawn(seed)["scenario"])


def law_rules(seed: int) -> Document:
    """The policy file of a seed."""
    return _fresh(_drawn(seed)["rules"])


def law_vocabulary(seed: int) -> Document:
    """The vocabulary file of a seed."""
    return _fresh(_drawn(seed)["vocabulary"])


def exemptions(seed: int) -> Document:
    """The file of exemptions of a seed; without any when the family is not active."""
    return _fresh(_drawn(seed)["exemptions"])


def lists(seed: int) -> Document:
    """The file of lists of operators of a seed."""
    return _fresh(_drawn(seed)["lists"])


def _fresh(document: Document) -> Document:
    """A copy in which no two places share an object, because YAML would write that as an alias."""
    copied: Document = json.loads(json.dumps(document))
    return copied


@lru_cache(maxsize=64)
def _drawn(seed: int) -> dict[str, Document]:
    on, draw = law_families(seed), Random(f"law instance of {seed}")
    document = _world(draw, on, seed)
    words = draw_words(draw, on)
    law = draw_sentences(draw, on)
    exempted = draw_exemptions(draw, on, law) if "exemptions" in on else []
    if "holds" in on:
        document["holds"] = draw_holds(draw, words, law, document)
    if "refused" in on:
        document["mechanisms"] = {draw.choice([*MECHANISMS, *[TECHNICAL] * 3 * ("technical" in on)]): "refused"}
    return {
        "scenario": document,
        "rules": {"schema": "residency-rules/1", "as_of": "2026-11-23", "rules": law},
        "vocabulary": words,
        "lists": draw_lists(Random(f"lists of {seed}")),
        "exemptions": {"schema": "residency-exemptions/1", "exemptions": exempted},
    }


def _few(regions: list[Document], on: frozenset[str]) -> list[Document]:
    """At most three regions, with prices between each other only, because everything is tried."""
    few = regions[:3]
    keys = {f"{region['provider']}:{region['id']}" for region in few}
    for region in few:
        pairs = region["prices"]["egress_pairs_gb"]
        region["prices"]["egress_pairs_gb"] = {key: usd for key, usd in pairs.items() if key in keys}
    if "services" in on and not any("services" in region for region in few):
        few[0]["services"] = [{"id": "svc"}]
    return few


def _world(draw: Random, on: frozenset[str], seed: int) -> Document:
    """Everything but the law."""
    regions = _few(draw_regions(draw, on), on)
    entities = draw_entities(draw, on)
    add_seats(draw, on, entities)
    workloads = draw_components(draw, on, [entity["id"] for entity in entities])
    users = draw_users(draw, on)
    datasets = draw_datasets(draw, on, [entity["id"] for entity in entities])
    draw_traffic(draw, on, workloads, users, datasets)
    if "steered" in on:
        add_traffic_of_divisible(draw, workloads, users)
    add_facts_of_regions(draw, on, regions)
    add_facts_of_data(draw, on, workloads, datasets)
    add_counts(draw, on, [*datasets, *users])
    document: Document = {
        "scenario": f"law-{seed}",
        "question": "What is the cheapest lawful plan?",
        "as_of": "2026-11-23",
        "horizon": {"from": "2026Q4", "periods": 1, "amortise": draw.choice(["12 months", "36 months"])},
        "catalog": {"providers": [], "places": []},
        "policies": [POLICY_FILE],
        "entities": entities,
        "regions": regions,
        "datasets": datasets,
        "workloads": workloads,
        "users": users,
        "objectives": ["cost"],
        "solver": {"gap": "0 %"},
    }
    if "quotes" in on:
        document["quotes"] = draw_quotes(draw, workloads, regions)
    if "limits" in on:
        document["limits"] = {"regions": draw.choice([1, 2, {"exactly": 2}, {"at_least": 2}])}
    return document
