"""Pieces of random scenario documents: entities, vocabulary, rules, holds and refusals."""

from __future__ import annotations

from random import Random
from typing import Any, Final

Piece = dict[str, Any]
On = frozenset[str]

MECHANISMS: Final = ("m-one", "m-two", "m-three")
WINDOWS: Final = (
    {"from": "2020-01-01"},
    {"from": "2020-01-01"},
    {"from": "2020-01-01"},
    {"from": "2026-12-15"},
    {"from": "2020-01-01", "to": "2026-11-23"},
    {"from": "2020-01-01", "to": "2026-11-22"},
    {"from": "2027-01-01"},
)
"""Windows around the day of the instances, 2026-11-23, and their quarter; the last two do not bind."""


def draw_entities(draw: Random, on: On) -> list[Piece]:
    """One or two legal persons, some with unknown facts."""
    return [_entity(draw, name) for name in ("e0", "e1")[: 2 if "two-entities" in on else 1]]


def _entity(draw: Random, name: str) -> Piece:
    entity: Piece = {"id": name}
    if draw.random() < 0.8:
        entity["established_in"] = draw.choice(["MY", "SG", "ID"])
    if draw.random() < 0.8:
        entity["sector"] = draw.choice(["s-bank", "s-shop"])
    if draw.random() < 0.8:
        entity["regulated_by"] = draw.choice([[], ["R-ONE"], ["R-TWO"], ["R-ONE", "R-TWO"]])
    return entity


def draw_vocabulary(draw: Random) -> Piece:
    """Three classes (one below another), two regulators, two sectors, three mechanisms of random scopes."""
    return {
        "schema": "residency-vocabulary/1",
        "data_classes": {"alpha": None, "alpha-fine": "alpha", "beta": None},
        "regulators": {"R-ONE": "MY", "R-TWO": "SG"},
        "sectors": ["s-bank", "s-shop"],
        "mechanisms": {name: _mechanism(draw) for name in MECHANISMS},
    }


def _mechanism(draw: Random) -> Piece:
    mechanism: Piece = {
        "kind": draw.choice(["approval", "assessment", "contract"]),
        "scope": draw.choice(["entity", "destination", "operator", "workload"]),
        "cost_usd": draw.randint(1, 30) * 50,
        "lead_days": draw.choice([0, 60]),
    }
    return mechanism | draw.choice([{}, {"valid_days": 365}, {"valid_days": 184}])


def draw_rules(draw: Random, on: On) -> list[Piece]:
    """One to three rules of one sentence each."""
    return [_rule(draw, on, f"rule-{index}") for index in range(draw.randint(1, 3))]


def _rule(draw: Random, on: On, name: str) -> Piece:
    return {
        "id": name,
        "title": "A rule of a random law",
        "law_of": "MY",
        "level": "must",
        "in_force": [draw.choice(WINDOWS)],
        "when": _box(draw),
        "verbs": draw.choice([["process"], ["store", "backup"], ["store", "process", "backup"], ["backup"]]),
        "then": {**_effect(draw), **_ways_out(draw, on)},
        "cites": [{"instrument": "a random act", "quality": "memory", "checked": "2026-11-23"}],
        "tests": [],
    }


def _box(draw: Random) -> Piece:
    keys: list[Piece] = [
        {"established_in": draw.choice([["MY"], ["MY", "SG"]])},
        {"regulated_by": ["R-ONE"]},
        {"sector": ["s-bank"]},
        {"critical": draw.random() < 0.6},
        {"deployment": ["public-cloud"]},
        {"data_class": draw.choice([["alpha"], ["alpha-fine"], ["alpha", "beta"]])},
        {"subjects_in": draw.choice([["MY"], ["SG", "ID"]])},
    ]
    box: Piece = {}
    for key in draw.sample(keys, draw.randint(1, 3)):
        box |= key
    return box


def _effect(draw: Random) -> Piece:
    if draw.random() < 0.6:
        return {"confine": {"in": draw.choice([["MY"], ["MY", "SG"], ["ID"]])}}
    return {"forbid": {"in": draw.choice([["*"], ["SG"], ["MY", "TH"]])}}


def _ways_out(draw: Random, on: On) -> Piece:
    ways: list[Piece] = []
    if "mechanisms" in on and draw.random() < 0.85:
        ways += [{"holds": draw.sample(MECHANISMS, draw.randint(1, 2))} for _ in range(draw.choice([1, 1, 2]))]
    if draw.random() < 0.2:
        ways.append({"destination_in": [draw.choice(["TH", "SG"])]})
    return {"unless": ways} if ways else {}


def draw_law(draw: Random, on: On, words: Piece, document: Piece) -> Piece:
    """The keys of a scenario about what is held and what is refused."""
    law: Piece = {}
    if "holds" in on:
        law["holds"] = [_hold(draw, words, document) for _ in range(draw.randint(1, 2))]
    if "refused" in on:
        law["mechanisms"] = {draw.choice(MECHANISMS): "refused"}
    return law


def _hold(draw: Random, words: Piece, document: Piece) -> Piece:
    name = draw.choice(MECHANISMS)
    scope, key = words["mechanisms"][name]["scope"], draw.choice(document["regions"])
    hold: Piece = {"mechanism": name, "entity": draw.choice(document["entities"])["id"]}
    if scope == "destination":
        hold["destination"] = key["country"]
    if scope == "operator":
        hold["operator"] = key["provider"]
    if scope == "workload":
        hold["workload"] = draw.choice([*document["workloads"], *document["datasets"]])["id"]
    return hold | draw.choice([{}, {"until": "2026-12-31"}, {"until": "2026-12-30"}])
