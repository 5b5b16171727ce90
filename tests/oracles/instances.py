"""Random small scenario documents, deterministic by seed, for comparing planners with the brute force.

A document is plain data in the form of a scenario file: quantities are text with units, prices and coordinates plain
numbers with few decimals, days ISO text. Write it with `yaml.safe_dump` beside POLICY_FILE (`rules`) and
VOCABULARY_FILE (`vocabulary`) in one folder. Left out on purpose, because the meaning leaves them open: users or flows
into a divisible component, `regions` of a divisible component, `at_least` or `exactly` beside one, mechanisms valid for
less than the quarter.
"""

from __future__ import annotations

import json
from functools import lru_cache
from random import Random
from typing import Any, Final

from .drawing import families_of
from .instance_law import draw_entities, draw_law, draw_rules, draw_vocabulary
from .instance_parts import draw_components, draw_datasets, draw_quotes, draw_regions, draw_traffic, draw_users

Document = dict[str, Any]

POLICY_FILE: Final = "rules.yaml"
VOCABULARY_FILE: Final = "vocab.yaml"

CHANCES: Final[dict[str, float]] = {
    "replicas": 0.6,
    "capacity": 0.5,
    "spread": 0.25,
    "services": 0.15,
    "status": 0.15,
    "quotes": 0.25,
    "divisible": 0.25,
    "users": 0.45,
    "within": 0.5,
    "latency": 0.4,
    "unsplit": 0.3,
    "many-regions": 0.4,
    "flows": 0.5,
    "datasets": 0.45,
    "copies": 0.6,
    "rules": 0.5,
    "mechanisms": 0.7,
    "holds": 0.5,
    "refused": 0.25,
    "opening": 0.45,
    "limits": 0.25,
    "unknown-prices": 0.2,
    "two-entities": 0.25,
    "two-workloads": 0.2,
}
"""How often each family of demands is active."""

NEEDS: Final[dict[str, str]] = {
    "spread": "replicas",
    "within": "users",
    "unsplit": "users",
    "copies": "datasets",
    "mechanisms": "rules",
    "holds": "mechanisms",
    "refused": "mechanisms",
}
"""Families that mean nothing without another one."""


def families(seed: int) -> frozenset[str]:
    """The families of demands that the instance of a seed draws from."""
    return families_of(f"families of {seed}", CHANCES, NEEDS)


def instance(seed: int) -> Document:
    """The scenario document of a seed."""
    return _fresh(_drawn(seed)["scenario"])


def rules(seed: int) -> Document:
    """The policy file of a seed; without rules when the family is not active."""
    return _fresh(_drawn(seed)["rules"])


def vocabulary(seed: int) -> Document:
    """The vocabulary file of a seed."""
    return _fresh(_drawn(seed)["vocabulary"])


def _fresh(document: Document) -> Document:
    """A copy in which no two places share an object, because YAML would write that as an alias."""
    copied: Document = json.loads(json.dumps(document))
    return copied


@lru_cache(maxsize=64)
def _drawn(seed: int) -> dict[str, Document]:
    on, draw = families(seed), Random(f"instance of {seed}")
    regions = draw_regions(draw, on)
    entities = draw_entities(draw, on)
    workloads = draw_components(draw, on, [entity["id"] for entity in entities])
    users = draw_users(draw, on)
    datasets = draw_datasets(draw, on, [entity["id"] for entity in entities])
    draw_traffic(draw, on, workloads, users, datasets)
    document: Document = {
        "scenario": f"instance-{seed}",
        "question": "What is the cheapest lawful plan?",
        "as_of": "2026-11-23",
        "horizon": {"from": "2026Q4", "periods": 1, "amortise": draw.choice(["12 months", "36 months"])},
        "catalog": {"providers": [], "places": []},
        "policies": [POLICY_FILE] if "rules" in on else [],
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
        document["limits"] = {"regions": _limit(draw, "divisible" in on)}
    words = draw_vocabulary(draw)
    law = draw_rules(draw, on) if "rules" in on else []
    document |= draw_law(draw, on, words, document)
    policy = {"schema": "residency-rules/1", "as_of": "2026-11-23", "rules": law}
    return {"scenario": document, "rules": policy, "vocabulary": words}


def _limit(draw: Random, divisible: bool) -> object:
    plain: list[object] = [1, 2, {"at_most": 2}]
    return draw.choice(plain if divisible else [*plain, {"exactly": 2}, {"at_least": 2}])
