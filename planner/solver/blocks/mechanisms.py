"""Mechanisms: buy[m,entity,key] ∈ {0,1}, and v[rule,thing] ∈ {0,1} for soft rules.

For EACH rule that refuses a cell unless something is held: cell ≤ Σ purchases of that rule's own alternatives; where
the rule is soft, cell ≤ Σ purchases + v, one v for each (rule, component) or (rule, dataset).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.candidates import Duty
from planner.model.exclusions import Gate
from planner.model.scenario import Scenario
from planner.model.vocabulary import Mechanism, Scope
from planner.objectives import one_offs
from planner.solver.draft import Draft, Entries

KeyOf = Callable[[str, str, int, bool], str]
Purchase = tuple[str, str, str]
"""Mechanism, entity, key (country, provider, workload, or '' for the entity itself)."""


@dataclass(frozen=True, slots=True)
class GatedCell:
    """One cell a gate shuts: its column, what would open it, and who pays the penalty of a soft rule.

    `thing` is what a soft rule is counted for (component or `dataset:ID`), `cell` what stands there.
    """

    rule: str
    thing: str
    cell: str
    region: int
    column: int
    purchases: tuple[Purchase, ...]
    penalty: int | None


def add(draft: Draft) -> None:
    """Add the columns buy and v, and the rows `gate`."""
    cells = list(gated_cells(draft))
    names = sorted({purchase for cell in cells for purchase in cell.purchases})
    bought = dict(zip(names, _buy(draft, names).tolist(), strict=True))
    penalties: dict[tuple[str, str], int | None] = {
        (c.rule, c.thing): c.penalty for c in cells if c.penalty is not None
    }
    penalties |= {(d.rule, owner_of_copy(draft, d.copy)): d.penalty for d in soft_duties(draft)}
    soft = penalty_columns(draft, penalties)
    _rows(draft, cells, bought, soft)


def soft_duties(draft: Draft) -> list[Duty]:
    """Duties of soft rules, which share the rule's v of the dataset."""
    return [d for d in draft.now.copies.duties if d.penalty is not None]


def owner_of_copy(draft: Draft, copy: int) -> str:
    """`dataset:ID` of a copy."""
    return f"dataset:{draft.candidates.datasets[int(draft.now.copies.dataset[copy])]}"


def gated_cells(draft: Draft) -> Iterable[GatedCell]:
    """Every cell that a gate shuts and that has a column."""
    scenario, copies = draft.scenario, draft.now.copies
    runs = [(c.entity, c.workload, c.id, c.id) for c in scenario.components]
    datasets = [scenario.datasets[int(d)] for d in copies.dataset]
    rests = [
        (d.entity, f"dataset:{d.id}", f"dataset:{d.id}", name)
        for d, name in zip(datasets, draft.candidates.copies, strict=True)
    ]
    key_of = purchase_key(scenario)
    tables = (
        (draft.now.runs.gates, runs, "x"),
        (copies.gates, rests, "b"),
        (draft.now.runs.alternatives.gates, _on_chips(draft), "a"),
    )
    for gates, owners, table in tables:
        for gate in gates:
            yield from _cells(gate, owners, draft.tables[table], key_of)
    yield from _installs(draft, key_of)


def _on_chips(draft: Draft) -> list[tuple[str, str, str, str]]:
    """Owners of the alternatives: entity, workload, component, and the cell's own name."""
    found, components = draft.now.runs.alternatives, draft.scenario.components
    owners = (components[int(k)] for k in found.component)
    return [(c.entity, c.workload, c.id, cell) for c, cell in zip(owners, draft.candidates.alternatives, strict=True)]


def _installs(draft: Draft, key_of: KeyOf) -> Iterable[GatedCell]:
    """Buying chips where law asks the buyer for something."""
    found, buys = draft.now.runs.alternatives, draft.tables["buys"]
    for gate in found.fleet.gates:
        for kind, region in np.argwhere(gate.cells & (buys >= 0)).tolist():
            name = f"install:{found.kinds[kind]}@{draft.candidates.regions[region]}"
            buyer = found.fleet.buyer[region]
            ways = tuple((m, buyer, key_of(m, "", region, False)) for m in gate.alternatives)
            yield GatedCell(gate.rule, name, name, region, int(buys[kind, region]), ways, None)


def _cells(
    gate: Gate,
    owners: list[tuple[str, str, str, str]],
    table: NDArray[np.int64],
    key_of: KeyOf,
) -> Iterable[GatedCell]:
    things, regions = np.nonzero(gate.cells & (table >= 0))
    for thing, region in zip(things.tolist(), regions.tolist(), strict=True):
        entity, workload, name, cell = owners[thing]
        purchases = tuple((m, entity, key_of(m, workload, region, gate.administer)) for m in gate.alternatives)
        yield GatedCell(gate.rule, name, cell, region, int(table[thing, region]), purchases, gate.penalty)


def purchase_key(scenario: Scenario) -> KeyOf:
    """A function (mechanism, workload, region index, administer) → the key the mechanism is bought for."""
    mechanisms = scenario.vocabulary.mechanisms

    def key(name: str, workload: str, region: int, administer: bool) -> str:
        scope, place = mechanisms[name].scope, scenario.regions[region]
        if scope is Scope.DESTINATION and not administer:
            return place.country
        if scope in (Scope.DESTINATION, Scope.OPERATOR, Scope.SHIPMENT):
            return place.provider
        return workload if scope is Scope.WORKLOAD else ""

    return key


def monthly_charge(mechanism: Mechanism, scenario: Scenario) -> int:
    """Micro-USD charged for one month of a purchase."""
    months = one_offs.months_charged(scenario.horizon.amortise, mechanism.valid_months)
    return one_offs.monthly_charge(mechanism.cost_usd, months)


def _buy(draft: Draft, names: list[Purchase]) -> NDArray[np.int64]:
    if not names:
        return np.zeros(0, dtype=np.int64)
    mechanisms = draft.scenario.vocabulary.mechanisms
    free = draft.elastic or not draft.once
    cost = [0 if free else monthly_charge(mechanisms[m], draft.scenario) for m, _, _ in names]
    keys = {part: [name[n] for name in names] for n, part in enumerate(("mechanism", "entity", "key"))}
    return draft.add_columns("buy", keys, upper=1, cost=cost, integer=True)


def penalty_columns(draft: Draft, penalties: Mapping[tuple[str, str], int | None]) -> dict[tuple[str, str], int]:
    """The column v of each (rule, thing)."""
    names = sorted(penalties)
    if not names:
        return {}
    cost = [0 if draft.elastic else penalties[name] or 0 for name in names]
    keys = {"rule": [rule for rule, _ in names], "thing": [thing for _, thing in names]}
    columns = draft.add_columns("v", keys, upper=1, cost=cost, integer=True)
    draft.penalties = dict(zip(names, columns.tolist(), strict=True))
    return draft.penalties


def _rows(
    draft: Draft, cells: list[GatedCell], bought: Mapping[Purchase, int], soft: Mapping[tuple[str, str], int]
) -> None:
    rows = np.arange(len(cells))
    paid = [(n, soft[c.rule, c.thing]) for n, c in enumerate(cells) if c.penalty is not None]
    ways = [(n, bought[p]) for n, c in enumerate(cells) for p in c.purchases]
    keys = {"rule": [c.rule for c in cells], "thing": [c.cell for c in cells], "region": [c.region for c in cells]}
    entries = [Entries(rows, [c.column for c in cells])]
    entries += [Entries([n for n, _ in part], [column for _, column in part], -1) for part in (ways, paid)]
    draft.add_rows("gate", keys, entries, upper=0, cause=[c.rule for c in cells], elastic=True)
