"""Random sentences of law in the full rule language: boxes, effects, ways out, overrides, exemptions."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from .instance_law import MECHANISMS, WINDOWS
from .law_parts import TECHNICAL

Piece = dict[str, Any]
On = frozenset[str]

PLACING: Final = (
    ["process"],
    ["process"],
    ["store"],
    ["store", "backup"],
    ["store", "process", "backup"],
    ["backup"],
)


def draw_sentences(draw: Random, on: On) -> list[Piece]:
    """Two to six rules; overrides point backwards, so they never go round in a circle."""
    rules = [_rule(draw, on, f"rule-{index}") for index in range(draw.randint(2, 6))]
    if "overrides" in on:
        for index, rule in enumerate(rules):
            _override(draw, rule, rules[:index])
    return rules


def _override(draw: Random, rule: Piece, earlier: list[Piece]) -> None:
    may = [other for other in earlier if rule["level"] == "must" or other["level"] == "should"]
    if may and draw.random() < 0.6:
        rule["overrides"] = sorted(other["id"] for other in draw.sample(may, draw.randint(1, min(2, len(may)))))


def _rule(draw: Random, on: On, name: str) -> Piece:
    rule: Piece = {
        "id": name,
        "title": "A rule of a random law",
        "law_of": "MY",
        "level": "must",
        "in_force": draw.choice([*[[{"from": "2020-01-01"}]] * 4, [draw.choice(WINDOWS)], draw.sample(WINDOWS[2:], 2)]),
        "when": _when(draw, on),
        "cites": [{"instrument": "a random act", "quality": "memory", "checked": "2026-11-23"}],
        "tests": [],
    }
    if "soft" in on and draw.random() < 0.6:
        rule |= {"level": "should", "penalty_usd_month": draw.choice([0, 1, 20, 60, 150, 400, 12.345])}
    if draw.random() < 0.08:
        rule["status"] = draw.choice(["announced", "proposed", "contested"])
    if "require" in on and draw.random() < 0.5:
        return rule | {"verbs": draw.choice(PLACING), "then": {"require": _requirement(draw)}}
    verbs = draw.choice(PLACING)
    if "administer" in on and draw.random() < 0.6:
        verbs = draw.choice([["administer"], [*verbs, "administer"]])
    return rule | {"verbs": verbs, "then": {**_effect(draw, on), **_ways_out(draw, on)}}


def _requirement(draw: Random) -> Piece:
    kinds: list[Piece] = [
        {"local_copy": {"in": draw.choice([["MY"], ["SG", "TH"], ["ID"]])}},
        {"local_copy": {"in": draw.choice([["MY"], ["SG", "TH"], ["ID"], ["*"]])}},
        {"copies_apart_km": draw.choice([100, 900, 0])},
        {"isolation": draw.choice(["shared", "dedicated"])},
        {"keys": draw.choice(["customer_held", "independent_custodian"])},
        {"record": ["a register of transfers"]},
    ]
    requirement: Piece = {}
    for kind in draw.sample(kinds, draw.choice([1, 1, 1, 2])):
        requirement |= kind
    return requirement


def _when(draw: Random, on: On) -> Piece:
    box = _box(draw, on, draw.choice([0, 1, 1, 1, 2, 2, 3]))
    if "not" in on and draw.random() < 0.6:
        box["not"] = _box(draw, on, draw.choice([1, 1, 1, 2]))
    return box


def _box(draw: Random, on: On, size: int) -> Piece:
    """Some keys; the first is mostly one of those that the families of the instance are about."""
    plain: list[Piece] = [
        {"established_in": draw.choice([["MY"], ["MY", "SG"], ["*"]])},
        {"regulated_by": ["R-ONE"]},
        {"sector": ["s-bank"]},
        {"critical": draw.random() < 0.6},
        {"deployment": ["public-cloud"]},
        {"data_class": draw.choice([["alpha"], ["alpha-fine"], ["alpha", "beta"], ["gamma"]])},
        {"data_class": draw.choice([["alpha"], ["beta"]]), "subjects_in": draw.choice([["MY"], ["*"]])},
        {"subjects_in": draw.choice([["MY"], ["SG", "ID"], ["*"]])},
    ]
    special = _special_keys(draw, on)
    if special and draw.random() < 0.7:
        plain.insert(0, draw.choice(special))
        keys = [plain[0], *draw.sample(plain[1:], max(size - 1, 0))]
    else:
        keys = draw.sample(plain, size)
    box: Piece = {}
    for key in keys[:size]:
        box |= key
    return box


def _special_keys(draw: Random, on: On) -> list[Piece]:
    keys: list[Piece] = []
    if "purposes" in on:
        keys += [{"purpose": draw.choice([["p-sell"], ["p-train"]])}] * 3
    if "transforms" in on:
        keys += [{"data_class": draw.choice([["gamma"], ["beta"], ["alpha"]])}] * 3
    if "places" in on:
        keys += [{"located_in": draw.choice([["MY"], ["SG", "TH"], ["MY-14"], ["area:a-own"], ["*"]])}] * 2
        keys += [{"established_in": draw.choice([["MY"], ["MY-14"]])}]
    if "region-facts" in on:
        keys += [{"zone_funding": [draw.choice(["state", "private"])]}] * 2
        keys += [{"operator_parent_in": draw.choice([["MY"], ["*"]])}, {"operator_entity_listed": draw.random() < 0.5}]
    if "persons" in on:
        keys += [
            {"persons": draw.choice([["heads>=100"], ["heads<1000"], ["heads>=1000", "wards>=1"], ["wards<1"]])}
        ] * 3
    if "operators" in on:
        keys += [{"operator": draw.choice([["list:frame"], ["list:gone"], ["pa"], ["pb", "list:gone"]])}] * 3
    if "chips" in on:
        keys += [{"chip": ["chip-fast"]}, {"chip_control": ["licensed"]}]
    return keys


def _effect(draw: Random, on: On) -> Piece:
    confine = [["MY"], ["MY"], ["MY", "SG"], ["ID", "TH"], ["*"], []]
    forbid = [["*"], ["SG"], ["MY", "TH"], ["SG", "IN"], []]
    if "places" in on:
        confine += [["area:a-own"], ["MY-14", "SG"]]
        forbid += [["area:a-own"], ["MY-01"]]
    return {"confine": {"in": draw.choice(confine)}} if draw.random() < 0.6 else {"forbid": {"in": draw.choice(forbid)}}


def _ways_out(draw: Random, on: On) -> Piece:
    ways: list[Piece] = []
    if "mechanisms" in on and draw.random() < 0.8:
        ways += [{"holds": draw.sample(MECHANISMS, draw.randint(1, 2))} for _ in range(draw.choice([1, 1, 2]))]
    if "technical" in on and draw.random() < 0.6:
        ways.append({"holds": draw.choice([[TECHNICAL], [TECHNICAL, MECHANISMS[0]]])})
    if draw.random() < 0.2:
        ways.append({"destination_in": [draw.choice(["TH", "SG", "MY-14", "area:a-own"])]})
    return {"unless": ways} if ways else {}


def draw_exemptions(draw: Random, on: On, rules: list[Piece]) -> list[Piece]:
    """One or two exemptions around the quarter; those that miss a day of it change nothing."""
    return [_exemption(draw, on, f"x-{index}", rules) for index in range(draw.randint(1, 2))]


def _exemption(draw: Random, on: On, name: str, rules: list[Piece]) -> Piece:
    approved = draw.choice(["2026-10-01", "2026-11-23", "2026-11-24"])
    box = _box(draw, on, draw.choice([0, 0, 1, 1]))
    if "not" in on and draw.random() < 0.3:
        box["not"] = _box(draw, on, 1)
    return {
        "id": name,
        "rule": draw.choice(rules)["id"],
        "when": box,
        "category": draw.choice(["accepted-risk", "mitigated"]),
        "reason": "a random reason",
        "approved_by": "A. Person",
        "approved_on": approved,
        "expires_on": draw.choice(["2027-06-30", "2026-12-31", "2026-12-30"]),
        "ticket": "T-1",
    }
