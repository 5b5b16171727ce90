"""Mechanisms: buy[m,entity,key] ∈ {0,1}.

For EACH rule that refuses a cell unless something is held: cell ≤ Σ purchases of that rule's own alternatives.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Gate
from planner.model.law import Mechanism, Scope
from planner.model.scenario import Scenario
from planner.objectives import one_offs
from planner.solver.draft import Draft, Entries

Purchase = tuple[str, str, str]
"""Mechanism, entity, key (country, provider, workload, or '' for the entity itself)."""


def add(draft: Draft) -> None:
    """Add the columns buy and the rows `gate`."""
    scenario, copies = draft.scenario, draft.now.copies
    components = scenario.components
    owners = [(c.entity, c.workload) for c in components]
    datasets = [scenario.datasets[int(d)] for d in copies.dataset]
    stores = [(d.entity, f"dataset:{d.id}") for d in datasets]
    wanted: dict[Purchase, int] = {}
    gated: list[tuple[str, int, int, int, list[Purchase]]] = []
    for gates, owner, table in ((draft.now.runs.gates, owners, "x"), (copies.gates, stores, "b")):
        for gate in gates:
            gated += _cells(draft, gate, owner, draft.tables[table], table == "b")
    for *_, purchases in gated:
        for purchase in purchases:
            wanted.setdefault(purchase, 0)
    names = sorted(wanted)
    columns = _buy(draft, names)
    _rows(draft, gated, dict(zip(names, columns.tolist(), strict=True)))


def _cells(
    draft: Draft, gate: Gate, owner: list[tuple[str, str]], table: NDArray[np.int64], copies: bool
) -> list[tuple[str, int, int, int, list[Purchase]]]:
    """(rule, kind, thing, region, purchases) of every cell the gate shuts and that has a column."""
    things, regions = np.nonzero(gate.cells & (table >= 0))
    key_of = purchase_key(draft.scenario)
    out = []
    for thing, region in zip(things.tolist(), regions.tolist(), strict=True):
        entity, workload = owner[thing]
        purchases = [(m, entity, key_of(m, workload, region)) for m in gate.alternatives]
        out.append((gate.rule, int(copies), thing, region, purchases))
    return out


def purchase_key(scenario: Scenario) -> Callable[[str, str, int], str]:
    """A function (mechanism, workload, region index) → the key the mechanism is bought for."""
    mechanisms = scenario.vocabulary.mechanisms

    def key(name: str, workload: str, region: int) -> str:
        scope = mechanisms[name].scope
        place = scenario.regions[region]
        return {Scope.DESTINATION: place.country, Scope.OPERATOR: place.provider, Scope.WORKLOAD: workload}.get(
            scope, ""
        )

    return key


def monthly_charge(mechanism: Mechanism, scenario: Scenario) -> int:
    """Micro-USD charged for one month of a purchase."""
    months = one_offs.months_charged(scenario.horizon.amortise, mechanism.valid_months)
    return one_offs.monthly_charge(mechanism.cost_usd, months)


def _buy(draft: Draft, names: list[Purchase]) -> NDArray[np.int64]:
    if not names:
        return np.zeros(0, dtype=np.int64)
    mechanisms = draft.scenario.vocabulary.mechanisms
    cost = [0 if draft.elastic else monthly_charge(mechanisms[m], draft.scenario) for m, _, _ in names]
    keys = {part: [name[n] for name in names] for n, part in enumerate(("mechanism", "entity", "key"))}
    return draft.add_columns("buy", keys, upper=1, cost=cost, integer=True)


def _rows(draft: Draft, gated: list[tuple[str, int, int, int, list[Purchase]]], column: dict[Purchase, int]) -> None:
    if not gated:
        return
    cells = [draft.tables["b" if kind else "x"][thing, region] for _, kind, thing, region, _ in gated]
    rows = [n for n, (*_, purchases) in enumerate(gated) for _ in purchases]
    bought = [column[p] for *_, purchases in gated for p in purchases]
    keys = {
        "rule": [rule for rule, *_ in gated],
        "copy": [kind for _, kind, *_ in gated],
        "thing": [thing for _, _, thing, *_ in gated],
        "region": [region for _, _, _, region, _ in gated],
    }
    entries = [Entries(np.arange(len(cells)), cells), Entries(rows, bought, -1)]
    draft.add_rows("gate", keys, entries, upper=0, cause=[rule for rule, *_ in gated], elastic=True)
