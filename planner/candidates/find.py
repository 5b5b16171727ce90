"""Find: all candidates of a scenario, with costs and reasons."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from planner.candidates.needs import Needs, closed_regions
from planner.candidates.paths import find_paths
from planner.candidates.profiles import LawProfile, component_profiles, copy_profiles
from planner.candidates.verdicts import Verdict, judge_all, uses_workload_scope
from planner.geography.distances import great_circle_km
from planner.model.calendar import Period
from planner.model.candidates import (
    Candidates,
    Copies,
    ExclusionsDraft,
    Gate,
    PeriodCandidates,
    Reason,
    Runs,
    Whole,
)
from planner.model.law import Verb
from planner.model.scenario import Scenario
from planner.objectives import storage


def find_candidates(scenario: Scenario) -> Candidates:
    """Tables of runs, copies and paths for every period; a pure function of the scenario."""
    zone_region = np.array([n for n, r in enumerate(scenario.regions) for _ in r.zones], dtype=np.int64)
    return Candidates(
        components=tuple(c.id for c in scenario.components),
        regions=tuple(r.key for r in scenario.regions),
        zones=tuple(r.zone_key(z) for r in scenario.regions for z in r.zones),
        zone_region=zone_region,
        datasets=tuple(d.id for d in scenario.datasets),
        flows=tuple(f.id for f in scenario.flows),
        periods=tuple(_period(scenario, period) for period in scenario.periods),
    )


def _period(scenario: Scenario, period: Period) -> PeriodCandidates:
    paths = find_paths(scenario)
    return PeriodCandidates(period, _runs(scenario, period, paths.point_rtt), _copies(scenario, period), paths)


def _keyed(scenario: Scenario) -> bool:
    return uses_workload_scope(scenario.vocabulary.mechanisms.values())


def _distinct(things: Sequence[Hashable]) -> tuple[list[Hashable], Whole]:
    index: dict[Hashable, int] = {}
    of = np.array([index.setdefault(thing, len(index)) for thing in things], dtype=np.int64)
    return list(index), of


def _runs(scenario: Scenario, period: Period, point_rtt: dict[str, Whole]) -> Runs:
    profiles = component_profiles(scenario, keyed=_keyed(scenario))
    distinct, law_of = _distinct(profiles)
    needs = Needs(scenario, period, point_rtt)
    pairs, pair_of = _distinct(list(zip(law_of.tolist(), needs.of.tolist(), strict=True)))
    pair = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    draft = ExclusionsDraft(pair_of.tolist(), len(pairs), len(scenario.regions))
    verdicts = judge_all(scenario, _law_profiles(distinct), (Verb.PROCESS,), period)
    for verdict in verdicts:
        draft.add(verdict.reason, verdict.refused[pair[:, 0]])
    needs.add_reasons(lambda reason, mask: draft.add(reason, mask[pair[:, 1]]))
    exclusions = draft.finish()
    allowed = ~exclusions.refused()
    return Runs(
        exclusions=exclusions,
        allowed=allowed,
        need_of=needs.of,
        most=needs.most,
        unit_cost=needs.unit_cost,
        quoted=needs.quoted[needs.of],
        resources=needs.resources,
        gates=_gates(verdicts, law_of),
        matched=frozenset(v.rule.id for v in verdicts if v.bears),
    )


def _law_profiles(things: Sequence[Hashable]) -> list[LawProfile]:
    return [thing for thing in things if isinstance(thing, LawProfile)]


def _gates(verdicts: Sequence[Verdict], law_of: Whole) -> tuple[Gate, ...]:
    return tuple(Gate(v.rule.id, v.alternatives, v.gated[law_of]) for v in verdicts if v.gated.any())


def _copies(scenario: Scenario, period: Period) -> Copies:
    rows = [(n, copy) for n, d in enumerate(scenario.datasets) for copy in sorted(d.copies, key=lambda c: c.role)]
    dataset = np.array([n for n, _ in rows], dtype=np.int64)
    backups = np.array([copy.role == "backup" for _, copy in rows], dtype=bool)
    profiles = copy_profiles(scenario, keyed=_keyed(scenario))
    sizes = [scenario.datasets[n].size for n, _ in rows]
    draft = ExclusionsDraft(list(range(len(rows))), len(rows), len(scenario.regions))
    everywhere = np.ones((len(rows), 1), dtype=bool)
    closed = closed_regions(scenario, period)
    draft.add(Reason("status", "the region is not open"), everywhere & closed[None, :])
    draft.add(Reason("unknown: storage price", "no storage price is known"), storage.unknown(sizes, scenario.regions))
    gates: list[Gate] = []
    matched: set[str] = set()
    for verb, these in ((Verb.STORE, ~backups), (Verb.BACKUP, backups)):
        for verdict in judge_all(scenario, profiles, (verb,), period):
            refused, gated = (mask[dataset] & these[:, None] for mask in (verdict.refused, verdict.gated))
            draft.add(verdict.reason, refused)
            if gated.any():
                gates.append(Gate(verdict.rule.id, verdict.alternatives, gated))
            if verdict.bears:
                matched.add(verdict.rule.id)
    exclusions = draft.finish()
    points = [(r.lat, r.lon) for r in scenario.regions]
    return Copies(
        dataset=dataset,
        role=tuple(copy.role for _, copy in rows),
        apart=np.array([float(copy.apart) for _, copy in rows]),
        primary=_primary_of(dataset, [copy.role for _, copy in rows]),
        exclusions=exclusions,
        allowed=~exclusions.refused(),
        unit_cost=storage.unit_cost(sizes, scenario.regions),
        distance=great_circle_km(points, points),
        gates=tuple(gates),
        matched=frozenset(matched),
    )


def _primary_of(dataset: Whole, roles: Sequence[str]) -> Whole:
    primary = {int(d): n for n, (d, role) in enumerate(zip(dataset, roles, strict=True)) if role == "primary"}
    return np.array([primary[int(d)] for d in dataset], dtype=np.int64)
