"""Random worlds of two or three quarters, small enough to try every plan."""

from __future__ import annotations

from random import Random
from typing import Any

RULES = {
    "schema": "residency-rules/1",
    "as_of": "2026-11-23",
    "rules": [
        {
            "id": "border",
            "title": "A border.",
            "law_of": "MY",
            "level": "must",
            "in_force": [{"from": "2020-01-01"}],
            "when": {},
            "verbs": ["process"],
            "then": {"confine": {"in": ["MY"]}, "unless": [{"holds": ["assessed"]}]},
            "cites": [{"instrument": "an act", "quality": "memory", "checked": "2026-11-23"}],
            "tests": [],
        }
    ],
}


def vocabulary(seed: int) -> dict[str, Any]:
    """The one mechanism: its cost, lead time and validity."""
    draw = Random(f"words {seed}")
    found = {
        "kind": "assessment",
        "scope": "entity",
        "cost_usd": draw.randint(0, 40),
        "lead_days": draw.choice([0, 10, 45, 100]),
    }
    if draw.random() < 0.6:
        found["valid_days"] = draw.choice([100, 200, 365, 400])
    return {"schema": "residency-vocabulary/1", "mechanisms": {"assessed": found}}


def instance(seed: int) -> dict[str, Any]:
    """The scenario document."""
    draw = Random(f"quarters {seed}")
    regions = [_region(draw, n) for n in range(draw.randint(2, 3))]
    names = [f"p:{region['id']}" for region in regions]
    parts = [_component(draw, n) for n in range(draw.choice([1, 2, 2, 3]))]
    # Three quarters of three components in three regions are nearly twenty thousand plans.
    periods = 3 if len(names) ** len(parts) <= 9 and draw.random() < 0.6 else 2
    out: dict[str, Any] = {
        "scenario": "quarters",
        "question": "What runs where in which quarter?",
        "as_of": "2026-11-23",
        "horizon": _horizon(draw, periods),
        "catalog": {"providers": [], "places": []},
        "policies": ["law.yaml"] if draw.random() < 0.5 else [],
        "entities": [{"id": "e"}],
        "regions": regions,
        "workloads": [{"id": "w", "entity": "e", "components": parts}],
        "quotes": [_quote(draw, p, name) for p in parts for n, name in enumerate(names) if not n or draw.random() < 0.8],
        "current": [{"what": p["id"], "region": draw.choice(names)} for p in parts if draw.random() < 0.6],
        "objectives": ["cost"],
    }
    if out["policies"] and draw.random() < 0.4:
        out["holds"] = [{"mechanism": "assessed", "entity": "e", "until": draw.choice(["2026-12-31", "2027-04-30"])}]
    if draw.random() < 0.4:
        out["limits"] = {"moves": _waves(draw, out["horizon"])}
    return out


def _horizon(draw: Random, periods: int) -> dict[str, Any]:
    out: dict[str, Any] = {"from": draw.choice(["2026Q4", "2027Q1", "2027Q1", "2027Q2"]), "periods": periods}
    out["amortise"] = draw.choice(["2 months", "5 months", "12 months", "36 months"])
    if draw.random() < 0.4:
        out["discount_rate"] = draw.choice(["8 %", "35 %"])
    return out


def _region(draw: Random, number: int) -> dict[str, Any]:
    out: dict[str, Any] = {"provider": "p", "id": f"r{number}", "lat": number, "lon": 100 + number}
    out["country"] = draw.choice(["MY", "SG"])
    out["zones"] = [{"id": f"z{number}", "capacity": {"vcpu": draw.randint(4, 12)}} if draw.random() < 0.7 else f"z{number}"]
    if draw.random() < 0.3:
        out["opening_cost"] = f"{draw.randint(1, 9)} USD/month"
    if draw.random() < 0.4:
        out["opening_once"] = f"{draw.randint(1, 60)} USD"
    if draw.random() < 0.7:
        out["prices"] = {"egress_internet_gb": draw.choice([0.05, 0.123457, 1])}
    if draw.random() < 0.2:
        out |= {"status": "announced", "opens": draw.choice(["2026-12-15", "2027-03-01", "2027-05-20"])}
    return out


def _component(draw: Random, number: int) -> dict[str, Any]:
    out: dict[str, Any] = {"id": f"c{number}", "replicas": {"count": draw.randint(1, 3)}}
    out["per_replica"] = {"vcpu": draw.randint(1, 3)}
    if draw.random() < 0.5:
        out["growth"] = draw.choice(["34 %", "100 %", "7.3 %"])
    if draw.random() < 0.6:
        migration: dict[str, Any] = {"cost": f"{draw.randint(0, 30)} USD"}
        if draw.random() < 0.4:
            migration["data"] = f"{draw.randint(1, 40)} GB"
        if draw.random() < 0.4:
            migration["parallel"] = draw.choice(["1 month", "2 months"])
        out["migration"] = migration
    if draw.random() < 0.3:
        out["stay"] = draw.randint(2, 3)
    return out


def _quote(draw: Random, part: dict[str, Any], name: str) -> dict[str, Any]:
    out: dict[str, Any] = {"component": f"w/{part['id']}", "place": name, "cost": f"{draw.randint(0, 2500) / 100} USD/month"}
    if draw.random() < 0.2:
        out["uses"] = {"vcpu": draw.randint(1, 4)}
    return out


def _waves(draw: Random, horizon: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if draw.random() < 0.7:
        out["at_most"] = draw.randint(0, 2)
    if draw.random() < 0.5 or not out:
        out["freeze"] = [draw.choice(["2026Q4", "2027Q1", "2027Q2", "2027Q3"])]
    return out
