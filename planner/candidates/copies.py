"""Copies: where each copy of a dataset may rest, with reasons, costs, and the duties law puts on copies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.candidates import own_halls
from planner.candidates.needs import closed_regions
from planner.candidates.profiles import copy_profiles
from planner.candidates.verdicts import Bench
from planner.candidates.ways_out import uses_workload_scope
from planner.geography.distances import great_circle_km
from planner.model.calendar import Period
from planner.model.candidates import Copies, Duty
from planner.model.exclusions import ExclusionsDraft, Gate, Mask, Reason, Whole
from planner.model.law import Verb
from planner.model.scenario import Scenario
from planner.objectives import storage
from planner.rules.require import Require


def find_copies(scenario: Scenario, period: Period) -> Copies:
    """The table of copies of one period."""
    rows = scenario.copies
    dataset = np.array([n for n, _ in rows], dtype=np.int64)
    roles = [copy.role for _, copy in rows]
    sizes = [scenario.datasets[n].size for n, _ in rows]
    points = [(r.lat, r.lon) for r in scenario.regions]
    distance = great_circle_km(points, points)
    primary = _primary_of(dataset, roles)
    draft = ExclusionsDraft(list(range(len(rows))), len(rows), len(scenario.regions))
    everywhere = np.ones((len(rows), 1), dtype=bool)
    draft.add(Reason("status", "the region is not open"), everywhere & closed_regions(scenario, period)[None, :])
    draft.add(Reason("unknown: storage price", "no storage price is known"), storage.unknown(sizes, scenario.regions))
    owners = [scenario.datasets[n].entity for n, _ in rows]
    draft.add(own_halls.REASON, own_halls.closed_to(owners, scenario))
    law = _Law(scenario, period, dataset, np.array([role == "backup" for role in roles], dtype=bool))
    law.add_reasons(draft)
    exclusions = draft.finish()
    return Copies(
        dataset=dataset,
        role=tuple(roles),
        apart=np.array([float(copy.apart) for _, copy in rows]),
        primary=primary,
        exclusions=exclusions,
        allowed=~exclusions.refused(),
        unit_cost=storage.unit_cost(sizes, scenario.regions),
        distance=distance,
        gates=law.gates(),
        duties=law.duties(primary, distance),
        matched=frozenset(v.rule.id for v, _ in law.verdicts if v.bears),
    )


class _Law:
    """Verdicts on copies: `store` for primary and replica, `backup` for backups."""

    def __init__(self, scenario: Scenario, period: Period, dataset: Whole, backups: Mask) -> None:
        self.scenario, self.dataset = scenario, dataset
        keyed = uses_workload_scope(scenario.vocabulary.mechanisms.values())
        bench = Bench(scenario, copy_profiles(scenario, keyed=keyed), period)
        store, backup = bench.judge(Verb.STORE), bench.judge(Verb.BACKUP)
        self.verdicts = [*((v, ~backups) for v in store), *((v, backups) for v in backup)]

    def _rows(self, mask: Mask, these: Mask) -> Mask:
        return np.asarray(mask[self.dataset] & these[:, None])

    def add_reasons(self, draft: ExclusionsDraft) -> None:
        for verdict, these in self.verdicts:
            draft.add(verdict.reason, self._rows(verdict.refused, these))

    def gates(self) -> tuple[Gate, ...]:
        rows = [(v, self._rows(v.gated, these)) for v, these in self.verdicts]
        return tuple(Gate(v.rule.id, v.alternatives, cells, v.penalty) for v, cells in rows if cells.any())

    def duties(self, primary: Whole, distance: np.ndarray) -> tuple[Duty, ...]:
        """Local copies and copies apart, once a rule and dataset, wherever it bears under one of its two verbs."""
        out: dict[tuple[str, int, bool], Duty] = {}
        for verdict, _ in self.verdicts:
            effect = verdict.rule.then.effect
            if not isinstance(effect, Require):
                continue
            for copy in sorted(set(primary.tolist())):
                bears = verdict.bearing[self.dataset[copy]]
                for others_only, meets in self._meets(effect, distance):
                    key = (verdict.rule.id, copy, others_only)
                    bearing = bears | out[key].bears if key in out else bears
                    if bearing.any():
                        out[key] = Duty(verdict.rule.id, copy, bearing, meets, others_only, verdict.penalty)
        return tuple(out[key] for key in sorted(out))

    def _meets(self, effect: Require, distance: np.ndarray) -> list[tuple[bool, Mask]]:
        found: list[tuple[bool, Mask]] = []
        if effect.local_copy is not None:
            named = self.scenario.codes(effect.local_copy.in_)
            inside = np.array([not named.isdisjoint(r.places | {"*"}) for r in self.scenario.regions], dtype=bool)
            found.append((False, np.broadcast_to(inside[None, :], distance.shape)))
        if effect.copies_apart_km is not None:
            found.append((True, np.asarray(distance >= float(effect.copies_apart_km))))
        return found


def _primary_of(dataset: Whole, roles: Sequence[str]) -> Whole:
    primary = {int(d): n for n, (d, role) in enumerate(zip(dataset, roles, strict=True)) if role == "primary"}
    return np.array([primary[int(d)] for d in dataset], dtype=np.int64)
