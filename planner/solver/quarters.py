"""Quarters: a solution over several periods as one plan: each period read by itself, then what joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from planner.model.exact import usd_of
from planner.model.outcome import Outcome
from planner.model.plan import Assumption, Evidence, OneOff, Plan, Purchase, Quarter, RuleLine
from planner.model.units import MICRO
from planner.objectives.discounting import MONTHS
from planner.solver.draft import Draft, Layer
from planner.solver.extraction import describe, extract, gap_of
from planner.solver.links.mechanisms import holding
from planner.solver.paid_once import Bought, chips_of, mechanisms_of, moves_of, openings_of, purchase_rows
from planner.solver.solution import Solution, read_solution

STRONGEST: Final = ("binding", "held", "exempted", "not_applicable")
"""What a rule did in any period outweighs what it did not do in another."""
Row = TypeVar("Row")


def extract_all(draft: Draft, outcome: Outcome) -> Plan:
    """The plan of an outcome that has values, of one period or of several."""
    return _joined(draft, outcome) if draft.layers else extract(draft, outcome)


def _joined(joint: Draft, outcome: Outcome) -> Plan:
    assert outcome.values is not None
    bought = _bought(joint, outcome.values)
    solutions = [_solution(layer, outcome.values, bought) for layer in joint.layers]
    alone = replace(outcome, bound=-np.inf)
    plans = [describe(layer.draft, solution, alone) for layer, solution in zip(joint.layers, solutions, strict=True)]
    quarters = tuple(_quarter(layer, plan) for layer, plan in zip(joint.layers, plans, strict=True))
    moves, moving = moves_of(joint, solutions)
    once = (*mechanisms_of(joint, bought), *openings_of(joint, solutions), *chips_of(joint, solutions), *moving)
    total = _total(quarters, once)
    bound = min(usd_of(Fraction(outcome.bound - rounding(joint))), total) if outcome.bound > -1e300 else _NO_BOUND
    return replace(
        plans[0],
        status=outcome.state.value,
        total_usd=total,
        bound=bound,
        gap=gap_of(total, bound),
        placements=_all([plan.placements for plan in plans]),
        copies=_all([plan.copies for plan in plans]),
        flows=_all([plan.flows for plan in plans]),
        served=_all([plan.served for plan in plans]),
        bought=_all([plan.bought for plan in plans]),
        mechanisms=_purchases(joint, bought),
        one_offs=tuple(sorted(once, key=lambda o: (o.what, o.period))),
        rules=_rules([plan.rules for plan in plans]),
        evidence=_evidence([plan.evidence for plan in plans]),
        lawful_from=_first_day(joint),
        moves=moves,
        quarters=quarters,
    )


_NO_BOUND: Final = Decimal("-Infinity")


def _bought(joint: Draft, values: NDArray[np.float64]) -> tuple[Bought, ...]:
    """The purchases made: mechanism, entity, key and the quarter."""
    block = next((each for each in joint.columns if each.name == "purchase"), None)
    if block is None:
        return ()
    made = np.flatnonzero(values[block.start : block.start + block.size] > 0.5)
    parts = [block.keys[part] for part in ("mechanism", "entity", "key", "quarter")]
    return tuple((str(parts[0][n]), str(parts[1][n]), str(parts[2][n]), str(parts[3][n])) for n in made.tolist())


def _solution(layer: Layer, values: NDArray[np.float64], bought: Sequence[Bought]) -> Solution:
    """The solution of one period; it holds what was bought in time, whatever its own columns say."""
    solution = read_solution(layer.draft, values[layer.columns])
    scenario = layer.draft.scenario
    wanted = {(str(m), str(e), str(k)) for m, e, k in _wanted(layer)}
    held = {name[:3] for name in bought if name[3] in {str(q) for q in holding(name[0], scenario, 0)}}
    solution.purchases = sorted(wanted & held)
    return solution


def _wanted(layer: Layer) -> list[tuple[str, str, str]]:
    block = next((each for each in layer.draft.columns if each.name == "buy"), None)
    if block is None:
        return []
    return list(zip(*(block.keys[part].tolist() for part in ("mechanism", "entity", "key")), strict=True))


def _quarter(layer: Layer, plan: Plan) -> Quarter:
    return Quarter(str(layer.draft.now.period), MONTHS, layer.weight, plan.total_usd_month, plan.cost_lines)


def _total(quarters: Sequence[Quarter], once: Sequence[OneOff]) -> Decimal:
    """Σ weight · months · USD a month + what is charged once, rounded half-even to six decimals."""
    running = sum((Fraction(q.weight) * q.months * Fraction(q.usd_month) for q in quarters), Fraction(0))
    return usd_of((running + sum((Fraction(o.charged_usd) for o in once), Fraction(0))) * MICRO)


def rounding(joint: Draft) -> int:
    """Micro-USD by which discounted costs, each rounded once in the program, can be off in all."""
    if not joint.layers:
        return 0
    later = {layer.number for layer in joint.layers if layer.weight != 1}
    priced = [b for b in joint.columns if "period" in b.keys and int(np.asarray(b.keys["period"])[0]) in later]
    return -(-sum(int(block.upper[block.cost != 0].sum()) for block in priced) // 2)


def _purchases(joint: Draft, bought: Sequence[Bought]) -> tuple[Purchase, ...]:
    return tuple(sorted(purchase_rows(joint, bought), key=lambda p: (p.id, p.entity, p.key, p.period)))


def _all(parts: Sequence[tuple[Row, ...]]) -> tuple[Row, ...]:
    return tuple(row for part in parts for row in part)


def _rules(parts: Sequence[tuple[RuleLine, ...]]) -> tuple[RuleLine, ...]:
    by_rule = zip(*parts, strict=True)
    return tuple(min(lines, key=lambda line: STRONGEST.index(line.state)) for lines in by_rule)


def _evidence(parts: Sequence[Evidence]) -> Evidence:
    """Refused places are those of the first period; figures and struck-out arrivals of all."""
    figures: dict[tuple[str, Decimal], Assumption] = {}
    for part in parts:
        for each in part.assumptions:
            figures.setdefault((each.figure, each.value), each)
    return replace(
        parts[0],
        next_best=(),
        assumptions=tuple(figures.values()),
        not_limited=tuple(dict.fromkeys(_all([part.not_limited for part in parts]))),
        stand_by=tuple(dict.fromkeys(_all([part.stand_by for part in parts]))),
        struck_out=tuple(dict.fromkeys(_all([part.struck_out for part in parts]))),
        tie_break="not needed",
    )


def _first_day(joint: Draft) -> date:
    return joint.scenario.days(joint.scenario.periods[0])[0]
