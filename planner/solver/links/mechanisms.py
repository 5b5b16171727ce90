"""Mechanisms over several periods: what a period holds was bought in a quarter from which it holds then.

purchase[m,entity,key,τ] ∈ {0,1} for every quarter τ from as_of's to the last; buy of period t ≤ Σ purchases of the τ
that hold throughout t.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from planner.model.calendar import Period
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism
from planner.objectives import one_offs
from planner.objectives.discounting import charge
from planner.solver.blocks.mechanisms import Purchase
from planner.solver.draft import Draft, Entries

Bought = tuple[Purchase, Period]


def add(joint: Draft) -> None:
    """Add the columns `purchase` and the rows `held_from`."""
    wanted = _wanted(joint)
    ways = {(name, t): holding(name[0], joint.scenario, joint.layers[t].number) for name, t in wanted}
    bought = sorted({(name, quarter) for (name, _), quarters in ways.items() for quarter in quarters})
    columns = dict(zip(bought, _columns(joint, bought), strict=True))
    rows = list(ways)
    pairs = [(n, columns[row[0], quarter]) for n, row in enumerate(rows) for quarter in ways[row]]
    keys = {part: [name[n] for name, _ in rows] for n, part in enumerate(("mechanism", "entity", "key"))}
    entries = [
        Entries(list(range(len(rows))), [wanted[row] for row in rows]),
        Entries([n for n, _ in pairs], [column for _, column in pairs], -1),
    ]
    joint.add_rows("held_from", {"period": [t for _, t in rows], **keys}, entries, upper=0)


def holding(mechanism: str, scenario: Scenario, period: int) -> tuple[Period, ...]:
    """The quarters in which a purchase holds throughout a period of the horizon."""
    found = scenario.vocabulary.mechanisms[mechanism]
    begins, ends = scenario.days(scenario.periods[period])
    return tuple(q for q in purchase_quarters(scenario) if _holds(found, granted(found, q, scenario), begins, ends))


def purchase_quarters(scenario: Scenario) -> tuple[Period, ...]:
    """Every quarter in which something may be bought: from as_of's to the last of the horizon."""
    first, last = Period.of(scenario.as_of), scenario.periods[-1]
    count = (last.year - first.year) * 4 + last.quarter - first.quarter + 1
    return tuple(first.plus(n) for n in range(count))


def granted(mechanism: Mechanism, quarter: Period, scenario: Scenario) -> date:
    """The day from which a purchase of a quarter holds."""
    return scenario.days(quarter)[0] + timedelta(days=mechanism.lead_days)


def _holds(mechanism: Mechanism, granted_on: date, begins: date, ends: date) -> bool:
    if granted_on > begins:
        return False
    return mechanism.valid_days is None or granted_on + timedelta(days=mechanism.valid_days - 1) >= ends


def _wanted(joint: Draft) -> Mapping[tuple[Purchase, int], int]:
    """The columns `buy` of every layer, by purchase and period."""
    out: dict[tuple[Purchase, int], int] = {}
    for layer in joint.layers:
        for block in layer.draft.columns:
            if block.name == "buy":
                parts = [block.keys[part].tolist() for part in ("mechanism", "entity", "key")]
                for n, name in enumerate(zip(*parts, strict=True)):
                    out[name, layer.number] = layer.start + block.start + n
    return dict(sorted(out.items()))


def _columns(joint: Draft, bought: list[Bought]) -> list[int]:
    if not bought:
        return []
    keys = {part: [name[n] for name, _ in bought] for n, part in enumerate(("mechanism", "entity", "key"))}
    cost = [0 if joint.elastic else purchase_charge(name[0], quarter, joint.scenario) for name, quarter in bought]
    named = {**keys, "quarter": [str(quarter) for _, quarter in bought]}
    return [int(n) for n in joint.add_columns("purchase", named, upper=1, cost=cost, integer=True)]


def purchase_charge(mechanism: str, quarter: Period, scenario: Scenario) -> int:
    """Micro-USD of a purchase charged inside the horizon."""
    found = scenario.vocabulary.mechanisms[mechanism]
    months = one_offs.months_charged(scenario.horizon.amortise, found.valid_months)
    return charge(Fraction(found.cost_usd), quarter, months, scenario.horizon)
